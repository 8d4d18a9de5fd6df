/* The solver: from rules to a candidate for each package that is needed, or the rules that exclude each
 * other.
 *
 * A package (an integration) is absent, or exactly one of its candidates (releases that may be chosen), which
 * are numbered from 0 in the order of preference. The solver knows nothing of the IR, so that random
 * instances can be tried on it; passes/constraints.c asks it.
 *
 * Everything lies on the arenas that are handed in. Nothing here fails but by running out of steps. */
#ifndef FXC_SOLVER_SOLVER_H
#define FXC_SOLVER_SOLVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

/// As a candidate: the package is absent. As a package or rule: none.
#define SOLVE_NONE UINT32_MAX

/// A set of candidates: candidate i is bit i % 64 of word i / 64. In a SolveTerm one more member, behind the
/// candidates, stands for "absent".
typedef const uint64_t *SolveSet;

static inline bool solve_set_has(SolveSet set, uint32_t i) { return (set[i / 64] >> (i % 64)) & 1; }
/// Words that a set of `count` candidates and the absent bit take.
static inline uint32_t solve_set_words(uint32_t count) { return count / 64 + 1; }

/// While `from` is one of `when`, `to` may only be one of `allowed` or absent; with `needed`, not absent.
/// Each stands for one thing that a project says, so that a set of rules is an explanation.
typedef struct SolveRule {
  uint32_t from;  // SOLVE_NONE: holds always
  SolveSet when;  // NULL: whichever candidate it is (but present)
  uint32_t to;
  SolveSet allowed;  // NULL: any
  bool needed;
  bool off;  // ignored
} SolveRule;

/// Whether a rule holds in a choice: its `from` is one of `when`.
static inline bool solve_rule_holds(const SolveRule *rule, const uint32_t *chosen) {
  if (rule->from == SOLVE_NONE) return true;
  uint32_t from = chosen[rule->from];
  return from != SOLVE_NONE && (!rule->when || solve_set_has(rule->when, from));
}

typedef struct SolveProblem {
  uint32_t packages;
  const uint32_t *candidates;  // how many each package has; one without any can only be absent
  VEC(SolveRule) rules;
  size_t steps;  // that the search may still take; counted down
  bool rough;    // out: the choice satisfies all rules, but steps ran out while it was made better
} SolveProblem;

typedef enum SolveVerdict { SOLVE_FOUND, SOLVE_IMPOSSIBLE, SOLVE_GAVE_UP } SolveVerdict;

/// Fills chosen[package] with a candidate, SOLVE_NONE where the package is not needed.
///
/// Of all choices, the one that a search without learning finds first: packages become needed in the order of
/// the rules that need them (those that hold always first, then those of each package in turn as it is
/// decided), each gets its first candidate with which the rest can be completed. So the answer depends on
/// the problem alone, not on how the search went about it.
SolveVerdict solve_find(Arena *arena, SolveProblem *problem, uint32_t *chosen);

/// After SOLVE_IMPOSSIBLE: switches rules off until those left on are all needed for the contradiction (fewer
/// may be switched off when steps run out). Prefers few rules.
void solve_core(Arena *arena, SolveProblem *problem);

/// A package being one of a set, absence included.
typedef struct SolveTerm {
  uint32_t package;
  SolveSet set;
} SolveTerm;

/// An incompatibility: its terms are never all true at once. A rule's own (left and right SOLVE_NONE), or
/// one that follows from two earlier steps by resolution on a package.
typedef struct SolveStep {
  uint32_t rule;         // SOLVE_NONE: derived
  uint32_t left, right;  // earlier steps, SOLVE_NONE: a rule's own
  uint32_t package;      // derived: resolved on
  VEC(SolveTerm) terms;  // by package
} SolveStep;

/// Steps in an order in which each comes behind what it follows from; the last has no terms: nothing is
/// possible. Only steps that the last one rests on, each once.
typedef struct SolveProof {
  VEC(SolveStep) steps;
} SolveProof;

/// Why the rules that are on exclude each other. Empty when they do not, when steps ran out, and where some
/// ten thousand steps would be needed, which nobody reads.
SolveProof solve_prove(Arena *arena, SolveProblem *problem);

#endif
