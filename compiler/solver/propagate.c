/* Unit propagation. In: domains that shrank. Out: all that follows from one clause at a time, or a clause
 * that is false.
 *
 * Of each clause two literals that are not false are watched (Moskewicz and others, "Chaff", 2001). The set
 * of a watched literal lies beside the watch, so that a shrinking domain is told apart from a false literal
 * without a look at the clause. */
#include "solver/search.h"

// What a watch says of its clause once its literal may be false.
typedef enum Visit { VISIT_KEEP, VISIT_MOVED, VISIT_FALSE } Visit;

// The other watched literal is the last that may be true.
static Visit make_unit(Search *s, uint32_t where) {
  const Clause *clause = clause_at(s, where);
  const Lit *lit = &clause->lits[0];
  if (lit_is_false(s, clause, lit)) return VISIT_FALSE;
  search_narrow(s, lit->package, lit_set(s, clause, lit), where);
  return VISIT_KEEP;
}

// Another word of the watched set may still be possible.
static bool find_word(const Search *s, const Clause *clause, Watch *watch) {
  const Lit *lit = &clause->lits[1];
  const uint64_t *set = lit_set(s, clause, lit), *domain = domain_of(s, lit->package);
  for (uint32_t i = 0, words = search_words(s, lit->package); i < words; i++) {
    if ((set[i] & domain[i]) == 0) continue;
    watch->mine = set[i];
    watch->word = i;
    return true;
  }
  return false;
}

static void swap(Lit *a, Lit *b) {
  Lit c = *a;
  *a = *b;
  *b = c;
}

static Visit visit(Search *s, uint32_t package, Watch *watch) {
  Clause *clause = clause_at(s, watch->clause);
  if (clause->lits[0].package == package) swap(&clause->lits[0], &clause->lits[1]);
  if (s->wide && find_word(s, clause, watch)) return VISIT_KEEP;
  watch->other = clause->lits[0].package;
  watch->blocking = clause->lits[0].set;
  if (lit_is_true(s, clause, &clause->lits[0])) return VISIT_KEEP;
  for (uint32_t i = 2; i < clause->count; i++) {
    if (lit_is_false(s, clause, &clause->lits[i])) continue;
    swap(&clause->lits[1], &clause->lits[i]);
    clause_watch(s, watch->clause, 1, 0);
    return VISIT_MOVED;
  }
  return make_unit(s, watch->clause);
}

// A clause of two literals need not be looked at.
static Visit visit_binary(Search *s, const Watch *watch) {
  if ((s->domain[watch->other] & watch->blocking) == 0) return VISIT_FALSE;
  search_narrow(s, watch->other, &watch->blocking, watch->clause);
  return VISIT_KEEP;
}

static uint32_t follow(Search *s, uint32_t package) {
  Watches *watches = &s->watches[package];
  const uint64_t *domain = domain_of(s, package);
  size_t kept = 0, i = 0, words = s->wide ? search_words(s, package) : 0, read = 0;
  uint32_t conflict = NO_CLAUSE;
  while (i < watches->len && conflict == NO_CLAUSE) {
    Watch *watch = &watches->data[i++];
    if ((watch->mine & domain[watch->word]) ||
        (!s->wide && (s->domain[watch->other] & ~watch->blocking) == 0)) {
      watches->data[kept++] = *watch;
      continue;
    }
    read += words;
    Visit found = watch->binary && !s->wide ? visit_binary(s, watch) : visit(s, package, watch);
    if (found == VISIT_MOVED) continue;
    if (found == VISIT_FALSE) conflict = watch->clause;
    watches->data[kept++] = *watch;
  }
  search_spend(s, (i + read) / 64);
  while (i < watches->len) watches->data[kept++] = watches->data[i++];
  watches->len = kept;
  return conflict;
}

// A fact that was asserted above level 0 and undone holds still.
static uint32_t assert_again(Search *s) {
  while (s->undone.len > 0) {
    uint32_t where = s->undone.data[--s->undone.len];
    const Clause *clause = clause_at(s, where);
    if (lit_is_false(s, clause, clause->lits)) return where;
    if (!lit_is_true(s, clause, clause->lits))
      search_narrow(s, clause->lits[0].package, lit_set(s, clause, clause->lits), where);
    if (search_level(s) > 0) vec_push(s->arena, &s->facts, (Fact){(uint32_t)s->trail.len - 1, where});
  }
  return NO_CLAUSE;
}

uint32_t search_propagate(Search *s) {
  uint32_t again = assert_again(s);
  if (again != NO_CLAUSE) return again;
  while (s->queue_first != s->queue_end) {
    uint32_t package = s->queue[s->queue_first++];
    if (s->queue_first > s->packages) s->queue_first = 0;
    s->queued[package] = false;
    uint32_t conflict = follow(s, package);
    if (conflict != NO_CLAUSE) return conflict;
  }
  return NO_CLAUSE;
}
