/* The search that solver/solver.h defines the answer by, as plainly as it can be said: packages in the order
 * in which they become needed, their candidates in order, back when a rule is broken. In: a small problem.
 * Out: the first choice, or none. Also: whether any choice at all satisfies the rules, by trying all. */
#ifndef FXC_TESTS_SOLVER_NAIVE_H
#define FXC_TESTS_SOLVER_NAIVE_H

#include <string.h>

#include "solver/solver.h"

enum { NAIVE_MOST = 256 };

typedef struct Naive {
  const SolveProblem *problem;
  uint32_t chosen[NAIVE_MOST], queue[NAIVE_MOST], length;
  bool queued[NAIVE_MOST];
} Naive;

static inline bool naive_speaks(const SolveRule *rule, const uint32_t *chosen) {
  if (rule->off) return false;
  if (rule->from == SOLVE_NONE) return true;
  uint32_t c = chosen[rule->from];
  return c != SOLVE_NONE && (!rule->when || solve_set_has(rule->when, c));
}

static inline bool naive_holds(const SolveRule *rule, const uint32_t *chosen) {
  if (!naive_speaks(rule, chosen)) return true;
  uint32_t c = chosen[rule->to];
  if (c == SOLVE_NONE) return !rule->needed;
  return !rule->allowed || solve_set_has(rule->allowed, c);
}

static inline bool naive_valid(const SolveProblem *problem, const uint32_t *chosen) {
  for (size_t i = 0; i < problem->rules.len; i++)
    if (!naive_holds(&problem->rules.data[i], chosen)) return false;
  return true;
}

// Rules between packages that are decided; one that needs what is undecided may still come to hold.
static inline bool naive_possible(const Naive *n) {
  for (size_t i = 0; i < n->problem->rules.len; i++) {
    const SolveRule *rule = &n->problem->rules.data[i];
    if (n->chosen[rule->to] != SOLVE_NONE && !naive_holds(rule, n->chosen)) return false;
  }
  return true;
}

static inline void naive_queue(Naive *n, uint32_t from) {
  for (size_t i = 0; i < n->problem->rules.len; i++) {
    const SolveRule *rule = &n->problem->rules.data[i];
    if (rule->from != from || !rule->needed || !naive_speaks(rule, n->chosen) || n->queued[rule->to])
      continue;
    n->queued[rule->to] = true;
    n->queue[n->length++] = rule->to;
  }
}

static inline bool naive_decide(Naive *n, uint32_t at) {
  if (at == n->length) return naive_valid(n->problem, n->chosen);
  uint32_t package = n->queue[at], length = n->length;
  for (uint32_t c = 0; c < n->problem->candidates[package]; c++) {
    n->chosen[package] = c;
    if (naive_possible(n)) {
      naive_queue(n, package);
      if (naive_decide(n, at + 1)) return true;
      while (n->length > length) n->queued[n->queue[--n->length]] = false;
    }
  }
  n->chosen[package] = SOLVE_NONE;
  return false;
}

static inline bool naive_find(const SolveProblem *problem, uint32_t *chosen) {
  Naive n = {.problem = problem};
  for (uint32_t p = 0; p < problem->packages; p++) n.chosen[p] = SOLVE_NONE;
  naive_queue(&n, SOLVE_NONE);
  if (!naive_decide(&n, 0)) return false;
  memcpy(chosen, n.chosen, problem->packages * sizeof *chosen);
  return true;
}

/// Every combination of candidates and absences is tried.
static inline bool naive_exists(const SolveProblem *problem) {
  uint32_t pick[NAIVE_MOST];
  for (uint32_t p = 0; p < problem->packages; p++) pick[p] = SOLVE_NONE;
  for (;;) {
    if (naive_valid(problem, pick)) return true;
    uint32_t p = 0;
    for (; p < problem->packages && ++pick[p] == problem->candidates[p]; p++) pick[p] = SOLVE_NONE;
    if (p == problem->packages) return false;
  }
}

#endif
