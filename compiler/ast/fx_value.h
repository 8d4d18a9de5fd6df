/* Inside ast/: values of a .fx file as values of a document. */
#ifndef FXC_AST_FX_VALUE_H
#define FXC_AST_FX_VALUE_H

#include "ast/ast.h"
#include "ast/fx_items.h"
#include "fx/tree.h"

typedef struct FxDoc {
  Arena *arena;
  const FxTree *tree;
  DiagBag *bag;
} FxDoc;

/// Any tree of values. A literal that is none (50/sec) is reported.
FxItem *fx_lower_value(FxDoc *fx, FxId id);
/// The value of one clause: a type keeps its quotes, and what is wrong with a literal its reader will say.
FxItem *fx_lower_operand(FxDoc *fx, ClauseId clause, FxId id);
/// A list of the nodes from `first` on.
FxItem *fx_lower_list(FxDoc *fx, FxId first, Span span);
/// Puts the pairs of a record into a map.
void fx_lower_record(FxDoc *fx, FxItem *map, FxId record);
/// What stands where a value is missing.
FxItem *fx_nothing(FxDoc *fx, Span span);

#endif
