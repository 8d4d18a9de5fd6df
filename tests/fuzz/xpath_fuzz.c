/* A pattern that passes the check runs on any page to its end or to its bound, and finds elements only. The
 * text is the pattern, a NUL or a line end, and a page. */
#include "html/encoding.h"
#include "html/xpath.h"

#include "fuzz.h"

static void run(Arena *arena, Str pattern, Str page) {
  HtmlInput input = html_decode_bytes(arena, page);
  HtmlTree *tree = html_parse(arena, input.text, &(HtmlOptions){0});
  XpathEngine *engine = xpath_engine_new(&pattern, 1);
  XpathMatches found = {0};
  xpath_find(engine, xml_tree(tree, arena), 0, arena, &found);
  for (size_t i = 0; i < found.len; i++)
    if (html_node(tree, found.data[i])->kind != HTML_ELEMENT) abort();
  xpath_engine_free(engine);
}

static void fuzz_one(Arena *arena, Str text) {
  size_t end = 0;
  while (end < text.len && text.data[end] && text.data[end] != '\n') end++;
  Str pattern = str_copy(arena, str_take(text, end)), rest = str_skip(text, end + 1);
  char *page = arena_zero(arena, rest.len + 128);
  memcpy(page, rest.data, rest.len);
  XpathFault fault = {0};
  if (xpath_check(arena, pattern, &fault))
    run(arena, pattern, (Str){page, rest.len});
  else if (!fault.message.len || fault.start > fault.end || fault.end > pattern.len)
    abort();
}
