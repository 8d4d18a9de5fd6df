/* Minimal cores. In: rules that exclude each other. Out: as few of them as can be found, all of which are
 * needed.
 *
 * A refutation names the rules that it rests on; the others go at once. Then one rule after the other is left
 * out: either there is a choice without it, and it stays, or the new refutation names what is enough
 * (deletion with refinement, as in J. P. Marques-Silva's survey of minimal unsatisfiability, 2010). Which
 * core comes out depends on the way that the search goes and on the order of the rules, so several are tried
 * and the smallest core is kept. */
#include <string.h>

#include "base/mem.h"
#include "solver/search.h"

enum { WAYS = 8, ROUNDS = 4 };

typedef struct Core {
  Arena scratch, part, search;  // what stays, one try, one search
  SolveProblem *whole;
  SolveProblem *problem;  // what is looked at, the whole or a part; its rules are switched
  uint32_t way;
  bool *start, *best;  // by rule of the whole: on
  size_t smallest;
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
  search_vary(&s, c->way);
  SolveVerdict verdict = search_run(&s);
  c->problem->steps = part.problem.steps;
  if (verdict != SOLVE_IMPOSSIBLE) return verdict;
  bool *used = trace_used(&s, &c->search);
  for (size_t i = 0; i < part.problem.rules.len; i++) c->problem->rules.data[part.rules[i]].off = !used[i];
  return verdict;
}

// Again and again, as long as it gets smaller. False when not even the first search came to an end.
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

static void drop_one(Core *c, size_t rule) {
  SolveRule *rules = c->problem->rules.data;
  if (rules[rule].off) return;
  rules[rule].off = true;
  if (refute(c) != SOLVE_IMPOSSIBLE) rules[rule].off = false;
}

// From the last rule or from the first, in turn.
static void drop_each(Core *c) {
  size_t count = c->problem->rules.len;
  for (size_t i = 0; i < count && c->problem->steps > 0; i++) drop_one(c, c->way % 2 ? i : count - 1 - i);
}

static void remember(Core *c) {
  size_t count = count_on(c->whole);
  if (count >= c->smallest) return;
  c->smallest = count;
  for (size_t i = 0; i < c->whole->rules.len; i++) c->best[i] = !c->whole->rules.data[i].off;
}

static void restore(SolveProblem *problem, const bool *on) {
  for (size_t i = 0; i < problem->rules.len; i++) problem->rules.data[i].off = !on[i];
}

// One way: what is left of the rules is a problem of its own, so that the others cost nothing any more.
static bool try_way(Core *c) {
  arena_reset(&c->part);
  c->problem = c->whole;
  restore(c->whole, c->start);
  if (!shrink(c)) return false;
  Part part = part_make(&c->part, c->whole);
  c->problem = &part.problem;
  drop_each(c);
  c->whole->steps = part.problem.steps;
  for (size_t i = 0; i < part.problem.rules.len; i++)
    c->whole->rules.data[part.rules[i]].off = part.problem.rules.data[i].off;
  remember(c);
  c->problem = c->whole;  // the part ends here
  return true;
}

// The first way gets all steps, the others what it left of a quarter.
static void find_core(void *arg) {
  Core *c = arg;
  SolveProblem *problem = c->whole;
  size_t steps = problem->steps;
  c->start = arena_array(&c->scratch, bool, problem->rules.len + 1);
  c->best = arena_array(&c->scratch, bool, problem->rules.len + 1);
  for (size_t i = 0; i < problem->rules.len; i++) c->start[i] = c->best[i] = !problem->rules.data[i].off;
  c->smallest = SIZE_MAX;
  for (; c->way < WAYS && c->smallest > 1; c->way++) {
    if (c->way > 0 && problem->steps < steps - steps / 4) break;
    if (!try_way(c)) break;
  }
  restore(problem, c->best);
}

void solve_core(Arena *arena, SolveProblem *problem) {
  (void)arena;
  Core c = {.whole = problem};
  bool enough = mem_guard(find_core, &c);
  arena_free(&c.scratch);
  arena_free(&c.part);
  arena_free(&c.search);
  if (!enough) mem_exhausted();
}
