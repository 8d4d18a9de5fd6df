/* One release for each integration. In: what the project says (passes/constraints.h). Out: Decision rows;
 * FX4001 and FX4002 for what cannot be had (passes/conflict.h), FX8006 when the search was given up. */
#include "passes/conflict.h"
#include "passes/locked.h"
#include "passes/phrase.h"

enum { STEPS = 2000000, CONFLICTS_SHOWN = 100, COSTLY_NAMED = 3 };

// What there is to choose from in an integration: its candidates, by the rules about them.
static size_t cost_of(const size_t *rules, const Constraints *c, uint32_t package) {
  return rules[package] * c->candidates[package].count;
}

// The integrations that make a choice large, the largest first.
static size_t find_costly(const Constraints *c, Str names[COSTLY_NAMED]) {
  size_t *rules = arena_array(c->arena, size_t, c->problem.packages + 1), count = 0;
  for (size_t i = 0; i < c->problem.rules.len; i++) rules[c->problem.rules.data[i].to]++;
  while (count < COSTLY_NAMED) {
    uint32_t best = 0;
    for (uint32_t p = 1; p < c->problem.packages; p++)
      if (cost_of(rules, c, p) > cost_of(rules, c, best)) best = p;
    if (!c->problem.packages || !cost_of(rules, c, best)) break;
    names[count++] =
        str_printf(c->arena, "'%.*s'", STR_ARG(ir_integration_name(c->ir, integration_of(best))));
    rules[best] = 0;
  }
  return count;
}

static void report_given_up(const Constraints *c, DiagBag *diags) {
  Str names[COSTLY_NAMED];
  size_t count = find_costly(c, names);
  Diag *d = diag_add(diags, FX8006, SPAN_NONE, "choosing releases took more than %d steps", STEPS);
  if (count)
    diag_note(d, SPAN_NONE, "there is most to choose from in %.*s",
              STR_ARG(phrase_list(c->arena, names, count, "and")));
  diag_help(d, "pin some integrations in the project file");
}

static void report_unfinished(const Constraints *c, SolveVerdict verdict, DiagBag *diags) {
  if (verdict == SOLVE_GAVE_UP) report_given_up(c, diags);
  if (verdict != SOLVE_IMPOSSIBLE) return;
  Diag *d =
      diag_add(diags, FX8006, SPAN_NONE, "more than %d groups of facts exclude each other", CONFLICTS_SHOWN);
  diag_help(d, "cure those that are told here, then run fxc again");
}

// Each conflict is relaxed, so that all of them show. SOLVE_IMPOSSIBLE: there are still more.
static SolveVerdict search(Conflicts *conflicts, uint32_t *chosen) {
  for (;;) {
    SolveVerdict verdict = solve_find(conflicts->constraints->arena, &conflicts->relaxed, chosen);
    if (verdict != SOLVE_IMPOSSIBLE || conflicts->list.len == CONFLICTS_SHOWN) return verdict;
    conflicts_take(conflicts);
  }
}

/* Decisions */

// "maps v3", or "maps" where all of its releases say it.
static Str who_says(const Ir *ir, const Requirement *row) {
  Str name = ir_integration_name(ir, row->integration);
  if (!row->release.n) return name;
  Str label = ir_release_label(ir, row->release);
  return str_printf(ir->arena, "%.*s %.*s", STR_ARG(name), STR_ARG(label));
}

// Somebody else leaves the release out.
static Str excluded_by(const Constraints *c, size_t rule) {
  const Ir *ir = c->ir;
  const Origin *origin = &c->origins.data[rule];
  if (origin->kind == ORIGIN_USE)
    return str_printf(ir->arena, "asked for by %.*s",
                      STR_ARG(ir_str(ir, ir_page(ir, ir_use(ir, origin->use)->page)->path)));
  if (origin->kind != ORIGIN_REQUIREMENT) return STR("");
  const Requirement *row = ir_requirement(ir, origin->requirement);
  Str who = who_says(ir, row);
  if (row->kind == IR_REQUIRES) return str_printf(ir->arena, "required by %.*s", STR_ARG(who));
  const Release *first = ir_release(ir, c->candidates[package_of(origin->target)].releases[0]);
  return str_printf(ir->arena, "%.*s %s %.*s", STR_ARG(who),
                    row->kind == IR_CONFLICTS ? "conflicts with" : "does not work with",
                    STR_ARG(ir_str(ir, first->label.sym)));
}

// The release itself does not go with what is chosen: "v2 requires geocoding ^3".
static Str excluded_itself(const Constraints *c, size_t rule, ReleaseId release) {
  const Ir *ir = c->ir;
  const Origin *origin = &c->origins.data[rule];
  const Requirement *row = ir_requirement(ir, origin->requirement);
  static const char *const verbs[] = {"requires", "works only with", "conflicts with"};
  Str range = ir_str(ir, origin->range);
  return str_printf(ir->arena, "%.*s %s %.*s%s%.*s", STR_ARG(ir_release_label(ir, release)), verbs[row->kind],
                    STR_ARG(ir_integration_name(ir, origin->target)), range.len ? " " : "", STR_ARG(range));
}

static bool is_broken(const SolveRule *rule, const uint32_t *chosen) {
  uint32_t to = chosen[rule->to];
  return to == SOLVE_NONE ? rule->needed : rule->allowed && !solve_set_has(rule->allowed, to);
}

// Why the first candidate was not chosen: the first fact that leaves it out.
static Str why_not_the_first(const Constraints *c, const uint32_t *chosen, uint32_t package) {
  const SolveProblem *problem = &c->problem;
  for (size_t i = 0; i < problem->rules.len; i++) {
    const SolveRule *rule = &problem->rules.data[i];
    bool about = rule->to == package && rule->allowed && solve_rule_holds(rule, chosen);
    Str text = about && !solve_set_has(rule->allowed, 0) ? excluded_by(c, i) : STR("");
    if (text.len) return text;
  }
  for (size_t i = 0; i < problem->rules.len; i++) {
    const SolveRule *rule = &problem->rules.data[i];
    bool says = rule->from == package && (!rule->when || solve_set_has(rule->when, 0));
    if (says && is_broken(rule, chosen)) return excluded_itself(c, i, c->candidates[package].releases[0]);
  }
  return STR("newest that all constraints allow");
}

static Str reason_of(const Constraints *c, const uint32_t *chosen, uint32_t package) {
  const Ir *ir = c->ir;
  uint32_t candidate = chosen[package];
  ReleaseId release = c->candidates[package].releases[candidate];
  if (c->pins[package]) return c->pins[package]->label ? STR("validated") : STR("pinned");
  if (c->forced[package])
    return str_printf(ir->arena, "environment %.*s", STR_ARG(ir_str(ir, c->forced[package]->environment)));
  if (release.n == ir_integration(ir, integration_of(package))->active_release.n) return STR("active");
  if (candidate > 0) return why_not_the_first(c, chosen, package);
  return ir_release(ir, release)->status == IR_STABLE ? STR("newest stable") : STR("newest");
}

// The choice in the candidates of a solution without the lock, which are the same in another order.
static uint32_t *in_order_of(const Constraints *afresh, const Constraints *c, const uint32_t *chosen) {
  uint32_t *mapped = arena_array(c->arena, uint32_t, c->problem.packages + 1);
  for (uint32_t p = 0; p < c->problem.packages; p++)
    mapped[p] = chosen[p] == SOLVE_NONE ? SOLVE_NONE
                                        : constraints_candidate(afresh, c->candidates[p].releases[chosen[p]]);
  return mapped;
}

// What would be chosen without the lock has its own reason, among what is really chosen; the rest is as it is
// because of the lock.
static Str reason_beside_lock(const Unlocked *unlocked, const uint32_t *mapped, uint32_t package) {
  bool same = unlocked->chosen[package] == mapped[package];
  return same ? reason_of(&unlocked->constraints, mapped, package) : STR("locked");
}

static void decide(Constraints *c, const uint32_t *chosen, const Unlocked *unlocked) {
  Ir *ir = c->ir;
  const uint32_t *mapped = unlocked->chosen ? in_order_of(&unlocked->constraints, c, chosen) : NULL;
  for (uint32_t p = 0; p < c->problem.packages; p++) {
    if (chosen[p] == SOLVE_NONE) continue;
    ReleaseId release = c->candidates[p].releases[chosen[p]];
    Str reason = mapped ? reason_beside_lock(unlocked, mapped, p) : reason_of(c, chosen, p);
    ir_add_decision(
        ir, (Decision){.integration = integration_of(p), .release = release, .reason = ir_sym(ir, reason)});
  }
}

void pass_solve(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  Constraints constraints;
  Conflicts conflicts;
  constraints_collect(&constraints, ir, STEPS);
  conflicts_begin(&conflicts, &constraints);
  uint32_t *chosen = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  SolveVerdict verdict = search(&conflicts, chosen);
  conflicts_report(&conflicts, settings, diags);
  report_unfinished(&constraints, verdict, diags);
  if (verdict != SOLVE_FOUND) return;
  // A choice beside conflicts is only for the reports.
  constraints.problem = conflicts.relaxed;
  locked_choose_fresh(&constraints, settings->fresh, settings->fresh_count, chosen);
  Unlocked unlocked;
  locked_compare(&constraints, settings->fresh_count > 0, STEPS, &unlocked);
  decide(&constraints, chosen, &unlocked);
}
