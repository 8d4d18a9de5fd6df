/* runtime-config.json. In: what manifests, pages and the environment say of flags, routes and canaries. Out:
 * the defaults of all that may change while a program runs. Surprising: a flag that nobody decides is null,
 * for off would take its release out of the routes. */
#include <stdlib.h>

#include "emit/project_files.h"
#include "emit/runtime_data.h"

typedef enum FlagState { FLAG_OPEN, FLAG_OFF, FLAG_ON } FlagState;

typedef struct Flag {
  Str name;
  FlagState state;
} Flag;

typedef struct Flags {
  Arena *arena;
  StrMap index;
  VEC(Flag) list;
} Flags;

static Flag *flag_of(Flags *flags, Str name) {
  bool added;
  uint32_t *at = strmap_put(flags->arena, &flags->index, name, &added);
  if (added) {
    *at = (uint32_t)flags->list.len;
    vec_push(flags->arena, &flags->list, (Flag){name, FLAG_OPEN});
  }
  return &flags->list.data[*at];
}

static void note(Flags *flags, const Ir *ir, Sym sym) {
  Str name = str_trim(ir_str(ir, sym));
  if (name.len) flag_of(flags, name);
}

static void note_integration(Flags *flags, const Ir *ir, const Integration *row) {
  flag_of(flags, ir_str(ir, row->name))->state = FLAG_ON;  // its kill switch
  for (uint32_t i = 0; i < row->releases.count; i++) {
    const Release *release = ir_release_at(ir, row->releases, i);
    if (release->status != IR_RETIRED) note(flags, ir, release->flag.sym);
  }
}

static int by_name(const void *a, const void *b) {
  return str_cmp(((const Flag *)a)->name, ((const Flag *)b)->name);
}

// The environment has the last word.
static Flags collect(const Ir *ir, UsedIntegrations used, Arena *arena) {
  Flags flags = {.arena = arena};
  for (size_t i = 0; i < used.count; i++) note_integration(&flags, ir, ir_integration(ir, used.list[i]));
  for (size_t i = 0; i < ir->uses.len; i++) note(&flags, ir, ir->uses.data[i].flag.sym);
  for (size_t i = 0; i < ir->settings.len; i++) {
    const Setting *setting = &ir->settings.data[i];
    if (setting->kind == IR_CHOOSE_PROVIDER) continue;
    Flag *flag = flag_of(&flags, str_trim(ir_str(ir, setting->name)));
    if (setting->kind != IR_FLAG_NEVER) flag->state = setting->kind == IR_FLAG_ON ? FLAG_ON : FLAG_OFF;
  }
  if (flags.list.len) qsort(flags.list.data, flags.list.len, sizeof *flags.list.data, by_name);
  return flags;
}

static void write_flags(JsonWriter *w, const Flags *flags) {
  static const char *const words[] = {[FLAG_OPEN] = "null", [FLAG_OFF] = "false", [FLAG_ON] = "true"};
  json_key(w, STR("flags"));
  json_object(w);
  for (size_t i = 0; i < flags->list.len; i++) {
    json_key(w, flags->list.data[i].name);
    json_literal(w, str_from(words[flags->list.data[i].state]));
  }
  json_close(w, '}');
}

static void write_integration(JsonWriter *w, const Ir *ir, Arena *arena, IntegrationId id) {
  TsxNode *node = tsx_object(arena, 0);
  ReleaseId release = ir_decided_release(ir, id);
  runtime_member(arena, node, "version", tsx_string(arena, ir_release_label(ir, release)));
  runtime_member(arena, node, "routes", runtime_routes(ir, arena, ir_integration(ir, id)->routes));
  runtime_member(arena, node, "canary", runtime_canary(ir, arena, id));
  json_key(w, ir_integration_name(ir, id));
  runtime_json(w, node);
}

void emit_runtime_config(const Ir *ir, UsedIntegrations used, Arena *arena, Buf *out) {
  JsonWriter w = json_begin(out, STR("runtime-config"));
  Flags flags = collect(ir, used, arena);
  write_flags(&w, &flags);
  json_key(&w, STR("integrations"));
  json_object(&w);
  for (size_t i = 0; i < used.count; i++) write_integration(&w, ir, arena, used.list[i]);
  json_close(&w, '}');
  json_end(&w);
}
