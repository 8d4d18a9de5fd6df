/* Every release that can become live at run time. In: decisions, routes, canaries, flags, fallback chains,
 * migrations, what elements say, runtime overrides. Out: LiveRelease rows, those of one integration
 * together; FX4007.
 *
 * What surprises: integrations are walked from the pages along the requirements of live releases, so that
 * what only a retired or never routed release requires does not count. */
#include "passes/liveness.h"

#include "passes/candidates.h"
#include "passes/near.h"

enum { COMPARISONS = 50000000, CURES = 64 };

/* Tables */

const Range *liveness_range(Liveness *run, Sym text) {
  return text ? range_cached(run->ir->arena, &run->ranges, ir_str(run->ir, text)) : NULL;
}

bool liveness_first(Liveness *run, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  uint32_t *key = arena_array(run->ir->arena, uint32_t, 4);
  key[0] = a, key[1] = b, key[2] = c, key[3] = d;
  bool added;
  strmap_put(run->ir->arena, &run->seen, (Str){(const char *)key, 4 * sizeof *key}, &added);
  return added;
}

/* Rows */

// A release behind a flag that the environment switches off is not part of the build; nor is one whose flag
// every environment switches off.
static bool switched_off(const Ir *ir, const Release *release) {
  for (size_t i = 0; i < ir->settings.len && release->flag.sym; i++) {
    const Setting *setting = &ir->settings.data[i];
    bool off = setting->kind == IR_FLAG_OFF || setting->kind == IR_FLAG_NEVER;
    if (off && setting->name == release->flag.sym) return true;
  }
  return false;
}

// Retired ones never, development and testing by flags, beta also by routes and canaries: the language
// reference, 2.1. What an element or an override names is named on purpose.
static bool may_be_live(const Ir *ir, const Release *release, IrLiveWhy why) {
  bool chain = why == IR_LIVE_FALLBACK;
  switch (release->status) {
    case IR_RETIRED:
      return false;
    case IR_DEVELOPMENT:
    case IR_TESTING:
      return !chain && why != IR_LIVE_ROUTE && why != IR_LIVE_CANARY;
    case IR_BETA:
      return !chain;
    default:
      return !ir_release_ended(ir, release);
  }
}

static bool lives_without_overrides(const Ir *ir, const Release *release, IrLiveWhy why) {
  return why != IR_LIVE_OVERRIDE && !switched_off(ir, release) && may_be_live(ir, release, why);
}

static void add_live(Liveness *run, LiveRelease row) {
  Ir *ir = run->ir;
  if (!row.release.n) return;
  LiveReleaseId before = run->live[row.release.n];
  const Release *release = ir_release(ir, row.release);
  if (before.n && !ir_live_release(ir, before)->use.n) {  // live for every use anyway
    ir_live_release(ir, before)->otherwise |= lives_without_overrides(ir, release, row.why);
    return;
  }
  if (row.why != IR_LIVE_CHOSEN) {
    if (row.why != IR_LIVE_OVERRIDE && switched_off(ir, release)) return;  // overrides win
    if (!may_be_live(ir, release, row.why)) {
      liveness_report_status(run, &row);
      return;
    }
  }
  LiveReleaseId id = ir_add_live_release(ir, row);
  if (!row.use.n || !before.n) run->live[row.release.n] = id;
  run->reached[row.integration.n].lives.count++;
}

/* What makes a release live */

static void add_routes(Liveness *run, IntegrationId id) {
  const Ir *ir = run->ir;
  const Integration *integration = ir_integration(ir, id);
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    const Route *route = ir_route_at(ir, integration->routes, i);
    if (route->share.number == 0) continue;  // prepared, but nobody is sent there
    add_live(run, (LiveRelease){id, route->resolved, IR_LIVE_ROUTE, {0}, route->release.span, false});
  }
  IrText canary = integration->canary_release;
  if (canary.sym)
    add_live(run,
             (LiveRelease){id, ir_find_release(ir, id, canary.sym), IR_LIVE_CANARY, {0}, canary.span, false});
}

// What is overridden runs as soon as the program reads the file: that is the nearest cause.
static void add_override(Liveness *run, IntegrationId id) {
  const Ir *ir = run->ir;
  OverrideId override = run->overridden[id.n];
  if (!override.n) return;
  IrText label = ir_override(ir, override)->release;
  add_live(run,
           (LiveRelease){id, ir_find_release(ir, id, label.sym), IR_LIVE_OVERRIDE, {0}, label.span, false});
}

// A flag can be switched on while the program runs, whatever it is when it starts.
static void add_flags(Liveness *run, IntegrationId id) {
  const Ir *ir = run->ir;
  IrRange releases = ir_integration(ir, id)->releases;
  for (uint32_t i = 0; i < releases.count; i++) {
    const Release *release = ir_release_at(ir, releases, i);
    bool dead = release->status == IR_RETIRED;  // its flag is only a rest of what it was
    if (!release->flag.sym || dead) continue;
    uint32_t *on = strmap_find(&run->flags_on, str_trim(ir_str(ir, release->flag.sym)));
    LiveRelease row = {id, {releases.first + i}, IR_LIVE_FLAG, {0}, release->flag.span, false};
    LiveRelease overridden = row;
    overridden.why = IR_LIVE_OVERRIDE;
    if (on) overridden.span = ir_override(ir, (OverrideId){*on})->name.span, add_live(run, overridden);
    if (!on || lives_without_overrides(ir, release, IR_LIVE_FLAG)) add_live(run, row);
  }
}

static bool reached_by(const Ir *ir, IrDate date) {
  return date.days == IR_NO_DATE || date.days <= ir->today;
}
static bool still_before(const Ir *ir, IrDate date) {
  return date.days == IR_NO_DATE || date.days >= ir->today;
}

// Both sides of a migration run from parallel-start to parallel-end; the old one may come back until
// rollback-available-until.
static void add_parallel(Liveness *run, IntegrationId id) {
  const Ir *ir = run->ir;
  const Integration *row = ir_integration(ir, id);
  bool parallel = str_eq(ir_str(ir, row->migration_strategy.sym), STR("parallel"));
  bool both = parallel && reached_by(ir, row->parallel_start) && still_before(ir, row->parallel_end);
  bool back = parallel && row->rollback_until.days != IR_NO_DATE && still_before(ir, row->rollback_until) &&
              reached_by(ir, row->parallel_start);
  for (uint32_t i = 0; i < row->migrations.count && (both || back); i++) {
    const MigrationStep *step = ir_migration_step_at(ir, row->migrations, i);
    ReleaseId from = ir_find_release(ir, id, step->from.sym), to = ir_find_release(ir, id, step->to.sym);
    ReleaseId chosen = run->decided[id.n];
    if (!from.n || !to.n || (from.n != chosen.n && to.n != chosen.n)) continue;
    const Release *other = ir_release(ir, from.n == chosen.n ? to : from);
    if (other->status == IR_RETIRED || ir_release_ended(ir, other)) continue;
    if (from.n != chosen.n)
      add_live(run, (LiveRelease){id, from, IR_LIVE_PARALLEL, {0}, step->from.span, false});
    if (both && to.n != chosen.n)
      add_live(run, (LiveRelease){id, to, IR_LIVE_PARALLEL, {0}, step->to.span, false});
  }
}

// Nothing comes behind what always works.
static void add_fallbacks(Liveness *run, IntegrationId id) {
  const Ir *ir = run->ir;
  IrRange chain = ir_integration(ir, id)->fallbacks;
  for (uint32_t i = 0; i < chain.count; i++) {
    const Fallback *link = ir_fallback_at(ir, chain, i);
    if (link->kind == IR_FALLBACK_STATIC) return;
    add_live(run, (LiveRelease){id, link->release, IR_LIVE_FALLBACK, {0}, link->span, false});
  }
}

/* What an element says about itself */

// The chosen release if that provider does its work, else the provider's newest.
static ReleaseId release_of_provider(const Liveness *run, IntegrationId id, Str provider) {
  ReleaseId chosen = run->decided[id.n];
  bool does_it = str_eq(ir_release_provider(run->ir, ir_release(run->ir, chosen)), provider);
  return does_it ? chosen : ir_provider_release(run->ir, id, provider);
}

// Equal rows of many pages are one: what counts is the release and the range that it meets.
static void add_for_use(Liveness *run, UseId use_id, ReleaseId release, IrLiveWhy why, Span span) {
  const Use *use = ir_use(run->ir, use_id);
  if (release.n && liveness_first(run, 1, release.n, use->range.sym, why))
    add_live(run, (LiveRelease){use->integration, release, why, use_id, span, false});
}

static void add_named(Liveness *run, UseId use_id) {
  const Ir *ir = run->ir;
  const Use *use = ir_use(ir, use_id);
  Str provider = str_trim(ir_str(ir, use->provider.sym));
  if (provider.len)
    add_for_use(run, use_id, release_of_provider(run, use->integration, provider), IR_LIVE_USE_PROVIDER,
                use->provider.span);
  Str whole = ir_str(ir, use->fallback.sym), rest = whole, item;
  size_t at;
  while (near_list_item(whole, &rest, &item, &at)) {
    if (ir_is_static(item)) return;
    ReleaseId release = {0};
    IrRange releases = ir_integration(ir, use->integration)->releases;
    for (uint32_t i = 0; i < releases.count && !release.n; i++)
      if (str_eq(ir_str(ir, ir_release_at(ir, releases, i)->label.sym), item)) release.n = releases.first + i;
    if (!release.n) release = release_of_provider(run, use->integration, item);
    add_for_use(run, use_id, release, IR_LIVE_USE_FALLBACK,
                near_item_span(use->fallback.span, whole, at, item.len));
  }
}

// What only releases that are not chosen require has no decision: it would be the first candidate that the
// requirement holds.
static ReleaseId assumed_choice(Liveness *run, IntegrationId id) {
  Ir *ir = run->ir;
  RequirementId by = run->reached[id.n].requirement;
  if (!by.n || ir_requirement(ir, by)->release.n == 0) return (ReleaseId){0};
  const Range *range = liveness_range(run, ir_requirement(ir, by)->range.sym), *pin = NULL;
  for (size_t i = 0; i < ir->pins.len; i++)
    if (ir->pins.data[i].name == ir_integration(ir, id)->name)
      pin = liveness_range(run, ir->pins.data[i].range.sym);
  CandidateOpening opening = {.pin = pin, .forced = candidates_forced(ir, id)};
  Candidates found = candidates_of(ir, id, &opening);
  for (uint32_t i = 0; i < found.count; i++) {
    ReleaseId release = found.releases[i];
    if (pin && !candidates_in_range(ir, pin, release)) continue;
    if (opening.forced && !candidates_is_forced(ir, opening.forced, ir_release(ir, release))) continue;
    if (candidates_in_range(ir, range, release)) return release;
  }
  return found.count ? found.releases[0] : (ReleaseId){0};
}

static void find_live(Liveness *run, IntegrationId id) {
  Ir *ir = run->ir;
  bool solved = ir->decisions.len > 0;
  if (!run->decided[id.n].n && solved) {
    run->decided[id.n] = assumed_choice(run, id);
    run->reached[id.n].assumed = run->decided[id.n].n != 0;
  }
  ReleaseId chosen = run->decided[id.n];
  run->reached[id.n].lives.first = (uint32_t)ir->live_releases.len + 1;
  if (!chosen.n) return;  // reported where it could not be chosen
  add_live(run, (LiveRelease){id, chosen, IR_LIVE_CHOSEN, {0}, ir_release(ir, chosen)->span, false});
  add_override(run, id);
  add_routes(run, id);
  add_flags(run, id);
  add_parallel(run, id);
  add_fallbacks(run, id);
  for (uint32_t use = run->first_use[id.n]; use; use = run->next[use]) add_named(run, (UseId){use});
}

/* From the pages along requirements */

static void reach(Liveness *run, IntegrationId id, Reached how) {
  if (!id.n || run->reached[id.n].here) return;
  how.here = true;
  run->reached[id.n] = how;
  vec_push(run->ir->arena, &run->queue, id);
}

static void reach_required(Liveness *run, IntegrationId id) {
  const Ir *ir = run->ir;
  IrRange rows = ir_integration(ir, id)->requirements;
  for (uint32_t i = 0; i < rows.count; i++) {
    const Requirement *row = ir_requirement_at(ir, rows, i);
    bool in_force = !row->release.n || run->live[row->release.n].n;
    if (row->kind == IR_REQUIRES && in_force)
      reach(run, row->resolved, (Reached){.requirement = {rows.first + i}});
  }
}

static void reach_all(Liveness *run) {
  const Ir *ir = run->ir;
  for (size_t u = 0; u < ir->uses.len; u++)
    if (!ir->uses.data[u].by_dependency) reach(run, ir->uses.data[u].integration, (Reached){0});
  for (size_t i = 0; i < ir->use_depends.len; i++)
    reach(run, ir->use_depends.data[i].integration, (Reached){.depends = ir->use_depends.data[i].span});
  for (size_t i = 0; i < run->queue.len; i++) {
    IntegrationId id = run->queue.data[i];
    find_live(run, id);
    reach_required(run, id);
  }
}

// Backwards, so that the list of an integration is in the order of the pages.
static void list_uses(Liveness *run) {
  const Ir *ir = run->ir;
  for (uint32_t n = (uint32_t)ir->uses.len; n > 0; n--) {
    const Use *use = ir_use(ir, (UseId){n});
    if (!use->provider.sym && !use->fallback.sym) continue;
    run->next[n] = run->first_use[use->integration.n];
    run->first_use[use->integration.n] = n;
  }
}

static void list_overrides(Liveness *run) {
  const Ir *ir = run->ir;
  for (uint32_t n = 1; n <= ir->overrides.len; n++) {
    const Override *row = ir_override(ir, (OverrideId){n});
    Str name = ir_str(ir, row->name.sym);
    if (row->kind == IR_OVERRIDE_FLAG_ON) *strmap_put(ir->arena, &run->flags_on, name, NULL) = n;
    if (row->kind != IR_OVERRIDE_INTEGRATION || !row->release.sym) continue;
    IntegrationId id = ir_find_integration(ir, name);
    if (id.n) run->overridden[id.n].n = n;
  }
}

void pass_liveness(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  size_t n = ir->integrations.len + 1;
  Liveness run = {.ir = ir,
                  .settings = settings,
                  .diags = diags,
                  .decided = arena_array(ir->arena, ReleaseId, n),
                  .reached = arena_array(ir->arena, Reached, n),
                  .live = arena_array(ir->arena, LiveReleaseId, ir->releases.len + 1),
                  .first_use = arena_array(ir->arena, uint32_t, n),
                  .next = arena_array(ir->arena, uint32_t, ir->uses.len + 1),
                  .overridden = arena_array(ir->arena, OverrideId, n),
                  .budget = COMPARISONS,
                  .cures = CURES};
  for (size_t i = 0; i < ir->decisions.len; i++)
    run.decided[ir->decisions.data[i].integration.n] = ir->decisions.data[i].release;
  run.loosen = loosen_begin(ir);
  list_uses(&run);
  list_overrides(&run);
  reach_all(&run);
  liveness_check(&run);
  loosen_end(&run.loosen);
}
