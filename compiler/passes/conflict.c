/* In: rules of which no choice satisfies all. Out: one diagnostic, whose notes are a minimal set of facts
 * that exclude each other, each at its place. */
#include "passes/conflict.h"

#include "passes/facts.h"
#include "passes/replacement.h"

enum { RELEASES_SHOWN = 16 };

static Str name_of(const Constraints *c, IntegrationId id) { return ir_integration_name(c->ir, id); }

static void note_end(Diag *d, const Release *release) {
  if (release->until.days != IR_NO_DATE && span_exists(release->until.span))
    diag_note(d, release->until.span, "supported until this day");
}

/// Whoever asks for a retired release has to leave it: when it ended, and the way on.
static void tell_retired(const Ir *ir, Diag *d, const Release *release) {
  Str label = ir_str(ir, release->label.sym), next = ir_str(ir, release->replaced_by.sym);
  Str guide = ir_str(ir, release->guide.sym);
  note_end(d, release);
  if (next.len) diag_help(d, "'%.*s' is replaced by '%.*s'", STR_ARG(label), STR_ARG(next));
  if (guide.len) diag_help(d, "the way from '%.*s' is described in %.*s", STR_ARG(label), STR_ARG(guide));
}

static void list_releases(const Constraints *c, Diag *d, IntegrationId id) {
  const Ir *ir = c->ir;
  IrRange range = ir_integration(ir, id)->releases;
  for (uint32_t i = 0; i < range.count && i < RELEASES_SHOWN; i++) {
    const Release *release = ir_release_at(ir, range, i);
    Str label = ir_str(ir, release->label.sym), version = ir_str(ir, release->version.text);
    diag_note(d, release->span, "release %.*s is %.*s, %s", STR_ARG(label), STR_ARG(version),
              ir_status_name(release->status));
    if (release->status == IR_RETIRED) tell_retired(ir, d, release);
  }
  if (range.count > RELEASES_SHOWN) diag_note(d, SPAN_NONE, "and %u more", range.count - RELEASES_SHOWN);
}

/* Reports */

static bool some_release_in(const Constraints *c, const Origin *origin) {
  const Range *range = constraints_range((Constraints *)c, origin->range);
  IrRange releases = ir_integration(c->ir, origin->target)->releases;
  for (uint32_t i = 0; i < releases.count; i++)
    if (candidates_in_range(c->ir, range, (ReleaseId){releases.first + i})) return true;
  return false;
}

static bool is_empty(const Constraints *c, const SolveRule *rule) {
  if (!rule->allowed) return false;
  for (uint32_t i = 0; i < c->problem.candidates[rule->to]; i++)
    if (solve_set_has(rule->allowed, i)) return false;
  return true;
}

static const char hidden_cure[] =
    "development, testing and beta releases need a pin in the project file; retired ones are never chosen";
static const char hidden_by_environment[] =
    "a release behind a flag that is off in the environment is never chosen, and a retired one neither";

// Of retired releases that are asked for, the first that can be replaced.
static void offer_replacement(Constraints *c, Diag *d, const Origin *origin) {
  const Range *range = constraints_range(c, origin->range);
  IrRange releases = ir_integration(c->ir, origin->target)->releases;
  for (uint32_t i = 0; i < releases.count; i++) {
    ReleaseId id = {releases.first + i};
    bool retired = ir_release(c->ir, id)->status == IR_RETIRED;
    if (retired && candidates_in_range(c->ir, range, id) && replacement_offer(c, d, id, true)) return;
  }
}

static void report_unsatisfied(Constraints *c, const Origin *origin, DiagBag *diags) {
  Str name = name_of(c, origin->target), shown = ir_str(c->ir, origin->range);
  if (origin->kind == ORIGIN_ENVIRONMENT) shown = ir_str(c->ir, origin->setting->environment);
  bool hidden = some_release_in(c, origin);
  Diag *d =
      diag_add(diags, FX4002, origin->span,
               origin->kind == ORIGIN_ENVIRONMENT ? "no release of '%.*s' that '%.*s' asks for may be chosen"
               : hidden                           ? "no release of '%.*s' that satisfies '%.*s' may be chosen"
                                                  : "no release of '%.*s' satisfies '%.*s'",
               STR_ARG(name), STR_ARG(shown));
  diag_label(d, origin->span, "asked for here");
  list_releases(c, d, origin->target);
  diag_help(d, "%s",
            origin->kind == ORIGIN_ENVIRONMENT ? hidden_by_environment
            : hidden                           ? hidden_cure
                                               : "widen the range, or add a release that it holds");
  if (hidden && origin->range) offer_replacement(c, d, origin);
}

static void report_conflict(const Constraints *c, const bool *core, DiagBag *diags) {
  const Origin *first = NULL;
  uint32_t count = 0;
  for (size_t i = 0; i < c->origins.len; i++) {
    const Origin *origin = &c->origins.data[i];
    if (!core[i]) continue;
    count++;
    bool restricts = c->problem.rules.data[i].allowed != NULL;
    if (restricts && (!first || span_cmp(origin->span, first->span) < 0)) first = origin;
  }
  Str name = name_of(c, first->target);
  Diag *d = diag_add(diags, FX4001, first->span,
                     "no choice of releases satisfies all that is asked of '%.*s'", STR_ARG(name));
  diag_label(d, first->span, "one of %u facts that exclude each other", count);
  Facts facts;
  facts_collect(&facts, c, core, c->ir->arena);
  for (size_t i = 0; i < c->origins.len; i++)
    if (core[i])
      diag_note(d, c->origins.data[i].span, "%.*s", STR_ARG(facts_label(&facts, &c->origins.data[i])));
  list_releases(c, d, first->target);
  diag_help(d, "widen one of these ranges, or add a release that satisfies them all");
}

// What a fact needs stays needed; which releases it leaves is forgotten.
static void relax(Constraints *c, const bool *core) {
  for (size_t i = 0; i < c->origins.len; i++)
    if (core[i]) c->problem.rules.data[i].allowed = NULL;
}

// Whether a fact asks for something, not against it.
static bool is_demand(const Constraints *c, const Origin *origin) {
  if (origin->kind == ORIGIN_ENVIRONMENT) return true;
  bool against =
      origin->kind == ORIGIN_REQUIREMENT && ir_requirement(c->ir, origin->requirement)->kind == IR_CONFLICTS;
  return origin->range && !against;
}

void conflict_report(Constraints *c, DiagBag *diags) {
  size_t n = c->origins.len;
  bool *off = arena_array(c->ir->arena, bool, n + 1), *core = arena_array(c->ir->arena, bool, n + 1);
  for (size_t i = 0; i < n; i++) off[i] = c->problem.rules.data[i].off;
  solve_core(c->ir->arena, &c->problem);
  const Origin *alone = NULL;
  for (size_t i = 0; i < n; i++) {
    core[i] = !c->problem.rules.data[i].off;
    c->problem.rules.data[i].off = off[i];
    if (core[i] && is_empty(c, &c->problem.rules.data[i])) alone = alone ? alone : &c->origins.data[i];
  }
  if (alone && is_demand(c, alone))
    report_unsatisfied(c, alone, diags);
  else
    report_conflict(c, core, diags);
  relax(c, core);
}

void conflict_report_undecidable(const Constraints *c, DiagBag *diags) {
  const Ir *ir = c->ir;
  bool *told = arena_array(ir->arena, bool, ir->integrations.len + 1);
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    IntegrationId id = use->integration;
    if (!id.n || told[id.n] || c->candidates[package_of(id)].count) continue;
    told[id.n] = true;
    if (!ir_integration(ir, id)->releases.count) continue;  // a stub without releases was reported as such
    Str name = ir_str(ir, use->name);
    Diag *d = diag_add(diags, FX4002, use->name_span, "no release of '%.*s' may be chosen", STR_ARG(name));
    diag_label(d, use->name_span, "needed here");
    list_releases(c, d, id);
    diag_help(d, "%s", ir->settings.len ? hidden_by_environment : hidden_cure);
  }
}
