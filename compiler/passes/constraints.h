/* What a project says about releases, as rules of the solver, and where it says so.
 *
 * Built once from resolved uses, requirements, pins and the environment; packages of the problem are
 * integrations (IntegrationId.n - 1), candidates the releases that may be chosen, the preferred one first. */
#ifndef FXC_PASSES_CONSTRAINTS_H
#define FXC_PASSES_CONSTRAINTS_H

#include "passes/candidates.h"
#include "solver/solver.h"

typedef enum OriginKind {
  ORIGIN_USE,          // an element of a page names the integration: use
  ORIGIN_DEPENDS,      // data-depends-on names it: use, which has no element
  ORIGIN_REQUIREMENT,  // a manifest requires, likes or excludes it: requirement; use, where that is the
                       // requirement of the release of a provider that a use names
  ORIGIN_PIN,          // the project pins it: pin
  ORIGIN_RESULT,       // an earlier validation chose its release: pin
  ORIGIN_ENVIRONMENT,  // the environment forces a provider or a flag: setting
} OriginKind;

/// The fact that a rule stands for.
typedef struct Origin {
  OriginKind kind;
  IntegrationId target;
  Sym range;  // as written; 0: any release
  Span span;  // of the range, else of the name
  UseId use;
  RequirementId requirement;
  const Pin *pin;
  const Setting *setting;
} Origin;

typedef struct Constraints {
  Ir *ir;
  Arena *arena;  // where all of this lies
  bool afresh;   // the lock is not looked at
  SolveProblem problem;
  VEC(Origin) origins;     // one a rule
  Candidates *candidates;  // by package
  const Pin **pins;        // by package, NULL: none
  const Setting **forced;  // by package: what the environment forces, NULL: nothing
  RangeCache ranges;       // malformed ones were reported where they were read
} Constraints;

static inline uint32_t package_of(IntegrationId id) { return id.n - 1; }
static inline IntegrationId integration_of(uint32_t package) { return (IntegrationId){package + 1}; }

/// Everything that is said about integrations that have releases. `steps` is what the solver may spend.
void constraints_collect(Constraints *constraints, Ir *ir, size_t steps);

/// The same as if there were no lock.
void constraints_collect_afresh(Constraints *constraints, Ir *ir, size_t steps);

/// The same as `base` on another arena, to try what other pins would change: `pins`, by package, stand for
/// those of the project.
void constraints_collect_with(Constraints *constraints, const Constraints *base, Arena *arena,
                              const Pin **pins);

/// What a rule would allow if its fact gave that range (NULL: any release).
SolveSet constraints_allowed(const Constraints *constraints, size_t rule, const Range *range);

/// A range as it is written; NULL for none and for a malformed one. Parsed once.
const Range *constraints_range(Constraints *constraints, Sym text);

/// The candidate that is that release, SOLVE_NONE when it is none.
uint32_t constraints_candidate(const Constraints *constraints, ReleaseId release);

#endif
