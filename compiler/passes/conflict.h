/* Why no choice of releases satisfies what a project asks for: FX4001 and FX4002. */
#ifndef FXC_PASSES_CONFLICT_H
#define FXC_PASSES_CONFLICT_H

#include "passes/constraints.h"

/// Behind SOLVE_IMPOSSIBLE: reports the facts that exclude each other, then relaxes their rules, so that the
/// next contradiction shows too. A fact that alone leaves no release is FX4002, several are FX4001.
void conflict_report(Constraints *constraints, DiagBag *diags);

/// FX4002 for integrations of which no release may be chosen at all, at their first use.
void conflict_report_undecidable(const Constraints *constraints, DiagBag *diags);

#endif
