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

/* Problems too large for exhaustive search */

// Every choice that is as good up to some package in the order of needs, and better there, is impossible. So
// much for the answer; that nothing is called impossible that is not, small instances have shown.
static void check_first(Arena *arena, SolveProblem *problem, const uint32_t *chosen, int round) {
  Naive n = {.problem = problem};
  uint32_t *again = arena_array(arena, uint32_t, problem->packages);
  memcpy(n.chosen, chosen, problem->packages * sizeof *chosen);
  naive_queue(&n, SOLVE_NONE);
  for (uint32_t i = 0; i < n.length; i++) {
    uint32_t p = n.queue[i];
    SolveRule only = {.from = SOLVE_NONE, .to = p, .needed = true};
    uint64_t *better = arena_array(arena, uint64_t, 1), *same = arena_array(arena, uint64_t, 1);
    *same = UINT64_C(1) << chosen[p];
    *better = *same - 1;
    only.allowed = better;
    vec_push(arena, &problem->rules, only);
    if (chosen[p] > 0)
      ck_assert_msg(solve_find(arena, problem, again) == SOLVE_IMPOSSIBLE, "round %d: package %u", round, p);
    vec_last(&problem->rules).allowed = same;
    naive_queue(&n, p);
  }
  for (uint32_t p = 0; p < problem->packages; p++) ck_assert(n.queued[p] == (chosen[p] != SOLVE_NONE));
}

// Near the border between possible and impossible, so that the search learns, restarts and forgets.
static SolveProblem hard_problem(Arena *arena, uint64_t *state, uint32_t packages, uint32_t chance) {
  enum { CANDIDATES = 12 };
  SolveProblem problem = {.packages = packages, .steps = 20000000};
  uint32_t *counts = arena_array(arena, uint32_t, packages);
  for (uint32_t p = 0; p < packages; p++) counts[p] = CANDIDATES;
  problem.candidates = counts;
  for (uint32_t i = 0; i < packages / 8; i++)
    vec_push(arena, &problem.rules,
             (SolveRule){.from = SOLVE_NONE, .to = below(state, packages), .needed = true});
  for (uint32_t p = 0; p < packages; p++) {
    for (int d = 0; d < 3; d++) {
      uint32_t to = below(state, packages);
      for (uint32_t c = 0; c < CANDIDATES; c++) {
        SolveRule rule = {.from = p, .to = to, .needed = true};
        uint64_t *when = arena_array(arena, uint64_t, 1);
        *when = UINT64_C(1) << c;
        rule.when = when;
        rule.allowed = random_set(arena, state, CANDIDATES, chance);
        vec_push(arena, &problem.rules, rule);
      }
    }
  }
  return problem;
}

START_TEST(hard_instances_give_the_first_choice) {
  uint64_t state = 5;
  int found = 0;
  for (int round = 0; round < 6; round++) {
    Arena arena = {0};
    SolveProblem problem = hard_problem(&arena, &state, 48, 47);
    uint32_t *chosen = arena_array(&arena, uint32_t, problem.packages);
    SolveVerdict verdict = solve_find(&arena, &problem, chosen);
    ck_assert_int_ne(verdict, SOLVE_GAVE_UP);
    ck_assert(!problem.rough);
    if (verdict == SOLVE_FOUND) {
      ck_assert(naive_valid(&problem, chosen));
      check_first(&arena, &problem, chosen, round);
      found++;
    }
    arena_free(&arena);
  }
  ck_assert_int_gt(found, 2);
}
END_TEST

// The same problem behind many packages that are decided first and have nothing to do with it.
static SolveProblem spaced_problem(Arena *arena, const SolveProblem *problem, uint32_t spacers) {
  SolveProblem spaced = {.packages = problem->packages + spacers, .steps = problem->steps};
  uint32_t *counts = arena_array(arena, uint32_t, spaced.packages);
  for (uint32_t p = 0; p < spaced.packages; p++)
    counts[p] = p < problem->packages ? problem->candidates[p] : 2;
  spaced.candidates = counts;
  for (uint32_t p = problem->packages; p < spaced.packages; p++)
    vec_push(arena, &spaced.rules, (SolveRule){.from = SOLVE_NONE, .to = p, .needed = true});
  for (size_t i = 0; i < problem->rules.len; i++) vec_push(arena, &spaced.rules, problem->rules.data[i]);
  return spaced;
}

START_TEST(what_has_nothing_to_do_with_it_changes_nothing) {
  uint64_t state = 8;
  int found = 0;
  for (int round = 0; round < 20; round++) {
    Arena arena = {0};
    SolveProblem problem = hard_problem(&arena, &state, 40, 45);
    SolveProblem spaced = spaced_problem(&arena, &problem, 200);
    uint32_t chosen[NAIVE_MOST], again[NAIVE_MOST];
    SolveVerdict verdict = solve_find(&arena, &problem, chosen);
    ck_assert_int_eq(solve_find(&arena, &spaced, again), verdict);
    found += verdict == SOLVE_FOUND;
    for (uint32_t p = 0; p < spaced.packages && verdict == SOLVE_FOUND; p++)
      ck_assert_uint_eq(again[p], p < problem.packages ? chosen[p] : 0);
    arena_free(&arena);
  }
  ck_assert(found > 3 && found < 17);
}
END_TEST

// The fewest steps with which there is a choice; 0: none at all.
static size_t fewest_steps(Arena *arena, SolveProblem *problem, uint32_t *chosen) {
  size_t few = 0, enough = 20000;
  problem->steps = enough;
  if (solve_find(arena, problem, chosen) != SOLVE_FOUND) return 0;
  while (enough - few > 1) {
    size_t steps = problem->steps = (few + enough) / 2;
    bool found = solve_find(arena, problem, chosen) == SOLVE_FOUND;
    ck_assert_uint_le(problem->steps, steps);
    if (found) ck_assert(naive_valid(problem, chosen));
    *(found ? &enough : &few) = steps;
  }
  return enough;
}

START_TEST(a_choice_found_too_late_to_be_made_better_is_rough) {
  uint64_t state = 6;
  int rough = 0;
  for (int round = 0; round < 6; round++) {
    Arena arena = {0};
    SolveProblem problem = hard_problem(&arena, &state, 40, 47);
    uint32_t *chosen = arena_array(&arena, uint32_t, problem.packages);
    problem.steps = fewest_steps(&arena, &problem, chosen);
    if (problem.steps > 0) {
      ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_FOUND);
      ck_assert(naive_valid(&problem, chosen));
      rough += problem.rough;
    }
    arena_free(&arena);
  }
  ck_assert_int_gt(rough, 1);
}
END_TEST

// One more integration than there are places, each place for one: exponential for resolution.
static SolveProblem pigeons(Arena *arena, uint32_t holes) {
  SolveProblem problem = {.packages = holes + 1, .steps = 2000000};
  uint32_t *counts = arena_array(arena, uint32_t, holes + 1);
  for (uint32_t p = 0; p <= holes; p++) {
    counts[p] = holes;
    vec_push(arena, &problem.rules, (SolveRule){.from = SOLVE_NONE, .to = p, .needed = true});
  }
  problem.candidates = counts;
  for (uint32_t p = 0; p <= holes; p++) {
    for (uint32_t q = 0; q < p; q++) {
      for (uint32_t h = 0; h < holes; h++) {
        uint64_t *when = arena_array(arena, uint64_t, 1), *others = arena_array(arena, uint64_t, 1);
        *when = UINT64_C(1) << h;
        *others = ~*when;
        vec_push(arena, &problem.rules, (SolveRule){.from = p, .when = when, .to = q, .allowed = others});
      }
    }
  }
  return problem;
}

START_TEST(pigeons_have_no_place_each) {
  for (uint32_t holes = 1; holes <= 4; holes++) {
    Arena arena = {0};
    SolveProblem problem = pigeons(&arena, holes);
    uint32_t chosen[8];
    ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_IMPOSSIBLE);
    solve_core(&arena, &problem);
    for (size_t i = 0; i < problem.rules.len; i++) ck_assert(!problem.rules.data[i].off);  // all are needed
    SolveProof proof = solve_prove(&arena, &problem);
    check_proof(&problem, &proof, (int)holes);
    arena_free(&arena);
  }
}
END_TEST

START_TEST(it_ends_when_steps_run_out) {
  Arena arena = {0};
  SolveProblem problem = pigeons(&arena, 30);
  uint32_t chosen[31];
  problem.steps = 100000;
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_GAVE_UP);
  ck_assert_uint_eq(problem.steps, 0);
  size_t rules = problem.rules.len;
  solve_core(&arena, &problem);
  ck_assert_uint_eq(problem.rules.len, rules);
  ck_assert_uint_eq(solve_prove(&arena, &problem).steps.len, 0);
  arena_free(&arena);
}
END_TEST

START_TEST(nothing_to_do_and_nothing_to_choose_from) {
  Arena arena = {0};
  SolveProblem nothing = {.steps = 10};
  ck_assert_int_eq(solve_find(&arena, &nothing, NULL), SOLVE_FOUND);
  solve_core(&arena, &nothing);
  ck_assert_uint_eq(solve_prove(&arena, &nothing).steps.len, 0);
  static const uint32_t none[] = {0, 2};
  SolveProblem problem = {.packages = 2, .candidates = none, .steps = 1000};
  uint32_t chosen[2];
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_FOUND);
  ck_assert(chosen[0] == SOLVE_NONE && chosen[1] == SOLVE_NONE);
  vec_push(&arena, &problem.rules, (SolveRule){.from = SOLVE_NONE, .to = 1, .needed = true});
  vec_push(&arena, &problem.rules, (SolveRule){.from = 1, .to = 0});  // if at all, then any
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_FOUND);
  ck_assert(chosen[0] == SOLVE_NONE && chosen[1] == 0);
  vec_push(&arena, &problem.rules, (SolveRule){.from = SOLVE_NONE, .to = 0, .needed = true});
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_IMPOSSIBLE);
  solve_core(&arena, &problem);
  ck_assert(problem.rules.data[0].off && problem.rules.data[1].off && !problem.rules.data[2].off);
  SolveProof proof = solve_prove(&arena, &problem);
  ck_assert_uint_eq(proof.steps.len, 1);  // the rule itself forbids everything
  check_proof(&problem, &proof, 0);
  arena_free(&arena);
}
END_TEST

START_TEST(long_chains_cost_no_stack_and_little_time) {
  enum { COUNT = 100000 };
  Arena arena = {0};
  SolveProblem problem = {.packages = COUNT, .steps = 2000000};
  uint32_t *counts = arena_array(&arena, uint32_t, COUNT), *chosen = arena_array(&arena, uint32_t, COUNT);
  for (uint32_t p = 0; p < COUNT; p++) {
    counts[p] = 2;
    vec_push(&arena, &problem.rules,
             (SolveRule){.from = p == 0 ? SOLVE_NONE : p - 1, .to = p, .needed = true});
  }
  problem.candidates = counts;
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_FOUND);
  ck_assert_uint_eq(chosen[COUNT - 1], 0);
  counts[COUNT - 1] = 0;
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_IMPOSSIBLE);
  arena_free(&arena);
}
END_TEST

static const uint64_t *word(Arena *arena, uint64_t set) {
  uint64_t *words = arena_array(arena, uint64_t, 1);
  *words = set;
  return words;
}

// Threes that have nothing to do with each other: the first candidate of the first excludes both of the
// third, which shows only once it is decided.
static void add_three(Arena *arena, SolveProblem *problem, uint32_t first) {
  uint32_t second = first + 1, third = first + 2;
  vec_push(arena, &problem->rules, (SolveRule){.from = SOLVE_NONE, .to = first, .needed = true});
  vec_push(arena, &problem->rules, (SolveRule){.from = SOLVE_NONE, .to = third, .needed = true});
  vec_push(arena, &problem->rules,
           (SolveRule){first, word(arena, 1), second, word(arena, 1), .needed = true});
  vec_push(arena, &problem->rules,
           (SolveRule){third, word(arena, 1), second, word(arena, 2), .needed = true});
  vec_push(arena, &problem->rules,
           (SolveRule){third, word(arena, 2), second, word(arena, 6), .needed = true});
}

START_TEST(conflicts_here_and_there_cost_no_more_than_each_alone) {
  enum { COUNT = 3 * 5000 };
  Arena arena = {0};
  SolveProblem problem = {.packages = COUNT, .steps = 50000};
  uint32_t *counts = arena_array(&arena, uint32_t, COUNT), *chosen = arena_array(&arena, uint32_t, COUNT);
  problem.candidates = counts;
  for (uint32_t p = 0; p < COUNT; p += 3) {
    counts[p] = counts[p + 2] = 2;
    counts[p + 1] = 3;
    add_three(&arena, &problem, p);
  }
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_FOUND);
  ck_assert(!problem.rough);
  for (uint32_t p = 0; p < COUNT; p += 3)
    ck_assert(chosen[p] == 1 && chosen[p + 1] == 1 && chosen[p + 2] == 0);
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("solver", small_instances_agree_with_exhaustive_search, larger_instances_give_the_first_choice,
          many_candidates_take_several_words, cores_are_minimal_and_proofs_follow,
          hard_instances_give_the_first_choice, a_choice_found_too_late_to_be_made_better_is_rough,
          what_has_nothing_to_do_with_it_changes_nothing, pigeons_have_no_place_each,
          it_ends_when_steps_run_out, nothing_to_do_and_nothing_to_choose_from,
          long_chains_cost_no_stack_and_little_time, conflicts_here_and_there_cost_no_more_than_each_alone)
