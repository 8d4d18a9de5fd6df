/* Bytes as a problem: a choice must satisfy every rule; a core must be impossible, and a proof end
 * in nothing. Numbers are taken modulo what they may be, so that every input is a problem. */
#include "solver/solver.h"

#include "fuzz.h"

enum { MOST = 5, CHOICES = 3 };

typedef struct Reader {
  const unsigned char *at, *end;
} Reader;

static uint32_t below(Reader *r, uint32_t n) { return r->at < r->end ? *r->at++ % n : 0; }

static uint64_t *read_set(Arena *arena, Reader *r, uint32_t candidates) {
  uint64_t *set = arena_array(arena, uint64_t, solve_set_words(candidates));
  uint32_t bits = below(r, 256);
  for (uint32_t i = 0; i < candidates; i++)
    if ((bits >> (i % 8)) & 1) set[i / 64] |= UINT64_C(1) << (i % 64);
  return set;
}

static SolveProblem read_problem(Arena *arena, Reader *r, uint32_t *candidates) {
  SolveProblem problem = {.packages = 1 + below(r, MOST), .candidates = candidates, .steps = 200000};
  bool wide = below(r, 8) == 0;
  for (uint32_t p = 0; p < problem.packages; p++) candidates[p] = below(r, CHOICES + 1) * (wide ? 40 : 1);
  while (r->at < r->end) {
    uint32_t flags = below(r, 256);
    SolveRule rule = {.to = below(r, problem.packages), .needed = flags & 1, .off = (flags & 31) == 30};
    rule.from = flags & 2 ? below(r, problem.packages) : SOLVE_NONE;
    if (rule.from != SOLVE_NONE && flags & 4) rule.when = read_set(arena, r, candidates[rule.from]);
    if (flags & 8) rule.allowed = read_set(arena, r, candidates[rule.to]);
    vec_push(arena, &problem.rules, rule);
  }
  return problem;
}

static bool holds(const SolveRule *rule, const uint32_t *chosen) {
  uint32_t from = rule->from == SOLVE_NONE ? 0 : chosen[rule->from], to = chosen[rule->to];
  if (rule->off || from == SOLVE_NONE) return true;
  if (rule->from != SOLVE_NONE && rule->when && !solve_set_has(rule->when, from)) return true;
  return to == SOLVE_NONE ? !rule->needed : !rule->allowed || solve_set_has(rule->allowed, to);
}

static void check_choice(const SolveProblem *problem, const uint32_t *chosen) {
  for (size_t i = 0; i < problem->rules.len; i++)
    if (!holds(&problem->rules.data[i], chosen)) abort();
}

// Every choice breaks a rule.
static void check_impossible(const SolveProblem *problem) {
  uint32_t chosen[MOST];
  for (uint32_t p = 0; p < problem->packages; p++) chosen[p] = SOLVE_NONE;
  for (uint32_t p = 0; p < problem->packages;) {
    size_t i = 0;
    while (i < problem->rules.len && holds(&problem->rules.data[i], chosen)) i++;
    if (i == problem->rules.len) abort();
    for (p = 0; p < problem->packages && ++chosen[p] == problem->candidates[p]; p++) chosen[p] = SOLVE_NONE;
  }
}

static void fuzz_one(Arena *arena, Str text) {
  if (text.len > 400) return;
  Reader r = {(const unsigned char *)text.data, (const unsigned char *)text.data + text.len};
  uint32_t candidates[MOST], chosen[MOST];
  SolveProblem problem = read_problem(arena, &r, candidates);
  SolveVerdict verdict = solve_find(arena, &problem, chosen);
  if (verdict == SOLVE_GAVE_UP) abort();
  if (verdict == SOLVE_FOUND) {
    check_choice(&problem, chosen);
    return;
  }
  problem.steps = 200000;
  solve_core(arena, &problem);
  bool small = true;
  for (uint32_t p = 0; p < problem.packages; p++) small &= candidates[p] <= CHOICES;
  if (small) check_impossible(&problem);
  SolveProof proof = solve_prove(arena, &problem);
  if (proof.steps.len == 0 || vec_last(&proof.steps).terms.len > 0) abort();
}
