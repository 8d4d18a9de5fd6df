/* In: rules of which no choice satisfies all. Out: a diagnostic for each minimal set of facts that exclude
 * each other: the facts at their places, the argument, cures. What surprises: a conflict is relaxed before
 * the next is looked for, but what is printed and tried is about the rules as they were. */
#include "passes/conflict.h"

#include "passes/cure.h"
#include "passes/derivation.h"
#include "passes/resolve.h"

enum { CORE_STEPS = 1000000, PROOF_STEPS = 200000, CURE_STEPS = 2000000, CURE_TRIALS = 200 };

void conflicts_begin(Conflicts *conflicts, const Constraints *constraints) {
  *conflicts = (Conflicts){.constraints = constraints, .cure_steps = CURE_STEPS, .cure_trials = CURE_TRIALS};
  conflicts->relaxed = trial_copy(constraints, constraints->arena);
}

void conflicts_take(Conflicts *conflicts) {
  Arena *arena = conflicts->constraints->arena;
  SolveProblem *problem = &conflicts->relaxed;
  size_t left = problem->steps;
  Conflict conflict = {.core = arena_array(arena, bool, problem->rules.len + 1)};
  problem->steps = CORE_STEPS;
  trial_relax(conflicts->constraints, problem, conflict.core);
  problem->steps = left;
  vec_push(arena, &conflicts->list, conflict);
}

/* Reports */

// Whether a fact asks for something, not against it.
static bool is_demand(const Facts *facts, const Fact *fact) {
  const Origin *origin = fact->origin;
  if (origin->kind != ORIGIN_REQUIREMENT) return true;
  return ir_requirement(facts->constraints->ir, origin->requirement)->kind != IR_CONFLICTS;
}

// The one fact that leaves no release of its target; NULL when there is none or several.
static const Fact *unsatisfied(const Facts *facts) {
  const Fact *found = NULL;
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    if (!facts_is_empty(facts, fact) || !is_demand(facts, fact)) continue;
    if (found) return NULL;
    found = fact;
  }
  return found;
}

static void argue(const Facts *facts, Diag *diag) {
  size_t steps = PROOF_STEPS;
  if (facts->list.len < 3) return;
  Derivation derivation = derivation_of(facts, &steps);
  for (size_t i = 0; i < derivation.lines.len; i++)
    diag_note(diag, SPAN_NONE, "%.*s", STR_ARG(derivation.lines.data[i]));
  if (derivation.left_out)
    diag_note(diag, SPAN_NONE, "these facts exclude each other by an argument of %zu steps",
              derivation.left_out);
}

static void set_page(Facts *facts, const Fact *fact) {
  if (fact->origin->use.n && fact->origin->kind != ORIGIN_REQUIREMENT)
    facts->page = ir_use(facts->constraints->ir, fact->origin->use)->page;
}

static bool is_total_conflict(const Facts *facts, const Fact *fact) {
  const Origin *origin = fact->origin;
  return origin->kind == ORIGIN_REQUIREMENT &&
         resolve_conflict_is_total(facts->constraints->ir,
                                   ir_requirement(facts->constraints->ir, origin->requirement));
}

// The fact that two integrations never go together, where nothing else speaks against them.
static const Fact *total_conflict(const Facts *facts) {
  const Fact *found = NULL;
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    if (!facts_restricts(facts, fact)) continue;
    if (found || !is_total_conflict(facts, fact)) return NULL;
    found = fact;
  }
  return found;
}

static Diag *report_total_conflict(const Facts *facts, const Fact *fact, DiagBag *diags) {
  const Ir *ir = facts->constraints->ir;
  const Requirement *row = ir_requirement(ir, fact->origin->requirement);
  Str name = ir_integration_name(ir, row->integration), target = ir_str(ir, row->target);
  if (row->resolved.n == row->integration.n) {
    Diag *diag = diag_add(diags, FX3004, fact->origin->span, "'%.*s' conflicts with itself", STR_ARG(name));
    conflict_label(facts, diag);
    return diag;
  }
  Diag *diag = diag_add(diags, FX3004, fact->origin->span,
                        "'%.*s' conflicts with '%.*s', and both are in use", STR_ARG(name), STR_ARG(target));
  conflict_label(facts, diag);
  if (facts->list.len > 3) argue(facts, diag);  // else the message says it
  diag_help(diag,
            "give up one of the two uses, or name under 'conflicts' only the releases that do conflict");
  return diag;
}

static Diag *report_contradiction(Facts *facts, DiagBag *diags) {
  const Fact *total = total_conflict(facts);
  if (total) return report_total_conflict(facts, total, diags);
  Contest contest = conflict_contest(facts);
  set_page(facts, contest.primary);
  Str message = conflict_message(facts, &contest);
  Diag *diag = diag_add(diags, FX4001, contest.primary->origin->span, "%.*s", STR_ARG(message));
  conflict_label(facts, diag);
  argue(facts, diag);
  conflict_note_releases(facts, diag, contest.package);
  return diag;
}

// What earlier conflicts took out of the way.
static const bool *relaxed_before(const Conflicts *conflicts, size_t index) {
  size_t count = conflicts->constraints->origins.len;
  bool *relaxed = index ? arena_array(conflicts->constraints->arena, bool, count + 1) : NULL;
  for (size_t n = 0; n < index; n++)
    for (size_t i = 0; i < count; i++) relaxed[i] = relaxed[i] || conflicts->list.data[n].core[i];
  return relaxed;
}

static void report(Conflicts *conflicts, size_t index, const PassSettings *settings, DiagBag *diags) {
  const Constraints *c = conflicts->constraints;
  Facts facts;
  facts_collect(&facts, c, conflicts->list.data[index].core, relaxed_before(conflicts, index), c->arena);
  const Fact *alone = unsatisfied(&facts);
  if (alone) set_page(&facts, alone);
  Diag *diag =
      alone ? conflict_report_unsatisfied(&facts, alone, diags) : report_contradiction(&facts, diags);
  cures_add(conflicts, index, &facts, settings, diag);
  if (!diag->helps.len) diag_help(diag, "%s", conflict_general_help(alone));
}

void conflicts_report(Conflicts *conflicts, const PassSettings *settings, DiagBag *diags) {
  for (size_t i = 0; i < conflicts->list.len; i++) report(conflicts, i, settings, diags);
}
