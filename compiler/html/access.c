/* Reading a tree: names, attributes, texts, places. In: ids; out: views of the text, or decoded copies on
 * the caller's arena. Surprising: the names that SVG and MathML adjust are looked up here, on demand. */
#include <stdlib.h>

#include "html/builder.h"
#include "html/scan.h"

bool html_tree_may_have_shadow(const HtmlTree *tree) { return tree->shadow; }
bool html_tree_in_order(const HtmlTree *tree) { return !tree->shuffled; }
HtmlQuirks html_tree_quirks(const HtmlTree *tree) { return tree->quirks; }

bool html_tree_limit_hit(const HtmlTree *tree, uint32_t *at) {
  if (at) *at = tree->limit_at;
  return tree->limit_hit;
}

static const char *const svg_tags[] = {
#define SVG_TAG(name) name,
#include "html_foreign.def"
};

static const char *const svg_attrs[] = {
#define SVG_ATTR(name) name,
#include "html_foreign.def"
};

static const char *const math_attrs[] = {
#define MATH_ATTR(name) name,
#include "html_foreign.def"
};

static const struct {
  Str prefix, name;
} foreign_attrs[] = {
#define FOREIGN_ATTR(prefix, name) {{prefix, sizeof(prefix) - 1}, {name, sizeof(name) - 1}},
#include "html_foreign.def"
};

static int compare_nocase(const void *key, const void *entry) {
  const Str *name = key;
  const char *const *adjusted = entry;
  for (size_t i = 0; i < name->len; i++) {
    int c = (uint8_t)(*adjusted)[i], lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    if (lower != (uint8_t)name->data[i]) return (uint8_t)name->data[i] - lower;
  }
  return (*adjusted)[name->len] ? -1 : 0;
}

/// The adjusted form of a name in lower case, or the name itself.
static Str adjust(Str name, const char *const *table, size_t count) {
  const char *const *found = bsearch(&name, table, count, sizeof *table, compare_nocase);
  return found ? str_from(*found) : name;
}
#define ADJUST(name, table) adjust((name), (table), sizeof(table) / sizeof *(table))

static const HtmlStart *start_of(const HtmlTree *tree, HtmlNodeId element) {
  return &tree->starts.data[tree->nodes.data[element].data];
}

static Str view(const HtmlTree *tree, uint32_t start, uint32_t end) {
  return str_span(tree->text.data + start, tree->text.data + end);
}

Str html_element_name(const HtmlTree *tree, HtmlNodeId element) {
  const HtmlNode *node = &tree->nodes.data[element];
  const HtmlStart *start = start_of(tree, element);
  Str name =
      node->tag != HTML_TAG_OTHER
          ? html_tag_name((HtmlTag)node->tag)
          : html_decode_name(tree->arena, view(tree, start->start + 1, start->name_end), start->name_flags);
  return node->space == HTML_NS_SVG ? ADJUST(name, svg_tags) : name;
}

bool html_element_start_tag(const HtmlTree *tree, HtmlNodeId element, uint32_t *start, uint32_t *end) {
  const HtmlStart *tag = start_of(tree, element);
  *start = tag->start;
  *end = tag->end;
  return !(tree->nodes.data[element].flags & HTML_NODE_IMPLIED);
}

static void split_prefix(HtmlAttribute *attr) {
  if (str_eq(attr->name, STR("xmlns"))) {
    attr->prefix = STR("xmlns");
    return;
  }
  ptrdiff_t colon = str_find_char(attr->name, ':');
  if (colon < 0) return;
  Str prefix = str_take(attr->name, (size_t)colon), name = str_skip(attr->name, (size_t)colon + 1);
  for (size_t i = 0; i < sizeof foreign_attrs / sizeof *foreign_attrs; i++) {
    if (!str_eq(prefix, foreign_attrs[i].prefix) || !str_eq(name, foreign_attrs[i].name)) continue;
    attr->prefix = foreign_attrs[i].prefix;
    attr->name = foreign_attrs[i].name;
    return;
  }
}

static void adjust_attr(HtmlAttribute *attr, uint8_t space) {
  if (space == HTML_NS_HTML) return;
  attr->name = space == HTML_NS_SVG ? ADJUST(attr->name, svg_attrs) : ADJUST(attr->name, math_attrs);
  split_prefix(attr);
}

HtmlAttribute html_element_attr(const HtmlTree *tree, HtmlNodeId element, uint32_t index, Arena *arena) {
  const HtmlAttr *raw = html_element_attr_raw(tree, element, index);
  HtmlAttribute attr = {.name_start = raw->name_start,
                        .name_end = raw->name_end,
                        .value_start = raw->value_start,
                        .value_end = raw->value_end,
                        .raw = view(tree, raw->value_start, raw->value_end)};
  attr.name = view(tree, raw->name_start, raw->name_end);
  attr.value = attr.raw;
  if (raw->name_flags) attr.name = html_decode_name(arena, attr.name, raw->name_flags);
  if (raw->value_flags) attr.value = html_decode(arena, attr.raw, raw->value_flags, true, true);
  adjust_attr(&attr, tree->nodes.data[element].space);
  return attr;
}

bool html_element_find_attr(const HtmlTree *tree, HtmlNodeId element, Str name, Arena *arena,
                            HtmlAttribute *found) {
  uint32_t count = html_element_attr_count(tree, element);
  for (uint32_t i = 0; i < count; i++) {
    const HtmlAttr *raw = html_element_attr_raw(tree, element, i);
    if (raw->name_end - raw->name_start < name.len) continue;
    if (!(raw->name_flags & HTML_HAS_NUL) && !str_eq_nocase(view(tree, raw->name_start, raw->name_end), name))
      continue;
    *found = html_element_attr(tree, element, i, arena);
    if (!found->prefix.len && str_eq(found->name, name)) return true;
  }
  return false;
}

HtmlNodeId html_template_content(const HtmlTree *tree, HtmlNodeId element) {
  const HtmlNode *node = &tree->nodes.data[element];
  bool is_template =
      node->kind == HTML_ELEMENT && node->tag == HTML_TAG_TEMPLATE && node->space == HTML_NS_HTML;
  return is_template ? node->first_child : HTML_NO_NODE;
}

static Str decode_stretch(const HtmlTree *tree, const HtmlStretch *s, Arena *arena) {
  Str raw = view(tree, s->start, s->end);
  if (!(s->flags & (HTML_HAS_REFERENCE | HTML_HAS_CR | HTML_HAS_NUL))) return raw;
  return html_decode(arena, raw, s->flags & (uint8_t)~HTML_KEEP_NUL, false, s->flags & HTML_KEEP_NUL);
}

static Str chained_text(const HtmlTree *tree, const HtmlStretch *head, Arena *arena) {
  Str whole = {NULL, 0};
  for (const HtmlStretch *s = head;; s = &tree->texts.data[s->next]) {
    whole.len += s->end - s->start;
    if (!s->next) break;
  }
  // Nothing grows more than U+0000, which becomes the three bytes of U+FFFD.
  char *out = arena_alloc(arena, whole.len * 3 + 1);
  size_t len = 0;
  for (const HtmlStretch *s = head;; s = &tree->texts.data[s->next]) {
    Str part = decode_stretch(tree, s, arena);
    if (part.len) memcpy(out + len, part.data, part.len);
    len += part.len;
    if (!s->next) break;
  }
  out[len] = '\0';
  return (Str){out, len};
}

/// A comment keeps U+0000 as U+FFFD and knows no references.
static Str mark_data(const HtmlTree *tree, const HtmlMark *mark, Arena *arena) {
  uint8_t flags = mark->flags & (HTML_HAS_CR | HTML_HAS_NUL);
  return html_decode(arena, view(tree, mark->system_start, mark->system_end), flags, false, true);
}

Str html_text(const HtmlTree *tree, HtmlNodeId id, Arena *arena) {
  const HtmlNode *node = &tree->nodes.data[id];
  if (node->kind != HTML_TEXT) return mark_data(tree, &tree->marks.data[node->data], arena);
  const HtmlStretch *head = &tree->texts.data[node->data];
  return head->next ? chained_text(tree, head, arena) : decode_stretch(tree, head, arena);
}

void html_node_span(const HtmlTree *tree, HtmlNodeId id, uint32_t *start, uint32_t *end) {
  const HtmlNode *node = &tree->nodes.data[id];
  if (node->kind == HTML_TEXT) {
    *start = tree->texts.data[node->data].start;
    *end = tree->texts.data[node->data].end;
  } else {
    *start = tree->marks.data[node->data].start;
    *end = tree->marks.data[node->data].end;
  }
}

bool html_text_start(const HtmlTree *tree, HtmlNodeId text, uint32_t *at) {
  uint32_t number = tree->nodes.data[text].data;
  do {
    const HtmlStretch *stretch = &tree->texts.data[number];
    uint32_t start = stretch->start;
    while (start < stretch->end && html_is_space(tree->text.data[start])) start++;
    *at = start;
    if (start < stretch->end) return true;
    number = stretch->next;
  } while (number);
  return false;
}

Str html_node_name(const HtmlTree *tree, HtmlNodeId id, Arena *arena) {
  const HtmlNode *node = &tree->nodes.data[id];
  const HtmlMark *mark = &tree->marks.data[node->data];
  Str raw = view(tree, mark->name_start, mark->name_end);
  return node->kind == HTML_DOCTYPE ? html_decode_name(arena, raw, mark->flags) : raw;
}

bool html_doctype_ids(const HtmlTree *tree, HtmlNodeId id, Arena *arena, Str *public_id, Str *system_id) {
  const HtmlMark *mark = &tree->marks.data[tree->nodes.data[id].data];
  uint8_t flags = HTML_HAS_CR | HTML_HAS_NUL;
  *public_id = html_decode(arena, view(tree, mark->public_start, mark->public_end), flags, false, true);
  *system_id = html_decode(arena, view(tree, mark->system_start, mark->system_end), flags, false, true);
  return mark->has_public || mark->has_system;
}
