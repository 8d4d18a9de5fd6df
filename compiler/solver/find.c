/* The first choice. In: a problem. Out: the choice that solver.h describes.
 *
 * First any choice is searched, in whatever order finds one soonest. Then the packages are gone through as
 * they become needed: where the candidate is not the first, the same search, with all that it has learned, is
 * asked for a choice with a better one; what comes out is fixed, and the next package is looked at. So the
 * order in which the search worked leaves no trace in the answer. */
#include "base/mem.h"
#include "solver/search.h"

typedef struct Needs {
  uint32_t *first, *rules;  // that need something, of package p: rules[first[p]] … rules[first[p + 1] - 1]
} Needs;

typedef struct Walk {
  Search *s;
  SolveProblem *problem;
  Needs needs;  // those that hold always stand behind those of the last package
  uint32_t *queue, length;
  bool *queued;
  uint32_t *best;  // the choice so far
  uint64_t *set;
} Walk;

static bool needs_something(const SolveRule *rule) { return rule->needed && !rule->off; }

static uint32_t source(const SolveProblem *problem, const SolveRule *rule) {
  return rule->from == SOLVE_NONE ? problem->packages : rule->from;
}

// A counting sort by source, in the order of the rules.
static Needs index_needs(Arena *arena, const SolveProblem *problem) {
  uint32_t n = problem->packages;
  Needs needs = {arena_array(arena, uint32_t, n + 3), NULL};
  uint32_t *next = needs.first + 1;  // shifted by one while it is filled
  const SolveRule *rules = problem->rules.data;
  for (size_t i = 0; i < problem->rules.len; i++)
    if (needs_something(&rules[i])) next[source(problem, &rules[i]) + 1]++;
  for (uint32_t p = 0; p <= n; p++) next[p + 1] += next[p];
  needs.rules = arena_array(arena, uint32_t, next[n + 1] + 1);
  for (size_t i = 0; i < problem->rules.len; i++)
    if (needs_something(&rules[i])) needs.rules[next[source(problem, &rules[i])]++] = (uint32_t)i;
  return needs;
}

static void queue_needs(Walk *w, uint32_t package, uint32_t candidate) {
  for (uint32_t i = w->needs.first[package]; i < w->needs.first[package + 1]; i++) {
    const SolveRule *rule = &w->problem->rules.data[w->needs.rules[i]];
    if (rule->from != SOLVE_NONE && rule->when && !solve_set_has(rule->when, candidate)) continue;
    if (w->queued[rule->to]) continue;
    w->queued[rule->to] = true;
    w->queue[w->length++] = rule->to;
  }
}

static void remember(Walk *w) {
  for (uint32_t p = 0; p < w->problem->packages; p++) {
    w->best[p] = set_first(domain_of(w->s, p));
    w->s->phase[p] = w->best[p];
  }
}

// Takes the package's candidates before the best so far, as far as they are possible; false: none.
static bool take_better(Walk *w, uint32_t package) {
  uint32_t words = search_words(w->s, package);
  set_fill(w->set, w->best[package], words);
  set_keep(w->set, domain_of(w->s, package), words);
  return !set_is_empty(w->set, words);
}

static void take_best(Walk *w, uint32_t package) {
  set_clear(w->set, search_words(w->s, package));
  w->set[w->best[package] / 64] = SET_BIT(w->best[package]);
}

// The first candidate with which the rest can be completed becomes the best, and stays it.
static void improve(Walk *w, uint32_t package) {
  Search *s = w->s;
  while (take_better(w, package)) {
    s->assumed = package;
    s->assumption = w->set;
    SolveVerdict verdict = search_run(s);
    if (verdict == SOLVE_FOUND) remember(w);
    if (verdict == SOLVE_GAVE_UP) s->problem->rough = true;
    search_undo(s, 0);
    if (verdict != SOLVE_FOUND) break;
  }
  take_best(w, package);
  search_fix(s, package, w->set);
}

static void walk(Walk *w, uint32_t *chosen) {
  for (uint32_t p = 0; p < w->problem->packages; p++) chosen[p] = SOLVE_NONE;
  queue_needs(w, w->problem->packages, SOLVE_NONE);
  for (uint32_t i = 0; i < w->length; i++) {
    uint32_t package = w->queue[i];
    if (w->problem->rough == false) improve(w, package);
    chosen[package] = w->best[package];
    queue_needs(w, package, chosen[package]);
  }
}

typedef struct Find {
  Arena scratch;
  SolveProblem *problem;
  uint32_t *chosen;
  SolveVerdict verdict;
} Find;

static void find(void *arg) {
  Find *f = arg;
  Arena *arena = &f->scratch;
  uint32_t n = f->problem->packages, most = 1;
  Search s;
  search_make(&s, arena, f->problem, false);
  f->verdict = search_run(&s);
  if (f->verdict != SOLVE_FOUND) return;
  for (uint32_t p = 0; p < n; p++)
    if (search_words(&s, p) > most) most = search_words(&s, p);
  Walk w = {.s = &s, .problem = f->problem, .needs = index_needs(arena, f->problem)};
  w.queue = arena_array(arena, uint32_t, n + 1);
  w.queued = arena_array(arena, bool, n + 1);
  w.best = arena_array(arena, uint32_t, n + 1);
  w.set = arena_array(arena, uint64_t, most);
  remember(&w);
  search_undo(&s, 0);
  walk(&w, f->chosen);
}

SolveVerdict solve_find(Arena *arena, SolveProblem *problem, uint32_t *chosen) {
  (void)arena;
  Find f = {.problem = problem, .chosen = chosen};
  problem->rough = false;
  bool enough = mem_guard(find, &f);
  arena_free(&f.scratch);
  if (!enough) mem_exhausted();
  return f.verdict;
}
