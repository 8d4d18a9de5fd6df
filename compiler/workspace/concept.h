/* Concept pages that are written from views. Their first line says which view and, by a digest, whether
 * somebody edited the rest since. */
#ifndef FXC_WORKSPACE_CONCEPT_H
#define FXC_WORKSPACE_CONCEPT_H

#include "workspace/compilation.h"

/// What the first line of a page says.
typedef struct ConceptMark {
  Str view;     // path of the view from the project root
  bool edited;  // the rest is not what was written
} ConceptMark;

/// Reads the mark of a page's bytes; false when it has none.
bool concept_mark_read(Arena *arena, Str bytes, ConceptMark *mark);

/// FX5005 for files that would be overwritten although somebody edited or wrote them; none with
/// request->force.
void concept_check(Compilation *compilation);

/// Writes a concept page for every page of a view, unless there are errors: below request->output, else where
/// concept pages lie. The counts are in compilation->written, the project's output is where they went.
void concept_write(Compilation *compilation);

#endif
