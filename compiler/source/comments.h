/* The comments of a file, in the order of its text. A notation's own scanner finds them (yaml/, fx/), since
 * only it knows what is no comment; what they stand by is found from the places of nodes and comments alone.
 */
#ifndef FXC_SOURCE_COMMENTS_H
#define FXC_SOURCE_COMMENTS_H

#include "base/vec.h"
#include "source/source.h"

typedef struct Comment {
  uint32_t start, end;  // bytes of the file, marks included, the line's end not
  Str text;             // without marks, one blank behind them, and white space at the end; lines end at LF
} Comment;

typedef VEC(Comment) Comments;

/// The text of a comment whose marks are `mark` bytes before it and `close` bytes behind it.
Str comment_text(Str raw, size_t mark, size_t close);

#endif
