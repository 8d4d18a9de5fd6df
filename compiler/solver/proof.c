/* Proofs. In: rules that exclude each other. Out: how the empty incompatibility follows from them.
 *
 * A traced search wrote down what was resolved with what; here that is done again with incompatibilities, and
 * what the end does not rest on is left out. */
#include <string.h>

#include "base/mem.h"
#include "solver/search.h"

typedef struct Proof {
  Arena *arena;  // of the result
  Arena scratch;
  SolveProblem *problem;
  SolveProof result;
  const Part *part;
  const Search *s;
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
  if (p->step_of[clause] == SOLVE_NONE) p->step_of[clause] = add_rule(p, p->part->rules[clause]);
  return p->step_of[clause];
}

static uint32_t derive(Proof *p, const Derivation *derivation) {
  uint32_t step = step_of(p, derivation->first);
  for (uint32_t i = derivation->from; i < derivation->to; i++) {
    const Resolution *r = &p->s->trace.data[i];
    step = add_resolvent(p, step, step_of(p, r->clause), p->part->packages[r->package]);
  }
  return step;
}

static void replay(Proof *p) {
  size_t rules = p->part->problem.rules.len, learned = p->s->derivations.len;
  const bool *used = trace_used(p->s, &p->scratch);
  p->step_of = arena_array(&p->scratch, uint32_t, rules + learned);
  for (size_t i = 0; i < rules + learned; i++) p->step_of[i] = SOLVE_NONE;
  for (size_t i = 0; i < learned; i++)
    if (used[rules + i]) p->step_of[rules + i] = derive(p, &p->s->derivations.data[i]);
  derive(p, &p->s->refutation);
}

static void prove(void *arg) {
  Proof *p = arg;
  Part part = part_make(&p->scratch, p->problem);
  Search s;
  search_make(&s, &p->scratch, &part.problem, true);
  SolveVerdict verdict = search_run(&s);
  p->problem->steps = part.problem.steps;
  if (verdict != SOLVE_IMPOSSIBLE) return;
  p->part = &part;
  p->s = &s;
  replay(p);
}

SolveProof solve_prove(Arena *arena, SolveProblem *problem) {
  Proof p = {.arena = arena, .problem = problem};
  bool enough = mem_guard(prove, &p);
  arena_free(&p.scratch);
  if (!enough) mem_exhausted();
  return p.result;
}
