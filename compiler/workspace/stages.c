#include "workspace/stages.h"

#include "base/clock.h"

enum { STAGE_NAME = 40 };

void stages_begin(Compilation *compilation) {
  Stages *stages = &compilation->stages;
  if (!compilation->request->time_passes) return;
  stages->wall_ms = clock_ms();
  stages->cpu_ms = clock_cpu_ms();
}

void stages_end(Compilation *compilation, const char *part_of, Str name) {
  Stages *stages = &compilation->stages;
  if (!compilation->request->time_passes) return;
  double wall = clock_ms(), cpu = clock_cpu_ms();
  vec_push(&compilation->arena, &stages->list,
           (Stage){part_of, name, wall - stages->wall_ms, cpu - stages->cpu_ms});
  stages->wall_ms = wall;
  stages->cpu_ms = cpu;
}

static void print_line(Buf *out, Str name, double wall_ms, double cpu_ms) {
  size_t start = out->len;
  buf_put(out, name);
  if (out->len - start < STAGE_NAME) buf_repeat(out, ' ', STAGE_NAME - (out->len - start));
  buf_printf(out, " %10.3f %10.3f\n", wall_ms, cpu_ms);
}

void stages_print(const Compilation *compilation, Buf *out) {
  const Stages *stages = &compilation->stages;
  Arena scratch = {0};
  double wall = 0, cpu = 0;
  if (!stages->list.len) return;
  buf_printf(out, "%-*s %10s %10s\n", STAGE_NAME, "stage", "wall ms", "CPU ms");
  for (size_t i = 0; i < stages->list.len; i++) {
    const Stage *stage = &stages->list.data[i];
    Str name =
        stage->part_of ? str_printf(&scratch, "%s %.*s", stage->part_of, STR_ARG(stage->name)) : stage->name;
    print_line(out, name, stage->wall_ms, stage->cpu_ms);
    wall += stage->wall_ms;
    cpu += stage->cpu_ms;
  }
  print_line(out, STR("all of it"), wall, cpu);
  arena_free(&scratch);
}
