/* From rules to clauses. In: a problem. Out: a search at level 0.
 *
 * What surprises: rules that ask the same of one package, of neighbouring releases of another, become one
 * clause, as in pub: a release mostly needs what the one before it needed. A traced search keeps them apart,
 * since there a clause must be one thing that the project says. */
#include <string.h>

#include "base/map.h"
#include "solver/search.h"

typedef struct Build {
  Search *s;
  StrMap merged;  // by source, target and set: index in `clauses`
  VEC(uint32_t) clauses;
  uint64_t *from, *to;  // of the rule at hand
  uint64_t *key;
} Build;

static void make_packages(Search *s) {
  const uint32_t *candidates = s->problem->candidates;
  uint32_t n = s->packages, words = 0;
  for (uint32_t p = 0; p < n; p++) s->wide |= solve_set_words(candidates[p]) > 1;
  if (s->wide) s->base = arena_array(s->arena, uint32_t, n + 1);
  for (uint32_t p = 0; p < n; p++) {
    if (s->wide) s->base[p] = words;
    words += s->wide ? solve_set_words(candidates[p]) : 1;
  }
  if (s->wide) s->base[n] = words;
  s->domain = arena_array(s->arena, uint64_t, words);
  s->sets = arena_array(s->arena, uint64_t, words);
  s->decision = arena_array(s->arena, uint64_t, words);
  for (uint32_t p = 0; p < n; p++) set_fill(domain_of(s, p), candidates[p] + 1, search_words(s, p));
}

static void make_arrays(Search *s) {
  uint32_t n = s->packages;
  s->last = arena_array(s->arena, uint32_t, n);
  s->queue = arena_array(s->arena, uint32_t, n + 1);
  s->queued = arena_array(s->arena, bool, n);
  s->watches = arena_array(s->arena, Watches, n);
  s->heap = arena_array(s->arena, uint32_t, n);
  s->heap_at = arena_array(s->arena, uint32_t, n);
  s->activity = arena_array(s->arena, double, n);
  s->phase = arena_array(s->arena, uint32_t, n);
  s->listed = arena_array(s->arena, bool, n);
  s->false_at = arena_array(s->arena, uint32_t, n);
  s->lit_sets = arena_array(s->arena, const uint64_t *, n);
  s->seen_level = arena_array(s->arena, uint32_t, n + 2);
  for (uint32_t p = 0; p < n; p++) s->last[p] = s->heap_at[p] = s->phase[p] = NO_ENTRY;
}

// Words of a rule's set that are there for sure.
static uint32_t given_words(uint32_t candidates) { return (candidates + 63) / 64; }

void rule_source(const SolveProblem *problem, const SolveRule *rule, uint64_t *set) {
  uint32_t count = problem->candidates[rule->from];
  set_fill(set, rule->when ? count : 0, solve_set_words(count));
  for (uint32_t i = 0; rule->when && i < given_words(count); i++) set[i] &= ~rule->when[i];
  set[count / 64] |= SET_BIT(count);
}

void rule_target(const SolveProblem *problem, const SolveRule *rule, uint64_t *set) {
  uint32_t count = problem->candidates[rule->to];
  set_fill(set, count, solve_set_words(count));
  for (uint32_t i = 0; rule->allowed && i < given_words(count); i++) set[i] &= rule->allowed[i];
  if (!rule->needed) set[count / 64] |= SET_BIT(count);
  if (rule->from != rule->to) return;
  for (uint32_t i = 0; rule->when && i < count; i++)
    if (!solve_set_has(rule->when, i)) set[i / 64] |= SET_BIT(i);
  set[count / 64] |= SET_BIT(count);
}

static bool is_full(const Search *s, uint32_t package, const uint64_t *set) {
  return set_within(domain_of(s, package), set, search_words(s, package));
}

// A rule of the same source, target and set gets the rule's candidates too.
static bool merge(Build *b, const SolveRule *rule) {
  Search *s = b->s;
  uint32_t words = search_words(s, rule->to), from_words = search_words(s, rule->from);
  b->key[0] = (uint64_t)rule->from << 32 | rule->to;
  set_copy(b->key + 1, b->to, words);
  bool added;
  Str key = {(const char *)b->key, (words + 1) * sizeof *b->key};
  uint32_t *found = strmap_find(&b->merged, key);
  if (found) {
    Clause *clause = clause_at(s, b->clauses.data[*found]);
    const Lit *lit = &clause->lits[clause->lits[0].package != rule->from];
    set_keep((uint64_t *)lit_set(s, clause, lit), b->from, from_words);
    return true;
  }
  char *kept = arena_alloc(s->arena, key.len);
  memcpy(kept, key.data, key.len);
  *strmap_put(s->arena, &b->merged, (Str){kept, key.len}, &added) = (uint32_t)b->clauses.len;
  return false;
}

// A literal whose set is empty says nothing and is left out; with both left out nothing is possible.
static void add_clause(Build *b, const SolveRule *rule, uint32_t id) {
  Search *s = b->s;
  bool both = rule->from != SOLVE_NONE && rule->from != rule->to;
  uint32_t packages[2], count = 0;
  const uint64_t *sets[2];
  if (both) packages[count] = rule->from, sets[count++] = b->from;
  bool empty = set_is_empty(b->to, search_words(s, rule->to));
  if (!empty) packages[count] = rule->to, sets[count++] = b->to;
  uint32_t clause = clause_add(s, packages, sets, count);
  clause_at(s, clause)->id = id;
  vec_push(s->arena, &b->clauses, clause);
}

static void add_rule(Build *b, const SolveRule *rule, uint32_t id) {
  Search *s = b->s;
  rule_target(s->problem, rule, b->to);
  if (is_full(s, rule->to, b->to)) return;
  if (rule->from != SOLVE_NONE && rule->from != rule->to) {
    rule_source(s->problem, rule, b->from);
    if (is_full(s, rule->from, b->from)) return;
    if (!s->traced && merge(b, rule)) return;
  }
  add_clause(b, rule, id);
}

// Clauses of one literal are facts at once, the others are watched.
static void start_clauses(Build *b) {
  Search *s = b->s;
  for (size_t i = 0; i < b->clauses.len; i++)
    if (clause_at(s, b->clauses.data[i])->count > 1) clause_attach(s, b->clauses.data[i]);
  for (size_t i = 0; i < b->clauses.len && !s->refuted; i++) {
    const Clause *clause = clause_at(s, b->clauses.data[i]);
    if (clause->count > 1) continue;
    if (clause->count == 0 || lit_is_false(s, clause, clause->lits)) {
      s->refuted = true;
      if (s->traced) search_refute(s, b->clauses.data[i]);
    } else if (!lit_is_true(s, clause, clause->lits)) {
      search_narrow(s, clause->lits[0].package, lit_set(s, clause, clause->lits), b->clauses.data[i]);
    }
  }
}

void search_make(Search *s, Arena *arena, SolveProblem *problem, bool traced) {
  *s = (Search){.arena = arena, .problem = problem, .packages = problem->packages, .traced = traced};
  s->assumed = SOLVE_NONE;
  s->bump = 1;
  s->conflicts_end = UINT32_MAX;
  make_packages(s);
  make_arrays(s);
  uint32_t most = 0;
  for (uint32_t p = 0; p < s->packages; p++)
    if (search_words(s, p) > most) most = search_words(s, p);
  Build b = {.s = s};
  b.from = arena_array(arena, uint64_t, most);
  b.to = arena_array(arena, uint64_t, most);
  b.key = arena_array(arena, uint64_t, most + 1);
  for (size_t i = 0; i < problem->rules.len; i++)
    if (!problem->rules.data[i].off) add_rule(&b, &problem->rules.data[i], (uint32_t)i);
  s->learned_from = (uint32_t)s->clauses.len;
  start_clauses(&b);
  search_spend(s, problem->rules.len);
}
