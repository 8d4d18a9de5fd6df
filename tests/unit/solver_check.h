/* Checks what the solver says about impossible problems, by trying all choices. In: a small problem, a core,
 * a proof. Out: failed assertions. Knows only solver/solver.h. */
#ifndef FXC_TESTS_SOLVER_CHECK_H
#define FXC_TESTS_SOLVER_CHECK_H

#include "solver_naive.h"
#include "unit.h"

/// The rules that are on exclude each other, and no rule can be spared.
static inline void check_core(const SolveProblem *problem, int round) {
  ck_assert_msg(!naive_exists(problem), "round %d", round);
  for (size_t i = 0; i < problem->rules.len; i++) {
    SolveRule *rule = &problem->rules.data[i];
    if (rule->off) continue;
    rule->off = true;
    ck_assert_msg(naive_exists(problem), "round %d: rule %zu is not needed", round, i);
    rule->off = false;
  }
}

// All terms are true, so that the incompatibility forbids the choice.
static inline bool check_forbids(const SolveProblem *problem, const SolveStep *step, const uint32_t *pick) {
  for (size_t i = 0; i < step->terms.len; i++) {
    uint32_t package = step->terms.data[i].package;
    uint32_t at = pick[package] == SOLVE_NONE ? problem->candidates[package] : pick[package];
    if (!solve_set_has(step->terms.data[i].set, at)) return false;
  }
  return true;
}

// What the step forbids, the rule or one of the two steps forbids.
static inline bool check_follows(const SolveProblem *problem, const SolveProof *proof, const SolveStep *step,
                                 const uint32_t *pick) {
  if (!check_forbids(problem, step, pick)) return true;
  if (step->rule != SOLVE_NONE) return !naive_holds(&problem->rules.data[step->rule], pick);
  return check_forbids(problem, &proof->steps.data[step->left], pick) ||
         check_forbids(problem, &proof->steps.data[step->right], pick);
}

static inline void check_step(const SolveProblem *problem, const SolveProof *proof, size_t at, int round) {
  const SolveStep *step = &proof->steps.data[at];
  for (size_t i = 1; i < step->terms.len; i++)
    ck_assert_uint_lt(step->terms.data[i - 1].package, step->terms.data[i].package);
  if (step->rule == SOLVE_NONE) {
    ck_assert_uint_lt(step->left, at);
    ck_assert_uint_lt(step->right, at);
    ck_assert_uint_lt(step->package, problem->packages);
  } else {
    ck_assert(!problem->rules.data[step->rule].off);
    ck_assert(step->left == SOLVE_NONE && step->right == SOLVE_NONE);
  }
  uint32_t pick[NAIVE_MOST];
  for (uint32_t p = 0; p < problem->packages; p++) pick[p] = SOLVE_NONE;
  for (;;) {
    ck_assert_msg(check_follows(problem, proof, step, pick), "round %d: step %zu does not follow", round, at);
    uint32_t p = 0;
    for (; p < problem->packages && ++pick[p] == problem->candidates[p]; p++) pick[p] = SOLVE_NONE;
    if (p == problem->packages) return;
  }
}

/// Every step follows from rules that are on, the last forbids everything, and none is there for nothing.
static inline void check_proof(const SolveProblem *problem, const SolveProof *proof, int round) {
  ck_assert_uint_gt(proof->steps.len, 0);
  ck_assert_uint_eq(proof->steps.data[proof->steps.len - 1].terms.len, 0);
  bool *used = calloc(proof->steps.len, sizeof *used);
  used[proof->steps.len - 1] = true;
  for (size_t i = proof->steps.len; i-- > 0;) {
    const SolveStep *step = &proof->steps.data[i];
    ck_assert_msg(used[i], "round %d: step %zu is used by none", round, i);
    check_step(problem, proof, i, round);
    for (size_t j = 0; j < i && step->rule != SOLVE_NONE; j++)
      ck_assert_msg(proof->steps.data[j].rule != step->rule, "round %d: rule %u twice", round, step->rule);
    if (step->rule == SOLVE_NONE) used[step->left] = used[step->right] = true;
  }
  free(used);
}

#endif
