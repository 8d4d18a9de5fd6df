/* Whether what an index says of the disk and the environment still holds, row by row, on all threads. */
#ifndef FXC_WORKSPACE_CACHE_LOOK_H
#define FXC_WORKSPACE_CACHE_LOOK_H

#include "workspace/compilation.h"

/// A stamp that is another than in the index, although the content is the same.
typedef struct LookFresh {
  enum { LOOK_INPUT, LOOK_OUTPUT, LOOK_FOLDER } table;
  uint32_t row;
  Stamp stamp;
} LookFresh;

typedef struct LookResult {
  bool holds;             // all of it, but for `changed`
  VEC(uint32_t) changed;  // rows of pages with other bytes
  VEC(LookFresh) fresh;
} LookResult;

/// Looks at all inputs, and at the outputs if the run has put them in place. Stops at the first row that does
/// not hold, or when many pages have changed. The result lies on the arena.
LookResult look_at_all(const Compilation *compilation, Arena *arena);

#endif
