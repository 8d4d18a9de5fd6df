/* In: resolved uses, requirements, pins, settings of the environment. Out: rules, each with its origin.
 *
 * What surprises: a use that names a provider does not ask it of the chosen release. When the chosen one is
 * of another provider, that use gets the newest release of its own provider at run time, so range and
 * requirements are about that one. */
#include "passes/constraints.h"

#include "passes/resolve.h"

const Range *constraints_range(Constraints *c, Sym text) {
  return text ? range_cached(c->arena, &c->ranges, ir_str(c->ir, text)) : NULL;
}

uint32_t constraints_candidate(const Constraints *c, ReleaseId release) {
  const Candidates *candidates = &c->candidates[package_of(ir_release(c->ir, release)->integration)];
  for (uint32_t i = 0; i < candidates->count; i++)
    if (candidates->releases[i].n == release.n) return i;
  return SOLVE_NONE;
}

/* Candidates */

static void find_pins(Constraints *c, const Pin **instead) {
  Ir *ir = c->ir;
  c->pins = arena_array(c->arena, const Pin *, ir->integrations.len + 1);
  for (size_t i = 0; i < ir->pins.len; i++) {
    IntegrationId id = ir_find_integration(ir, ir_str(ir, ir->pins.data[i].name));
    if (id.n) c->pins[package_of(id)] = &ir->pins.data[i];
  }
  for (size_t p = 0; instead && p < ir->integrations.len; p++)
    if (instead[p]) c->pins[p] = instead[p];
}

static void find_candidates(Constraints *c) {
  Ir *ir = c->ir;
  c->candidates = arena_array(c->arena, Candidates, ir->integrations.len + 1);
  c->forced = arena_array(c->arena, const Setting *, ir->integrations.len + 1);
  uint32_t *counts = arena_array(c->arena, uint32_t, ir->integrations.len + 1);
  for (uint32_t p = 0; p < ir->integrations.len; p++) {
    const Pin *pin = c->pins[p];
    bool decided = pin && pin->label;  // by an earlier validation, which knew the environment
    if (!decided) c->forced[p] = candidates_forced(ir, integration_of(p));
    CandidateOpening opening = {.pin = pin ? constraints_range(c, pin->range.sym) : NULL,
                                .label = pin ? pin->label : 0,
                                .forced = c->forced[p]};
    if (!c->afresh) opening.locked = ir_integration(ir, integration_of(p))->locked_release;
    c->candidates[p] = candidates_of(ir, integration_of(p), &opening);
    counts[p] = c->candidates[p].count;
  }
  c->problem.packages = (uint32_t)ir->integrations.len;
  c->problem.candidates = counts;
}

/* Rules */

// One without any (a stub) was reported as such. One of whose releases none may be chosen can only be absent.
static bool has_releases(const Constraints *c, IntegrationId id) {
  return ir_integration(c->ir, id)->releases.count > 0;
}

static uint64_t *empty_set(const Constraints *c, IntegrationId id) {
  return arena_array(c->arena, uint64_t, solve_set_words(c->candidates[package_of(id)].count));
}

static void put_in(uint64_t *set, uint32_t candidate) {
  set[candidate / 64] |= UINT64_C(1) << candidate % 64;
}

// The candidates in a range, or with `inverted` the others. NULL: all.
static SolveSet in_range(const Constraints *c, IntegrationId id, const Range *range, bool inverted) {
  const Candidates *candidates = &c->candidates[package_of(id)];
  if (!range && !inverted) return NULL;
  uint64_t *set = empty_set(c, id);
  for (uint32_t i = 0; i < candidates->count; i++)
    if (candidates_in_range(c->ir, range, candidates->releases[i]) != inverted) put_in(set, i);
  return set;
}

static void add_rule(Constraints *c, SolveRule rule, Origin origin) {
  vec_push(c->arena, &c->problem.rules, rule);
  vec_push(c->arena, &c->origins, origin);
}

static Span place_of(IrText range, Span name) { return span_exists(range.span) ? range.span : name; }

/* Uses */

typedef struct UseKey {
  uint32_t integration;
  Sym range, provider;
} UseKey;

// What many pages say is one rule, with the first place.
static bool first_of_kind(Constraints *c, StrMap *seen, const Use *use) {
  UseKey *key = arena_new(c->arena, UseKey);
  *key = (UseKey){use->integration.n, use->range.sym, use->provider.sym};
  bool added;
  strmap_put(c->arena, seen, (Str){(const char *)key, sizeof *key}, &added);
  return added;
}

static bool is_of_provider(const Ir *ir, ReleaseId release, Str provider) {
  return str_eq(ir_release_provider(ir, ir_release(ir, release)), provider);
}

// What a use that names a provider may get: the chosen release if that is of the provider, else the newest of
// the provider, which then has to be in the range itself.
static SolveSet allowed_by_provider(const Constraints *c, const Use *use, const Range *range, Str provider,
                                    ReleaseId newest) {
  const Candidates *candidates = &c->candidates[package_of(use->integration)];
  bool newest_fits = candidates_in_range(c->ir, range, newest);
  uint64_t *set = empty_set(c, use->integration);
  for (uint32_t i = 0; i < candidates->count; i++) {
    ReleaseId release = candidates->releases[i];
    bool fits =
        is_of_provider(c->ir, release, provider) ? candidates_in_range(c->ir, range, release) : newest_fits;
    if (fits) put_in(set, i);
  }
  return set;
}

// While another provider's release is chosen.
static SolveSet not_of_provider(const Constraints *c, IntegrationId id, Str provider) {
  const Candidates *candidates = &c->candidates[package_of(id)];
  uint64_t *set = empty_set(c, id);
  for (uint32_t i = 0; i < candidates->count; i++)
    if (!is_of_provider(c->ir, candidates->releases[i], provider)) put_in(set, i);
  return set;
}

// What is wrong by itself has been reported and says nothing about releases.
static bool can_count(const Constraints *c, const Requirement *row) {
  bool circle = row->kind == IR_REQUIRES && row->resolved.n == row->integration.n;
  if (!row->resolved.n || circle || ir_integration(c->ir, row->integration)->shadowed) return false;
  return has_releases(c, row->integration) && has_releases(c, row->resolved);
}

static void add_requirement(Constraints *c, RequirementId id, SolveSet when, UseId use);

static void require_of_provider(Constraints *c, UseId id, ReleaseId newest, Str provider) {
  const Use *use = ir_use(c->ir, id);
  IrRange range = ir_integration(c->ir, use->integration)->requirements;
  for (uint32_t i = 0; i < range.count; i++) {
    RequirementId requirement = {range.first + i};
    const Requirement *row = ir_requirement(c->ir, requirement);
    if (row->release.n == newest.n && can_count(c, row))
      add_requirement(c, requirement, not_of_provider(c, use->integration, provider), id);
  }
}

static Str provider_of(const Ir *ir, const Use *use) { return str_trim(ir_str(ir, use->provider.sym)); }

// The newest release of the provider that a use names; 0 where it names none.
static ReleaseId newest_for(const Ir *ir, const Use *use) {
  Str provider = provider_of(ir, use);
  return provider.len ? ir_provider_release(ir, use->integration, provider) : (ReleaseId){0};
}

static SolveSet allowed_by_use(const Constraints *c, const Use *use, const Range *range) {
  ReleaseId newest = newest_for(c->ir, use);
  return newest.n && range ? allowed_by_provider(c, use, range, provider_of(c->ir, use), newest)
                           : in_range(c, use->integration, range, false);
}

static void add_use(Constraints *c, UseId id) {
  Ir *ir = c->ir;
  const Use *use = ir_use(ir, id);
  ReleaseId newest = newest_for(ir, use);
  const Range *range = constraints_range(c, use->range.sym);
  SolveSet allowed = allowed_by_use(c, use, range);
  Origin origin = {.kind = use->by_dependency ? ORIGIN_DEPENDS : ORIGIN_USE,
                   .target = use->integration,
                   .range = range ? use->range.sym : 0,
                   .span = place_of(use->range, use->name_span),
                   .use = id};
  SolveRule rule = {
      .from = SOLVE_NONE, .to = package_of(use->integration), .allowed = allowed, .needed = true};
  add_rule(c, rule, origin);
  if (newest.n) require_of_provider(c, id, newest, provider_of(ir, use));
}

// A use that resolve added for a requirement is no fact: the requirement is.
static void add_uses(Constraints *c) {
  StrMap seen = {0};
  for (uint32_t n = 1; n <= c->ir->uses.len; n++) {
    const Use *use = ir_use(c->ir, (UseId){n});
    bool said_by_page = use->integration.n && use->page.n;
    if (said_by_page && has_releases(c, use->integration) && first_of_kind(c, &seen, use))
      add_use(c, (UseId){n});
  }
}

/* Requirements */

static void add_requirement(Constraints *c, RequirementId id, SolveSet when, UseId use) {
  const Requirement *row = ir_requirement(c->ir, id);
  const Range *range = constraints_range(c, row->range.sym);
  bool malformed = row->range.sym && !range;  // reported where it was read
  if (malformed && row->kind != IR_REQUIRES) return;
  SolveRule rule = {.from = package_of(row->integration),
                    .when = when,
                    .to = package_of(row->resolved),
                    .allowed = in_range(c, row->resolved, range, row->kind == IR_CONFLICTS),
                    .needed = row->kind == IR_REQUIRES};
  if (!rule.allowed && !rule.needed) return;
  Origin origin = {.kind = ORIGIN_REQUIREMENT,
                   .target = row->resolved,
                   .range = range ? row->range.sym : 0,
                   .span = place_of(row->range, row->span),
                   .requirement = id,
                   .use = use};
  add_rule(c, rule, origin);
}

static void add_requirements(Constraints *c) {
  Ir *ir = c->ir;
  for (uint32_t n = 1; n <= ir->requirements.len; n++) {
    const Requirement *row = ir_requirement(ir, (RequirementId){n});
    if (!can_count(c, row)) continue;
    uint64_t *when = NULL;
    if (row->release.n) {
      uint32_t candidate = constraints_candidate(c, row->release);
      if (candidate == SOLVE_NONE) continue;
      put_in(when = empty_set(c, row->integration), candidate);
    }
    add_requirement(c, (RequirementId){n}, when, (UseId){0});
  }
}

/* The project and its environment */

static SolveSet only_release(Constraints *c, IntegrationId id, Sym label) {
  uint64_t *set = empty_set(c, id);
  ReleaseId release = ir_find_release(c->ir, id, label);
  uint32_t candidate = release.n ? constraints_candidate(c, release) : SOLVE_NONE;
  if (candidate != SOLVE_NONE) put_in(set, candidate);
  return set;
}

static void add_pin(Constraints *c, IntegrationId id, const Pin *pin) {
  const Range *range = constraints_range(c, pin->range.sym);
  SolveSet allowed = pin->label ? only_release(c, id, pin->label) : in_range(c, id, range, false);
  SolveRule rule = {.from = SOLVE_NONE, .to = package_of(id), .allowed = allowed};
  Origin origin = {.kind = pin->label ? ORIGIN_RESULT : ORIGIN_PIN,
                   .target = id,
                   .range = range ? pin->range.sym : 0,
                   .span = span_exists(pin->range.span) ? pin->range.span : pin->span,
                   .pin = pin};
  if (allowed) add_rule(c, rule, origin);
}

static void add_forced(Constraints *c, IntegrationId id, const Setting *forced) {
  const Candidates *candidates = &c->candidates[package_of(id)];
  uint64_t *set = empty_set(c, id);
  for (uint32_t i = 0; i < candidates->count; i++)
    if (candidates_is_forced(c->ir, forced, ir_release(c->ir, candidates->releases[i]))) put_in(set, i);
  add_rule(c, (SolveRule){.from = SOLVE_NONE, .to = package_of(id), .allowed = set},
           (Origin){.kind = ORIGIN_ENVIRONMENT, .target = id, .span = forced->span, .setting = forced});
}

// A provider that no release has is reported where environments are checked.
static bool some_release_is(const Ir *ir, IntegrationId id, const Setting *forced) {
  IrRange releases = ir_integration(ir, id)->releases;
  for (uint32_t i = 0; i < releases.count; i++)
    if (candidates_is_forced(ir, forced, ir_release_at(ir, releases, i))) return true;
  return false;
}

static void add_decisions_of_the_project(Constraints *c) {
  for (uint32_t p = 0; p < c->problem.packages; p++) {
    IntegrationId id = integration_of(p);
    if (!has_releases(c, id)) continue;
    if (c->pins[p]) add_pin(c, id, c->pins[p]);
    if (c->forced[p] && some_release_is(c->ir, id, c->forced[p])) add_forced(c, id, c->forced[p]);
  }
}

SolveSet constraints_allowed(const Constraints *c, size_t rule, const Range *range) {
  const Origin *origin = &c->origins.data[rule];
  if (origin->kind == ORIGIN_USE) return allowed_by_use(c, ir_use(c->ir, origin->use), range);
  bool conflicts =
      origin->kind == ORIGIN_REQUIREMENT && ir_requirement(c->ir, origin->requirement)->kind == IR_CONFLICTS;
  return in_range(c, origin->target, range, conflicts);
}

static void collect(Constraints *c, size_t steps, const Pin **instead) {
  c->problem.steps = steps;
  find_pins(c, instead);
  find_candidates(c);
  add_uses(c);
  add_requirements(c);
  add_decisions_of_the_project(c);
}

void constraints_collect(Constraints *c, Ir *ir, size_t steps) {
  *c = (Constraints){.ir = ir, .arena = ir->arena};
  collect(c, steps, NULL);
}

void constraints_collect_afresh(Constraints *c, Ir *ir, size_t steps) {
  *c = (Constraints){.ir = ir, .arena = ir->arena, .afresh = true};
  collect(c, steps, NULL);
}

void constraints_collect_with(Constraints *c, const Constraints *base, Arena *arena, const Pin **pins) {
  *c = (Constraints){.ir = base->ir, .arena = arena, .afresh = base->afresh};
  collect(c, base->problem.steps, pins);
}
