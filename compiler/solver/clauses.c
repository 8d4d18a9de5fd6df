/* The store of clauses. In: literals. Out: clauses, watched, as long as they are useful.
 *
 * Clauses lie one behind the other and are named by where they lie, so what goes away makes the others move:
 * that happens at level 0 only, where no entry of the trail names a clause. */
#include <stdlib.h>
#include <string.h>

#include "solver/search.h"

enum { HEAD_WORDS = sizeof(Clause) / sizeof(uint64_t), LIT_WORDS = sizeof(Lit) / sizeof(uint64_t) };

static uint64_t *store_reserve(Search *s, uint32_t words) {
  while (s->clauses.space < s->clauses.len + words) {
    size_t space = s->clauses.space ? s->clauses.space * 2 : 1024;
    s->clauses.data =
        arena_grow(s->arena, s->clauses.data, s->clauses.space * sizeof(uint64_t), space * sizeof(uint64_t));
    s->clauses.space = space;
  }
  return s->clauses.data + s->clauses.len;
}

uint32_t clause_add(Search *s, const uint32_t *packages, const uint64_t *const *sets, uint32_t count) {
  uint32_t words = HEAD_WORDS + count * LIT_WORDS, at = words;
  for (uint32_t i = 0; s->wide && i < count; i++) words += search_words(s, packages[i]);
  Clause *clause = (Clause *)(void *)store_reserve(s, words);
  *clause = (Clause){.words = words, .count = count};
  for (uint32_t i = 0; i < count; i++) {
    clause->lits[i] = (Lit){.package = packages[i], .set = s->wide ? at : *sets[i]};
    if (!s->wide) continue;
    set_copy((uint64_t *)(void *)clause + at, sets[i], search_words(s, packages[i]));
    at += search_words(s, packages[i]);
  }
  uint32_t where = (uint32_t)s->clauses.len;
  s->clauses.len += words;
  return where;
}

// Of a set in several words, one in which the domain still has something (or any).
static uint32_t telling_word(const Search *s, const Clause *clause, const Lit *lit) {
  if (!s->wide) return 0;
  const uint64_t *set = lit_set(s, clause, lit), *domain = domain_of(s, lit->package);
  uint32_t words = search_words(s, lit->package), i = 0;
  while (i + 1 < words && (set[i] & domain[i]) == 0) i++;
  return i;
}

void clause_watch(Search *s, uint32_t where, uint32_t own, uint32_t other) {
  const Clause *clause = clause_at(s, where);
  const Lit *mine = &clause->lits[own], *blocking = &clause->lits[other];
  uint32_t word = telling_word(s, clause, mine);
  vec_push(s->arena, &s->watches[mine->package],
           (Watch){.mine = lit_set(s, clause, mine)[word],
                   .blocking = blocking->set,
                   .word = word,
                   .other = blocking->package,
                   .clause = where,
                   .binary = clause->count == 2});
}

void clause_attach(Search *s, uint32_t where) {
  clause_watch(s, where, 0, 1);
  clause_watch(s, where, 1, 0);
}

/* Forgetting */

static bool is_satisfied(const Search *s, const Clause *clause) {
  for (uint32_t i = 0; i < clause->count; i++)
    if (lit_is_true(s, clause, &clause->lits[i])) return true;
  return false;
}

typedef struct Usefulness {
  uint32_t levels, used, clause;
} Usefulness;

static int compare_usefulness(const void *a, const void *b) {
  const Usefulness *x = a, *y = b;
  if (x->levels != y->levels) return x->levels < y->levels ? -1 : 1;
  if (x->used != y->used) return x->used > y->used ? -1 : 1;
  return x->clause < y->clause ? -1 : x->clause > y->clause;
}

// Marks what stays.
static void choose(Search *s) {
  VEC(Usefulness) all = {0};
  for (uint32_t i = 0; i < s->clauses.len; i += clause_at(s, i)->words) {
    Clause *clause = clause_at(s, i);
    clause->kept = clause->count > 1 && !is_satisfied(s, clause);
    if (i < s->learned_from || clause->levels <= 2 || !clause->kept) continue;
    vec_push(s->arena, &all, (Usefulness){clause->levels, clause->used, i});
  }
  if (all.len) qsort(all.data, all.len, sizeof *all.data, compare_usefulness);
  for (size_t i = all.len / 2; i < all.len; i++) clause_at(s, all.data[i].clause)->kept = false;
}

static void drop_false_literals(Search *s, Clause *clause) {
  for (uint32_t i = 0; i < clause->count && clause->count > 2;) {
    if (lit_is_false(s, clause, &clause->lits[i])) {
      clause->lits[i] = clause->lits[--clause->count];
    } else {
      i++;
    }
  }
}

void clauses_forget(Search *s) {
  choose(s);
  for (uint32_t p = 0; p < s->packages; p++) s->watches[p].len = 0;
  uint32_t end = 0, learned_from = 0;
  s->learned = 0;
  for (uint32_t i = 0, words; i < s->clauses.len; i += words) {
    Clause *clause = clause_at(s, i);
    words = clause->words;
    if (i == s->learned_from) learned_from = end;
    if (!clause->kept) continue;
    drop_false_literals(s, clause);
    s->learned += i >= s->learned_from;
    memmove(s->clauses.data + end, clause, words * sizeof(uint64_t));
    clause_attach(s, end);
    end += words;
  }
  if (s->learned_from == s->clauses.len) learned_from = end;
  s->learned_from = learned_from;
  s->clauses.len = end;
}
