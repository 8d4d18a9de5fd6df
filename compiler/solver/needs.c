/* The order of solver.h: packages as they become needed. In: decided packages. Out: the next one.
 *
 * The queue can go back with the search: each level knows how long it was when the level was opened. */
#include "solver/search.h"

static bool needs_something(const SolveRule *rule) { return rule->needed && !rule->off; }

static uint32_t source(const SolveProblem *problem, const SolveRule *rule) {
  return rule->from == SOLVE_NONE ? problem->packages : rule->from;
}

// A counting sort by source, in the order of the rules; rules that hold always are those of one package more.
static void index_rules(Needs *needs, Arena *arena, const SolveProblem *problem) {
  uint32_t n = problem->packages;
  needs->first = arena_array(arena, uint32_t, n + 3);
  uint32_t *next = needs->first + 1;  // shifted by one while it is filled
  const SolveRule *rules = problem->rules.data;
  for (size_t i = 0; i < problem->rules.len; i++)
    if (needs_something(&rules[i])) next[source(problem, &rules[i]) + 1]++;
  for (uint32_t p = 0; p <= n; p++) next[p + 1] += next[p];
  needs->rules = arena_array(arena, uint32_t, next[n + 1] + 1);
  for (size_t i = 0; i < problem->rules.len; i++)
    if (needs_something(&rules[i])) needs->rules[next[source(problem, &rules[i])]++] = (uint32_t)i;
}

// Queues what the package needs as this candidate.
static void queue_targets(Needs *needs, uint32_t package, uint32_t candidate) {
  for (uint32_t i = needs->first[package]; i < needs->first[package + 1]; i++) {
    const SolveRule *rule = &needs->problem->rules.data[needs->rules[i]];
    if (rule->from != SOLVE_NONE && rule->when && !solve_set_has(rule->when, candidate)) continue;
    if (needs->queued[rule->to]) continue;
    needs->queued[rule->to] = true;
    needs->queue[needs->length++] = rule->to;
  }
}

void needs_make(Needs *needs, Arena *arena, const SolveProblem *problem) {
  *needs = (Needs){.problem = problem};
  index_rules(needs, arena, problem);
  needs->queue = arena_array(arena, uint32_t, problem->packages);
  needs->queued = arena_array(arena, bool, problem->packages);
  needs->marks = arena_array(arena, NeedsMark, problem->packages + 2);
  queue_targets(needs, problem->packages, SOLVE_NONE);
}

uint32_t needs_next(Needs *needs) { return needs->at < needs->length ? needs->queue[needs->at] : SOLVE_NONE; }

void needs_decided(Needs *needs, uint32_t candidate) {
  queue_targets(needs, needs->queue[needs->at++], candidate);
}

void needs_open_level(Needs *needs, uint32_t level) {
  needs->marks[level] = (NeedsMark){needs->at, needs->length};
}

void needs_undo(Needs *needs, uint32_t level) {
  needs->at = needs->marks[level].at;
  while (needs->length > needs->marks[level].length) needs->queued[needs->queue[--needs->length]] = false;
}
