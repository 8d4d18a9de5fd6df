/* How fast manifests become trees: yaml_bench FILE... prints milliseconds for all of the files, the best of
 * several rounds in turns: libyaml's events alone, and the tree of clauses with every place, which is made of
 * such events. */
#include <stdio.h>
#include <yaml.h>

#include "ast/ast.h"
#include "base/mem.h"
#include "pages.h"

enum { ROUNDS = 40 };

typedef struct Bench {
  int argc;
  char **argv;
  size_t events, wrong;
} Bench;

static void read_events(Bench *bench, Str bytes) {
  yaml_parser_t parser;
  yaml_event_t event;
  if (!yaml_parser_initialize(&parser)) mem_exhausted();
  yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.data, bytes.len);
  for (bool more = true; more; bench->events++) {
    if (!yaml_parser_parse(&parser, &event)) {
      bench->wrong++;
      break;
    }
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

static void read_tree(Bench *bench, Str bytes) {
  Arena arena = {0};
  DiagBag diags = {.arena = &arena};
  bench->wrong += !ast_read_manifest_file(&arena, 1, STR("manifest.yaml"), bytes, &diags) || diags.list.len;
  arena_free(&arena);
}

static double time_of(Bench *bench, const Pages *files, void (*work)(Bench *, Str)) {
  double start = bench_now();
  for (size_t i = 0; i < files->len; i++) work(bench, files->data[i]);
  return (bench_now() - start) * 1e3;
}

static void run(void *arg) {
  Bench *bench = arg;
  Arena arena = {0};
  Pages files = {0};
  for (int i = 1; i < bench->argc; i++)
    if (!bench_read_page(&arena, str_from(bench->argv[i]), &files))
      fprintf(stderr, "cannot read %s\n", bench->argv[i]);
  double events = 1e9, trees = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    double time = time_of(bench, &files, read_events);
    if (time < events) events = time;
    time = time_of(bench, &files, read_tree);
    if (time < trees) trees = time;
  }
  printf("%zu files, %zu bytes, %zu wrong\nlibyaml %.3f ms\nfxc %.3f ms\n", files.len, bench_bytes(&files),
         bench->wrong, events, trees);
  arena_free(&arena);
}

int main(int argc, char **argv) {
  Bench bench = {.argc = argc, .argv = argv};
  return mem_guard(run, &bench) ? 0 : 3;
}
