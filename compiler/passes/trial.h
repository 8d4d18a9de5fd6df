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

/// A copy of the rules that can be changed, on the arena.
SolveProblem trial_copy(const Constraints *constraints, Arena *arena);

/// Behind SOLVE_IMPOSSIBLE of `problem`, whose rules are those of `constraints`: finds the facts that exclude
/// each other and relaxes them. `core` (NULL: not wanted) gets a flag for each rule.
void trial_relax(const Constraints *constraints, SolveProblem *problem, bool *core);

/// How many conflicts a trial leaves, counted up to `most`; its choice is then one beside them. Takes from
/// *steps. More than `most` also where steps ran out.
size_t trial_conflicts(Trial *trial, size_t most, size_t *steps);

/// Whether two origins are one fact.
bool trial_same_fact(const Origin *a, const Origin *b);

#endif
