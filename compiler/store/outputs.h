/* The files that a build writes: compared with what is there, staged, and put in place together.
 *
 * outputs_put() may be called by many threads. A file whose content did not change is not touched. The
 * others wait in a staging directory beside the output directory ("generated.fx-stage.PID"); until
 * outputs_commit() the old set stays whole. Committing renames the staging directory to
 * "generated.fx-commit", which makes the new set final: from there on an interruption is healed forward by
 * the next outputs_open(). A new output directory appears by one rename. */
#ifndef FXC_STORE_OUTPUTS_H
#define FXC_STORE_OUTPUTS_H

#include "base/str.h"

typedef struct Outputs Outputs;

typedef struct OutputCounts {
  size_t written, unchanged, removed;
} OutputCounts;

/// A set of outputs below `directory`, on the arena. Finishes a commit that was interrupted, and removes what
/// builds that were killed have staged. `count` is how
/// many outputs there may be. An errno value in *error (and the path in *failed) when that is impossible.
Outputs *outputs_open(Arena *arena, Str directory, size_t count, int *error, Str *failed);

/// Gives output number `slot` (0 … count - 1, once each) its content. `path` is relative to the directory
/// and must live until the commit. 0 or an errno value.
int outputs_put(Outputs *outputs, size_t slot, Str path, Str content);

/// An output that this run does not make: what is there stays, and is not stale.
void outputs_keep(Outputs *outputs, size_t slot, Str path);

/// Puts everything in place; with `remove_stale`, files that an earlier build generated (their first bytes
/// say so) and that are not part of this set are removed. 0 or an errno value, the path in *failed.
int outputs_commit(Outputs *outputs, bool remove_stale, OutputCounts *counts, Str *failed);

/// Forgets what was staged.
void outputs_discard(Outputs *outputs);

#endif
