/* In: values and where they belong. Out: the nodes of a document in their order. */
#include "ast/fx_items.h"

FxItem *fx_item(Arena *arena, DocKind kind, Span span) {
  FxItem *item = arena_new(arena, FxItem);
  item->kind = (uint8_t)kind;
  item->span = span;
  return item;
}

void fx_item_add(FxItem *parent, FxItem *item) {
  if (parent->last)
    parent->last->next = item;
  else
    parent->first = item;
  parent->last = item;
}

FxItem *fx_item_shared(Arena *arena, FxItem *map, Str key, DocKind kind, Span span) {
  for (FxItem *item = map->shared; item; item = item->next_shared)
    if (str_eq(item->key, key)) return item;
  FxItem *item = fx_item(arena, kind, span);
  item->key = key;
  item->key_span = span;
  item->next_shared = map->shared;
  map->shared = item;
  fx_item_add(map, item);
  return item;
}

static uint32_t write_node(Arena *arena, DocEvents *doc, DocKind kind, DocStyle style, Span span, Str text) {
  DocNode node = {
      .kind = (uint8_t)kind, .style = (uint8_t)style, .start = span.start, .end = span.end, .text = text};
  node.next = (uint32_t)doc->nodes.len + 1;
  vec_push(arena, &doc->nodes, node);
  return node.next - 1;
}

static void write_item(Arena *arena, const FxItem *item, DocEvents *doc) {
  uint32_t at = write_node(arena, doc, item->kind, item->style, item->span, item->text), count = 0;
  doc->nodes.data[at].wrong = item->wrong;
  for (const FxItem *child = item->first; child; child = child->next, count++) {
    if (item->kind == DOC_MAP) {
      uint32_t key = write_node(arena, doc, DOC_SCALAR, DOC_PLAIN, child->key_span, child->key);
      doc->nodes.data[key].unknown = child->unknown;
    }
    write_item(arena, child, doc);
  }
  doc->nodes.data[at].count = count;
  doc->nodes.data[at].next = (uint32_t)doc->nodes.len;
}

void fx_item_write(Arena *arena, const FxItem *root, DocEvents *doc) {
  vec_push(arena, &doc->roots, (uint32_t)doc->nodes.len);
  write_item(arena, root, doc);
}
