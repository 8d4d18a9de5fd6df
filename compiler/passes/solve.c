/* One release for each integration. In: ranges of uses, requirements and pins, statuses, dates. Out: Decision
 * rows; FX4001 with the constraints that exclude each other, FX4002 for a range that no release can satisfy,
 * FX4004 and FX4005 for deprecated releases, FX8006 when the search was given up.
 *
 * A range that nothing satisfies is reported alone and then ignored, so that it does not come up again as a
 * conflict. */
#include "passes/solve.h"

#include "passes/candidates.h"
#include "passes/resolve.h"

enum { STEPS = 2000000, CONFLICTS_SHOWN = 16 };

// Beside each SolveConstraint: where it comes from.
typedef struct Origin {
  Sym range;  // 0: none, that is any version
  Span span;  // of the range, else of the name
  IntegrationId target;
  PageId page;                // a use
  RequirementId requirement;  // or a requirement
  bool pin;                   // or a pin
} Origin;

typedef struct Solve {
  Ir *ir;
  DiagBag *diags;
  SolveProblem problem;
  VEC(Origin) origins;     // by constraint
  Candidates *candidates;  // by package: IntegrationId.n - 1
  const Pin **pins;
  const Setting **forced;  // by the environment
  bool *needed;            // linked by resolve
  StrMap ranges;           // parsed, by text: index in parsed
  VEC(Range *) parsed;     // NULL for a malformed one, which was reported where it was read
} Solve;

static uint32_t package_of(IntegrationId id) { return id.n - 1; }

static Str integration_name(const Solve *run, IntegrationId id) {
  return ir_str(run->ir, ir_integration(run->ir, id)->name);
}

// NULL for no range and for a malformed one.
static const Range *range_of(Solve *run, Sym text) {
  if (!text) return NULL;
  Ir *ir = run->ir;
  bool added;
  uint32_t *index = strmap_put(ir->arena, &run->ranges, ir_str(ir, text), &added);
  if (added) {
    Range *range = arena_new(ir->arena, Range);
    VersionFault fault;
    if (!range_parse(ir->arena, ir_str(ir, text), range, &fault)) range = NULL;
    *index = (uint32_t)run->parsed.len;
    vec_push(ir->arena, &run->parsed, range);
  }
  return run->parsed.data[*index];
}

/* Candidates */

static void find_pins(Solve *run) {
  Ir *ir = run->ir;
  run->pins = arena_array(ir->arena, const Pin *, ir->integrations.len + 1);
  for (size_t i = 0; i < ir->pins.len; i++) {
    IntegrationId id = ir_find_integration(ir, ir_str(ir, ir->pins.data[i].name));
    if (id.n) run->pins[package_of(id)] = &ir->pins.data[i];
  }
}

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

static void list_releases(const Solve *run, Diag *d, IntegrationId id) {
  const Ir *ir = run->ir;
  IrRange range = ir_integration(ir, id)->releases;
  for (uint32_t i = 0; i < range.count && i < CONFLICTS_SHOWN; i++) {
    const Release *release = ir_release_at(ir, range, i);
    Str label = ir_str(ir, release->label.sym), version = ir_str(ir, release->version.text);
    diag_note(d, release->span, "release %.*s is %.*s, %s", STR_ARG(label), STR_ARG(version),
              ir_status_name(release->status));
    if (release->status == IR_RETIRED) tell_retired(ir, d, release);
  }
  if (range.count > CONFLICTS_SHOWN) diag_note(d, SPAN_NONE, "and %u more", range.count - CONFLICTS_SHOWN);
}

static bool some_release_in(const Solve *run, IntegrationId id, const Range *range) {
  IrRange releases = ir_integration(run->ir, id)->releases;
  for (uint32_t i = 0; i < releases.count; i++)
    if (candidates_in_range(run->ir, range, (ReleaseId){releases.first + i})) return true;
  return false;
}

static bool some_candidate_in(const Solve *run, IntegrationId id, const Range *range) {
  const Candidates *candidates = &run->candidates[package_of(id)];
  for (uint32_t i = 0; i < candidates->count; i++)
    if (candidates_in_range(run->ir, range, candidates->releases[i])) return true;
  return false;
}

static const char hidden_cure[] =
    "development, testing and beta releases need a pin in the project file; retired ones are never chosen";

static void report_unsatisfied(Solve *run, IntegrationId id, const Range *range, Sym text, Span span) {
  Str name = integration_name(run, id), shown = ir_str(run->ir, text);
  bool hidden = some_release_in(run, id, range);
  Diag *d = diag_add(run->diags, FX4002, span,
                     hidden ? "no release of '%.*s' that satisfies '%.*s' may be chosen"
                            : "no release of '%.*s' satisfies '%.*s'",
                     STR_ARG(name), STR_ARG(shown));
  diag_label(d, span, "asked for here");
  list_releases(run, d, id);
  diag_help(d, "%s", hidden ? hidden_cure : "widen the range, or add a release that it holds");
}

// The release that an earlier run chose.
static Candidates only_release(Ir *ir, IntegrationId id, Sym label) {
  Candidates found = {arena_array(ir->arena, ReleaseId, 1), 1};
  found.releases[0] = ir_find_release(ir, id, label);
  if (!found.releases[0].n || ir_release(ir, found.releases[0])->status == IR_RETIRED) found.count = 0;
  return found;
}

static const char hidden_by_environment[] =
    "a release behind a flag that is off in the environment is never chosen, and a retired one neither";

// The provider that the environment names has no release that the pin allows. A name that no release has is
// reported where environments are checked.
static void report_unforced(Solve *run, IntegrationId id, const Setting *forced) {
  const Ir *ir = run->ir;
  IrRange releases = ir_integration(ir, id)->releases;
  bool known = false;
  for (uint32_t i = 0; i < releases.count && !known; i++)
    known = candidates_is_forced(ir, forced, ir_release_at(ir, releases, i));
  if (!known) return;
  Str name = integration_name(run, id), environment = ir_str(ir, forced->environment);
  Diag *d =
      diag_add(run->diags, FX4002, forced->span, "no release of '%.*s' that '%.*s' asks for may be chosen",
               STR_ARG(name), STR_ARG(environment));
  diag_label(d, forced->span, "asked for here");
  list_releases(run, d, id);
  const Pin *pin = run->pins[package_of(id)];
  if (pin) diag_note(d, pin->span, "the project pins '%.*s'", STR_ARG(name));
  diag_help(d,
            "retired releases are never chosen, nor those behind a flag that the environment switches off");
}

// What one integration may be, and what is asked for but cannot be had.
static Candidates candidates_under(Solve *run, IntegrationId id, const Range *range) {
  const Setting *forced = run->forced[package_of(id)];
  Candidates found = candidates_of(run->ir, id, range, forced);
  if (found.count || !forced) return found;
  if (run->needed[id.n] && candidates_of(run->ir, id, range, NULL).count) report_unforced(run, id, forced);
  run->forced[package_of(id)] = NULL;
  return candidates_of(run->ir, id, range, NULL);
}

static void find_candidates(Solve *run) {
  Ir *ir = run->ir;
  run->candidates = arena_array(ir->arena, Candidates, ir->integrations.len + 1);
  run->forced = arena_array(ir->arena, const Setting *, ir->integrations.len + 1);
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    IntegrationId id = {n};
    const Pin *pin = run->pins[n - 1];
    const Range *range = pin ? range_of(run, pin->range.sym) : NULL;
    bool decided = pin && pin->label;
    if (!decided) run->forced[n - 1] = candidates_forced(ir, id);
    Candidates found = decided ? only_release(ir, id, pin->label) : candidates_under(run, id, range);
    if (range && !found.count && run->needed[n]) {
      report_unsatisfied(run, id, range, pin->range.sym,
                         span_exists(pin->range.span) ? pin->range.span : pin->span);
      found = candidates_under(run, id, NULL);
    }
    run->candidates[n - 1] = found;
  }
}

// A stub without releases was reported as such.
static void report_undecidable(Solve *run) {
  Ir *ir = run->ir;
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    IntegrationId id = use->integration;
    if (!id.n || run->candidates[package_of(id)].count || !ir_integration(ir, id)->releases.count) continue;
    if (!run->needed[id.n]) continue;
    run->needed[id.n] = false;  // once
    Str name = ir_str(ir, use->name);
    Diag *d =
        diag_add(run->diags, FX4002, use->name_span, "no release of '%.*s' may be chosen", STR_ARG(name));
    diag_label(d, use->name_span, "needed here");
    list_releases(run, d, id);
    diag_help(d, "%s", ir->settings.len ? hidden_by_environment : hidden_cure);
  }
}

/* Constraints */

static const uint8_t *allowed_bits(Solve *run, IntegrationId id, const Range *range, bool inverted) {
  const Candidates *candidates = &run->candidates[package_of(id)];
  uint8_t *bits = arena_array(run->ir->arena, uint8_t, candidates->count / 8 + 1);
  for (uint32_t i = 0; i < candidates->count; i++)
    if (candidates_in_range(run->ir, range, candidates->releases[i]) != inverted)
      bits[i / 8] = (uint8_t)(bits[i / 8] | (1u << (i % 8)));
  return bits;
}

static void constrain(Solve *run, SolveRef from, Origin origin, const Range *range, bool inverted) {
  const uint8_t *bits = allowed_bits(run, origin.target, range, inverted);
  vec_push(run->ir->arena, &run->problem.constraints,
           (SolveConstraint){.from = from, .to = package_of(origin.target), .allowed = bits});
  vec_push(run->ir->arena, &run->origins, origin);
}

// Each range of a target once, with its first place.
static void add_uses(Solve *run) {
  Ir *ir = run->ir;
  StrMap seen = {0};
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    if (!use->integration.n) continue;
    if (!use->by_dependency || use->page.n)
      vec_push(ir->arena, &run->problem.roots, package_of(use->integration));
    const Range *range = range_of(run, use->range.sym);
    if (!range || !run->candidates[package_of(use->integration)].count) continue;
    uint32_t *key = arena_array(ir->arena, uint32_t, 2);
    key[0] = use->integration.n;
    key[1] = use->range.sym;
    bool added;
    strmap_put(ir->arena, &seen, (Str){(const char *)key, 2 * sizeof *key}, &added);
    if (!added) continue;
    if (!some_candidate_in(run, use->integration, range)) {
      uint32_t package = package_of(use->integration);
      bool pinned =
          (run->pins[package] || run->forced[package]) && some_release_in(run, use->integration, range);
      if (!pinned) {
        report_unsatisfied(run, use->integration, range, use->range.sym, use->range.span);
        continue;
      }
    }
    Origin origin = {
        .range = use->range.sym, .span = use->range.span, .target = use->integration, .page = use->page};
    constrain(run, (SolveRef){SOLVE_ALL, SOLVE_ALL}, origin, range, false);
  }
}

static uint32_t candidate_index(const Solve *run, IntegrationId id, ReleaseId release) {
  const Candidates *candidates = &run->candidates[package_of(id)];
  for (uint32_t i = 0; i < candidates->count; i++)
    if (candidates->releases[i].n == release.n) return i;
  return SOLVE_ALL;
}

// Whether nothing but the requirement can be at fault: it is of all releases, or of the only candidate.
static bool unavoidable(const Solve *run, const Requirement *requirement) {
  return !requirement->release.n || run->candidates[package_of(requirement->integration)].count == 1;
}

static void add_requirement(Solve *run, RequirementId id) {
  Ir *ir = run->ir;
  const Requirement *row = ir_requirement(ir, id);
  SolveRef from = {package_of(row->integration), SOLVE_ALL};
  if (row->release.n) {
    from.candidate = candidate_index(run, row->integration, row->release);
    if (from.candidate == SOLVE_ALL) return;  // that release is no candidate
  }
  if (row->kind == IR_REQUIRES)
    vec_push(ir->arena, &run->problem.needs, (SolveNeed){from, package_of(row->resolved)});
  const Range *range = range_of(run, row->range.sym);
  bool conflict = row->kind == IR_CONFLICTS;
  if (row->range.sym && !range) return;  // malformed, reported where it was read
  if (!range && !conflict) return;
  if (!run->candidates[package_of(row->resolved)].count) return;
  Span span = span_exists(row->range.span) ? row->range.span : row->span;
  if (!conflict && unavoidable(run, row) && !some_candidate_in(run, row->resolved, range)) {
    if (run->needed[row->integration.n] && run->needed[row->resolved.n])
      report_unsatisfied(run, row->resolved, range, row->range.sym, span);
    return;
  }
  Origin origin = {.range = row->range.sym, .span = span, .target = row->resolved, .requirement = id};
  constrain(run, from, origin, range, conflict);
}

static void add_requirements(Solve *run) {
  Ir *ir = run->ir;
  for (uint32_t n = 1; n <= ir->requirements.len; n++) {
    const Requirement *row = ir_requirement(ir, (RequirementId){n});
    bool said = !row->resolved.n || ir_integration(ir, row->integration)->shadowed ||
                row->resolved.n == row->integration.n || resolve_conflict_is_total(ir, row);
    if (!said) add_requirement(run, (RequirementId){n});
  }
}

/* Conflicts */

static void explain_origin(const Solve *run, Diag *d, const Origin *origin) {
  const Ir *ir = run->ir;
  Str target = integration_name(run, origin->target), range = ir_str(ir, origin->range);
  if (!origin->requirement.n) {
    diag_note(d, origin->span, "this page asks for '%.*s' %.*s", STR_ARG(target), STR_ARG(range));
    return;
  }
  const Requirement *row = ir_requirement(ir, origin->requirement);
  Str from = integration_name(run, row->integration);
  Str label = row->release.n ? ir_str(ir, ir_release(ir, row->release)->label.sym) : STR("");
  diag_note(d, origin->span, "'%.*s'%s%.*s %s '%.*s' %.*s", STR_ARG(from), label.len ? " " : "",
            STR_ARG(label), row->kind == IR_CONFLICTS ? "conflicts with" : "requires", STR_ARG(target),
            STR_ARG(range));
}

static void explain_pins(const Solve *run, Diag *d, const bool *named) {
  for (uint32_t p = 0; p < run->problem.packages; p++) {
    const Pin *pin = run->pins[p];
    if (named[p] && run->forced[p]) {
      Str environment = ir_str(run->ir, run->forced[p]->environment);
      diag_note(d, run->forced[p]->span, "the environment '%.*s' asks for this", STR_ARG(environment));
    }
    if (!named[p] || !pin) continue;
    Str name = ir_str(run->ir, pin->name), what = ir_str(run->ir, pin->label ? pin->label : pin->range.sym);
    diag_note(
        d, pin->span,
        pin->label ? "the validation chose for '%.*s' the release %.*s" : "the project pins '%.*s' to %.*s",
        STR_ARG(name), STR_ARG(what));
  }
}

static uint32_t count_pins(const Solve *run, const bool *named) {
  uint32_t count = 0;
  for (uint32_t p = 0; p < run->problem.packages; p++)
    if (named[p]) count += (run->pins[p] ? 1u : 0u) + (run->forced[p] ? 1u : 0u);
  return count;
}

static void report_conflict(Solve *run, const bool *off_before) {
  const Origin *first = NULL;
  bool *named = arena_array(run->ir->arena, bool, run->problem.packages + 1);
  uint32_t count = 0;
  for (size_t i = 0; i < run->origins.len; i++) {
    if (run->problem.constraints.data[i].off || off_before[i]) continue;
    const Origin *origin = &run->origins.data[i];
    bool earlier = !first || span_cmp(origin->span, first->span) < 0;
    if (earlier) first = origin;
    named[package_of(origin->target)] = true;
    count++;
  }
  if (!first) return;
  Str name = integration_name(run, first->target);
  Diag *d = diag_add(run->diags, FX4001, first->span,
                     "no choice of releases satisfies all that is asked of '%.*s'", STR_ARG(name));
  count += count_pins(run, named);
  if (count > 1)
    diag_label(d, first->span, "one of %u constraints that exclude each other", count);
  else
    diag_label(d, first->span, "excludes every release");
  for (size_t i = 0; i < run->origins.len; i++)
    if (!run->problem.constraints.data[i].off && !off_before[i])
      explain_origin(run, d, &run->origins.data[i]);
  explain_pins(run, d, named);
  list_releases(run, d, first->target);
  diag_help(d, "widen one of these ranges, or add a release that satisfies them all");
}

// Reports the constraints that exclude each other, then goes on without them.
static void explain(Solve *run) {
  size_t n = run->problem.constraints.len;
  bool *off_before = arena_array(run->ir->arena, bool, n + 1);
  for (size_t i = 0; i < n; i++) off_before[i] = run->problem.constraints.data[i].off;
  solve_core(run->ir->arena, &run->problem);
  report_conflict(run, off_before);
  for (size_t i = 0; i < n; i++) {
    SolveConstraint *constraint = &run->problem.constraints.data[i];
    bool in_core = !constraint->off;
    constraint->off = off_before[i] || in_core;
  }
}

static bool search(Solve *run, uint32_t *chosen) {
  for (int round = 0; round <= CONFLICTS_SHOWN; round++) {
    SolveVerdict verdict = solve_find(run->ir->arena, &run->problem, chosen);
    if (verdict == SOLVE_FOUND) return true;
    if (verdict == SOLVE_GAVE_UP) break;
    explain(run);
    if (run->problem.steps < 1000) run->problem.steps = 1000;
  }
  Diag *d = diag_add(run->diags, FX8006, SPAN_NONE, "choosing releases took more than %d steps", STEPS);
  diag_help(d, "pin some integrations in the project file");
  return false;
}

/* Decisions */

static Str reason_of(Solve *run, uint32_t package, uint32_t candidate) {
  Ir *ir = run->ir;
  const Integration *integration = ir_integration(ir, (IntegrationId){package + 1});
  ReleaseId chosen = run->candidates[package].releases[candidate];
  if (run->pins[package]) return run->pins[package]->label ? STR("validated") : STR("pinned");
  if (run->forced[package])
    return str_printf(ir->arena, "environment %.*s", STR_ARG(ir_str(ir, run->forced[package]->environment)));
  if (chosen.n == integration->active_release.n) return STR("active");
  if (candidate == 0)
    return ir_release(ir, chosen)->status == IR_STABLE ? STR("newest stable") : STR("newest");
  for (size_t i = 0; i < run->origins.len; i++) {  // what excluded the release that comes first
    const Origin *origin = &run->origins.data[i];
    const SolveConstraint *constraint = &run->problem.constraints.data[i];
    if (constraint->to != package || constraint->off || (constraint->allowed[0] & 1)) continue;
    if (origin->page.n)
      return str_printf(ir->arena, "asked for by %.*s", STR_ARG(ir_str(ir, ir_page(ir, origin->page)->path)));
    if (!origin->requirement.n) continue;
    Str from = integration_name(run, ir_requirement(ir, origin->requirement)->integration);
    return str_printf(ir->arena, "required by %.*s", STR_ARG(from));
  }
  return STR("newest that satisfies all constraints");
}

static void check_deprecated(Solve *run, ReleaseId id) {
  Ir *ir = run->ir;
  const Release *release = ir_release(ir, id);
  if (release->status != IR_DEPRECATED) return;
  const Integration *integration = ir_integration(ir, release->integration);
  bool ended = release->until.days != IR_NO_DATE && release->until.days < ir->today;
  bool active = integration->active_release.n == id.n && span_exists(integration->active.span);
  Span span = active ? integration->active.span : release->span;
  Str name = ir_str(ir, integration->name), label = ir_str(ir, release->label.sym);
  Diag *d = diag_add(
      run->diags, ended ? FX4005 : FX4004, span,
      ended ? "support for release '%.*s' of '%.*s' has ended" : "release '%.*s' of '%.*s' is deprecated",
      STR_ARG(label), STR_ARG(name));
  diag_label(d, span, "chosen here");
  note_end(d, release);
  Str next = ir_str(ir, release->replaced_by.sym);
  if (next.len) diag_help(d, "it is replaced by '%.*s'", STR_ARG(next));
  Str guide = ir_str(ir, release->guide.sym);
  if (guide.len) diag_help(d, "the way there is described in %.*s", STR_ARG(guide));
}

static void decide(Solve *run, const uint32_t *chosen) {
  Ir *ir = run->ir;
  for (uint32_t p = 0; p < run->problem.packages; p++) {
    if (chosen[p] == SOLVE_ALL) continue;
    ReleaseId release = run->candidates[p].releases[chosen[p]];
    Sym reason = ir_sym(ir, reason_of(run, p, chosen[p]));
    ir_add_decision(ir, (Decision){.integration = {p + 1}, .release = release, .reason = reason});
    check_deprecated(run, release);
  }
}

static void mark_needed(Solve *run) {
  Ir *ir = run->ir;
  run->needed = arena_array(ir->arena, bool, ir->integrations.len + 1);
  for (size_t u = 0; u < ir->uses.len; u++) run->needed[ir->uses.data[u].integration.n] = true;
}

void pass_solve(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Solve run = {.ir = ir, .diags = diags};
  run.problem.packages = (uint32_t)ir->integrations.len;
  run.problem.steps = STEPS;
  mark_needed(&run);
  find_pins(&run);
  find_candidates(&run);
  uint32_t *counts = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  for (size_t p = 0; p < ir->integrations.len; p++) counts[p] = run.candidates[p].count;
  run.problem.candidates = counts;
  add_uses(&run);
  add_requirements(&run);
  report_undecidable(&run);
  uint32_t *chosen = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  if (search(&run, chosen)) decide(&run, chosen);
}
