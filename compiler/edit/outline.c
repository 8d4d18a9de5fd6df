/* In: a clause tree. Out: the same as items that may be changed. */
#include "edit/outline.h"

#include "edit/attach.h"

static bool has_items(AstKind kind) { return kind == AST_BLOCK || kind == AST_LIST || kind == AST_RECORD; }

bool item_is_placed(const Item *item) { return item->parent && has_items(item->parent->kind); }

void item_add(Item *parent, Item *child) {
  child->parent = parent;
  child->next = NULL;
  if (parent->last)
    parent->last->next = child;
  else
    parent->first = child;
  parent->last = child;
}

void item_remove(Item *child) {
  Item *parent = child->parent, *previous = NULL;
  for (Item *i = parent->first; i != child; i = i->next) previous = i;
  if (previous)
    previous->next = child->next;
  else
    parent->first = child->next;
  if (parent->last == child) parent->last = previous;
  child->parent = child->next = NULL;
}

bool item_has_comments(const Item *item) {
  return item->before.len || item->inside.len || item->behind.data || item->blank;
}

Item *item_child(const Item *item, ClauseId clause) {
  Item *child = item->first;
  while (child && child->clause != clause) child = child->next;
  return child;
}

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }
static uint32_t most(uint32_t a, uint32_t b) { return a > b ? a : b; }

/// From the key to the end of the value. A value that an alias repeats stands elsewhere and does not count;
/// the map of a short file lies around its key.
static void place_item(Item *item, const AstNode *node) {
  Span key = node->key_span.source ? node->key_span : node->span, value = node->span;
  bool around = value.start <= key.start && value.end >= key.end;
  item->start = around ? value.start : key.start;
  item->end = value.start >= item->start ? most(value.end, key.end) : key.end;
  item->own = item->start;
  item->head = key.end;
}

static Item *make_item(Arena *arena, const AstNode *node, uint32_t depth) {
  Item *item = arena_new(arena, Item);
  *item = (Item){.clause = node->clause, .kind = node->kind, .name = node->name, .text = node->text};
  item->number = node->number;
  item->quoted = node->span.end - node->span.start != node->text.len;
  item->span = node->span;
  item->key_span = node->key_span;
  item->depth = depth;
  place_item(item, node);
  return item;
}

static bool is_doc(const Item *item) {
  return item->clause && strcmp(clause_info(item->clause)->fx, "///") == 0;
}

/// Depth is bounded by the readers, so recursion is. A documentation comment stands above the block that it
/// is part of.
static Item *make_tree(Arena *arena, const AstNode *node, uint32_t depth) {
  Item *item = make_item(arena, node, depth);
  for (const AstNode *child = node->first; child; child = child->next) {
    Item *made = make_tree(arena, child, depth + 1);
    item_add(item, made);
    if (is_doc(made)) item->start = least(item->start, made->start);
  }
  return item;
}

Item *outline_make(Arena *arena, const Ast *ast, Str bytes, const Comments *comments, OutlineStyle style) {
  Item *root = make_tree(arena, ast->root, 0);
  root->start = 0;
  root->end = (uint32_t)bytes.len;
  attach_comments(arena, root, bytes, comments, style);
  return root;
}
