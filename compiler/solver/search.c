/* The search itself: propagate, learn from what goes wrong, else decide. In: clauses and domains. Out:
 * domains that leave one candidate for each package that must be present.
 *
 * Only packages that must be present are decided; the others may stay absent, which every rule allows. So
 * nothing is decided about what nobody needs. */
#include "solver/search.h"

enum { RESTART_UNIT = 64, FORGET_FIRST = 2000, FORGET_MORE = 300 };

// 1 1 2 1 1 2 4 1 1 2 … (Luby, Sinclair, Zuckerman 1993), from 0.
static uint32_t luby(uint32_t i) {
  uint32_t size = 1, power = 0;
  while (size < i + 1) size = 2 * size + 1, power++;
  while (size > 1 && size - 1 != i) {
    size /= 2;  // 2^n - 1
    power--;
    i %= size;
  }
  return UINT32_C(1) << power;
}

static void restart(Search *s) {
  search_undo(s, 0);
  s->restart_at = s->conflicts + RESTART_UNIT * luby(s->restarts++);
}

// Opens the level of the assumption. False when it cannot be.
static bool assume(Search *s) {
  uint64_t *domain = domain_of(s, s->assumed);
  uint32_t words = search_words(s, s->assumed);
  if (!set_meets(domain, s->assumption, words)) return false;
  search_open_level(s);
  if (!set_within(domain, s->assumption, words)) search_narrow(s, s->assumed, s->assumption, NO_CLAUSE);
  return true;
}

// The next of the queue that is open; those on the way were decided by what was decided before.
static uint32_t next_needed(Search *s) {
  uint32_t package;
  while ((package = needs_next(s->needs)) != SOLVE_NONE && !search_is_open(s, package))
    needs_decided(s->needs, set_first(domain_of(s, package)));
  return package;
}

static uint32_t next_package(Search *s) {
  if (s->needs) return next_needed(s);
  if (s->assumed != SOLVE_NONE && search_is_open(s, s->assumed)) return s->assumed;
  return order_pop(s);
}

// The package gets the candidate that it had when it was last decided, else its first.
static void decide(Search *s, uint32_t package) {
  const uint64_t *domain = domain_of(s, package);
  uint32_t candidate = s->needs ? SOLVE_NONE : s->phase[package];
  if (candidate == SOLVE_NONE || !solve_set_has(domain, candidate)) candidate = set_first(domain);
  uint64_t *set = s->decision + search_at(s, package);
  uint32_t words = search_words(s, package);
  set_clear(set, words);
  set[candidate / 64] = SET_BIT(candidate);
  search_open_level(s);
  if (s->needs) needs_open_level(s->needs, search_level(s));
  search_narrow(s, package, set, NO_CLAUSE);
}

static SolveVerdict settle_conflict(Search *s, uint32_t conflict) {
  if (search_level(s) > 0) {
    s->conflicts++;
    search_learn(s, conflict);
    if (s->needs) needs_undo(s->needs, search_level(s) + 1);
    return SOLVE_GAVE_UP;  // not yet known
  }
  if (s->traced) search_refute(s, conflict);
  s->refuted = true;
  return SOLVE_IMPOSSIBLE;
}

SolveVerdict search_run(Search *s) {
  s->restart_at = s->conflicts + RESTART_UNIT;
  s->restarts = 1;
  while (!s->refuted) {
    uint32_t conflict = search_propagate(s);
    if (s->problem->steps == 0 || s->conflicts >= s->conflicts_end) return SOLVE_GAVE_UP;
    if (conflict != NO_CLAUSE) {
      if (settle_conflict(s, conflict) == SOLVE_IMPOSSIBLE) return SOLVE_IMPOSSIBLE;
      continue;
    }
    if (search_level(s) == 0) {
      search_settle(s);
      if (s->learned > FORGET_FIRST + FORGET_MORE * s->forgets && !s->traced) {
        s->forgets++;
        clauses_forget(s);
      }
      if (s->assumed != SOLVE_NONE) {
        if (!assume(s)) return SOLVE_IMPOSSIBLE;
        continue;
      }
    }
    if (s->conflicts >= s->restart_at && !s->needs) {
      restart(s);
      continue;
    }
    uint32_t package = next_package(s);
    if (package == SOLVE_NONE) return SOLVE_FOUND;
    decide(s, package);
  }
  return SOLVE_IMPOSSIBLE;
}

void search_vary(Search *s, uint32_t way) {
  uint64_t state = way;
  for (uint32_t p = 0; way > 0 && p < s->packages; p++) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    s->phase[p] = (uint32_t)((state >> 33) % (s->problem->candidates[p] + 1));
    s->activity[p] = (double)(state >> 40) / (double)(1 << 24);
  }
}

bool search_fix(Search *s, uint32_t package, const uint64_t *set) {
  const uint64_t *domain = domain_of(s, package);
  uint32_t words = search_words(s, package);
  if (!set_meets(domain, set, words)) return false;
  if (!set_within(domain, set, words)) search_narrow(s, package, set, NO_CLAUSE);
  if (search_propagate(s) != NO_CLAUSE) return false;
  search_settle(s);
  return true;
}
