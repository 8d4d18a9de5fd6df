/* Where a change of a fact has to be made in the files of the project. */
#ifndef FXC_PASSES_CURE_EDIT_H
#define FXC_PASSES_CURE_EDIT_H

#include "passes/trial.h"

typedef VEC(DiagEdit) CureEdits;

/// Whether the range of a fact can stand without blanks only.
bool cure_is_tight(const Ir *ir, const Origin *origin);

/// Adds the edits that make a change: for what several pages say, one in each. False where some place cannot
/// be edited: it belongs to a library, or the range is written in another way than it reads.
bool cure_edit(const Ir *ir, Arena *arena, const PassSettings *settings, const Change *change,
               CureEdits *edits);

/// A pin that the project file does not have yet, in cure_pin.c. False without a project file.
bool cure_new_pin(const Ir *ir, Arena *arena, SourceId project_file, Str name, Str range, DiagEdit *edit);

/// How many pages say what a use says.
size_t cure_pages(const Ir *ir, UseId use);

#endif
