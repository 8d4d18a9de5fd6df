/* How fast the tokenizer is: lexer_bench [--states] [FILE...] prints MB/s (best of several rounds) over
 * the files, or over made-up pages. --states takes only the standard's states, no short cuts. */
#include <stdio.h>

#include "base/mem.h"
#include "html/token.h"
#include "pages.h"

typedef struct Bench {
  int argc;
  char **argv;
  bool states;
  size_t tokens, attrs;
} Bench;

/// Stands in for the tree builder where it steers the tokenizer.
static void steer(HtmlLexer *lexer, const HtmlToken *token) {
  if (token->kind != HTML_TOKEN_START_TAG) return;
  if (token->tag == HTML_TAG_SCRIPT) html_lexer_set_content_model(lexer, HTML_SCRIPT_DATA, STR_NONE);
  if (token->tag == HTML_TAG_STYLE) html_lexer_set_content_model(lexer, HTML_RAWTEXT, STR_NONE);
  if (token->tag == HTML_TAG_TITLE || token->tag == HTML_TAG_TEXTAREA) {
    html_lexer_set_content_model(lexer, HTML_RCDATA, STR_NONE);
  }
}

static void lex(Bench *bench, Arena *arena, Str text) {
  HtmlToken token;
  HtmlLexer *lexer = html_lexer_new(arena, text, NULL);
  html_lexer_option(lexer, HTML_LEXER_STRICT_STATES, bench->states);
  for (html_lexer_next(lexer, &token); token.kind; html_lexer_next(lexer, &token)) {
    steer(lexer, &token);
    bench->tokens++;
    bench->attrs += token.attr_count;
  }
}

static void collect(Bench *bench, Arena *arena, Pages *pages) {
  for (int i = 1; i < bench->argc; i++) {
    if (strcmp(bench->argv[i], "--states") == 0) {
      bench->states = true;
    } else if (!bench_read_page(arena, str_from(bench->argv[i]), pages)) {
      fprintf(stderr, "cannot read %s\n", bench->argv[i]);
    }
  }
  if (!pages->len) bench_make_pages(arena, 1000, pages);
}

static void run(void *arg) {
  Bench *bench = arg;
  Arena arena = {0}, scratch = {0};
  Pages pages = {0};
  collect(bench, &arena, &pages);
  double best = 1e9;
  for (int round = 0; round < 15; round++) {
    bench->tokens = bench->attrs = 0;
    double start = bench_now();
    for (size_t i = 0; i < pages.len; i++) {
      lex(bench, &scratch, pages.data[i]);
      arena_reset(&scratch);
    }
    double seconds = bench_now() - start;
    if (seconds < best) best = seconds;
  }
  double bytes = (double)bench_bytes(&pages);
  printf("%zu pages, %.1f MB, %zu tokens, %zu attributes: %.0f MB/s, %.1f ns a token\n", pages.len,
         bytes / 1e6, bench->tokens, bench->attrs, bytes / best / 1e6, best * 1e9 / (double)bench->tokens);
  arena_free(&scratch);
  arena_free(&arena);
}

int main(int argc, char **argv) {
  Bench bench = {.argc = argc, .argv = argv};
  return mem_guard(run, &bench) ? 0 : 3;
}
