/* fix: the fixes that diagnostics carry, applied to the sources of a project.
 *
 * All happens in memory (workspace/unsaved.h): a run says what is wrong, its fixes are spliced into the
 * texts, the next run looks at these, until nothing is left to fix. Then the files are written, each whole
 * and only if it still is what was read. A fix is applied with all its edits or not at all; what meets
 * another fix waits for the next round; what would leave a file that cannot be read is taken back. */
#ifndef FXC_WORKSPACE_FIX_H
#define FXC_WORKSPACE_FIX_H

#include "workspace/edit_files.h"

typedef struct FixDone {
  Str line;     // "concept/a.html:12:26: fixed FX2001: replace with 'x'"
  Str undone;   // the line when it is taken back
  Str key;      // which fix it was
  bool spoils;  // something is wrong behind it that was not before
} FixDone;

typedef struct FixRun {
  const Request *request;
  Arena arena;
  EditFiles files;  // owners of their edits are indices of `done`
  VEC(FixDone) done;
  size_t done_before;  // of them, in earlier rounds
  VEC(Str) left;       // what was not applied, and why
  StrMap seen;         // keys of what is left
  StrMap faults;       // of the last round: what cannot be read, and what stands twice
  bool exactly;        // the given files are compiled alone, since the project does not have them
  bool again;          // something waits for another round
} FixRun;

/// Fixes what can be fixed, in memory. The run is zeroed but for `request`.
void fix_rounds(FixRun *run);

/// Frees all; the run is not used again.
void fix_free(FixRun *run);

#endif
