/* The tree dump of the html5lib suites. In: text; out: the lines "| <html>" and so on. */
#include "base/file.h"
#include "html/dump.h"
#include "html5lib.h"

bool html5lib_tree(const char *data, size_t len, const char *fragment, bool scripting, Buf *out) {
  Arena arena = {0};
  char *copy = arena_zero(&arena, len + FILE_PADDING);
  memcpy(copy, data, len);
  HtmlOptions options = {.scripting = scripting, .fragment_context = str_from(fragment)};
  html_dump(html_parse(&arena, (Str){copy, len}, &options), &arena, out);
  arena_free(&arena);
  return true;
}
