/* In: what a project says, and changes. Out: the choice that would come of it. What surprises: only a changed
 * pin builds the rules anew, since it opens releases; any other change is one in the allowed set of a rule.
 */
#include "passes/trial.h"

#include "passes/resolve.h"

bool trial_same_fact(const Origin *a, const Origin *b) {
  return a->kind == b->kind && a->target.n == b->target.n && a->use.n == b->use.n &&
         a->requirement.n == b->requirement.n;
}

static bool builds_anew(const Change *change) {
  return change->origin.kind == ORIGIN_PIN && !change->relaxed;
}

static Pin pin_of(const Ir *ir, const Change *change) {
  const Pin *old = change->origin.pin;
  Pin pin = {.name = ir_integration(ir, change->origin.target)->name, .range = {change->range, SPAN_NONE}};
  if (!old) return pin;
  pin = *old;
  pin.range.sym = change->range;
  return pin;
}

// All pins that the changes give, by package; NULL when there are none.
static const Pin **changed_pins(Trial *trial, const Ir *ir, const Changes *changes) {
  const Pin **pins = NULL;
  for (size_t i = 0; i < changes->len; i++) {
    const Change *change = &changes->data[i];
    if (!builds_anew(change)) continue;
    if (!pins) pins = arena_array(&trial->arena, const Pin *, ir->integrations.len + 1);
    Pin *pin = arena_new(&trial->arena, Pin);
    *pin = pin_of(ir, change);
    pins[package_of(change->origin.target)] = pin;
  }
  return pins;
}

SolveProblem trial_copy(const Constraints *c, Arena *arena) {
  SolveProblem problem = c->problem;
  size_t count = problem.rules.len;
  problem.rules.data = arena_alloc(arena, (count + 1) * sizeof(SolveRule));
  if (count) memcpy(problem.rules.data, c->problem.rules.data, count * sizeof(SolveRule));
  return problem;
}

static void copy_rules(Trial *trial, const Constraints *base) {
  trial->constraints = *base;
  trial->constraints.arena = &trial->arena;
  trial->constraints.problem = trial_copy(base, &trial->arena);
}

/* Conflicts */

static void relax_rule(const SolveProblem *problem, SolveRule *rule) {
  rule->allowed = NULL;
  if (!problem->candidates[rule->to]) rule->needed = false;
}

static bool is_total(const Constraints *c, size_t i) {
  const Origin *origin = &c->origins.data[i];
  return origin->kind == ORIGIN_REQUIREMENT &&
         resolve_conflict_is_total(c->ir, ir_requirement(c->ir, origin->requirement));
}

// What two integrations say of each other is one fault.
static void relax_twins(const Constraints *c, SolveProblem *problem, size_t of) {
  const SolveRule *rule = &problem->rules.data[of];
  for (size_t i = 0; i < problem->rules.len; i++) {
    SolveRule *twin = &problem->rules.data[i];
    if (twin->from == rule->to && twin->to == rule->from && is_total(c, i)) relax_rule(problem, twin);
  }
}

void trial_relax(const Constraints *c, SolveProblem *problem, bool *core) {
  solve_core(c->arena, problem);
  for (size_t i = 0; i < problem->rules.len; i++) {
    SolveRule *rule = &problem->rules.data[i];
    bool in_core = !rule->off;
    rule->off = false;
    if (core) core[i] = in_core;
    if (in_core) relax_rule(problem, rule);
    if (in_core && is_total(c, i)) relax_twins(c, problem, i);
  }
}

size_t trial_conflicts(Trial *trial, size_t most, size_t *steps) {
  SolveProblem *problem = &trial->constraints.problem;
  size_t count = 0;
  problem->steps = *steps;
  while (trial->verdict == SOLVE_IMPOSSIBLE && count++ < most) {
    trial_relax(&trial->constraints, problem, NULL);
    trial->verdict = solve_find(&trial->arena, problem, trial->chosen);
  }
  *steps = problem->steps;
  return trial->verdict == SOLVE_FOUND ? count : most + 1;
}

/* Changes */

static void apply(Constraints *c, const Change *change) {
  if (builds_anew(change)) return;
  const Range *range = change->relaxed ? NULL : constraints_range(c, change->range);
  for (size_t i = 0; i < c->origins.len; i++) {
    if (!trial_same_fact(&c->origins.data[i], &change->origin)) continue;
    if (change->relaxed)
      relax_rule(&c->problem, &c->problem.rules.data[i]);
    else
      c->problem.rules.data[i].allowed = constraints_allowed(c, i, range);
  }
}

void trial_run(Trial *trial, const Constraints *base, const Changes *changes, size_t *steps) {
  *trial = (Trial){0};
  Ir *ir = base->ir;
  const Pin **pins = changed_pins(trial, ir, changes);
  if (pins)
    constraints_collect_with(&trial->constraints, base, &trial->arena, pins);
  else
    copy_rules(trial, base);
  trial->constraints.ranges = (RangeCache){0};  // what is parsed here must not outlive the trial
  for (size_t i = 0; i < changes->len; i++) apply(&trial->constraints, &changes->data[i]);
  trial->chosen = arena_array(&trial->arena, uint32_t, ir->integrations.len + 1);
  trial->constraints.problem.steps = *steps;
  trial->verdict = solve_find(&trial->arena, &trial->constraints.problem, trial->chosen);
  *steps = trial->constraints.problem.steps;
}

void trial_end(Trial *trial) { arena_free(&trial->arena); }

ReleaseId trial_release(const Trial *trial, IntegrationId integration) {
  uint32_t package = package_of(integration), candidate = trial->chosen[package];
  if (candidate == SOLVE_NONE) return (ReleaseId){0};
  return trial->constraints.candidates[package].releases[candidate];
}
