/* In: what the grammar recognised. Out: nodes. Lists are chains by `next`, so that adding is one step. */
#include "fx/parse.h"

FxId fx_make(FxParse *parse, FxKind kind, uint32_t name, uint32_t second, FxRange range, FxList children) {
  FxTree *tree = parse->tree;
  FxNode node = {.kind = (uint8_t)kind,
                 .name = name,
                 .second = second,
                 .first = range.first,
                 .last = range.last == UINT32_MAX || range.last < range.first ? range.first : range.last,
                 .child = children.first,
                 .last_child = children.last};
  vec_push(parse->arena, &tree->nodes, node);
  return (FxId)(tree->nodes.len - 1);
}

FxList fx_just(FxId node) { return (FxList){node, node}; }

FxList fx_join(FxParse *parse, FxList list, FxList more) {
  if (!list.first) return more;
  if (!more.first) return list;
  parse->tree->nodes.data[list.last].next = more.first;
  return (FxList){list.first, more.last};
}

FxList fx_add(FxParse *parse, FxList list, FxId node) {
  return node ? fx_join(parse, list, fx_just(node)) : list;
}
