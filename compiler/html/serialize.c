/* The standard's serialization of a tree. In: a tree; out: HTML text in a buffer.
 * Surprising: what it writes need not read back as the same tree; html/roundtrip.c decides that. */
#include "html/serialize.h"

#include "html/builder.h"

typedef struct Writer {
  const HtmlTree *tree;
  Arena *arena;
  Buf *out;
} Writer;

static const Str html_escapes[256] = {
    ['&'] = {"&amp;", 5}, ['<'] = {"&lt;", 4}, ['>'] = {"&gt;", 4}, ['"'] = {"&quot;", 6}};

/// U+00A0 is C2 A0 in UTF-8.
static bool is_nbsp(Str s, size_t i) {
  return (uint8_t)s.data[i] == 0xC2 && i + 1 < s.len && (uint8_t)s.data[i + 1] == 0xA0;
}

static void escape(Buf *out, Str s, bool attribute) {
  size_t done = 0;
  for (size_t i = 0; i < s.len; i++) {
    bool nbsp = is_nbsp(s, i);
    Str to = nbsp ? STR("&nbsp;") : html_escapes[(uint8_t)s.data[i]];
    if (!to.len || (s.data[i] == '"' && !attribute)) continue;
    buf_put(out, str_span(s.data + done, s.data + i));
    buf_put(out, to);
    done = i + 1 + nbsp;
    i += nbsp;
  }
  buf_put(out, str_span(s.data + done, s.data + s.len));
}

static void write_attr(Writer *w, const HtmlAttribute *attr) {
  buf_char(w->out, ' ');
  if (attr->prefix.len && !str_eq(attr->name, STR("xmlns"))) {
    buf_put(w->out, attr->prefix);
    buf_char(w->out, ':');
  }
  buf_put(w->out, attr->name);
  buf_put(w->out, STR("=\""));
  escape(w->out, attr->value, true);
  buf_char(w->out, '"');
}

static bool is_void(const HtmlNode *node) {
  return node->space == HTML_NS_HTML && html_tag_traits[node->tag] & HTML_IS_VOID;
}

static bool is_raw(const Writer *w, const HtmlNode *parent) {
  if (parent->kind != HTML_ELEMENT || parent->space != HTML_NS_HTML) return false;
  if (parent->tag == HTML_TAG_NOSCRIPT) return w->tree->scripting;
  return html_tag_traits[parent->tag] & HTML_IS_RAW;
}

static void open_element(Writer *w, HtmlNodeId id) {
  buf_char(w->out, '<');
  buf_put(w->out, html_element_name(w->tree, id));
  uint32_t count = html_element_attr_count(w->tree, id);
  for (uint32_t i = 0; i < count; i++) {
    HtmlAttribute attr = html_element_attr(w->tree, id, i, w->arena);
    write_attr(w, &attr);
  }
  buf_char(w->out, '>');
}

static void write_text(Writer *w, HtmlNodeId id) {
  Str text = html_text(w->tree, id, w->arena);
  if (is_raw(w, html_node(w->tree, html_node(w->tree, id)->parent)))
    buf_put(w->out, text);
  else
    escape(w->out, text, false);
}

static void write_between(Writer *w, Str before, HtmlNodeId id, Str after) {
  buf_put(w->out, before);
  buf_put(w->out, html_text(w->tree, id, w->arena));
  buf_put(w->out, after);
}

static void write_pi(Writer *w, HtmlNodeId id) {
  buf_put(w->out, STR("<?"));
  buf_put(w->out, html_node_name(w->tree, id, w->arena));
  write_between(w, STR(" "), id, STR("?>"));
}

static void open_node(Writer *w, HtmlNodeId id) {
  switch ((HtmlNodeKind)html_node(w->tree, id)->kind) {
    case HTML_ELEMENT:
      open_element(w, id);
      break;
    case HTML_TEXT:
      write_text(w, id);
      break;
    case HTML_COMMENT:
      write_between(w, STR("<!--"), id, STR("-->"));
      break;
    case HTML_PI:
      write_pi(w, id);
      break;
    case HTML_DOCTYPE:
      buf_put(w->out, STR("<!DOCTYPE "));
      buf_put(w->out, html_node_name(w->tree, id, w->arena));
      buf_char(w->out, '>');
      break;
    case HTML_CONTENT:
    case HTML_DOCUMENT:
      break;
  }
}

static void close_node(Writer *w, HtmlNodeId id) {
  const HtmlNode *node = html_node(w->tree, id);
  if (node->kind != HTML_ELEMENT || is_void(node)) return;
  buf_put(w->out, STR("</"));
  buf_put(w->out, html_element_name(w->tree, id));
  buf_char(w->out, '>');
}

void html_serialize(const HtmlTree *tree, HtmlNodeId root, Arena *arena, Buf *out) {
  Writer w = {tree, arena, out};
  HtmlNodeId id = html_node(tree, root)->first_child;
  while (id) {
    open_node(&w, id);
    HtmlNodeId next = html_node(tree, id)->first_child;
    while (!next) {
      close_node(&w, id);
      next = html_node(tree, id)->next;
      if (next) break;
      id = html_node(tree, id)->parent;
      if (id == root) return;
    }
    id = next;
  }
}
