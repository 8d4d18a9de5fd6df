/* The parts of the resolve pass that only look: called at its end. */
#ifndef FXC_PASSES_RESOLVE_H
#define FXC_PASSES_RESOLVE_H

#include "passes/passes.h"

/// FX2012: manifests of the project that no use and no requirement reaches. Silent without pages, and for
/// those that a wrong name was `proposed` to mean (by IntegrationId.n): correcting the name uses them.
void resolve_check_orphans(Ir *ir, const bool *proposed, DiagBag *diags);
/// FX3003: what a manifest requires and the page neither uses nor names in data-depends-on.
void resolve_check_declared(Ir *ir, DiagBag *diags);

/// Whether a conflict holds whatever releases are chosen; else the solver decides.
bool resolve_conflict_is_total(const Ir *ir, const Requirement *requirement);

#endif
