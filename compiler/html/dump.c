/* The text form of a tree: that of the html5lib suites ("| <html>"), so that a dump can be held beside them.
 */
#include "html/dump.h"

#include <stdlib.h>

enum { DEEPEST_INDENT = 2000 };  // deeper levels stand under each other: a dump stays linear

typedef struct Dump {
  const HtmlTree *tree;
  Arena *arena;
  Buf *out;
} Dump;

static void line(Dump *d, size_t depth) {
  buf_put(d->out, STR("| "));
  buf_repeat(d->out, ' ', (depth < DEEPEST_INDENT ? depth : DEEPEST_INDENT) * 2);
}

static void text(Dump *d, HtmlNodeId id) { buf_put(d->out, html_text(d->tree, id, d->arena)); }

static void space_name(Dump *d, HtmlNodeId id) {
  static const char *const designators[] = {"", "svg ", "math "};
  buf_put(d->out, str_from(designators[html_node(d->tree, id)->space]));
  buf_put(d->out, html_element_name(d->tree, id));
}

// UTF-16 order differs from byte order only above U+FFFF; no attribute name of a suite goes there.
static int by_name(const void *x, const void *y) {
  const Str *a = x, *b = y;
  return str_cmp(str_take(*a, (size_t)str_find(*a, STR("=\""))),
                 str_take(*b, (size_t)str_find(*b, STR("=\""))));
}

static Str attr_line(Dump *d, HtmlNodeId id, uint32_t index) {
  HtmlAttribute a = html_element_attr(d->tree, id, index, d->arena);
  Str name = a.prefix.len ? str_concat(d->arena, str_concat(d->arena, a.prefix, STR(" ")), a.name) : a.name;
  return str_concat(d->arena, str_concat(d->arena, name, STR("=\"")),
                    str_concat(d->arena, a.value, STR("\"\n")));
}

static void element(Dump *d, HtmlNodeId id, size_t depth) {
  uint32_t count = html_element_attr_count(d->tree, id);
  Str *lines = arena_array(d->arena, Str, count + 1);
  buf_char(d->out, '<');
  space_name(d, id);
  buf_put(d->out, STR(">\n"));
  for (uint32_t i = 0; i < count; i++) lines[i] = attr_line(d, id, i);
  qsort(lines, count, sizeof *lines, by_name);
  for (uint32_t i = 0; i < count; i++) {
    line(d, depth + 1);
    buf_put(d->out, lines[i]);
  }
}

static void doctype(Dump *d, HtmlNodeId id) {
  Str public_id, system_id;
  buf_put(d->out, STR("<!DOCTYPE "));
  buf_put(d->out, html_node_name(d->tree, id, d->arena));
  html_doctype_ids(d->tree, id, d->arena, &public_id, &system_id);
  if (public_id.len || system_id.len) {
    buf_put(d->out, STR(" \""));
    buf_put(d->out, public_id);
    buf_put(d->out, STR("\" \""));
    buf_put(d->out, system_id);
    buf_char(d->out, '"');
  }
  buf_put(d->out, STR(">\n"));
}

static void node(Dump *d, HtmlNodeId id, size_t depth) {
  line(d, depth);
  switch ((HtmlNodeKind)html_node(d->tree, id)->kind) {
    case HTML_ELEMENT:
      element(d, id, depth);
      break;
    case HTML_DOCTYPE:
      doctype(d, id);
      break;
    case HTML_CONTENT:
      buf_put(d->out, STR("content\n"));
      break;
    case HTML_TEXT:
      buf_char(d->out, '"');
      text(d, id);
      buf_put(d->out, STR("\"\n"));
      break;
    case HTML_COMMENT:
      buf_put(d->out, STR("<!-- "));
      text(d, id);
      buf_put(d->out, STR(" -->\n"));
      break;
    case HTML_PI:
      buf_put(d->out, STR("<?"));
      buf_put(d->out, html_node_name(d->tree, id, d->arena));
      buf_char(d->out, ' ');
      text(d, id);
      buf_put(d->out, STR(" ?>\n"));
      break;
    case HTML_DOCUMENT:
      break;
  }
}

static void dump(Dump *d) {
  size_t depth = 0;
  HtmlNodeId id = html_node(d->tree, HTML_DOCUMENT_NODE)->first_child;
  while (id) {
    node(d, id, depth);
    HtmlNodeId next = html_node(d->tree, id)->first_child;
    if (next) depth++;
    while (!next && id != HTML_DOCUMENT_NODE) {
      next = html_node(d->tree, id)->next;
      if (next) break;
      id = html_node(d->tree, id)->parent;
      depth--;
    }
    id = next;
  }
}

void html_dump(const HtmlTree *tree, Arena *arena, Buf *out) {
  Dump d = {tree, arena, out};
  dump(&d);
}
