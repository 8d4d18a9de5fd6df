/* The solver: random instances against exhaustive search and against the search that defines the answer,
 * cores that are sufficient and minimal, proofs that follow. */
#include "solver/solver.h"

#include "solver_check.h"

static uint32_t below(uint64_t *state, uint32_t n) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % n);
}

static uint64_t *random_set(Arena *arena, uint64_t *state, uint32_t count, uint32_t chance) {
  uint64_t *set = arena_array(arena, uint64_t, solve_set_words(count));
  for (uint32_t i = 0; i < count; i++)
    if (below(state, 100) < chance) set[i / 64] |= UINT64_C(1) << (i % 64);
  return set;
}

typedef struct Shape {
  uint32_t packages, candidates, rules, roots;  // at most
} Shape;

static SolveProblem random_problem(Arena *arena, uint64_t *state, Shape shape) {
  SolveProblem problem = {.packages = 1 + below(state, shape.packages), .steps = 10000000};
  uint32_t *counts = arena_array(arena, uint32_t, problem.packages), chance = 20 + below(state, 70);
  for (uint32_t p = 0; p < problem.packages; p++)
    counts[p] = below(state, 12) ? 1 + below(state, shape.candidates) : 0;
  problem.candidates = counts;
  uint32_t roots = 1 + below(state, shape.roots), rules = roots + below(state, shape.rules + 1);
  for (uint32_t i = 0; i < rules; i++) {
    SolveRule rule = {.from = SOLVE_NONE, .to = below(state, problem.packages), .needed = true};
    if (i >= roots) rule.from = below(state, 12) ? below(state, problem.packages) : SOLVE_NONE;
    if (rule.from != SOLVE_NONE && below(state, 4))
      rule.when = random_set(arena, state, counts[rule.from], 15 + below(state, 60));
    if (i >= roots ? below(state, 5) : below(state, 2) == 0)
      rule.allowed = random_set(arena, state, counts[rule.to], chance);
    if (i >= roots) rule.needed = below(state, 3) > 0;
    rule.off = below(state, 25) == 0;
    vec_push(arena, &problem.rules, rule);
  }
  return problem;
}

static void check_equal(const SolveProblem *problem, const uint32_t *chosen, const uint32_t *expected,
                        int round) {
  for (uint32_t p = 0; p < problem->packages; p++)
    ck_assert_msg(chosen[p] == expected[p], "round %d: package %u is %u, not %u", round, p, chosen[p],
                  expected[p]);
}

static void agree(Shape shape, int rounds, uint64_t seed, bool exhaustive) {
  uint64_t state = seed;
  int found = 0;
  for (int round = 0; round < rounds; round++) {
    Arena arena = {0};
    SolveProblem problem = random_problem(&arena, &state, shape);
    uint32_t chosen[NAIVE_MOST], expected[NAIVE_MOST];
    SolveVerdict verdict = solve_find(&arena, &problem, chosen);
    ck_assert_int_ne(verdict, SOLVE_GAVE_UP);
    bool possible = naive_find(&problem, expected);
    ck_assert_msg((verdict == SOLVE_FOUND) == possible, "round %d: %d", round, verdict);
    if (exhaustive) ck_assert_msg(possible == naive_exists(&problem), "round %d", round);
    if (possible) check_equal(&problem, chosen, expected, round);
    ck_assert(!problem.rough);
    found += possible;
    arena_free(&arena);
  }
  ck_assert_int_gt(found, rounds / 8);
  ck_assert_int_lt(found, rounds - rounds / 8);
}

START_TEST(small_instances_agree_with_exhaustive_search) { agree((Shape){6, 3, 24, 3}, 6000, 1, true); }
END_TEST

START_TEST(larger_instances_give_the_first_choice) { agree((Shape){14, 5, 60, 4}, 3000, 2, false); }
END_TEST

START_TEST(many_candidates_take_several_words) { agree((Shape){5, 200, 14, 3}, 1500, 3, false); }
END_TEST

/* Impossible problems */

static void explain(SolveProblem *problem, Arena *arena, int round) {
  solve_core(arena, problem);
  check_core(problem, round);
  SolveProof proof = solve_prove(arena, problem);
  check_proof(problem, &proof, round);
}

START_TEST(cores_are_minimal_and_proofs_follow) {
  uint64_t state = 4;
  int impossible = 0;
  for (int round = 0; round < 4000; round++) {
    Arena arena = {0};
    SolveProblem problem = random_problem(&arena, &state, (Shape){5, 3, 24, 3});
    uint32_t chosen[NAIVE_MOST];
    if (solve_find(&arena, &problem, chosen) == SOLVE_IMPOSSIBLE) {
      explain(&problem, &arena, round);
      impossible++;
    } else {
      ck_assert_uint_eq(solve_prove(&arena, &problem).steps.len, 0);
    }
    arena_free(&arena);
  }
  ck_assert_int_gt(impossible, 500);
}
END_TEST

UNIT_MAIN("solver", small_instances_agree_with_exhaustive_search, larger_instances_give_the_first_choice,
          many_candidates_take_several_words, cores_are_minimal_and_proofs_follow)
