/* The canonical layout of a .fx file: white space and separators change, nothing else. */
#ifndef FXC_EDIT_FMT_H
#define FXC_EDIT_FMT_H

#include "diag/diag.h"

typedef enum FmtResult {
  FMT_DONE,
  FMT_BROKEN,  // the file has syntax errors, which are in the bag
  FMT_BUG,     // the result did not have the same tokens and comments (FX9001)
} FmtResult;

/// Appends the formatted text. `bytes` must be followed by a NUL. What the result is does not depend on how
/// the file was broken into lines, but for blocks that stood on one line and for empty lines; formatting it
/// again changes nothing.
FmtResult fmt_file(Arena *arena, SourceId source, Str bytes, DiagBag *bag, Buf *out);

#endif
