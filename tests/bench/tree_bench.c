/* How fast tokenizer and tree construction are together: tree_bench [--rounds N] [FILE...] prints MB/s
 * (best round) over the files, or over made-up pages of some 14 KB, all in memory, on one thread. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "html/tree.h"
#include "pages.h"

typedef struct Bench {
  int argc;
  char **argv;
  int rounds;
  size_t nodes;
} Bench;

static void collect(Bench *bench, Arena *arena, Pages *pages) {
  for (int i = 1; i < bench->argc; i++) {
    if (strcmp(bench->argv[i], "--rounds") == 0 && i + 1 < bench->argc) {
      bench->rounds = (int)strtol(bench->argv[++i], NULL, 10);
    } else if (!bench_read_page(arena, str_from(bench->argv[i]), pages)) {
      fprintf(stderr, "cannot read %s\n", bench->argv[i]);
    }
  }
  if (!pages->len) bench_make_pages(arena, 1000, pages);
}

static double round_time(Bench *bench, Arena *scratch, const Pages *pages) {
  double start = bench_now();
  bench->nodes = 0;
  for (size_t i = 0; i < pages->len; i++) {
    bench->nodes += html_node_count(html_parse(scratch, pages->data[i], NULL));
    arena_reset(scratch);
  }
  return bench_now() - start;
}

static void run(void *arg) {
  Bench *bench = arg;
  Arena arena = {0}, scratch = {0};
  Pages pages = {0};
  collect(bench, &arena, &pages);
  double best = 1e9;
  for (int i = 0; i < bench->rounds; i++) {
    double time = round_time(bench, &scratch, &pages);
    if (time < best) best = time;
  }
  double mb = (double)bench_bytes(&pages) / 1e6;
  printf("%zu pages, %.1f MB, %zu nodes: %.1f MB/s\n", pages.len, mb, bench->nodes, mb / best);
  arena_free(&scratch);
  arena_free(&arena);
}

int main(int argc, char **argv) {
  Bench bench = {.argc = argc, .argv = argv, .rounds = 15};
  return mem_guard(run, &bench) ? 0 : 3;
}
