/* What the day and the statuses make of the releases that were chosen. In: decisions, routes, canary,
 * fallbacks, dates. Out: a State row for each integration with a decision: whether it is deprecated, whether
 * it is migrating.
 *
 * Whether an integration is discovered, validated, generated or active is not known here: that takes the
 * diagnostics of the whole run and what earlier runs wrote (workspace/states.h). */
#include <math.h>

#include "passes/passes.h"

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
  if (start == IR_NO_DATE && end == IR_NO_DATE) return false;
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

void pass_lifecycle(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  (void)diags;
  for (size_t i = 0; i < ir->decisions.len; i++) ir_add_state(ir, state_of(ir, &ir->decisions.data[i]));
}
