/* Ranges that hold one more release, in the style of their author. */
#ifndef FXC_PASSES_CURE_RANGE_H
#define FXC_PASSES_CURE_RANGE_H

#include "ir/range.h"

enum { CURE_RANGES = 4 };

typedef enum CureManner {
  CURE_MOVE,   // what is asked for may become something else: ^1 to ^2
  CURE_WIDEN,  // what was true stays true: ^1 to ^1 || ^2
} CureManner;

/// Writes ranges that hold `wanted`, the most natural first; answers how many. `tight` leaves out blanks, for
/// places that cannot hold them.
size_t cure_ranges(Arena *arena, Str old, const Version *wanted, CureManner manner, bool tight,
                   Str ranges[CURE_RANGES]);

#endif
