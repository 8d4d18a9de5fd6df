/* Minimal cores. In: rules that exclude each other. Out: as few of them as can be found, all of which are
 * needed.
 *
 * A refutation names the rules that it rests on; the others go at once. Then one rule after the other is left
 * out: either there is a choice without it, and it stays for good, or the new refutation names what is enough
 * (deletion with refinement, as in Marques-Silva's survey of minimal unsatisfiability, 2010). Which core
 * comes out depends on the order, so a few orders are tried and the smallest core is kept. */
#include <string.h>

#include "base/mem.h"
#include "solver/search.h"

enum { ORDERS = 4, ORDERS_UP_TO = 64, ROUNDS = 4 };

typedef struct Core {
  Arena scratch, search;  // what stays, what one search takes
  SolveProblem *problem;  // the part that is looked at; its rules are switched
  uint32_t *order;
} Core;

static size_t count_on(const SolveProblem *problem) {
  size_t count = 0;
  for (size_t i = 0; i < problem->rules.len; i++) count += !problem->rules.data[i].off;
  return count;
}

// Solves the rules that are on; where that is impossible only those stay on that the refutation rests on.
static SolveVerdict refute(Core *c) {
  arena_reset(&c->search);
  Part part = part_make(&c->search, c->problem);
  Search s;
  search_make(&s, &c->search, &part.problem, true);
  SolveVerdict verdict = search_run(&s);
  c->problem->steps = part.problem.steps;
  if (verdict != SOLVE_IMPOSSIBLE) return verdict;
  bool *used = trace_used(&s, &c->search);
  for (size_t i = 0; i < part.problem.rules.len; i++) c->problem->rules.data[part.rules[i]].off = !used[i];
  return verdict;
}

// Again and again, as long as it gets smaller.
static bool shrink(Core *c) {
  size_t count = count_on(c->problem);
  for (int round = 0; round < ROUNDS; round++) {
    if (refute(c) != SOLVE_IMPOSSIBLE) return round > 0;
    size_t left = count_on(c->problem);
    if (left == count) break;
    count = left;
  }
  return true;
}

static void drop_one(Core *c, uint32_t rule) {
  SolveRule *rules = c->problem->rules.data;
  if (rules[rule].off) return;
  rules[rule].off = true;
  if (refute(c) != SOLVE_IMPOSSIBLE) rules[rule].off = false;
}

static void restore(SolveProblem *problem, const bool *on) {
  for (size_t i = 0; i < problem->rules.len; i++) problem->rules.data[i].off = !on[i];
}

static bool *take(Arena *arena, const SolveProblem *problem) {
  bool *on = arena_array(arena, bool, problem->rules.len + 1);
  for (size_t i = 0; i < problem->rules.len; i++) on[i] = !problem->rules.data[i].off;
  return on;
}

// First to last, last to first, then shuffled, always in the same way.
static void make_order(Core *c, int which) {
  uint32_t n = (uint32_t)c->problem->rules.len;
  for (uint32_t i = 0; i < n; i++) c->order[i] = which == 1 ? i : n - 1 - i;
  uint64_t state = (uint64_t)which;
  for (uint32_t i = n; which > 1 && i > 1; i--) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint32_t other = (uint32_t)((state >> 33) % i), kept = c->order[i - 1];
    c->order[i - 1] = c->order[other];
    c->order[other] = kept;
  }
}

static void minimise(Core *c) {
  bool *start = take(&c->scratch, c->problem), *best = start;
  size_t smallest = SIZE_MAX;
  int orders = count_on(c->problem) <= ORDERS_UP_TO ? ORDERS : 1;
  for (int which = 0; which < orders && c->problem->steps > 0; which++) {
    restore(c->problem, start);
    make_order(c, which);
    for (size_t i = 0; i < c->problem->rules.len && c->problem->steps > 0; i++) drop_one(c, c->order[i]);
    if (count_on(c->problem) >= smallest) continue;
    smallest = count_on(c->problem);
    best = take(&c->scratch, c->problem);
  }
  restore(c->problem, best);
}

static void find_core(void *arg) {
  Core *c = arg;
  SolveProblem *whole = c->problem;
  if (!shrink(c)) return;
  Part part = part_make(&c->scratch, whole);
  c->problem = &part.problem;
  c->order = arena_array(&c->scratch, uint32_t, part.problem.rules.len + 1);
  minimise(c);
  whole->steps = part.problem.steps;
  for (size_t i = 0; i < part.problem.rules.len; i++)
    whole->rules.data[part.rules[i]].off = part.problem.rules.data[i].off;
}

void solve_core(Arena *arena, SolveProblem *problem) {
  (void)arena;
  Core c = {.problem = problem};
  bool enough = mem_guard(find_core, &c);
  arena_free(&c.scratch);
  arena_free(&c.search);
  if (!enough) mem_exhausted();
}
