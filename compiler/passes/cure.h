/* Cures of a conflict, each tried by solving the whole problem again. */
#ifndef FXC_PASSES_CURE_H
#define FXC_PASSES_CURE_H

#include "passes/conflict.h"

/// Adds up to three cures of conflict `index` to its diagnostic, the least change first: a help that says
/// what is then chosen, and a fix where files of the project can be edited. Other conflicts are out of the
/// way while one is tried: by their own first cure where that is known, else relaxed.
void cures_add(Conflicts *conflicts, size_t index, const Facts *facts, const PassSettings *settings,
               Diag *diag);

/// The same for an integration of which no release may be chosen: pins that let one in.
void cures_add_pins(Conflicts *conflicts, IntegrationId integration, const PassSettings *settings,
                    Diag *diag);

#endif
