/* Domains and the trail of how they became what they are. In: narrowings. Out: domains, and the way back.
 *
 * What surprises: a package is queued once, however often it is narrowed before its clauses are looked at. */
#include "solver/search.h"

bool search_is_open(const Search *s, uint32_t package) {
  const uint64_t *domain = domain_of(s, package);
  uint32_t absent = s->problem->candidates[package];
  if (!s->wide) return ((*domain >> absent) & 1) == 0 && (*domain & (*domain - 1)) != 0;
  return !solve_set_has(domain, absent) && set_is_several(domain, search_words(s, package));
}

static uint64_t save(Search *s, const uint64_t *domain, uint32_t words) {
  if (!s->wide) return *domain;
  uint64_t at = s->saved.len;
  for (uint32_t i = 0; i < words; i++) vec_push(s->arena, &s->saved, domain[i]);
  return at;
}

void search_narrow(Search *s, uint32_t package, const uint64_t *set, uint32_t reason) {
  uint64_t *domain = domain_of(s, package);
  uint32_t words = search_words(s, package);
  Entry entry = {package, reason, s->last[package], search_level(s), save(s, domain, words)};
  s->last[package] = (uint32_t)s->trail.len;
  vec_push(s->arena, &s->trail, entry);
  set_keep(domain, set, words);
  if (!s->queued[package]) {
    s->queued[package] = true;
    s->queue[s->queue_end++] = package;
    if (s->queue_end > s->packages) s->queue_end = 0;
  }
  if (s->heap_at[package] == NO_ENTRY && search_is_open(s, package)) order_insert(s, package);
  search_spend(s, 1);
}

void search_open_level(Search *s) { vec_push(s->arena, &s->starts, (uint32_t)s->trail.len); }

static void empty_queue(Search *s) {
  while (s->queue_first != s->queue_end) {
    s->queued[s->queue[s->queue_first++]] = false;
    if (s->queue_first > s->packages) s->queue_first = 0;
  }
}

static void restore(Search *s, const Entry *entry) {
  uint32_t package = entry->package, words = search_words(s, package);
  uint64_t *domain = domain_of(s, package);
  if (!set_is_several(domain, words)) s->phase[package] = set_first(domain);
  set_copy(domain, entry_before(s, entry), words);
  if (s->wide) s->saved.len -= words;
  s->last[package] = entry->previous;
  if (s->heap_at[package] == NO_ENTRY && search_is_open(s, package)) order_insert(s, package);
}

void search_undo(Search *s, uint32_t level) {
  if (level >= search_level(s)) return;
  empty_queue(s);
  uint32_t start = s->starts.data[level];
  while (s->trail.len > start) restore(s, &s->trail.data[--s->trail.len]);
  s->starts.len = level;
  for (; s->facts.len > 0 && vec_last(&s->facts).entry >= start; s->facts.len--)
    vec_push(s->arena, &s->undone, vec_last(&s->facts).clause);
}

void search_settle(Search *s) {
  if (s->traced) return;
  for (size_t i = 0; i < s->trail.len; i++) s->last[s->trail.data[i].package] = NO_ENTRY;
  s->trail.len = s->saved.len = 0;
}
