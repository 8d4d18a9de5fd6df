/* In: decisions. Out: the reasons of one. What surprises: a release that no single fact excludes is tried:
 * the solver is asked for a choice that has it, and the facts that make that impossible are the reason. */
#include "passes/why.h"

#include <stdlib.h>

#include "passes/conflict.h"
#include "passes/phrase.h"

enum { PAGES_SHOWN = 5, RELEASES_SHOWN = 12, FACTS_SHOWN = 8, STEPS = 1000000 };

typedef struct WhyRun {
  Why *why;
  Ir *ir;
  Arena *arena;
  Constraints *constraints;
  Facts facts;  // for wording
  uint32_t package;
  uint32_t *chosen;  // by package
} WhyRun;

static WhyFact fact_of(const WhyRun *run, size_t rule) {
  const Origin *origin = &run->constraints->origins.data[rule];
  return (WhyFact){origin->span, facts_label(&run->facts, origin),
                   solve_rule_holds(&run->constraints->problem.rules.data[rule], run->chosen)};
}

/* Who needs it */

typedef struct Way {
  uint32_t *by;  // by package: the rule that needs it first, SOLVE_NONE: none
} Way;

// Packages in the order of their distance from the pages.
static Way find_way(const WhyRun *run) {
  const SolveProblem *problem = &run->constraints->problem;
  Way way = {arena_array(run->arena, uint32_t, problem->packages + 1)};
  for (uint32_t p = 0; p < problem->packages; p++) way.by[p] = SOLVE_NONE;
  uint32_t *queue = arena_array(run->arena, uint32_t, problem->packages + 2);
  size_t count = 1;
  queue[0] = SOLVE_NONE;  // stands for the pages
  for (size_t i = 0; i < count && way.by[run->package] == SOLVE_NONE; i++) {
    for (uint32_t r = 0; r < problem->rules.len; r++) {
      const SolveRule *rule = &problem->rules.data[r];
      if (rule->from != queue[i] || !rule->needed || !solve_rule_holds(rule, run->chosen)) continue;
      if (way.by[rule->to] != SOLVE_NONE || run->chosen[rule->to] == SOLVE_NONE) continue;
      way.by[rule->to] = r;
      queue[count++] = rule->to;
    }
  }
  return way;
}

static void tell_way(const WhyRun *run) {
  Way way = find_way(run);
  WhyFacts back = {0};
  for (uint32_t p = run->package; p != SOLVE_NONE && way.by[p] != SOLVE_NONE;
       p = run->constraints->problem.rules.data[way.by[p]].from)
    vec_push(run->arena, &back, fact_of(run, way.by[p]));
  for (size_t i = back.len; i-- > 0;) vec_push(run->arena, &run->why->needed, back.data[i]);
}

/* What is said */

static bool is_use(const Origin *origin) {
  return origin->kind == ORIGIN_USE || origin->kind == ORIGIN_DEPENDS;
}

static void tell_uses(const WhyRun *run) {
  size_t shown = 0;
  for (uint32_t n = 1; n <= run->ir->uses.len; n++) {
    const Use *use = ir_use(run->ir, (UseId){n});
    if (use->integration.n != run->why->integration.n || !use->page.n) continue;
    if (shown++ >= PAGES_SHOWN) continue;
    Origin origin = {.kind = use->by_dependency ? ORIGIN_DEPENDS : ORIGIN_USE,
                     .target = use->integration,
                     .range = use->range.sym,
                     .span = span_exists(use->range.span) ? use->range.span : use->name_span,
                     .use = {n}};
    WhyFact fact = {origin.span, facts_label(&run->facts, &origin), true};
    vec_push(run->arena, &run->why->said, fact);
  }
  run->why->more = shown > PAGES_SHOWN ? shown - PAGES_SHOWN : 0;
}

static void tell_rules(const WhyRun *run, bool counting) {
  const Constraints *c = run->constraints;
  for (size_t i = 0; i < c->origins.len; i++) {
    const SolveRule *rule = &c->problem.rules.data[i];
    if (rule->to == run->package && solve_rule_holds(rule, run->chosen) == counting &&
        !is_use(&c->origins.data[i]))
      vec_push(run->arena, &run->why->said, fact_of(run, i));
  }
}

static void tell_lock(const WhyRun *run) {
  const Ir *ir = run->ir;
  Sym name = ir_integration(ir, run->why->integration)->name;
  for (size_t i = 0; i < ir->locks.len; i++) {
    const Lock *lock = &ir->locks.data[i];
    if (lock->name != name) continue;
    WhyFact fact = {lock->span,
                    str_printf(run->arena, "the lock has '%.*s' %.*s", STR_ARG(ir_str(ir, name)),
                               STR_ARG(ir_str(ir, lock->label.sym))),
                    !lock->fresh};
    vec_push(run->arena, &run->why->said, fact);
  }
}

/* The other releases */

static bool excluded_by_one(const WhyRun *run, uint32_t candidate, WhyNot *entry) {
  const SolveProblem *problem = &run->constraints->problem;
  for (size_t i = 0; i < problem->rules.len && entry->facts.len < FACTS_SHOWN; i++) {
    const SolveRule *rule = &problem->rules.data[i];
    if (rule->to != run->package || !rule->allowed || !solve_rule_holds(rule, run->chosen)) continue;
    if (!solve_set_has(rule->allowed, candidate)) vec_push(run->arena, &entry->facts, fact_of(run, i));
  }
  return entry->facts.len > 0;
}

// What would be different if the release were chosen, of what was preferred to it.
static Str what_it_costs(const WhyRun *run, const uint32_t *other) {
  const Constraints *c = run->constraints;
  for (uint32_t p = 0; p < c->problem.packages; p++) {
    if (p == run->package || other[p] == run->chosen[p] || run->chosen[p] == SOLVE_NONE) continue;
    if (other[p] == SOLVE_NONE) continue;
    Str now = phrase_release(run->ir, run->arena, c->candidates[p].releases[run->chosen[p]]);
    Str then = phrase_named_release(run->ir, run->arena, c->candidates[p].releases[other[p]]);
    return str_printf(run->arena, "needs %.*s instead of %.*s, which is chosen before it", STR_ARG(then),
                      STR_ARG(now));
  }
  return STR("is less liked");
}

// What the release says itself counts, as it is tried.
static void tell_tried(const WhyRun *run, size_t rule, WhyNot *entry) {
  WhyFact fact = fact_of(run, rule);
  fact.counts = fact.counts || run->constraints->problem.rules.data[rule].from == run->package;
  vec_push(run->arena, &entry->facts, fact);
}

static void tell_core(const WhyRun *run, const SolveProblem *problem, WhyNot *entry) {
  for (size_t i = 0; i + 1 < problem->rules.len; i++)  // the last is the release that is tried
    if (!problem->rules.data[i].off && entry->facts.len < FACTS_SHOWN) tell_tried(run, i, entry);
}

static void try_release(const WhyRun *run, uint32_t candidate, WhyNot *entry) {
  const Constraints *c = run->constraints;
  SolveProblem problem = trial_copy(c, run->arena);
  uint64_t *only = arena_array(run->arena, uint64_t, solve_set_words(c->problem.candidates[run->package]));
  uint32_t *other = arena_array(run->arena, uint32_t, problem.packages + 1);
  only[candidate / 64] |= UINT64_C(1) << candidate % 64;
  SolveRule it = {.from = SOLVE_NONE, .to = run->package, .allowed = only, .needed = true};
  problem.rules.data[problem.rules.len++] = it;
  problem.steps = STEPS;
  SolveVerdict verdict = solve_find(run->arena, &problem, other);
  if (verdict == SOLVE_FOUND) entry->reason = what_it_costs(run, other);
  if (verdict == SOLVE_GAVE_UP) entry->reason = STR("takes too many steps to try");
  if (verdict != SOLVE_IMPOSSIBLE) return;
  problem.steps = STEPS;
  solve_core(run->arena, &problem);
  tell_core(run, &problem, entry);
}

static Str why_less_liked(const WhyRun *run, ReleaseId id) {
  const Release *release = ir_release(run->ir, id);
  bool later = release->available_from.days != IR_NO_DATE && release->available_from.days > run->ir->today;
  if (release->status == IR_DEPRECATED) return STR("is deprecated");
  if (later) return STR("is not available yet");
  Str chosen = phrase_release(run->ir, run->arena, run->why->chosen);
  return str_printf(run->arena, "would do, but %.*s is preferred: %.*s", STR_ARG(chosen),
                    STR_ARG(run->why->reason));
}

static void tell_other(const WhyRun *run, ReleaseId id) {
  const Constraints *c = run->constraints;
  WhyNot entry = {.release = id};
  uint32_t candidate = constraints_candidate(c, id), chosen = run->chosen[run->package];
  if (candidate == SOLVE_NONE)
    entry.reason = conflict_why_hidden(c, run->arena, id);
  else if (!excluded_by_one(run, candidate, &entry) && candidate > chosen)
    entry.reason = why_less_liked(run, id);
  else if (!entry.facts.len)
    try_release(run, candidate, &entry);
  vec_push(run->arena, &run->why->others, entry);
}

typedef struct Aged {
  ReleaseId id;
  Version version;
} Aged;

static int newest_first(const void *a, const void *b) {
  const Aged *x = a, *y = b;
  int order = version_cmp(&y->version, &x->version);
  return order ? order : (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

static bool is_of_interest(const WhyRun *run, const Aged *release) {
  ReleaseId chosen = run->why->chosen;
  if (!chosen.n || release->id.n == chosen.n) return false;
  Version version = ir_version(run->ir, &ir_release(run->ir, chosen)->version);
  uint32_t candidate = constraints_candidate(run->constraints, release->id);
  return version_cmp(&release->version, &version) > 0 ||
         (candidate != SOLVE_NONE && candidate < run->chosen[run->package]);
}

static void tell_others(const WhyRun *run) {
  IrRange range = ir_integration(run->ir, run->why->integration)->releases;
  Aged *list = arena_array(run->arena, Aged, range.count + 1);
  for (uint32_t i = 0; i < range.count; i++) {
    ReleaseId id = {range.first + i};
    list[i] = (Aged){id, ir_version(run->ir, &ir_release(run->ir, id)->version)};
  }
  if (range.count) qsort(list, range.count, sizeof *list, newest_first);
  for (uint32_t i = 0; i < range.count && run->why->others.len < RELEASES_SHOWN; i++)
    if (is_of_interest(run, &list[i])) tell_other(run, list[i].id);
}

/* All of it */

static void find_chosen(WhyRun *run) {
  const Constraints *c = run->constraints;
  run->chosen = arena_array(run->arena, uint32_t, c->problem.packages + 1);
  for (uint32_t p = 0; p < c->problem.packages; p++) run->chosen[p] = SOLVE_NONE;
  for (size_t i = 0; i < run->ir->decisions.len; i++) {
    const Decision *decision = &run->ir->decisions.data[i];
    run->chosen[package_of(decision->integration)] = constraints_candidate(c, decision->release);
    if (decision->integration.n != run->why->integration.n) continue;
    run->why->chosen = decision->release;
    run->why->reason = ir_str(run->ir, decision->reason);
  }
}

void why_find(Why *why, Ir *ir, Arena *arena, IntegrationId integration) {
  *why = (Why){.integration = integration};
  Constraints *constraints = arena_new(arena, Constraints);
  constraints_collect(constraints, ir, STEPS);
  WhyRun run = {.why = why,
                .ir = ir,
                .arena = arena,
                .constraints = constraints,
                .facts = {.constraints = constraints, .arena = arena},
                .package = package_of(integration)};
  find_chosen(&run);
  tell_way(&run);
  tell_uses(&run);
  tell_rules(&run, true);
  tell_lock(&run);
  tell_rules(&run, false);
  tell_others(&run);
}
