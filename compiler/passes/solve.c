/* One release for each integration. In: what the project says (passes/constraints.h). Out: Decision rows;
 * FX4001 and FX4002 for what cannot be had (passes/conflict.h), FX8006 when the search was given up. */
#include "passes/conflict.h"
#include "passes/locked.h"

enum { STEPS = 2000000, CONFLICTS_SHOWN = 16 };

static void report_given_up(DiagBag *diags) {
  Diag *d = diag_add(diags, FX8006, SPAN_NONE, "choosing releases took more than %d steps", STEPS);
  diag_help(d, "pin some integrations in the project file");
}

// Each conflict is relaxed, so that all of them show.
static bool search(Conflicts *conflicts, uint32_t *chosen) {
  for (int round = 0; round <= CONFLICTS_SHOWN; round++) {
    SolveVerdict verdict = solve_find(conflicts->constraints->arena, &conflicts->relaxed, chosen);
    if (verdict == SOLVE_FOUND) return true;
    if (verdict == SOLVE_GAVE_UP) break;
    conflicts_take(conflicts);
  }
  return false;
}

/* Decisions */

static Str who_excluded_the_first(const Constraints *c, uint32_t package) {
  const Ir *ir = c->ir;
  for (size_t i = 0; i < c->origins.len; i++) {
    const Origin *origin = &c->origins.data[i];
    const SolveRule *rule = &c->problem.rules.data[i];
    if (rule->to != package || !rule->allowed || solve_set_has(rule->allowed, 0)) continue;
    if (origin->kind == ORIGIN_USE)
      return str_printf(ir->arena, "asked for by %.*s",
                        STR_ARG(ir_str(ir, ir_page(ir, ir_use(ir, origin->use)->page)->path)));
    if (origin->kind != ORIGIN_REQUIREMENT) continue;
    Str from = ir_integration_name(ir, ir_requirement(ir, origin->requirement)->integration);
    return str_printf(ir->arena, "required by %.*s", STR_ARG(from));
  }
  return STR("newest that satisfies all constraints");
}

static Str reason_of(const Constraints *c, uint32_t package, uint32_t candidate) {
  const Ir *ir = c->ir;
  ReleaseId chosen = c->candidates[package].releases[candidate];
  if (c->pins[package]) return c->pins[package]->label ? STR("validated") : STR("pinned");
  if (c->forced[package])
    return str_printf(ir->arena, "environment %.*s", STR_ARG(ir_str(ir, c->forced[package]->environment)));
  if (chosen.n == ir_integration(ir, integration_of(package))->active_release.n) return STR("active");
  if (candidate > 0) return who_excluded_the_first(c, package);
  return ir_release(ir, chosen)->status == IR_STABLE ? STR("newest stable") : STR("newest");
}

// What would be chosen without the lock has its own reason; the rest is as it is because of the lock.
static Str reason_beside_lock(const Constraints *c, const Unlocked *unlocked, uint32_t package,
                              uint32_t candidate) {
  ReleaseId release = c->candidates[package].releases[candidate];
  uint32_t other = unlocked->chosen ? unlocked->chosen[package] : candidate;
  const Constraints *afresh = unlocked->chosen ? &unlocked->constraints : c;
  bool same = other != SOLVE_NONE && afresh->candidates[package].releases[other].n == release.n;
  return same ? reason_of(afresh, package, other) : STR("locked");
}

static void decide(Constraints *c, const uint32_t *chosen, const Unlocked *unlocked) {
  Ir *ir = c->ir;
  for (uint32_t p = 0; p < c->problem.packages; p++) {
    if (chosen[p] == SOLVE_NONE) continue;
    ReleaseId release = c->candidates[p].releases[chosen[p]];
    Sym reason = ir_sym(ir, reason_beside_lock(c, unlocked, p, chosen[p]));
    ir_add_decision(ir, (Decision){.integration = integration_of(p), .release = release, .reason = reason});
  }
}

void pass_solve(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  Constraints constraints;
  Conflicts conflicts;
  constraints_collect(&constraints, ir, STEPS);
  conflicts_begin(&conflicts, &constraints);
  uint32_t *chosen = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  bool found = search(&conflicts, chosen);
  conflicts_report(&conflicts, settings, diags);
  if (!found) report_given_up(diags);
  if (!found) return;
  // A choice beside conflicts is only for the reports.
  constraints.problem = conflicts.relaxed;
  locked_choose_fresh(&constraints, settings->fresh, settings->fresh_count, chosen);
  Unlocked unlocked;
  locked_compare(&constraints, settings->fresh_count > 0, STEPS, &unlocked);
  decide(&constraints, chosen, &unlocked);
}
