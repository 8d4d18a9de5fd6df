/* What would be chosen if a project said something else: how cures are tried. */
#ifndef FXC_PASSES_TRIAL_H
#define FXC_PASSES_TRIAL_H

#include "passes/constraints.h"

/// A fact says something else, or a pin is added (ORIGIN_PIN without a pin).
typedef struct Change {
  Origin origin;
  Sym range;     // what it says then
  bool relaxed;  // or it leaves every release
} Change;

typedef VEC(Change) Changes;

typedef struct Trial {
  Arena arena;
  Constraints constraints;  // with the changes; another set of candidates where a pin opens some
  uint32_t *chosen;         // behind SOLVE_FOUND
  SolveVerdict verdict;
} Trial;

/// Solves the whole problem with the changes, later ones over earlier ones. Takes from *steps what it spends.
/// Freed with trial_end(), whatever comes out.
void trial_run(Trial *trial, const Constraints *base, const Changes *changes, size_t *steps);
void trial_end(Trial *trial);

/// The release that a trial chose, 0 when it needs none.
ReleaseId trial_release(const Trial *trial, IntegrationId integration);

/// Whether two origins are one fact.
bool trial_same_fact(const Origin *a, const Origin *b);

#endif
