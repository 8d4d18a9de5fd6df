/* Can HTML write this tree? In: a tree; out: yes, or the first node that reads back differently.
 *
 * Exact, by writing the tree and parsing it again; but that is done only when construction met
 * something that may get lost (tree->odd) or when a text holds what does. Surprising: CR and a newline
 * at the start of <pre> are such texts, since the parser drops them. */
#include "base/file.h"
#include "html/builder.h"
#include "html/serialize.h"

static bool is_pre(const HtmlNode *node) {
  return node->space == HTML_NS_HTML &&
         (node->tag == HTML_TAG_PRE || node->tag == HTML_TAG_LISTING || node->tag == HTML_TAG_TEXTAREA);
}

/// A "script" whose text opens "<!--" may not end where it ended.
static bool is_risky_script(const HtmlTree *tree, const HtmlNode *parent, const HtmlStretch *s) {
  if (parent->tag != HTML_TAG_SCRIPT) return false;
  Str raw = str_span(tree->text.data + s->start, tree->text.data + s->end);
  return str_find(raw, STR("<!--")) >= 0;
}

/// Only a number can stand for CR; a raw one is a line break.
static bool may_hold_cr(const HtmlTree *tree, uint32_t start, uint32_t end, uint8_t flags) {
  if (!(flags & HTML_HAS_REFERENCE)) return false;
  const char *p = tree->text.data + start, *behind = tree->text.data + end;
  for (; (p = memchr(p, '&', (size_t)(behind - p))) != NULL; p++)
    if (p[1] == '#') return true;
  return false;
}

static bool is_risky_text(const HtmlTree *tree, HtmlNodeId id, const HtmlNode *node, Arena *arena) {
  const HtmlNode *parent = &tree->nodes.data[node->parent];
  const HtmlStretch *s = &tree->texts.data[node->data];
  if (is_risky_script(tree, parent, s)) return true;
  bool first_in_pre = is_pre(parent) && parent->first_child == id;
  if (!first_in_pre && !s->next && !may_hold_cr(tree, s->start, s->end, s->flags)) return false;
  Str text = html_text(tree, id, arena);
  return (first_in_pre && text.len && text.data[0] == '\n') || str_find_char(text, '\r') >= 0;
}

static bool has_risky_attr(const HtmlTree *tree, Arena *arena) {
  for (size_t i = 0; i < tree->attrs.len; i++) {
    const HtmlAttr *attr = &tree->attrs.data[i];
    if (!may_hold_cr(tree, attr->value_start, attr->value_end, attr->value_flags)) continue;
    Str raw = str_span(tree->text.data + attr->value_start, tree->text.data + attr->value_end);
    if (str_find_char(html_decode(arena, raw, attr->value_flags, true, true), '\r') >= 0) return true;
  }
  return false;
}

/// Comments end early when they hold an end, or begin with one.
static bool is_risky_comment(const HtmlTree *tree, HtmlNodeId id, Arena *arena) {
  Str data = html_text(tree, id, arena);
  return str_starts(data, STR(">")) || str_starts(data, STR("->")) || str_find(data, STR("--")) >= 0 ||
         str_ends(data, STR("-")) || str_find(data, STR("<!-")) >= 0;
}

/// Whether a number may stand for a character somewhere: most pages have names at most.
static bool has_numbers(Str text) {
  const char *end = text.data + text.len;
  for (const char *p = text.data; p < end && (p = memchr(p, '#', (size_t)(end - p))) != NULL; p++)
    if (p > text.data && p[-1] == '&') return true;
  return false;
}

/// Looks at what was taken out of the tree as well: that only means that it is written and read for nothing.
static bool has_risky_node(const HtmlTree *tree, Arena *arena) {
  bool numbers = has_numbers(tree->text);
  if (!numbers && !tree->minding) return false;
  for (HtmlNodeId id = HTML_DOCUMENT_NODE; id < tree->nodes.len; id++) {
    const HtmlNode *node = &tree->nodes.data[id], *parent = &tree->nodes.data[node->parent];
    bool text = node->kind == HTML_TEXT && (numbers || parent->tag == HTML_TAG_SCRIPT || is_pre(parent));
    if (text && is_risky_text(tree, id, node, arena)) return true;
    if (node->kind == HTML_COMMENT && is_risky_comment(tree, id, arena)) return true;
  }
  return numbers && has_risky_attr(tree, arena);
}

static bool same_attrs(const HtmlTree *a, HtmlNodeId x, const HtmlTree *b, HtmlNodeId y, Arena *arena) {
  uint32_t count = html_element_attr_count(a, x);
  if (count != html_element_attr_count(b, y)) return false;
  for (uint32_t i = 0; i < count; i++) {
    HtmlAttribute p = html_element_attr(a, x, i, arena), q = html_element_attr(b, y, i, arena);
    if (!str_eq(p.prefix, q.prefix) || !str_eq(p.name, q.name) || !str_eq(p.value, q.value)) return false;
  }
  return true;
}

static bool same_node(const HtmlTree *a, HtmlNodeId x, const HtmlTree *b, HtmlNodeId y, Arena *arena) {
  const HtmlNode *p = &a->nodes.data[x], *q = &b->nodes.data[y];
  if (p->kind != q->kind) return false;
  switch ((HtmlNodeKind)p->kind) {
    case HTML_ELEMENT:
      return p->space == q->space && p->tag == q->tag &&
             str_eq(html_element_name(a, x), html_element_name(b, y)) && same_attrs(a, x, b, y, arena);
    case HTML_PI:
      if (!str_eq(html_node_name(a, x, arena), html_node_name(b, y, arena))) return false;
      return str_eq(html_text(a, x, arena), html_text(b, y, arena));
    case HTML_TEXT:
    case HTML_COMMENT:
      return str_eq(html_text(a, x, arena), html_text(b, y, arena));
    case HTML_DOCTYPE:
      return str_eq(html_node_name(a, x, arena), html_node_name(b, y, arena));
    case HTML_DOCUMENT:
    case HTML_CONTENT:
      return true;
  }
  return true;
}

/// Walks both trees in step. The first node of `a` without its equal in `b`, or HTML_NO_NODE.
static HtmlNodeId first_difference(const HtmlTree *a, const HtmlTree *b, Arena *arena) {
  HtmlNodeId x = HTML_DOCUMENT_NODE, y = HTML_DOCUMENT_NODE;
  for (;;) {
    if (!same_node(a, x, b, y, arena)) return x;
    HtmlNodeId down = a->nodes.data[x].first_child, down_b = b->nodes.data[y].first_child;
    if (!down != !down_b) return down ? down : x;
    if (down) {
      x = down, y = down_b;
      continue;
    }
    while (x != HTML_DOCUMENT_NODE) {
      HtmlNodeId next = a->nodes.data[x].next, next_b = b->nodes.data[y].next;
      if (!next != !next_b) return next ? next : x;
      if (next) {
        x = next, y = next_b;
        break;
      }
      x = a->nodes.data[x].parent, y = b->nodes.data[y].parent;
    }
    if (x == HTML_DOCUMENT_NODE) return HTML_NO_NODE;
  }
}

/// The written form with what the tokenizer wants behind the end.
static Str written(const HtmlTree *tree, Arena *arena) {
  Buf out = {0};
  html_serialize(tree, HTML_DOCUMENT_NODE, arena, &out);
  char *copy = arena_zero(arena, out.len + FILE_PADDING);
  if (out.len) memcpy(copy, out.data, out.len);
  Str text = {copy, out.len};
  buf_free(&out);
  return text;
}

bool html_tree_survives_writing(const HtmlTree *tree, HtmlNodeId *offender) {
  Arena arena = {0};
  HtmlNodeId found = HTML_NO_NODE;
  if (tree->odd || has_risky_node(tree, &arena)) {
    HtmlOptions options = {.scripting = tree->scripting, .fragment_context = tree->context};
    const HtmlTree *again = html_parse(&arena, written(tree, &arena), &options);
    found = first_difference(tree, again, &arena);
  }
  arena_free(&arena);
  if (offender) *offender = found;
  return !found;
}
