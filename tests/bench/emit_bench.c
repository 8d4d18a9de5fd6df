/* How fast pages become TSX: emit_bench [FILE...] prints pages and megabytes a second (best of several
 * rounds) for parsing alone, with facts, with emission, and with source maps, in memory on one thread, over
 * the files or over made-up pages. */
#include <stdio.h>

#include "base/mem.h"
#include "emit/page.h"
#include "pages.h"

typedef enum BenchStep { PARSE, FACTS, EMIT, MAP } BenchStep;

typedef struct Bench {
  int argc;
  char **argv;
  size_t written;
  Templates templates;
} Bench;

static void compile_page(Bench *bench, BenchStep step, Arena *arena, Str text, Buf *out, Buf *map_out) {
  HtmlInput input = html_decode_bytes(arena, text);
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(arena, input.text, &options);
  if (step == PARSE) return;
  DiagBag diags = {.arena = arena};
  PageFacts facts = {.source = 1, .path = STR("concept/page.html"), .name = STR("page")};
  FactsOptions facts_options = {0};
  facts_from_html(&facts, tree, &input, &facts_options, arena, &diags);
  if (step == FACTS) return;
  Ir ir;
  ir_init(&ir, arena, NULL);
  buf_clear(out);
  buf_clear(map_out);
  PageMap map = {.source = STR("../../concept/page.html"), .out = map_out};
  emit_page(&ir, &bench->templates, &facts, tree, &input, &diags, arena, step == MAP ? &map : NULL, out);
  bench->written += out->len + map_out->len;
}

static void measure(Bench *bench, BenchStep step, const char *name, const Pages *pages) {
  Arena arena = {0};
  Buf out = {0}, map = {0};
  double best = 1e9;
  for (int round = 0; round < 9; round++) {
    bench->written = 0;
    double start = bench_now();
    for (size_t i = 0; i < pages->len; i++) {
      compile_page(bench, step, &arena, pages->data[i], &out, &map);
      arena_reset(&arena);
    }
    double time = bench_now() - start;
    if (time < best) best = time;
  }
  double bytes = (double)bench_bytes(pages);
  printf("%-16s %9.0f pages/s %8.1f MB/s of HTML, %zu bytes written\n", name, (double)pages->len / best,
         bytes / best / 1e6, bench->written);
  arena_free(&arena);
  buf_free(&out);
  buf_free(&map);
}

static void run(void *arg) {
  Bench *bench = arg;
  Arena arena = {0};
  Pages pages = {0};
  DiagBag diags = {.arena = &arena};
  bench->templates = templates_open(&arena, NULL, 0, false, &diags);
  for (int i = 1; i < bench->argc; i++)
    if (!bench_read_page(&arena, str_from(bench->argv[i]), &pages))
      fprintf(stderr, "cannot read %s\n", bench->argv[i]);
  if (!pages.len) bench_make_pages(&arena, 1000, &pages);
  printf("%zu pages of %zu bytes\n", pages.len, bench_bytes(&pages) / pages.len);
  measure(bench, PARSE, "parse", &pages);
  measure(bench, FACTS, "parse, facts", &pages);
  measure(bench, EMIT, "parse to TSX", &pages);
  measure(bench, MAP, "with source map", &pages);
  arena_free(&arena);
}

int main(int argc, char **argv) {
  Bench bench = {.argc = argc, .argv = argv};
  return mem_guard(run, &bench) ? 0 : 3;
}
