/* What the lock does to a choice: it puts releases first (passes/candidates.h); here what follows from that.
 */
#ifndef FXC_PASSES_LOCKED_H
#define FXC_PASSES_LOCKED_H

#include "passes/constraints.h"

/// What would be chosen if there were no lock.
typedef struct Unlocked {
  Constraints constraints;
  uint32_t *chosen;  // by package; NULL: the lock has put nothing first, or the search was given up
} Unlocked;

/// Solves without the lock, with `steps` to spend, where that may give something else: the lock put a release
/// first, or the choice was made in another order (`reordered`).
void locked_compare(const Constraints *constraints, bool reordered, size_t steps, Unlocked *unlocked);

/// `update NAME…`: chooses the releases of these names before all others, so that they get the best there is
/// and the rest moves only as far as that forces it to. `chosen` is a choice made without that order, and is
/// replaced where all names that are in it stay needed.
void locked_choose_fresh(const Constraints *constraints, const Str *names, size_t count, uint32_t *chosen);

#endif
