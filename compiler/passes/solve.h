/* The solver: from constraints to one release for each integration, or the constraints that exclude each
 * other. It knows nothing of the IR, so that random instances can be tried on it; passes/solve.c asks it.
 *
 * Version 1 is exact: depth-first search with a limit on steps. */
#ifndef FXC_PASSES_SOLVE_H
#define FXC_PASSES_SOLVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

// Names of their own, beside those of solver/solver.h.
#define solve_find old_solve_find
#define solve_core old_solve_core

/// Numbers of packages (integrations) and of their candidates (releases that may be chosen), from 0, in
/// the order of preference.
typedef struct SolveRef {
  uint32_t package, candidate;
} SolveRef;

#define SOLVE_ALL UINT32_MAX  // as a candidate: whichever is chosen; as a package: none

/// While `from` is chosen (package SOLVE_ALL: always), `to` may only be one of the candidates that
/// `allowed` has a bit for (bit i of byte i / 8), if it is chosen at all.
typedef struct SolveConstraint {
  SolveRef from;
  uint32_t to;
  const uint8_t *allowed;
  bool off;  // ignored; what solve_core() leaves on is the explanation
} SolveConstraint;

/// While `from` is chosen, `to` is needed too.
typedef struct SolveNeed {
  SolveRef from;
  uint32_t to;
} SolveNeed;

typedef struct SolveProblem {
  uint32_t packages;
  const uint32_t *candidates;  // how many each package has; one without any is left undecided
  VEC(uint32_t) roots;         // packages that are needed anyway, in order
  VEC(SolveNeed) needs;
  VEC(SolveConstraint) constraints;
  size_t steps;  // that the search may still take
} SolveProblem;

typedef enum SolveVerdict { SOLVE_FOUND, SOLVE_IMPOSSIBLE, SOLVE_GAVE_UP } SolveVerdict;

/// Fills chosen[package] with a candidate, SOLVE_ALL where the package is not needed or has none.
/// Deterministic: the first solution in the order of preference of the packages as they become needed.
SolveVerdict solve_find(Arena *arena, SolveProblem *problem, uint32_t *chosen);

/// After SOLVE_IMPOSSIBLE: switches constraints off until those left on are all needed for the
/// contradiction (fewer may be switched off when steps run out).
void solve_core(Arena *arena, SolveProblem *problem);

#endif
