/* Many files put in place as one step. The staging folder holds the new files and a journal; renaming it
 * to the commit folder is the step. What follows (a rename a file, then the removals) can be repeated, so
 * that an interruption anywhere is healed by doing it again. */
#ifndef FXC_STORE_JOURNAL_H
#define FXC_STORE_JOURNAL_H

#include "base/str.h"
#include "base/vec.h"
#include "store/stage.h"

typedef struct Journal {
  Arena *arena;
  const Stage *stage;
  VEC(Str) replaced, removed;  // paths relative to the directory
} Journal;

/// Adds to the step: a staged file takes the place of the one at `path`, or that one goes.
void journal_replace(Journal *journal, Str path);
void journal_remove(Journal *journal, Str path);
/// Takes the step and carries it out. 0 or an errno value, the path in *failed.
int journal_commit(Journal *journal, Str *failed);

/// Carries out a step that was taken and not finished; 0 when there is none.
int journal_heal(Arena *arena, const Stage *stage, Str *failed);

/// Removes a directory with everything in it; what cannot be removed stays.
void journal_delete_tree(Str directory);

#endif
