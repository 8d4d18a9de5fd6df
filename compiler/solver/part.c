/* Parts of a problem, and what a refutation rests on. In: rules that are on; a trace. Out: a small problem;
 * marks.
 *
 * Cores and proofs are about few rules of many, and solve them over and over: what is left out costs nothing
 * then. */
#include "solver/search.h"

static uint32_t number(const SolveProblem *whole, Part *part, uint32_t *numbers, uint32_t package) {
  if (package == SOLVE_NONE) return SOLVE_NONE;
  if (numbers[package] == SOLVE_NONE) {
    uint32_t n = part->problem.packages++;
    numbers[package] = n;
    part->packages[n] = package;
    ((uint32_t *)part->problem.candidates)[n] = whole->candidates[package];
  }
  return numbers[package];
}

static uint32_t *list_on(Arena *arena, const SolveProblem *problem, uint32_t *count) {
  uint32_t *on = arena_array(arena, uint32_t, problem->rules.len + 1);
  for (size_t i = 0; i < problem->rules.len; i++)
    if (!problem->rules.data[i].off) on[(*count)++] = (uint32_t)i;
  return on;
}

Part part_make(Arena *arena, const SolveProblem *problem) {
  Part part = {.problem = {.steps = problem->steps}};
  uint32_t count = 0, *numbers = arena_array(arena, uint32_t, problem->packages);
  part.rules = list_on(arena, problem, &count);
  for (uint32_t p = 0; p < problem->packages; p++) numbers[p] = SOLVE_NONE;
  part.problem.candidates = arena_array(arena, uint32_t, 2 * count);
  part.packages = arena_array(arena, uint32_t, 2 * count);
  vec_room(arena, &part.problem.rules, count);
  for (uint32_t i = 0; i < count; i++) {
    SolveRule rule = problem->rules.data[part.rules[i]];
    rule.from = number(problem, &part, numbers, rule.from);
    rule.to = number(problem, &part, numbers, rule.to);
    vec_push(arena, &part.problem.rules, rule);
  }
  return part;
}

static void mark(const Search *s, bool *used, const Derivation *derivation) {
  used[derivation->first] = true;
  for (uint32_t i = derivation->from; i < derivation->to; i++) used[s->trace.data[i].clause] = true;
}

bool *trace_used(const Search *s, Arena *arena) {
  size_t rules = s->problem->rules.len;
  bool *used = arena_array(arena, bool, rules + s->derivations.len + 1);
  mark(s, used, &s->refutation);
  for (size_t i = s->derivations.len; i-- > 0;)
    if (used[rules + i]) mark(s, used, &s->derivations.data[i]);
  return used;
}
