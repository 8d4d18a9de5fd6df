/* How fast discovery is without the disk: discover_bench [FILE...] prints pages and megabytes a second, the
 * best of several rounds, for what a run of `discover` does with each page on one thread: searching,
 * decoding, parsing as far as uses reach, facts, their lines and columns. Over the files, or over made-up
 * pages, which have none. */
#include <stdio.h>

#include "base/mem.h"
#include "html/encoding.h"
#include "html/tree.h"
#include "ir/facts.h"
#include "pages.h"
#include "workspace/ignore.h"

enum { ROUNDS = 15 };

typedef struct Bench {
  int argc;
  char **argv;
  size_t uses;
} Bench;

// The same steps as in workspace/page.c.
static void discover(Bench *bench, Arena *arena, Str bytes) {
  FactsOptions options = {0};
  FactsSeen seen;
  if (facts_absent(arena, bytes, &options, &seen)) return;
  HtmlInput input = html_decode_bytes(arena, bytes);
  bool same = input.text.data == bytes.data;
  HtmlOptions html = {.settled_from = facts_reach(input.text, &options, same ? &seen : NULL)};
  if (!html.settled_from) return;
  if (ignore_any(input.text)) html.settled_from = 0;
  DiagBag diags = {.arena = arena};
  PageFacts facts = {.source = 1, .path = STR("concept/page.html"), .name = STR("page")};
  facts_from_html(&facts, html_parse(arena, input.text, &html), &input, &options, arena, &diags);
  facts_locate(&facts, bytes, arena);
  for (size_t i = 0; i < facts.elements.len; i++) bench->uses += facts.elements.data[i].names.len;
}

static void run(void *arg) {
  Bench *bench = arg;
  Arena kept = {0}, scratch = {0};
  Pages pages = {0};
  for (int i = 1; i < bench->argc; i++)
    if (!bench_read_page(&kept, str_from(bench->argv[i]), &pages))
      fprintf(stderr, "cannot read %s\n", bench->argv[i]);
  if (!pages.len) bench_make_pages(&kept, 1000, &pages);
  double best = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    bench->uses = 0;
    double start = bench_now();
    for (size_t i = 0; i < pages.len; i++) {
      discover(bench, &scratch, pages.data[i]);
      arena_reset(&scratch);
    }
    double time = bench_now() - start;
    if (time < best) best = time;
  }
  double bytes = (double)bench_bytes(&pages);
  printf("discovery %9.0f pages/s %8.1f MB/s, %zu uses\n", (double)pages.len / best, bytes / best / 1e6,
         bench->uses);
  arena_free(&scratch);
  arena_free(&kept);
}

int main(int argc, char **argv) {
  Bench bench = {.argc = argc, .argv = argv};
  return mem_guard(run, &bench) ? 0 : 3;
}
