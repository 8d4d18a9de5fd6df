/* Conflict analysis. In: a clause that is false. Out: a clause that would have prevented it, learned.
 *
 * The rule is resolution on a package: of two clauses that say that p is in A, or X, and that p is in B, or
 * Y, follows that p is in both A and B, or X, or Y. Beginning with the false clause, the latest narrowing
 * that made one of its literals false (PubGrub's satisfier) is replaced by its reason, until one literal
 * alone became false at this level (the first unique implication point of GRASP).
 *
 * What surprises: since a domain shrinks in several narrowings, a literal that was resolved may still be
 * there with a smaller set, made false by an earlier one. */
#include "solver/search.h"

enum { FAR = 64 };  // levels

// The entry, at `from` or before it, by which the learned clause's literal became false.
static uint32_t falsifier(const Search *s, uint32_t package, uint32_t from) {
  const uint64_t *set = learned_set(s, package);
  uint32_t words = search_words(s, package);
  while (from != NO_ENTRY) {
    const Entry *entry = &s->trail.data[from];
    if (set_meets(entry_before(s, entry), set, words)) break;
    from = entry->previous;
  }
  return from;
}

static bool at_current_level(const Search *s, uint32_t entry) {
  return entry != NO_ENTRY && s->starts.len > 0 && entry >= vec_last(&s->starts);
}

static void trace_resolution(Search *s, uint32_t package, uint32_t clause) {
  if (!s->traced) return;
  vec_push(s->arena, &s->trace, (Resolution){package, clause_at(s, clause)->id});
}

static void trace_first(Search *s, Derivation *derivation, uint32_t clause) {
  if (s->traced) *derivation = (Derivation){clause_at(s, clause)->id, (uint32_t)s->trace.len, 0};
}

// Adds a literal to the clause; `before`: as it was false before this entry. Answers by how many the literals
// that became false at this level grew.
static uint32_t join(Search *s, uint32_t package, const uint64_t *set, uint32_t before) {
  uint64_t *learned = learned_set(s, package);
  uint32_t words = search_words(s, package);
  bool fresh = set_is_empty(learned, words);
  bool counted = !fresh && at_current_level(s, s->false_at[package]);
  set_join(learned, set, words);
  if (set_is_empty(learned, words)) return 0;
  if (!s->listed[package]) {
    s->listed[package] = true;
    vec_push(s->arena, &s->found, package);
    order_bump(s, package);
  }
  uint32_t from = s->last[package];
  while (from != NO_ENTRY && from >= before) from = s->trail.data[from].previous;
  s->false_at[package] = falsifier(s, package, from);
  return !counted && at_current_level(s, s->false_at[package]);
}

// The literals of a clause but the one of the package resolved on; `before`: the narrowing it caused.
static uint32_t join_all(Search *s, uint32_t where, uint32_t resolved, uint32_t before) {
  Clause *clause = clause_at(s, where);
  clause->used = s->conflicts;
  uint32_t count = 0;
  for (uint32_t i = 0; i < clause->count; i++) {
    const Lit *lit = &clause->lits[i];
    if (lit->package != resolved) count += join(s, lit->package, lit_set(s, clause, lit), before);
  }
  return count;
}

static void keep_common(Search *s, uint32_t package, uint32_t where) {
  const Clause *clause = clause_at(s, where);
  uint32_t i = 0;
  while (clause->lits[i].package != package) i++;
  set_keep(learned_set(s, package), lit_set(s, clause, &clause->lits[i]), search_words(s, package));
}

// Whether keep_common() would change nothing.
static bool says_no_more(const Search *s, uint32_t package, uint32_t where) {
  const Clause *clause = clause_at(s, where);
  uint32_t i = 0;
  while (clause->lits[i].package != package) i++;
  return set_within(learned_set(s, package), lit_set(s, clause, &clause->lits[i]), search_words(s, package));
}

static bool is_satisfier(const Search *s, uint32_t entry) {
  uint32_t package = s->trail.data[entry].package;
  return !set_is_empty(learned_set(s, package), search_words(s, package)) && s->false_at[package] == entry;
}

// Resolves on the package of an entry that made its literal false, with the entry's reason.
static uint32_t resolve(Search *s, uint32_t at) {
  const Entry *entry = &s->trail.data[at];
  uint32_t package = entry->package, reason = entry->reason;
  trace_resolution(s, package, reason);
  keep_common(s, package, reason);
  uint32_t grown = join_all(s, reason, package, at);
  s->false_at[package] = falsifier(s, package, entry->previous);
  search_spend(s, 1);
  return grown;
}

// Until one literal alone became false at this level; answers its package.
static uint32_t find_point(Search *s, uint32_t conflict) {
  uint32_t count = join_all(s, conflict, SOLVE_NONE, NO_ENTRY);
  uint32_t at = (uint32_t)s->trail.len - 1;
  for (;; at--) {
    if (!is_satisfier(s, at)) continue;
    uint32_t package = s->trail.data[at].package;
    if (count == 1) return package;
    count += resolve(s, at);
    if (set_is_empty(learned_set(s, package), search_words(s, package)) ||
        !at_current_level(s, s->false_at[package]))
      count--;
  }
}

/* Making the clause smaller: a literal whose reason says nothing new shrinks. */

static bool says_nothing_new(const Search *s, const Clause *reason, uint32_t package) {
  for (uint32_t i = 0; i < reason->count; i++) {
    const Lit *lit = &reason->lits[i];
    if (lit->package == package) continue;
    if (!set_within(lit_set(s, reason, lit), learned_set(s, lit->package), search_words(s, lit->package)))
      return false;
  }
  return true;
}

static void shrink_literal(Search *s, uint32_t package) {
  uint32_t at = s->false_at[package];
  for (; at != NO_ENTRY && !set_is_empty(learned_set(s, package), search_words(s, package));
       at = s->trail.data[at].previous) {
    uint32_t reason = s->trail.data[at].reason;
    if (reason == NO_CLAUSE || !says_nothing_new(s, clause_at(s, reason), package)) continue;
    if (says_no_more(s, package, reason)) continue;
    trace_resolution(s, package, reason);
    keep_common(s, package, reason);
  }
}

// What is false at level 0 is false for good (only a traced search has entries there, with reasons).
static void drop_if_false_anyway(Search *s, uint32_t package) {
  if (s->false_at[package] == NO_ENTRY) set_clear(learned_set(s, package), search_words(s, package));
}

static void shrink(Search *s, uint32_t point) {
  size_t kept = 0;
  for (size_t i = 0; i < s->found.len; i++) {
    uint32_t package = s->found.data[i];
    drop_if_false_anyway(s, package);
    if (package != point) shrink_literal(s, package);
    if (set_is_empty(learned_set(s, package), search_words(s, package))) {
      s->listed[package] = false;
      continue;
    }
    s->false_at[package] = falsifier(s, package, s->false_at[package]);
    s->found.data[kept++] = package;
  }
  s->found.len = kept;
}

/* The clause */

static uint32_t level_of(const Search *s, uint32_t package) {
  uint32_t entry = s->false_at[package];
  return entry == NO_ENTRY ? 0 : s->trail.data[entry].level;
}

// The point first, then the literal that became false last before it; answers that one's level.
static uint32_t arrange(Search *s, uint32_t point) {
  uint32_t *found = s->found.data, highest = 0;
  for (size_t i = 0; i < s->found.len; i++)
    if (found[i] == point) found[i] = found[0], found[0] = point;
  for (size_t i = 1; i < s->found.len; i++) {
    if (i > 1 && level_of(s, found[i]) <= highest) continue;
    highest = level_of(s, found[i]);
    uint32_t package = found[i];
    found[i] = found[1];
    found[1] = package;
  }
  return highest;
}

static uint32_t count_levels(Search *s) {
  uint32_t count = 0;
  s->stamp++;
  for (size_t i = 0; i < s->found.len; i++) {
    uint32_t level = level_of(s, s->found.data[i]);
    count += s->seen_level[level] != s->stamp;
    s->seen_level[level] = s->stamp;
  }
  return count;
}

static uint32_t store(Search *s) {
  const uint64_t **sets = s->lit_sets;
  for (size_t i = 0; i < s->found.len; i++) sets[i] = learned_set(s, s->found.data[i]);
  uint32_t levels = count_levels(s);
  uint32_t where = clause_add(s, s->found.data, sets, (uint32_t)s->found.len);
  Clause *clause = clause_at(s, where);
  clause->levels = levels;
  clause->used = s->conflicts;
  clause->id = (uint32_t)(s->problem->rules.len + s->learned_ever++);
  s->learned++;
  return where;
}

static void forget_found(Search *s) {
  for (size_t i = 0; i < s->found.len; i++) {
    set_clear(learned_set(s, s->found.data[i]), search_words(s, s->found.data[i]));
    s->listed[s->found.data[i]] = false;
  }
  s->found.len = 0;
}

// A long way back would undo, over and over, what has nothing to do with the conflict: one level is enough
// then (chronological backtracking, A. Nadel and V. Ryvchin 2018). What was learned holds there as well.
static void go_back(Search *s, uint32_t level) {
  uint32_t above = search_level(s) - 1;
  search_undo(s, above - level > FAR ? above : level);
}

void search_learn(Search *s, uint32_t conflict) {
  Derivation derivation = {0};
  trace_first(s, &derivation, conflict);
  uint32_t point = find_point(s, conflict);
  shrink(s, point);
  uint32_t level = arrange(s, point), where = store(s);
  if (s->traced) {
    derivation.to = (uint32_t)s->trace.len;
    vec_push(s->arena, &s->derivations, derivation);
  }
  go_back(s, level);
  if (clause_at(s, where)->count > 1) clause_attach(s, where);
  search_narrow(s, point, learned_set(s, point), where);
  if (clause_at(s, where)->count == 1 && search_level(s) > 0)
    vec_push(s->arena, &s->facts, (Fact){(uint32_t)s->trail.len - 1, where});
  forget_found(s);
  order_decay(s);
}

void search_refute(Search *s, uint32_t conflict) {
  trace_first(s, &s->refutation, conflict);
  join_all(s, conflict, SOLVE_NONE, NO_ENTRY);
  for (size_t at = s->trail.len; at-- > 0;)
    if (is_satisfier(s, (uint32_t)at)) resolve(s, (uint32_t)at);
  s->refutation.to = (uint32_t)s->trace.len;
  forget_found(s);
}
