/* What takes the place of a release that is deprecated or retired, and what a project would have to say to
 * get it. */
#ifndef FXC_PASSES_REPLACEMENT_H
#define FXC_PASSES_REPLACEMENT_H

#include "passes/constraints.h"

/// A note at the last day of a release's support, where its manifest names one.
void replacement_note_end(Diag *d, const Release *release);

/// The end of a release's chain of replacements: the first that is not deprecated, retired or at its end. 0
/// when the chain ends before that, or goes round.
ReleaseId replacement_of(const Ir *ir, ReleaseId release);

/// Whether the replacement of `from` would be chosen in its place, once the ranges, pins and `active` that
/// stand against it are changed. If so, a fix that changes them (DIAG_MAYBE) is added to `d`; a
/// note stands at each such range either way. Ranges keep the manner of their author; only files of the
/// project are changed. `constraints` is as before afterwards, but for the steps that were spent.
bool replacement_offer(Constraints *constraints, Diag *d, ReleaseId from);

#endif
