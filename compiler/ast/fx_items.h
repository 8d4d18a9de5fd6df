/* Inside ast/: a document while it is made of a .fx file. The clauses of .fx come in any order, while a map
 * of YAML has all of its pairs in one place; so values are put into a tree first, and made nodes at the end.
 */
#ifndef FXC_AST_FX_ITEMS_H
#define FXC_AST_FX_ITEMS_H

#include "source/events.h"

typedef struct FxItem FxItem;
struct FxItem {
  uint8_t kind, style;  // DocKind, DocStyle
  bool wrong;           // reported already
  bool unknown;         // its key is a word that is no clause of the block
  Str key, text;
  Span key_span, span;
  FxItem *first, *last, *next;
  FxItem *shared, *next_shared;  // values below that several clauses add to: `concept`, a list
};

/// A value of that kind, not yet anywhere.
FxItem *fx_item(Arena *arena, DocKind kind, Span span);
/// Puts an item behind the others of a map or a list.
void fx_item_add(FxItem *parent, FxItem *item);
/// The value that a map has for `key` and that several clauses add to; made when it is not there yet.
FxItem *fx_item_shared(Arena *arena, FxItem *map, Str key, DocKind kind, Span span);
/// The nodes of the tree, as one more document of `doc`.
void fx_item_write(Arena *arena, const FxItem *root, DocEvents *doc);

#endif
