/* Where a build's outputs wait: a folder beside the output folder, from which they come into place by
 * renames.
 *
 * Beside it, so that a rename suffices and so that nobody who watches the output folder sees half a build.
 * Where the output folder is a file system of its own (a volume), or its parent may not be written to, the
 * stage lies in it, under a hidden name. */
#ifndef FXC_STORE_STAGE_H
#define FXC_STORE_STAGE_H

#include "base/str.h"

typedef struct Stage {
  Str directory;  // the output folder; where it is a symbolic link, what that leads to
  Str stage;      // new files, while they are made
  Str commit;     // the same once the step has been taken
  bool is_new;    // there was no output folder
  int lock;       // a descriptor, -1: not locked
} Stage;

/// Locks the output folder (waiting for another build), finishes a step that was interrupted, and removes
/// what builds that were killed have left. Texts lie on the arena. 0 or an errno value, the path in *failed.
int stage_open(Stage *stage, Arena *arena, Str directory, Str *failed);

/// The stage becomes the output folder, by one rename. False when there is one by now.
bool stage_appear(const Stage *stage);

/// Lets other builds in; may be called again.
void stage_unlock(Stage *stage);

#endif
