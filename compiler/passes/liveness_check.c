/* Live releases against every constraint. In: LiveRelease rows, ranges of pages, requirements, conflicts,
 * pins, the environment. Out: FX4007, once a constraint.
 *
 * What holds between chosen releases is the solver's business. A constraint that it has reported, or that the
 * chosen release breaks already, is not looked at again. */
#include "passes/candidates.h"
#include "passes/liveness.h"
#include "passes/resolve.h"

/* What the solver has told */

static Str span_key(Arena *arena, Span span) {
  Span *key = arena_new(arena, Span);
  *key = span;
  return (Str){(const char *)key, sizeof *key};
}

static void remember_told(Liveness *run) {
  Arena *arena = run->ir->arena;
  for (size_t i = 0; i < run->diags->list.len; i++) {
    const Diag *d = run->diags->list.data[i];
    if (d->code != FX4001 && d->code != FX4002) continue;
    strmap_put(arena, &run->told, span_key(arena, d->span), NULL);
    for (size_t n = 0; n < d->notes.len; n++)
      strmap_put(arena, &run->told, span_key(arena, d->notes.data[n].span), NULL);
    for (size_t n = 0; n < d->labels.len; n++)
      strmap_put(arena, &run->told, span_key(arena, d->labels.data[n].span), NULL);
  }
}

static bool is_told(const Liveness *run, Span span) {
  return strmap_find(&run->told, (Str){(const char *)&span, sizeof span}) != NULL;
}

/* Comparing */

static bool is_excluded(Liveness *run, const Range *range, ReleaseId release, bool conflict) {
  run->budget -= run->budget > 0;
  return candidates_in_range(run->ir, range, release) == conflict;
}

static bool is_wide(const LiveRelease *row) { return !row->use.n; }

// Releases of an integration, live for every use, that a range excludes (or, for a conflict, holds).
static LiveReleases broken_by(Liveness *run, IntegrationId id, const Range *range, bool conflict) {
  LiveReleases broken = {0};
  IrRange lives = run->reached[id.n].lives;
  for (uint32_t i = 0; i < lives.count && run->budget; i++) {
    const LiveRelease *row = ir_live_release_at(run->ir, lives, i);
    if (is_wide(row) && is_excluded(run, range, row->release, conflict))
      vec_push(run->ir->arena, &broken, row);
  }
  return broken;
}

static bool has_chosen(const LiveReleases *broken) {
  return broken->len && broken->data[0]->why == IR_LIVE_CHOSEN;  // it comes first
}

/* Pages */

// An element with a chain or a provider of its own never gets what the manifest says of these.
static bool gets(const Use *use, const LiveRelease *row) {
  bool chain = row->why == IR_LIVE_FALLBACK;
  return chain ? !use->fallback.sym : !use->provider.sym;
}

static void check_use(Liveness *run, const Use *use) {
  const Range *range = liveness_range(run, use->range.sym);
  if (!range || is_told(run, use->range.span)) return;
  LiveReleases all = broken_by(run, use->integration, range, false), broken = {0};
  if (has_chosen(&all)) return;
  for (size_t i = 0; i < all.len; i++)
    if (gets(use, all.data[i])) vec_push(run->ir->arena, &broken, all.data[i]);
  if (broken.len) liveness_report_use(run, use, &broken);
}

static void check_uses(Liveness *run) {
  const Ir *ir = run->ir;
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    uint32_t own = (use->provider.sym ? 1u : 0u) + (use->fallback.sym ? 2u : 0u);
    if (use->integration.n && use->range.sym &&
        liveness_first(run, 2, use->integration.n, use->range.sym, own))
      check_use(run, use);
  }
  for (size_t i = 0; i < ir->live_releases.len; i++) {  // what single elements name
    const LiveRelease *row = &ir->live_releases.data[i];
    if (!row->use.n) continue;
    const Use *use = ir_use(ir, row->use);
    const Range *range = liveness_range(run, use->range.sym);
    if (!range || !is_excluded(run, range, row->release, false) || is_told(run, use->range.span)) continue;
    LiveReleases broken = {0};
    vec_push(ir->arena, &broken, row);
    liveness_report_use(run, use, &broken);
  }
}

/* Requirements and conflicts */

// In whose name a requirement holds: its release, else the one that was chosen.
static const LiveRelease *source_of(const Liveness *run, const Requirement *row) {
  ReleaseId release = row->release.n ? row->release : run->decided[row->integration.n];
  LiveReleaseId live = run->live[release.n];
  return release.n && live.n ? ir_live_release(run->ir, live) : NULL;
}

static void check_requirement(Liveness *run, const Requirement *row) {
  bool conflict = row->kind == IR_CONFLICTS;
  const Range *range = liveness_range(run, row->range.sym);
  if (!range && (!conflict || row->range.sym)) return;  // any version, or malformed
  Span span = span_exists(row->range.span) ? row->range.span : row->span;
  const LiveRelease *source = source_of(run, row);
  if (!source || is_told(run, span)) return;
  LiveReleases broken = broken_by(run, row->resolved, range, conflict);
  if (source->why == IR_LIVE_CHOSEN && has_chosen(&broken)) return;
  if (broken.len) liveness_report_requirement(run, row, source, &broken);
}

static void check_requirements(Liveness *run) {
  const Ir *ir = run->ir;
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *row = &ir->requirements.data[i];
    bool both =
        row->resolved.n && run->reached[row->integration.n].here && run->reached[row->resolved.n].here;
    if (!both || row->resolved.n == row->integration.n || resolve_conflict_is_total(ir, row)) continue;
    check_requirement(run, row);
  }
}

/* Pins and the environment: what they say is about choosing, so that a chain may still fall back to another
 * release when the chosen one fails. */

static bool is_picked(const LiveRelease *row) {
  return is_wide(row) && row->why != IR_LIVE_CHOSEN && row->why != IR_LIVE_FALLBACK;
}

static void check_pins(Liveness *run) {
  const Ir *ir = run->ir;
  for (size_t i = 0; i < ir->pins.len; i++) {
    const Pin *pin = &ir->pins.data[i];
    IntegrationId id = ir_find_integration(ir, ir_str(ir, pin->name));
    const Range *range = liveness_range(run, pin->range.sym);
    if (!id.n || pin->label || !range || is_told(run, pin->span) || is_told(run, pin->range.span)) continue;
    LiveReleases all = broken_by(run, id, range, false), broken = {0};
    if (has_chosen(&all)) continue;
    for (size_t k = 0; k < all.len; k++)
      if (is_picked(all.data[k])) vec_push(ir->arena, &broken, all.data[k]);
    if (broken.len) liveness_report_pin(run, pin, &broken);
  }
}

// A flag is stronger than the environment's provider: who switches it on wants that release.
static void check_setting(Liveness *run, const Setting *setting, IntegrationId id) {
  const Ir *ir = run->ir;
  IrRange lives = run->reached[id.n].lives;
  LiveReleases broken = {0};
  for (uint32_t i = 0; i < lives.count; i++) {
    const LiveRelease *row = ir_live_release_at(ir, lives, i);
    bool asked = candidates_is_forced(ir, setting, ir_release(ir, row->release));
    if (row->why == IR_LIVE_CHOSEN && !asked) return;  // reported where it was chosen
    if (is_picked(row) && row->why != IR_LIVE_FLAG && !asked) vec_push(ir->arena, &broken, row);
  }
  if (broken.len) liveness_report_setting(run, setting, &broken);
}

static void check_settings(Liveness *run) {
  const Ir *ir = run->ir;
  for (size_t i = 0; i < ir->settings.len; i++) {
    const Setting *setting = &ir->settings.data[i];
    if (setting->kind != IR_CHOOSE_PROVIDER) continue;
    IntegrationId id = ir_find_integration(ir, ir_str(ir, setting->name));
    if (id.n && !is_told(run, setting->span)) check_setting(run, setting, id);
  }
}

void liveness_check(Liveness *run) {
  remember_told(run);
  check_uses(run);
  check_requirements(run);
  check_pins(run);
  check_settings(run);
  if (run->budget) return;
  Diag *d =
      diag_add(run->diags, FX8006, SPAN_NONE, "checking the releases that can become live took too long");
  diag_help(d, "some constraints are not checked: take releases out of routes, flags and fallback chains");
}
