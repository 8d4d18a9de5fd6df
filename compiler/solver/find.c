/* The first choice. In: a problem. Out: the choice that solver.h describes.
 *
 * A search that decides packages in the order in which they become needed, each as its first candidate, finds
 * it at once: what a decision is made under follows from the decisions before it. Where that order leads into
 * too many conflicts, any choice is searched first, in whatever order finds one soonest; after that the
 * order is tried again, with all that was learned. If that is too much, too, the packages are gone through
 * one by one: where the candidate is not the first, the search is asked for a choice with a better one; what
 * comes out is fixed. So how the search worked leaves no trace in the answer. */
#include "base/mem.h"
#include "solver/search.h"

// In a large project some conflicts are to be expected.
static uint32_t conflicts_at_first(const SolveProblem *problem) { return 100 + problem->packages / 2; }

typedef struct Find {
  Arena arena;
  SolveProblem *problem;
  Search s;
  Needs needs;
  uint32_t *chosen;
  uint32_t *best;  // by package: of the choice so far
  uint64_t *set;   // room for any
  SolveVerdict verdict;
} Find;

static void remember(Find *f) {
  for (uint32_t p = 0; p < f->problem->packages; p++)
    f->best[p] = f->s.phase[p] = set_first(domain_of(&f->s, p));
}

/* In order */

static uint32_t only_candidate(const Search *s, uint32_t package) { return set_first(domain_of(s, package)); }

// Gives up after so many conflicts.
static SolveVerdict find_in_order(Find *f, uint32_t conflicts) {
  f->s.needs = &f->needs;
  f->s.conflicts_end = f->s.conflicts + conflicts;
  needs_open_level(&f->needs, 0);
  SolveVerdict verdict = search_run(&f->s);
  if (verdict == SOLVE_FOUND) {
    for (uint32_t i = 0; i < f->needs.length; i++)
      f->chosen[f->needs.queue[i]] = only_candidate(&f->s, f->needs.queue[i]);
  } else {
    search_undo(&f->s, 0);
    needs_undo(&f->needs, 0);
  }
  f->s.needs = NULL;
  f->s.conflicts_end = UINT32_MAX;
  return verdict;
}

/* One by one */

// Takes the package's candidates before the best so far, as far as they are possible; false: none.
static bool take_better(Find *f, uint32_t package) {
  uint32_t words = search_words(&f->s, package);
  set_fill(f->set, f->best[package], words);
  set_keep(f->set, domain_of(&f->s, package), words);
  return !set_is_empty(f->set, words);
}

static void take_best(Find *f, uint32_t package) {
  set_clear(f->set, search_words(&f->s, package));
  f->set[f->best[package] / 64] = SET_BIT(f->best[package]);
}

// The first candidate with which the rest can be completed becomes the best, and stays it.
static void improve(Find *f, uint32_t package) {
  while (take_better(f, package)) {
    f->s.assumed = package;
    f->s.assumption = f->set;
    SolveVerdict verdict = search_run(&f->s);
    if (verdict == SOLVE_FOUND) remember(f);
    if (verdict == SOLVE_GAVE_UP) f->problem->rough = true;
    search_undo(&f->s, 0);
    if (verdict != SOLVE_FOUND) break;
  }
  take_best(f, package);
  search_fix(&f->s, package, f->set);
}

static void improve_all(Find *f) {
  for (uint32_t package; (package = needs_next(&f->needs)) != SOLVE_NONE;) {
    if (!f->problem->rough) improve(f, package);
    f->chosen[package] = f->best[package];
    needs_decided(&f->needs, f->best[package]);
  }
}

static void make_room(Find *f) {
  uint32_t n = f->problem->packages, most = 1;
  for (uint32_t p = 0; p < n; p++) {
    f->chosen[p] = SOLVE_NONE;
    if (search_words(&f->s, p) > most) most = search_words(&f->s, p);
  }
  f->best = arena_array(&f->arena, uint32_t, n);
  f->set = arena_array(&f->arena, uint64_t, most);
}

static void find(void *arg) {
  Find *f = arg;
  search_make(&f->s, &f->arena, f->problem, false);
  needs_make(&f->needs, &f->arena, f->problem);
  make_room(f);
  f->verdict = find_in_order(f, conflicts_at_first(f->problem));
  if (f->verdict != SOLVE_GAVE_UP || f->problem->steps == 0) return;
  f->verdict = search_run(&f->s);
  if (f->verdict != SOLVE_FOUND) return;
  remember(f);
  search_undo(&f->s, 0);
  if (find_in_order(f, f->s.conflicts / 2) == SOLVE_FOUND) return;
  improve_all(f);
}

SolveVerdict solve_find(Arena *arena, SolveProblem *problem, uint32_t *chosen) {
  (void)arena;
  Find f = {.problem = problem, .chosen = chosen};
  problem->rough = false;
  bool enough = mem_guard(find, &f);
  arena_free(&f.arena);
  if (!enough) mem_exhausted();
  return f.verdict;
}
