/* The stack of open elements. In: elements; out: entries that answer scope questions without a walk.
 * Surprising: taking an entry out of the middle, or putting one there, redoes the entries above it;
 * only the adoption agency and </form> do that, and the steps are counted (html_work). */
#include "base/mem.h"
#include "html/builder.h"

const uint16_t html_tag_traits[HTML_TAG_COUNT] = {
#define SPECIAL HTML_IS_SPECIAL
#define FORMATTING HTML_IS_FORMATTING
#define SCOPE HTML_IS_SCOPE
#define IMPLIED HTML_IS_IMPLIED
#define THOROUGH HTML_IS_THOROUGH
#define FOSTER HTML_IS_FOSTER
#define BREAKOUT HTML_IS_BREAKOUT
#define HEADING HTML_IS_HEADING
#define MATH HTML_IS_MATH
#define GRAPHICS HTML_IS_GRAPHICS
#define VOID HTML_IS_VOID
#define RAW HTML_IS_RAW
#define LIGHT HTML_IS_LIGHT
#define TRACKED HTML_IS_TRACKED
#define RULE(tag, traits, start, end) [HTML_TAG_##tag] = (traits),
#include "html_tag_rules.def"
#undef RULE
#undef SPECIAL
#undef FORMATTING
#undef SCOPE
#undef IMPLIED
#undef THOROUGH
#undef FOSTER
#undef BREAKOUT
#undef HEADING
#undef MATH
#undef GRAPHICS
#undef VOID
#undef RAW
#undef LIGHT
#undef TRACKED
};

uint16_t html_name_key(HtmlTag tag, const char *name, size_t len) {
  if (tag != HTML_TAG_OTHER) return (uint16_t)tag;
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < len; i++) hash = (hash ^ (uint8_t)(name[i] | 0x20)) * 16777619u;
  return (uint16_t)(HTML_KEY_OTHER + (hash >> 26));
}

/// annotation-xml is an integration point when it says that it holds HTML.
static uint8_t annotation_points(HtmlBuilder *b, HtmlNodeId id) {
  HtmlAttribute encoding;
  if (!html_element_find_attr(b->tree, id, STR("encoding"), b->arena, &encoding)) return HTML_ANNOTATION;
  bool html = str_eq_nocase(encoding.value, STR("text/html")) ||
              str_eq_nocase(encoding.value, STR("application/xhtml+xml"));
  return html ? HTML_ANNOTATION | HTML_HTML_POINT : HTML_ANNOTATION;
}

static uint8_t integration_points(HtmlBuilder *b, HtmlNodeId id, const HtmlNode *node) {
  uint16_t traits = html_tag_traits[node->tag];
  if (node->space == HTML_NS_SVG) return traits & HTML_IS_GRAPHICS ? HTML_HTML_POINT : 0;
  if (!(traits & HTML_IS_MATH)) return 0;
  return node->tag == HTML_TAG_ANNOTATION_XML ? annotation_points(b, id) : HTML_MATH_TEXT_POINT;
}

static HtmlOpen foreign_entry(HtmlBuilder *b, HtmlNodeId id) {
  const HtmlNode *node = &b->tree->nodes.data[id];
  uint16_t wanted = node->space == HTML_NS_SVG ? HTML_IS_GRAPHICS : HTML_IS_MATH;
  bool special = html_tag_traits[node->tag] & wanted;
  return (HtmlOpen){.node = id,
                    .key = HTML_KEY_FOREIGN,
                    .space = node->space,
                    .traits = special ? HTML_IS_SPECIAL | HTML_IS_SCOPE : 0,
                    .points = integration_points(b, id, node)};
}

/// An entry for the node, not yet knowing what lies below it.
static HtmlOpen open_entry(HtmlBuilder *b, HtmlNodeId id) {
  const HtmlNode *node = &b->tree->nodes.data[id];
  if (node->space != HTML_NS_HTML) return foreign_entry(b, id);
  uint16_t key = node->tag;
  if (key == HTML_TAG_OTHER) {
    const HtmlStart *start = &b->tree->starts.data[node->data];
    key = html_name_key(HTML_TAG_OTHER, b->text + start->start + 1, start->name_end - start->start - 1);
  }
  return (HtmlOpen){.node = id, .tag = node->tag, .key = key, .traits = html_tag_traits[node->tag]};
}

static void unlink_to(HtmlBuilder *b, uint32_t index) {
  html_work(b, b->top - index + 1);
  for (; b->top >= index; b->top--) b->last[b->open[b->top].key] = b->open[b->top].previous;
}

void html_grow_stack(HtmlBuilder *b) {
  size_t old = b->open_space * sizeof *b->open;
  b->open = arena_grow(b->arena, b->open, old, old * 2);
  b->open_space *= 2;
}

void html_push(HtmlBuilder *b, HtmlNodeId node) {
  if (b->top + 2 >= b->open_space) html_grow_stack(b);
  b->open[b->top + 1] = open_entry(b, node);
  if (b->open[b->top + 1].traits & HTML_IS_TRACKED) b->tree->nodes.data[node].flags |= HTML_NODE_OPEN;
  html_link_entry(b, b->top + 1);
}

void html_pop_to(HtmlBuilder *b, uint32_t index) {
  while (b->top >= index) html_pop(b);
}

void html_stack_remove(HtmlBuilder *b, uint32_t index) {
  uint32_t top = b->top;
  b->tree->nodes.data[b->open[index].node].flags &= (uint8_t)~HTML_NODE_OPEN;
  unlink_to(b, index);
  memmove(&b->open[index], &b->open[index + 1], (top - index) * sizeof *b->open);
  for (uint32_t i = index; i < top; i++) html_link_entry(b, i);
}

void html_stack_insert(HtmlBuilder *b, uint32_t index, HtmlNodeId node) {
  if (b->top + 2 >= b->open_space) html_grow_stack(b);
  uint32_t top = b->top;
  if (index <= top) unlink_to(b, index);
  memmove(&b->open[index + 1], &b->open[index], (top + 1 - index) * sizeof *b->open);
  b->open[index] = open_entry(b, node);
  b->tree->nodes.data[node].flags |= HTML_NODE_OPEN;
  for (uint32_t i = index; i <= top + 1; i++) html_link_entry(b, i);
}

uint32_t html_stack_find(HtmlBuilder *b, HtmlNodeId node) {
  uint32_t index = b->top;
  while (b->open[index].node != node) index--;
  html_work(b, b->top - index);
  return index;
}

void html_pop_tag(HtmlBuilder *b, HtmlTag tag) {
  if (b->last[tag]) html_pop_to(b, b->last[tag]);
}

void html_implied_end_tags(HtmlBuilder *b, HtmlTag except) {
  while (html_current(b)->traits & HTML_IS_IMPLIED && html_current(b)->tag != except) html_pop(b);
}

void html_thorough_end_tags(HtmlBuilder *b) {
  while (html_current(b)->traits & HTML_IS_THOROUGH) html_pop(b);
}

/// "Clear the stack back to a table (body, row) context": html and template end it always.
void html_clear_to(HtmlBuilder *b, const HtmlTag *tags, size_t count) {
  uint32_t end = html_max(b->last[HTML_TAG_HTML], b->last[HTML_TAG_TEMPLATE]);
  for (size_t i = 0; i < count; i++) end = html_max(end, b->last[tags[i]]);
  html_pop_to(b, end + 1);
}
