/* Inside edit/: what the formatter knows about each token. */
#ifndef FXC_EDIT_FMT_MARKS_H
#define FXC_EDIT_FMT_MARKS_H

#include "fx/tree.h"

enum {
  FMT_WIDTH = 100,
  FMT_OVER = FMT_WIDTH + 1,  // wider than any line may be
};

enum {
  MARK_DROP = 1,    // a separator that no line needs
  MARK_START = 2,   // the first token of a declaration, a clause, a pair of a record
  MARK_ITEM = 4,    // the first token of an attribute
  MARK_LIST = 8,    // '[' of a list, not of a type
  MARK_ATTR = 16,   // inside the attributes of an element
  MARK_APART = 32,  // '(' with a space before it
  MARK_BREAK = 64,  // on one line with what is before it, it would read as a part of that
};

typedef struct FmtMarks {
  const FxTree *tree;
  uint8_t *marks;   // a byte a token
  uint32_t *match;  // of an opening bracket: the closing one
  uint32_t count;   // of tokens, the end included
} FmtMarks;

/// Looks at all nodes and brackets of a tree without errors.
FmtMarks fmt_mark(Arena *arena, const FxTree *tree);

/// Spaces before a token that goes on its line behind `previous`.
size_t fmt_space(const FmtMarks *m, uint32_t previous, uint32_t t);
/// The columns from the bracket `open` to its partner, on one line; FMT_OVER when that is too wide, or when
/// something there needs lines of its own: a comment, a text of several lines, a block that its author wrote
/// on several.
size_t fmt_flat_width(const FmtMarks *m, uint32_t open);
/// The columns of the tokens from `t` on (the space before it included) to the next place where a line may
/// break.
size_t fmt_run_width(const FmtMarks *m, uint32_t previous, uint32_t t);
/// Whether a long line may break before the token.
bool fmt_may_break(const FmtMarks *m, uint32_t previous, uint32_t t);
/// Whether the token is that sign.
bool fmt_is(const FmtMarks *m, uint32_t t, const char *sign);
/// Whether comments stand in the gap before the token.
bool fmt_has_comments(const FmtMarks *m, uint32_t t);

#endif
