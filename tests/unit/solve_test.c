/* The solver: random instances against exhaustive search, explanations that are sufficient and minimal, and
 * the choice of releases over small projects. */
#include "passes/solve.h"

#include "project.h"

/* Exhaustive search: every combination of candidates, of which only the needed ones count. */

static void mark_needed(const SolveProblem *problem, const uint32_t *pick, bool *needed) {
  for (size_t i = 0; i < problem->roots.len; i++) needed[problem->roots.data[i]] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < problem->needs.len; i++) {
      const SolveNeed *need = &problem->needs.data[i];
      bool speaks = needed[need->from.package] &&
                    (need->from.candidate == SOLVE_ALL || need->from.candidate == pick[need->from.package]);
      if (!speaks || needed[need->to]) continue;
      needed[need->to] = changed = true;
    }
  }
}

static bool satisfies(const SolveProblem *problem, const uint32_t *pick) {
  bool needed[16] = {0};
  mark_needed(problem, pick, needed);
  for (size_t i = 0; i < problem->constraints.len; i++) {
    const SolveConstraint *c = &problem->constraints.data[i];
    bool from = c->from.package == SOLVE_ALL ||
                (needed[c->from.package] &&
                 (c->from.candidate == SOLVE_ALL || c->from.candidate == pick[c->from.package]));
    if (c->off || !from || !needed[c->to]) continue;
    if (!((c->allowed[0] >> pick[c->to]) & 1)) return false;
  }
  return true;
}

static bool exists(const SolveProblem *problem) {
  uint32_t pick[16] = {0};
  for (;;) {
    if (satisfies(problem, pick)) return true;
    uint32_t p = 0;
    for (; p < problem->packages && ++pick[p] == problem->candidates[p]; p++) pick[p] = 0;
    if (p == problem->packages) return false;
  }
}

static uint32_t below(unsigned *state, uint32_t n) {
  *state = *state * 1103515245u + 12345u;
  return (*state >> 16) % n;
}

static SolveProblem random_problem(Arena *arena, unsigned *state) {
  SolveProblem problem = {.packages = 2 + below(state, 5), .steps = 1000000};
  uint32_t *counts = arena_array(arena, uint32_t, problem.packages);
  for (uint32_t p = 0; p < problem.packages; p++) counts[p] = 1 + below(state, 4);
  problem.candidates = counts;
  for (uint32_t i = 1 + below(state, 2); i > 0; i--)
    vec_push(arena, &problem.roots, below(state, problem.packages));
  for (uint32_t i = below(state, 9); i > 0; i--) {
    uint32_t from = below(state, problem.packages);
    uint32_t candidate = below(state, 3) ? below(state, counts[from]) : SOLVE_ALL;
    vec_push(arena, &problem.needs, (SolveNeed){{from, candidate}, below(state, problem.packages)});
  }
  for (uint32_t i = below(state, 14); i > 0; i--) {
    uint8_t *allowed = arena_array(arena, uint8_t, 1);
    *allowed = (uint8_t)below(state, 256);
    SolveRef from = {below(state, problem.packages), SOLVE_ALL};
    if (below(state, 3)) from.candidate = below(state, counts[from.package]);
    if (!below(state, 5)) from.package = SOLVE_ALL;
    vec_push(arena, &problem.constraints,
             (SolveConstraint){from, below(state, problem.packages), allowed, false});
  }
  return problem;
}

// The chosen candidates, with the rest at 0, satisfy everything, and all that is needed is chosen.
static void check_solution(const SolveProblem *problem, const uint32_t *chosen) {
  uint32_t pick[16] = {0};
  bool needed[16] = {0};
  for (uint32_t p = 0; p < problem->packages; p++) pick[p] = chosen[p] == SOLVE_ALL ? 0 : chosen[p];
  ck_assert(satisfies(problem, pick));
  mark_needed(problem, pick, needed);
  for (uint32_t p = 0; p < problem->packages; p++) ck_assert(needed[p] == (chosen[p] != SOLVE_ALL));
}

static void check_core(Arena *arena, SolveProblem *problem) {
  solve_core(arena, problem);
  ck_assert(!exists(problem));
  for (size_t i = 0; i < problem->constraints.len; i++) {
    SolveConstraint *constraint = &problem->constraints.data[i];
    if (constraint->off) continue;
    constraint->off = true;
    ck_assert_msg(exists(problem), "constraint %zu is not needed", i);
    constraint->off = false;
  }
}

START_TEST(random_instances_agree_with_exhaustive_search) {
  unsigned state = 7;
  size_t found = 0, impossible = 0;
  for (int round = 0; round < 4000; round++) {
    Arena arena = {0};
    SolveProblem problem = random_problem(&arena, &state);
    uint32_t chosen[16];
    SolveVerdict verdict = solve_find(&arena, &problem, chosen);
    ck_assert_int_ne(verdict, SOLVE_GAVE_UP);
    ck_assert_msg((verdict == SOLVE_FOUND) == exists(&problem), "round %d", round);
    if (verdict == SOLVE_FOUND) {
      check_solution(&problem, chosen);
      found++;
    } else {
      check_core(&arena, &problem);
      impossible++;
    }
    arena_free(&arena);
  }
  ck_assert_uint_gt(found, 500);
  ck_assert_uint_gt(impossible, 500);
}
END_TEST

START_TEST(long_chains_cost_no_stack) {
  enum { COUNT = 100000 };
  Arena arena = {0};
  SolveProblem problem = {.packages = COUNT, .steps = 10000000};
  uint32_t *counts = arena_array(&arena, uint32_t, COUNT), *chosen = arena_array(&arena, uint32_t, COUNT);
  for (uint32_t p = 0; p < COUNT; p++) {
    counts[p] = 2;
    if (p + 1 < COUNT) vec_push(&arena, &problem.needs, (SolveNeed){{p, SOLVE_ALL}, p + 1});
  }
  problem.candidates = counts;
  vec_push(&arena, &problem.roots, 0);
  ck_assert_int_eq(solve_find(&arena, &problem, chosen), SOLVE_FOUND);
  ck_assert_uint_eq(chosen[COUNT - 1], 0);
  arena_free(&arena);
}
END_TEST

/* Releases of projects */

#define RELEASE(label, more) "    " label ": { " more "prototype: { integration: x } }\n"
#define HEAD(name) name ":\n  concept: { label: A, purpose: P }\n"

typedef struct Chosen {
  const char *manifests[3];
  const char *html, *pin, *expected, *found;  // expected: "a v2 active, b v1 newest stable"
} Chosen;

static Str decisions(TestProject *project) {
  const Ir *ir = &project->ir;
  Str text = STR("");
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *d = &ir->decisions.data[i];
    text = str_printf(&project->arena, "%.*s%s%.*s %.*s %.*s", STR_ARG(text), i ? ", " : "",
                      STR_ARG(ir_str(ir, ir_integration(ir, d->integration)->name)),
                      STR_ARG(ir_str(ir, ir_release(ir, d->release)->label.sym)),
                      STR_ARG(ir_str(ir, d->reason)));
  }
  return text;
}

static void check_choice(const Chosen *choice) {
  TestProject project;
  project_start(&project);
  static const char *const paths[] = {"integrations/a.yaml", "integrations/b.yaml", "integrations/c.yaml"};
  for (int i = 0; i < 3 && choice->manifests[i]; i++)
    project_manifest(&project, paths[i], IR_PLACE_PROJECT, choice->manifests[i]);
  project_page(&project, "concept/a.html", choice->html);
  if (choice->pin) project_pin(&project, "a", choice->pin);
  project_run(&project);
  ck_str(project_found(&project), choice->found);
  ck_str(decisions(&project), choice->expected);
  project_end(&project);
}

#define THREE                                                                         \
  HEAD("a")                                                                           \
  "  versions:\n" RELEASE("v1", "status: stable, ") RELEASE("v2", "status: stable, ") \
      RELEASE("v3", "status: beta, ")
#define A_REQUIRES(range) \
  HEAD("a") "  versions:\n" RELEASE("v1", "status: stable, requires: { b: \"" range "\" }, ")
#define B HEAD("b") "  versions:\n" RELEASE("v1", "status: stable, ") RELEASE("v2", "status: stable, ")
#define OLD(until) \
  HEAD("a") "  versions:\n" RELEASE("v1", "status: deprecated, migration_guide: ./a.md, " until)

static const Chosen choices[] = {
    {{THREE}, "<p data-integration=a></p>", NULL, "a v2 newest stable", ""},
    {{THREE "  active_version: v1\n"}, "<p data-integration=a></p>", NULL, "a v1 active", ""},
    {{THREE}, "<p data-integration=a@^1></p>", NULL, "a v1 asked for by concept/a.html", ""},
    {{THREE}, "<p data-integration=a></p>", "^3", "a v3 pinned", ""},
    {{THREE}, "<p data-integration=a@^3></p>", NULL, "a v2 newest stable", "FX4002 '^3'"},
    {{THREE}, "<p data-integration=a@^9></p>", NULL, "a v2 newest stable", "FX4002 '^9'"},
    {{THREE},
     "<p data-integration=a@^1></p><p data-integration=a@^2></p>",
     NULL,
     "a v2 newest stable",
     "FX4001 '^1'"},
    {{A_REQUIRES("^1"), B},
     "<p data-integration=a data-depends-on=b></p>",
     NULL,
     "a v1 newest stable, b v1 required by a",
     ""},
    {{A_REQUIRES("^1"), B},
     "<p data-integration=a data-depends-on=b></p><p data-integration=b@^2></p>",
     NULL,
     "a v1 newest stable, b v2 newest stable",
     "FX4001 '\"^1\"'"},
    {{OLD("supported_until: \"2026-06-30\", ")},
     "<p data-integration=a></p>",
     NULL,
     "a v1 newest",
     "FX4004? 'v1'"},
    {{OLD("supported_until: \"2025-06-30\", ")},
     "<p data-integration=a></p>",
     NULL,
     "a v1 newest",
     "FX4005 'v1'"},
    {{HEAD("a") "  versions:\n" RELEASE("v1", "status: retired, ")},
     "<p data-integration=a></p>",
     NULL,
     "",
     "FX4002 'a'"},
    {{HEAD("a") "  versions:\n" RELEASE("v1", "status: stable, ")
          RELEASE("v2", "status: stable, conflicts: { b: \"*\" }, "),
      B},
     "<p data-integration='a b'></p>",
     NULL,
     "a v1 newest that satisfies all constraints, b v2 newest stable",
     ""},
    // a pin does not bring back what is retired
    {{HEAD("a") "  versions:\n" RELEASE("v1", "status: retired, ") RELEASE("v2", "status: stable, ")},
     "<p data-integration=a></p>",
     "^1",
     "a v2 pinned",
     "FX4002 ''"},
};

START_TEST(releases_are_chosen_by_preference_and_constraints) { check_choice(&choices[_i]); }
END_TEST

int main(void) {
  Suite *suite = suite_create("solve");
  TCase *tcase = tcase_create("solve");
  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, random_instances_agree_with_exhaustive_search);
  tcase_add_test(tcase, long_chains_cost_no_stack);
  tcase_add_loop_test(tcase, releases_are_chosen_by_preference_and_constraints, 0,
                      sizeof choices / sizeof *choices);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
