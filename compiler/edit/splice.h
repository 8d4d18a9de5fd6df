/* A text that is edited by splicing bytes: what no edit names stays as it is, byte for byte.
 *
 * The text is kept as pieces of the original and pieces that came in, so that edits may follow edits, each
 * round in the offsets of the text as it is then, and the difference to the original is known without looking
 * for it. Everything lies on the arena. */
#ifndef FXC_EDIT_SPLICE_H
#define FXC_EDIT_SPLICE_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

/// Bytes start to end are replaced; an empty stretch inserts.
typedef struct Splice {
  uint32_t start, end;
  Str text;
  size_t owner;  // whose edit it is; of no meaning here
} Splice;

typedef VEC(Splice) Splices;

typedef struct SplicePiece {
  uint32_t start, end;  // of the original; the same when the piece came in
  Str text;
} SplicePiece;

typedef struct SplicedText {
  Arena *arena;
  Str original;
  Str current;  // with FILE_PADDING bytes behind it
  VEC(SplicePiece) pieces;
} SplicedText;

/// The text before any edit. `original` has FILE_PADDING bytes behind it and outlives the result.
void splice_begin(SplicedText *text, Arena *arena, Str original);

/// Adds an edit to a list that is sorted by place. False, and nothing is added, when it meets one that is
/// there: they overlap, or one inserts where the other begins or ends.
bool splice_add(Arena *arena, Splices *list, Splice splice);

/// Takes an edit out again that was added.
void splice_remove(Splices *list, Splice splice);

/// Applies a sorted list to the text as it is. What was a copy of *text before stays valid: a way back.
void splice_apply(SplicedText *text, const Splices *list);

/// What was done to the original: sorted stretches of it and what stands there now. Touching ones are one.
Splices splice_changes(const SplicedText *text);

/// Where a byte of the text as it is stood in the original; of what came in: the stretch that it stands for.
Splice splice_origin(const SplicedText *text, uint32_t at);

#endif
