/* What the day and the statuses make of the releases that were chosen. In: decisions, routes, canary,
 * fallbacks, dates. Out: a State row for each integration with a decision: whether it is deprecated, whether
 * it is migrating; FX4004 and FX4005 for what was chosen and is deprecated or no longer supported, with a fix
 * that moves the project to what replaces it (passes/replacement.h).
 *
 * Whether an integration is discovered, validated, generated or active is not known here: that takes the
 * diagnostics of the whole run and what earlier runs wrote (workspace/states.h). */
#include <math.h>

#include "passes/replacement.h"

enum { STEPS = 200000 };

/* Migrating */

static bool is_served(const Ir *ir, ReleaseId id) { return id.n && ir_release(ir, id)->status != IR_RETIRED; }

// The share of the calls that no route takes. Rules with conditions take what nobody can tell.
static double left_by_routes(const Ir *ir, const Integration *integration) {
  double left = 1;
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    double share = ir_route_at(ir, integration->routes, i)->share.number;
    if (!isnan(share)) left -= share;
  }
  return left;
}

typedef struct Served {
  ReleaseId first;
  bool several;
} Served;

static void serve(const Ir *ir, Served *served, ReleaseId id) {
  if (!is_served(ir, id)) return;
  if (!served->first.n) served->first = id;
  served->several |= served->first.n != id.n;
}

// Routing or a canary sends calls to two releases.
static bool is_shared(const Ir *ir, IntegrationId id, ReleaseId chosen) {
  const Integration *integration = ir_integration(ir, id);
  Served served = {0};
  if (left_by_routes(ir, integration) > 1e-9) serve(ir, &served, chosen);
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    const Route *route = ir_route_at(ir, integration->routes, i);
    if (isnan(route->share.number) || route->share.number > 0) serve(ir, &served, route->resolved);
  }
  if (integration->canary.count) serve(ir, &served, ir_find_release(ir, id, integration->canary_release.sym));
  return served.several;
}

// Between the two days, these included. One that is missing is no bound.
static bool is_parallel(const Ir *ir, const Integration *integration) {
  int32_t start = integration->parallel_start.days, end = integration->parallel_end.days;
  bool cutover = str_eq(ir_str(ir, integration->migration_strategy.sym), STR("cutover"));
  if (cutover || (start == IR_NO_DATE && end == IR_NO_DATE)) return false;
  return (start == IR_NO_DATE || start <= ir->today) && (end == IR_NO_DATE || ir->today <= end);
}

static bool falls_back_to(const Ir *ir, const Integration *integration, ReleaseId id) {
  for (uint32_t i = 0; i < integration->fallbacks.count; i++)
    if (ir_fallback_at(ir, integration->fallbacks, i)->release.n == id.n) return true;
  return false;
}

// What the rules of a migration lead to has been chosen, and where they come from can still be called.
static bool is_being_left(const Ir *ir, IntegrationId id, ReleaseId chosen) {
  const Integration *integration = ir_integration(ir, id);
  for (uint32_t i = 0; i < integration->migrations.count; i++) {
    const MigrationStep *step = ir_migration_step_at(ir, integration->migrations, i);
    ReleaseId from = ir_find_release(ir, id, step->from.sym);
    if (step->to.sym != ir_release(ir, chosen)->label.sym || from.n == chosen.n) continue;
    if (is_served(ir, from) && falls_back_to(ir, integration, from)) return true;
  }
  return false;
}

static State state_of(const Ir *ir, const Decision *decision) {
  const Integration *integration = ir_integration(ir, decision->integration);
  const Release *release = ir_release(ir, decision->release);
  State state = {.integration = decision->integration};
  state.deprecated = release->status == IR_DEPRECATED || release->until.days != IR_NO_DATE;
  state.migrating = is_shared(ir, decision->integration, decision->release) || is_parallel(ir, integration) ||
                    is_being_left(ir, decision->integration, decision->release);
  return state;
}

/* Deprecated */

typedef struct Lifecycle {
  Ir *ir;
  DiagBag *diags;
  Constraints constraints;
  bool collected;  // only where something is to be left
} Lifecycle;

static Constraints *constraints_of(Lifecycle *run) {
  if (!run->collected) constraints_collect(&run->constraints, run->ir, STEPS);
  run->collected = true;
  return &run->constraints;
}

static void tell_replacement(const Ir *ir, Diag *d, ReleaseId id) {
  Str next = ir_str(ir, ir_release(ir, id)->replaced_by.sym);
  ReleaseId end = replacement_of(ir, id);
  if (!next.len) return;
  if (!end.n || str_eq(next, ir_release_label(ir, end)))
    diag_help(d, "it is replaced by '%.*s'", STR_ARG(next));
  else
    diag_help(d, "it is replaced by '%.*s', and that in the end by '%.*s'", STR_ARG(next),
              STR_ARG(ir_release_label(ir, end)));
}

// Why the replacement cannot be taken at once.
static void tell_obstacle(const Ir *ir, Diag *d, ReleaseId id) {
  ReleaseId end = replacement_of(ir, id);
  if (!end.n) return;
  const Release *release = ir_release(ir, end);
  if (release->status != IR_STABLE)
    diag_note(d, release->span, "'%.*s' is %s so far", STR_ARG(ir_release_label(ir, end)),
              release->status == IR_BETA ? "a beta" : "not released");
  else if (candidates_comes_later(ir, release))
    diag_note(d, release->available_from.span, "'%.*s' is available from this day on",
              STR_ARG(ir_release_label(ir, end)));
}

static void tell_way_on(const Ir *ir, Diag *d, ReleaseId id) {
  const Release *release = ir_release(ir, id);
  replacement_note_end(d, release);
  tell_obstacle(ir, d, id);
  tell_replacement(ir, d, id);
  Str guide = ir_str(ir, release->guide.sym);
  if (guide.len) diag_help(d, "the way there is described in %.*s", STR_ARG(guide));
}

// The lock goes before `active`: what is edited there is not chosen by itself.
static void tell_lock(const Ir *ir, Diag *d, ReleaseId id) {
  const Integration *integration = ir_integration(ir, ir_release(ir, id)->integration);
  Str name = ir_str(ir, integration->name);
  if (integration->locked_release.n == id.n && replacement_of(ir, id).n)
    diag_help(d, "fx.lock keeps it until 'fxc update %.*s' chooses anew", STR_ARG(name));
}

static void check_deprecated(Lifecycle *run, ReleaseId id) {
  const Ir *ir = run->ir;
  const Release *release = ir_release(ir, id);
  bool ended = ir_release_ended(ir, release);
  if (release->status != IR_DEPRECATED && !ended) return;
  const Integration *integration = ir_integration(ir, release->integration);
  bool active = integration->active_release.n == id.n && span_exists(integration->active.span);
  Span span = active ? integration->active.span : release->span;
  Str name = ir_str(ir, integration->name), label = ir_str(ir, release->label.sym);
  Diag *d = diag_add(
      run->diags, ended ? FX4005 : FX4004, span,
      ended ? "support for release '%.*s' of '%.*s' has ended" : "release '%.*s' of '%.*s' is deprecated",
      STR_ARG(label), STR_ARG(name));
  diag_label(d, span, "chosen here");
  tell_way_on(ir, d, id);
  tell_lock(ir, d, id);
  if (release->replaced_by.sym) replacement_offer(constraints_of(run), d, id);
}

// Once a release. What is no longer supported may not be live at all, which the pass liveness reports.
static void check_sent(Lifecycle *run, ReleaseId id, Span span, const char *what, bool *told) {
  const Ir *ir = run->ir;
  const Release *release = id.n ? ir_release(ir, id) : NULL;
  if (!release || release->status != IR_DEPRECATED || ir_release_ended(ir, release)) return;
  bool *again = &told[id.n - ir_integration(ir, release->integration)->releases.first];
  if (*again) return;
  *again = true;
  Diag *d =
      diag_add(run->diags, FX4004, span, "release '%.*s' of '%.*s' is deprecated",
               STR_ARG(ir_release_label(ir, id)), STR_ARG(ir_integration_name(ir, release->integration)));
  diag_label(d, span, "%s", what);
  tell_way_on(ir, d, id);
}

static void check_routes(Lifecycle *run, const Decision *decision) {
  const Ir *ir = run->ir;
  const Integration *integration = ir_integration(ir, decision->integration);
  if (!integration->routes.count && !integration->canary.count) return;
  bool *told = arena_array(ir->arena, bool, integration->releases.count + 1);
  told[decision->release.n - integration->releases.first] = true;  // as what was chosen
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    const Route *route = ir_route_at(ir, integration->routes, i);
    if (route->share.number == 0) continue;  // prepared, but nobody is sent there
    check_sent(run, route->resolved, route->release.span, "calls are sent here", told);
  }
  if (integration->canary.count)
    check_sent(run, ir_find_release(ir, decision->integration, integration->canary_release.sym),
               integration->canary_release.span, "rolled out here", told);
}

/* Active */

// `active` prefers a release, it opens nothing: what has been retired is passed over, and so is a beta, which
// a pin or a flag may choose elsewhere.
static void check_active(Lifecycle *run, const Decision *decision) {
  const Ir *ir = run->ir;
  const Integration *integration = ir_integration(ir, decision->integration);
  ReleaseId active = integration->active_release;
  if (!active.n || ir_release(ir, active)->status != IR_RETIRED) return;
  Str name = ir_str(ir, integration->name), label = ir_release_label(ir, active);
  Diag *d = diag_add(run->diags, FX4004, integration->active.span,
                     "release '%.*s' of '%.*s' is retired, so '%.*s' was chosen", STR_ARG(label),
                     STR_ARG(name), STR_ARG(ir_release_label(ir, decision->release)));
  diag_label(d, integration->active.span, "preferred here");
  tell_way_on(ir, d, active);
  replacement_offer(constraints_of(run), d, active);
}

void pass_lifecycle(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Lifecycle run = {.ir = ir, .diags = diags};
  for (size_t i = 0; i < ir->decisions.len; i++) {
    check_deprecated(&run, ir->decisions.data[i].release);
    check_routes(&run, &ir->decisions.data[i]);
    check_active(&run, &ir->decisions.data[i]);
    ir_add_state(ir, state_of(ir, &ir->decisions.data[i]));
  }
}
