/* Writing an arranged outline as .fx. */
#ifndef FXC_EDIT_TO_FX_H
#define FXC_EDIT_TO_FX_H

#include "base/buf.h"
#include "edit/outline.h"

/// Appends the text of a manifest or a project file, which the formatter then lays out: a line a clause, long
/// lines not yet broken. Settles which items stand on one line in both notations: `one_line` is false for
/// those that do not fit. False when something cannot be written in .fx: reported (FX2024).
bool outline_to_fx(Arena *arena, Item *root, bool project, DiagBag *bag, SourceId source, Buf *out);

#endif
