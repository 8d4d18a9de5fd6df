/* Which package to decide next: the one that took part in most of the recent conflicts (as in Chaff). In:
 * bumps. Out: the most active package that is open.
 *
 * A binary heap. Packages that are not open any more stay in it until they come up. */
#include "solver/search.h"

// Equal activity: the smaller number, so that the order is one.
static bool before(const Search *s, uint32_t a, uint32_t b) {
  return s->activity[a] > s->activity[b] || (a < b && s->activity[a] == s->activity[b]);
}

static void put(Search *s, uint32_t at, uint32_t package) {
  s->heap[at] = package;
  s->heap_at[package] = at;
}

static void rise(Search *s, uint32_t at) {
  uint32_t package = s->heap[at];
  for (; at > 0 && before(s, package, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
    put(s, at, s->heap[(at - 1) / 2]);
  put(s, at, package);
}

static void sink(Search *s, uint32_t at) {
  uint32_t package = s->heap[at];
  for (uint32_t child; (child = 2 * at + 1) < s->heap_len; at = child) {
    if (child + 1 < s->heap_len && before(s, s->heap[child + 1], s->heap[child])) child++;
    if (!before(s, s->heap[child], package)) break;
    put(s, at, s->heap[child]);
  }
  put(s, at, package);
}

void order_insert(Search *s, uint32_t package) {
  put(s, s->heap_len++, package);
  rise(s, s->heap_at[package]);
}

uint32_t order_pop(Search *s) {
  while (s->heap_len > 0) {
    uint32_t package = s->heap[0];
    put(s, 0, s->heap[--s->heap_len]);
    if (s->heap_len > 0) sink(s, 0);
    s->heap_at[package] = NO_ENTRY;
    if (search_is_open(s, package)) return package;
  }
  return SOLVE_NONE;
}

static void rescale(Search *s) {
  for (uint32_t p = 0; p < s->packages; p++) s->activity[p] *= 1e-100;
  s->bump *= 1e-100;
}

void order_bump(Search *s, uint32_t package) {
  s->activity[package] += s->bump;
  if (s->activity[package] > 1e100) rescale(s);
  if (s->heap_at[package] != NO_ENTRY) rise(s, s->heap_at[package]);
}

void order_decay(Search *s) { s->bump /= 0.95; }
