/* Proofs. In: rules that exclude each other. Out: how the empty incompatibility follows from them.
 *
 * A traced search wrote down what was resolved with what; here that is done again with incompatibilities, and
 * what the end does not rest on is left out. */
#include <string.h>

#include "base/mem.h"
#include "solver/search.h"

enum { WAYS = 16, MOST_STEPS = 10000 };

typedef struct Proof {
  Arena *arena;  // of the result
  Arena scratch;
  SolveProblem *problem;
  SolveProof result;
  Part part;
  Search s;
  uint32_t *step_of;  // by clause of the trace
} Proof;

static uint32_t words_of(const Proof *p, uint32_t package) {
  return solve_set_words(p->problem->candidates[package]);
}

static bool is_full(const Proof *p, uint32_t package, const uint64_t *set) {
  uint32_t count = p->problem->candidates[package] + 1;
  for (uint32_t i = 0; i < count; i++)
    if (!solve_set_has(set, i)) return false;
  return true;
}

// A term that is always true says nothing.
static void add_term(Proof *p, SolveStep *step, uint32_t package, const uint64_t *set) {
  if (!is_full(p, package, set)) vec_push(p->arena, &step->terms, (SolveTerm){package, set});
}

// What is not in a set.
static uint64_t *complement(Proof *p, uint32_t package, const uint64_t *set) {
  uint32_t words = words_of(p, package);
  uint64_t *other = arena_array(p->arena, uint64_t, words);
  set_fill(other, p->problem->candidates[package] + 1, words);
  for (uint32_t i = 0; i < words; i++) other[i] &= ~set[i];
  return other;
}

static uint64_t *rule_set(Proof *p, const SolveRule *rule, bool source) {
  uint32_t package = source ? rule->from : rule->to;
  uint64_t *set = arena_array(p->arena, uint64_t, words_of(p, package));
  (source ? rule_source : rule_target)(p->problem, rule, set);
  return complement(p, package, set);
}

static uint32_t add_step(Proof *p, SolveStep step) {
  vec_push(p->arena, &p->result.steps, step);
  return (uint32_t)p->result.steps.len - 1;
}

static uint32_t add_rule(Proof *p, uint32_t number) {
  const SolveRule *rule = &p->problem->rules.data[number];
  SolveStep step = {.rule = number, .left = SOLVE_NONE, .right = SOLVE_NONE, .package = SOLVE_NONE};
  bool both = rule->from != SOLVE_NONE && rule->from != rule->to;
  if (both && rule->from < rule->to) add_term(p, &step, rule->from, rule_set(p, rule, true));
  add_term(p, &step, rule->to, rule_set(p, rule, false));
  if (both && rule->from > rule->to) add_term(p, &step, rule->from, rule_set(p, rule, true));
  return add_step(p, step);
}

static uint64_t *combine(Proof *p, uint32_t package, SolveSet a, SolveSet b, bool resolved) {
  uint32_t words = words_of(p, package);
  uint64_t *set = arena_array(p->arena, uint64_t, words);
  set_copy(set, a, words);
  (resolved ? set_join : set_keep)(set, b, words);
  return set;
}

// Of both steps together: the package resolved on is of either set, the others are of both.
static uint32_t add_resolvent(Proof *p, uint32_t left, uint32_t right, uint32_t package) {
  SolveStep step = {.rule = SOLVE_NONE, .left = left, .right = right, .package = package};
  const SolveStep *a = &p->result.steps.data[left], *b = &p->result.steps.data[right];
  size_t i = 0, j = 0;
  while (i < a->terms.len || j < b->terms.len) {
    const SolveTerm *x = i < a->terms.len ? &a->terms.data[i] : NULL;
    const SolveTerm *y = j < b->terms.len ? &b->terms.data[j] : NULL;
    if (x && y && x->package == y->package) {
      add_term(p, &step, x->package, combine(p, x->package, x->set, y->set, x->package == package));
      i++, j++;
    } else if (!y || (x && x->package < y->package)) {
      vec_push(p->arena, &step.terms, *x);
      i++;
    } else {
      vec_push(p->arena, &step.terms, *y);
      j++;
    }
  }
  return add_step(p, step);
}

static uint32_t step_of(Proof *p, uint32_t clause) {
  if (p->step_of[clause] == SOLVE_NONE) p->step_of[clause] = add_rule(p, p->part.rules[clause]);
  return p->step_of[clause];
}

static uint32_t derive(Proof *p, const Derivation *derivation) {
  uint32_t step = step_of(p, derivation->first);
  for (uint32_t i = derivation->from; i < derivation->to; i++) {
    const Resolution *r = &p->s.trace.data[i];
    step = add_resolvent(p, step, step_of(p, r->clause), p->part.packages[r->package]);
  }
  return step;
}

/* Searching */

static void replay(Proof *p) {
  size_t rules = p->part.problem.rules.len, learned = p->s.derivations.len;
  const bool *used = trace_used(&p->s, &p->scratch);
  p->step_of = arena_array(&p->scratch, uint32_t, rules + learned);
  for (size_t i = 0; i < rules + learned; i++) p->step_of[i] = SOLVE_NONE;
  for (size_t i = 0; i < learned; i++)
    if (used[rules + i]) p->step_of[rules + i] = derive(p, &p->s.derivations.data[i]);
  derive(p, &p->s.refutation);
}

// Resolutions that the refutation rests on.
static size_t count_steps(Proof *p) {
  size_t rules = p->part.problem.rules.len, count = p->s.refutation.to - p->s.refutation.from;
  const bool *used = trace_used(&p->s, &p->scratch);
  for (size_t i = 0; i < p->s.derivations.len; i++)
    if (used[rules + i]) count += p->s.derivations.data[i].to - p->s.derivations.data[i].from;
  return count;
}

static bool refute(Proof *p, uint32_t way, size_t steps) {
  arena_reset(&p->scratch);
  p->part = part_make(&p->scratch, p->problem);
  size_t given = p->part.problem.steps = steps < p->problem->steps ? steps : p->problem->steps;
  search_make(&p->s, &p->scratch, &p->part.problem, true);
  search_vary(&p->s, way);
  SolveVerdict verdict = search_run(&p->s);
  p->problem->steps -= given - p->part.problem.steps;
  return verdict == SOLVE_IMPOSSIBLE;
}

// A search can go several ways. A few are tried, until one needs no rule twice; the first gets all steps, the
// others so many that there are enough left to go the best one again.
static void prove(void *arg) {
  Proof *p = arg;
  size_t steps = p->problem->steps;
  if (!refute(p, 0, steps)) return;
  size_t fewest = count_steps(p), used = steps - p->problem->steps;
  uint32_t best = 0, last = 0;
  while (fewest >= p->part.problem.rules.len && last + 1 < WAYS && p->problem->steps / 4 >= used) {
    if (!refute(p, ++last, 2 * used)) continue;
    size_t count = count_steps(p);
    if (count >= fewest) continue;
    fewest = count;
    best = last;
  }
  if (fewest > MOST_STEPS) return;
  if (last == best || refute(p, best, p->problem->steps)) replay(p);
}

SolveProof solve_prove(Arena *arena, SolveProblem *problem) {
  Proof p = {.arena = arena, .problem = problem};
  bool enough = mem_guard(prove, &p);
  arena_free(&p.scratch);
  if (!enough) mem_exhausted();
  return p.result;
}
