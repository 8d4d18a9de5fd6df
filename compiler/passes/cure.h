/* Cures of a conflict, each tried by solving the whole problem again. */
#ifndef FXC_PASSES_CURE_H
#define FXC_PASSES_CURE_H

#include "passes/conflict.h"

/// Adds up to three cures of conflict `index` to its diagnostic, the least change first: a help that says
/// what is then chosen, and a fix where files of the project can be edited. A cure leaves fewer conflicts
/// than there are: none where this is the only one.
void cures_add(Conflicts *conflicts, size_t index, const Facts *facts, const PassSettings *settings,
               Diag *diag);

#endif
