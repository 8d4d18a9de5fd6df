/* Texts that stand over files: what an editor has not saved, or an edit has not written yet. A run that
 * is given some reads these instead of the disk. Many threads may read it, but no
 * two the same file; nobody puts a text while they do. */
#ifndef FXC_WORKSPACE_UNSAVED_H
#define FXC_WORKSPACE_UNSAVED_H

#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "source/source.h"

typedef struct Unsaved {
  Arena *arena;
  StrMap by_path;  // path as runs see it: index of its text
  VEC(Str) texts;  // each with FILE_PADDING bytes behind it
  VEC(bool) read;  // beside texts: a run has read it since it was put there
} Unsaved;

/// Lays a text over the file, or another one; path and text are not copied, and FILE_PADDING NULs lie behind
/// the text.
void unsaved_put(Unsaved *unsaved, Str path, Str text);

/// As file_read_in(), but for what lies over the file. `unsaved` and `folder` may be NULL.
int unsaved_read(const Unsaved *unsaved, FileFolder *folder, Str path, Arena *arena, size_t limit, Str *text);

/// Whether a run has read what lies over the file: if not, it has read the file, or nothing.
bool unsaved_was_read(const Unsaved *unsaved, Str path);

/// Gives the sources of a run the texts that it read, so that diagnostics quote these.
void unsaved_show(const Unsaved *unsaved, Sources *sources);

#endif
