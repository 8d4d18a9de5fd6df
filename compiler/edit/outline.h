/* What converting works on: the clauses of a file as a tree that may be changed, each with the comments that
 * stand by it. It knows nothing of notations but how comments belong to what is around them: by indentation
 * or by braces.
 *
 * An outline lies on one arena; texts point into the file's bytes or the AST, which must live as long. */
#ifndef FXC_EDIT_OUTLINE_H
#define FXC_EDIT_OUTLINE_H

#include "ast/ast.h"
#include "source/comments.h"

typedef struct Remark {
  Str text;    // lines parted by LF
  bool blank;  // an empty line above
  bool outer;  // something else stands between it and its item: a key or a word that opens a block around the
               // item
} Remark;

typedef VEC(Remark) Remarks;

typedef struct Item Item;
struct Item {
  ClauseId clause;  // CLAUSE_none: a key of the project's own, or inside a value
  AstKind kind;
  Str name, text;
  double number;
  bool quoted;  // a text that stood in quotes, or had other bytes than it has now
  bool named;  // a text that could name something where it stands: `street.value`, a parameter in a binding …
  bool bare;              // … and does, as it has no quotes
  Span span, key_span;    // of the value and the key, for diagnostics
  uint32_t start, end;    // from the first byte that belongs to it to the last
  uint32_t own, head;     // where its key starts, below its documentation, and ends
  uint32_t depth, order;  // in the tree; among items at one place
  uint32_t line;          // where it starts, from 0
  bool grouped;    // not a clause but several that stand in one block or on one line; `clause` says which
  bool blank;      // an empty line between it and what stands above (its own comments or another item)
  bool one_line;   // its author wrote all of it on one line
  Remarks before;  // on lines of their own above it
  Str behind;      // on its first line; data NULL: none
  Remarks inside;  // behind its last child
  Item *first, *last, *next, *parent;
};

typedef enum OutlineStyle { OUTLINE_INDENTED, OUTLINE_BRACED } OutlineStyle;

/// The outline of a tree, with the comments of its file at their places. Never NULL; the root has no clause.
Item *outline_make(Arena *arena, const Ast *ast, Str bytes, const Comments *comments, OutlineStyle style);

/// Whether an item is one that may have comments: a clause, an entry of a list or a record, not a part of a
/// type.
bool item_is_placed(const Item *item);
/// Whether comments or an empty line stand by it.
bool item_has_comments(const Item *item);
/// Its first child that is that clause, or NULL.
Item *item_child(const Item *item, ClauseId clause);
/// Adds a child at the end; takes a child out.
void item_add(Item *parent, Item *child);
void item_remove(Item *child);

#endif
