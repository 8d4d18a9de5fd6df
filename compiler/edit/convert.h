/* A manifest or a project file in the other notation: YAML and JSON become .fx, .fx becomes YAML. */
#ifndef FXC_EDIT_CONVERT_H
#define FXC_EDIT_CONVERT_H

#include "diag/diag.h"

typedef enum ConvertResult {
  CONVERT_DONE,
  CONVERT_REFUSED,  // the reasons are in the bag
  CONVERT_BUG,      // the result did not say the same (FX9001)
} ConvertResult;

/// Appends the file's text in the other notation. `path` says which it has; `bytes` must be followed by a
/// NUL. Errors of the file are in the bag, and FX2024 for what the other notation cannot say; *out is then as
/// before. The result has been read again and compared with the file, clause by clause and comment by
/// comment.
ConvertResult convert_file(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *bag, Buf *out);

#endif
