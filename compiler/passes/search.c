/* The search of passes/solve.h. In: packages, candidates, constraints. Out: a choice or none.
 *
 * Packages are decided in the order in which they become needed; the trail is explicit, so that depth costs
 * no C stack. What surprises: a candidate is also tried against packages that are not needed yet, so that a
 * dead end shows before its package is reached. */
#include <string.h>

#include "passes/solve.h"

typedef struct Links {
  uint32_t *first, *items;  // of package p: items[first[p]] … items[first[p + 1] - 1]
} Links;

typedef struct Frame {
  uint32_t package, next;  // the next candidate to try
  uint32_t queued;         // length of the queue before this decision
} Frame;

typedef struct Solver {
  SolveProblem *problem;
  uint32_t *chosen;
  Frame *frames;
  Links from, to, needs;    // constraints by their two ends, needs by source
  uint32_t *queue, length;  // needed packages, in order
  bool *queued;
} Solver;

static Links link_up(Arena *arena, uint32_t packages, size_t count) {
  return (Links){arena_array(arena, uint32_t, packages + 2), arena_array(arena, uint32_t, count + 1)};
}

// Counting sort of `count` things by the package that key() names; SOLVE_ALL is left out.
#define INDEX(links, count, key)                                                               \
  do {                                                                                         \
    uint32_t *fill = arena_array(arena, uint32_t, problem->packages + 1);                      \
    for (size_t i = 0; i < (count); i++)                                                       \
      if ((key) != SOLVE_ALL) (links).first[(key) + 1]++;                                      \
    for (uint32_t p = 0; p < problem->packages; p++) (links).first[p + 1] += (links).first[p]; \
    for (size_t i = 0; i < (count); i++)                                                       \
      if ((key) != SOLVE_ALL) (links).items[(links).first[key] + fill[key]++] = (uint32_t)i;   \
  } while (0)

static Solver solver_make(Arena *arena, SolveProblem *problem, uint32_t *chosen) {
  Solver s = {.problem = problem, .chosen = chosen};
  s.from = link_up(arena, problem->packages, problem->constraints.len);
  s.to = link_up(arena, problem->packages, problem->constraints.len);
  s.needs = link_up(arena, problem->packages, problem->needs.len);
  INDEX(s.from, problem->constraints.len, problem->constraints.data[i].from.package);
  INDEX(s.to, problem->constraints.len, problem->constraints.data[i].to);
  INDEX(s.needs, problem->needs.len, problem->needs.data[i].from.package);
  s.queue = arena_array(arena, uint32_t, problem->packages + 1);
  s.queued = arena_array(arena, bool, problem->packages + 1);
  s.frames = arena_array(arena, Frame, problem->packages + 1);
  return s;
}

static void need(Solver *s, uint32_t package) {
  if (s->queued[package] || s->problem->candidates[package] == 0) return;
  s->queued[package] = true;
  s->queue[s->length++] = package;
}

static bool allows(const SolveConstraint *constraint, uint32_t candidate) {
  return (constraint->allowed[candidate / 8] >> (candidate % 8)) & 1;
}

// Whether the constraint speaks now, given what is chosen.
static bool speaks(const Solver *s, const SolveConstraint *constraint) {
  if (constraint->off) return false;
  if (constraint->from.package == SOLVE_ALL) return true;
  uint32_t chosen = s->chosen[constraint->from.package];
  if (chosen == SOLVE_ALL) return false;
  return constraint->from.candidate == SOLVE_ALL || constraint->from.candidate == chosen;
}

static bool allowed_now(Solver *s, uint32_t package, uint32_t candidate) {
  for (uint32_t i = s->to.first[package]; i < s->to.first[package + 1]; i++) {
    const SolveConstraint *constraint = &s->problem->constraints.data[s->to.items[i]];
    if (speaks(s, constraint) && !allows(constraint, candidate)) return false;
  }
  return true;
}

static bool some_allowed(Solver *s, uint32_t package) {
  uint32_t count = s->problem->candidates[package];
  for (uint32_t c = 0; c < count; c++) {
    if (s->problem->steps) s->problem->steps--;
    if (allowed_now(s, package, c)) return true;
  }
  return count == 0;
}

// With the candidate in place: what is chosen must be allowed, what is needed must have a candidate left.
static bool consistent(Solver *s, uint32_t package) {
  for (uint32_t i = s->from.first[package]; i < s->from.first[package + 1]; i++) {
    const SolveConstraint *constraint = &s->problem->constraints.data[s->from.items[i]];
    if (!speaks(s, constraint)) continue;
    uint32_t other = s->chosen[constraint->to];
    if (other != SOLVE_ALL && !allows(constraint, other)) return false;
    if (other == SOLVE_ALL && s->queued[constraint->to] && !some_allowed(s, constraint->to)) return false;
  }
  return true;
}

static bool need_speaks(const SolveNeed *n, uint32_t candidate) {
  return n->from.candidate == SOLVE_ALL || n->from.candidate == candidate;
}

static void queue_needs(Solver *s, uint32_t package) {
  for (uint32_t i = s->needs.first[package]; i < s->needs.first[package + 1]; i++) {
    const SolveNeed *n = &s->problem->needs.data[s->needs.items[i]];
    if (need_speaks(n, s->chosen[package])) need(s, n->to);
  }
}

static void undo(Solver *s, const Frame *frame) {
  s->chosen[frame->package] = SOLVE_ALL;
  while (s->length > frame->queued) s->queued[s->queue[--s->length]] = false;
}

// Tries the remaining candidates of a frame; false when there is none.
static bool decide(Solver *s, Frame *frame) {
  while (frame->next < s->problem->candidates[frame->package]) {
    uint32_t candidate = frame->next++;
    if (s->problem->steps) s->problem->steps--;
    if (!allowed_now(s, frame->package, candidate)) continue;
    s->chosen[frame->package] = candidate;
    queue_needs(s, frame->package);
    if (consistent(s, frame->package)) return true;
    undo(s, frame);
  }
  return false;
}

static SolveVerdict solver_run(Solver *s) {
  SolveProblem *problem = s->problem;
  s->length = 0;
  memset(s->queued, 0, problem->packages + 1);
  for (uint32_t p = 0; p < problem->packages; p++) s->chosen[p] = SOLVE_ALL;
  for (size_t i = 0; i < problem->roots.len; i++) need(s, problem->roots.data[i]);
  uint32_t depth = 0;
  bool forward = true;
  for (;;) {
    if (forward) {
      if (depth == s->length) return SOLVE_FOUND;
      s->frames[depth] = (Frame){s->queue[depth], 0, s->length};
    }
    if (problem->steps == 0) return SOLVE_GAVE_UP;
    forward = decide(s, &s->frames[depth]);
    if (forward) {
      depth++;
    } else {
      if (depth == 0) return SOLVE_IMPOSSIBLE;
      undo(s, &s->frames[--depth]);
    }
  }
}

SolveVerdict solve_find(Arena *arena, SolveProblem *problem, uint32_t *chosen) {
  Solver s = solver_make(arena, problem, chosen);
  return solver_run(&s);
}

// Switches a stretch of constraints off if the contradiction stays without them.
static void drop_stretch(Solver *s, uint32_t *on, size_t from, size_t count) {
  SolveProblem *problem = s->problem;
  for (size_t i = from; i < from + count; i++) problem->constraints.data[on[i]].off = true;
  if (solver_run(s) == SOLVE_IMPOSSIBLE) return;
  for (size_t i = from; i < from + count; i++) problem->constraints.data[on[i]].off = false;
}

static size_t list_on(const SolveProblem *problem, uint32_t *on) {
  size_t count = 0;
  for (size_t i = 0; i < problem->constraints.len; i++)
    if (!problem->constraints.data[i].off) on[count++] = (uint32_t)i;
  return count;
}

// Large stretches first: most constraints of a large project have nothing to do with a contradiction.
void solve_core(Arena *arena, SolveProblem *problem) {
  uint32_t *on = arena_array(arena, uint32_t, problem->constraints.len + 1);
  uint32_t *chosen = arena_array(arena, uint32_t, problem->packages + 1);
  Solver s = solver_make(arena, problem, chosen);
  for (size_t stretch = (problem->constraints.len + 1) / 2; stretch > 0;
       stretch = stretch > 1 ? (stretch + 1) / 2 : 0) {
    size_t count = list_on(problem, on);
    for (size_t from = 0; from < count; from += stretch)
      drop_stretch(&s, on, from, from + stretch <= count ? stretch : count - from);
  }
}
