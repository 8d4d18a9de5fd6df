/* A page to its component and source map, and its suppressions. Every segment of the map must lie in both
 * texts and behind the one before it, every scope and every fix in the page. */
#include "emit/page.h"
#include "fuzz.h"
#include "source/utf16.h"
#include "workspace/ignore.h"

static int digit(char c) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c ? strchr(digits, c) : NULL;
  if (!found) abort();
  return (int)(found - digits);
}

static int64_t read_vlq(const char **at) {
  uint64_t number = 0;
  for (int shift = 0;; shift += 5) {
    int five = digit(*(*at)++);
    number |= (uint64_t)(five & 31) << shift;
    if (!(five & 32)) break;
  }
  return number & 1 ? -(int64_t)(number >> 1) : (int64_t)(number >> 1);
}

static void check_line(const Utf16Index *index, int64_t line, int64_t column) {
  if (line < 0 || line >= index->count || column < 0) abort();
  const Utf16Line *at = &index->lines[line];
  int64_t units = (int64_t)(at[1].start - at->start) - (at[1].spare - at->spare);
  if (column > units) abort();
}

static void check_map(Arena *arena, Str map, Str code, Str page) {
  Utf16Index to = utf16_index(arena, page), from = utf16_index(arena, code);
  const char *at = strstr(str_cstr(arena, map), "\"mappings\": \"");
  if (!at) abort();
  int64_t line = 0, column = 0, source_line = 0, source_column = 0;
  bool first = true;
  for (at += strlen("\"mappings\": \""); *at != '"';) {
    if (*at == ';') {
      line++, column = 0, first = true, at++;
      continue;
    }
    if (!first && *at++ != ',') abort();
    int64_t step = read_vlq(&at);
    if (step < 0 || (!first && step == 0) || read_vlq(&at) != 0) abort();
    column += step;
    source_line += read_vlq(&at);
    source_column += read_vlq(&at);
    check_line(&from, line, column);
    check_line(&to, source_line, source_column);
    first = false;
  }
}

static void check_ignores(Arena *arena, const HtmlTree *tree, const HtmlInput *input, Str bytes) {
  DiagBag bag = {.arena = arena};
  Ignores ignores = {0};
  ignore_read_page(arena, 1, tree, input, &bag, &ignores);
  for (size_t i = 0; i < ignores.len; i++) {
    const Ignore *ignore = &ignores.data[i];
    if (ignore->scope.end > bytes.len || ignore->scope.start > ignore->scope.end) abort();
    if (ignore->removed.end > bytes.len || ignore->removed.start > ignore->removed.end) abort();
  }
  for (size_t i = 0; i < bag.list.len; i++)
    if (bag.list.data[i]->span.end > bytes.len) abort();
}

static void fuzz_one(Arena *arena, Str bytes) {
  HtmlInput input = html_decode_bytes(arena, bytes);
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(arena, input.text, &options);
  DiagBag bag = {.arena = arena};
  PageFacts facts = {.source = 1, .path = STR("concept/a.html"), .name = STR("a")};
  FactsOptions facts_options = {0};
  facts_from_html(&facts, tree, &input, &facts_options, arena, &bag);
  Ir ir;
  ir_init(&ir, arena, NULL);
  Buf code = {0}, text = {0};
  buf_reserve(&code, 1);  // as in a run, where the buffer has been used
  PageMap map = {.source = STR("../../concept/a.html"), .out = &text};
  emit_page(&ir, NULL, &facts, tree, &input, &bag, arena, &map, &code);
  check_map(arena, buf_str(&text), buf_str(&code), input.text);
  check_ignores(arena, tree, &input, bytes);
  buf_free(&code);
  buf_free(&text);
}
