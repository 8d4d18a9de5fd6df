/* Liveness: which releases can become live at run time, and what that breaks. Shared by the four files of
 * the pass: liveness.c finds them, liveness_check.c holds them against the constraints, liveness_report.c
 * says what is wrong, liveness_cure.c how it would be right. */
#ifndef FXC_PASSES_LIVENESS_H
#define FXC_PASSES_LIVENESS_H

#include "ir/range.h"
#include "passes/constraints.h"
#include "passes/loosen.h"
#include "passes/passes.h"

/// How an integration comes to be needed. All zero but `here`: a page uses it.
typedef struct Reached {
  bool here;
  RequirementId requirement;  // of another integration
  Span depends;               // or a page's data-depends-on
  bool assumed;               // nothing that was chosen needs it: the choice is what it would be
  IrRange lives;              // LiveRelease
} Reached;

typedef struct Liveness {
  Ir *ir;
  const PassSettings *settings;
  DiagBag *diags;
  ReleaseId *decided;          // by IntegrationId.n
  Reached *reached;            // by IntegrationId.n
  LiveReleaseId *live;         // by ReleaseId.n: the row that holds for every use, else one of a single use
  VEC(IntegrationId) queue;    // the integrations that are reached, in that order
  uint32_t *first_use, *next;  // by IntegrationId.n, UseId.n: uses that name a provider or a fallback chain
  OverrideId *overridden;      // by IntegrationId.n: the override that names a release of it
  StrMap flags_on;             // flags that overrides switch on: OverrideId.n
  StrMap seen;                 // of what is looked at once: keys are numbers
  StrMap told;                 // spans that the solver's diagnostics name
  RangeCache ranges;
  size_t budget;   // pairs of constraint and release that may still be compared
  uint32_t cures;  // diagnostics that may still get fixes: they read files
  Loosen loosen;
} Liveness;

/// Live releases that a constraint excludes.
typedef VEC(const LiveRelease *) LiveReleases;

/// Reads a range once. NULL for none and for a malformed one, which was reported where it was read.
const Range *liveness_range(Liveness *run, Sym text);
/// Whether these up to four numbers come for the first time.
bool liveness_first(Liveness *run, uint32_t a, uint32_t b, uint32_t c, uint32_t d);

/// Holds every live release against every constraint: FX4007, once a constraint.
void liveness_check(Liveness *run);

/// FX4007 for a release that its status keeps from being live where `row` names it, FX4004 where only its
/// support has ended.
void liveness_report_status(Liveness *run, const LiveRelease *row);
/// FX4007 for the range of a page; a warning where only fallback chains break it, as for pins and providers.
void liveness_report_use(Liveness *run, const Use *use, const LiveReleases *broken);
/// FX4007 for a requirement or conflict of `source`, the release in whose name it holds.
void liveness_report_requirement(Liveness *run, const Requirement *row, const LiveRelease *source,
                                 const LiveReleases *broken);
/// FX4007 for a pin, and for the provider that the environment names.
void liveness_report_pin(Liveness *run, const Pin *pin, const LiveReleases *broken);
void liveness_report_setting(Liveness *run, const Setting *setting, const LiveReleases *broken);

/// A range that holds what a constraint excludes, as its author would write it; empty when none is found.
/// Adds the fix that writes it into the files of the project, for what a use, a requirement or a pin says.
Str liveness_widen(Liveness *run, Diag *d, const Origin *origin, const LiveReleases *broken);
/// Adds the fix that takes a release out of a fallback chain, if that is what makes it live.
void liveness_unlink(Liveness *run, Diag *d, const LiveRelease *row);

#endif
