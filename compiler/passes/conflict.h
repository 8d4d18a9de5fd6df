/* Why no choice of releases satisfies what a project asks for, and what would cure it: FX4001 and FX4002.
 *
 * A conflict is a minimal set of facts. Once found it is relaxed (what a fact needs stays needed, which
 * releases it leaves is forgotten), so that the next one shows too; all are told when the search is over,
 * since a cure of one is tried with the others out of the way. */
#ifndef FXC_PASSES_CONFLICT_H
#define FXC_PASSES_CONFLICT_H

#include "passes/facts.h"
#include "passes/trial.h"

typedef struct Conflict {
  bool *core;  // a flag for each rule: whether it is one of those that exclude each other
} Conflict;

typedef struct Conflicts {
  const Constraints *constraints;  // what the project says
  SolveProblem relaxed;            // without the conflicts found so far
  VEC(Conflict) list;
  size_t cure_steps, cure_trials;  // that may still be spent on cures
} Conflicts;

/// Nothing found yet; what is spent on cures is bounded from here on.
void conflicts_begin(Conflicts *conflicts, const Constraints *constraints);

/// Behind SOLVE_IMPOSSIBLE of `relaxed`: finds the facts that exclude each other and relaxes them.
void conflicts_take(Conflicts *conflicts);

/// A diagnostic for each: FX4002 where one fact alone leaves no release, FX3004 where two integrations never
/// go together, FX4001 for the others.
void conflicts_report(Conflicts *conflicts, const PassSettings *settings, DiagBag *diags);

/* The parts of a report, a file each */

/// FX4002, in conflict_unsatisfied.c.
Diag *conflict_report_unsatisfied(const Facts *facts, const Fact *fact, DiagBag *diags);
/// What to do where no cure was found.
const char *conflict_general_help(const Fact *unsatisfied);
/// Which facts a message names, in conflict_message.c: the integration that they are about, and the fact that
/// a person can most likely change.
typedef struct Contest {
  uint32_t package;
  const Fact *primary;
} Contest;
Contest conflict_contest(const Facts *facts);
/// "'maps' v3 requires 'geocoding' ^2.1, but this page asks for ^1"
Str conflict_message(const Facts *facts, const Contest *contest);
/// Labels for all facts, each at its place.
void conflict_label(const Facts *facts, Diag *diag);

/// Notes in conflict_releases.c: which releases there are, and which would do but may not be chosen.
void conflict_note_releases(const Facts *facts, Diag *diag, uint32_t package);
/// Why a release may not be chosen: "is beta: only a pin takes it". Empty when it may.
Str conflict_why_hidden(const Constraints *constraints, Arena *arena, ReleaseId release);

#endif
