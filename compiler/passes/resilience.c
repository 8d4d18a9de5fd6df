/* The resilience pass. In: limits, budgets, fallback chains, alerts, quotas, decisions, live
 * releases. Out: FX2019 to
 * FX2023, a file each (resilience_*.c). What surprises: it looks at the project's manifests that nobody uses
 * too, since their numbers are wrong without a page as well; there the active release counts as the one in
 * force. */
#include "passes/resilience.h"

#include <math.h>

#include "ast/ast.h"
#include "ir/version.h"

/* How a call is made */

static Backoff backoff_of(const Ir *ir, Sym word) {
  Str text = ir_str(ir, word);
  if (str_eq(text, STR("constant"))) return BACKOFF_CONSTANT;
  return str_eq(text, STR("linear")) ? BACKOFF_LINEAR : BACKOFF_EXPONENTIAL;
}

static double or_else(IrNumber number, double otherwise) {
  return isnan(number.number) ? otherwise : number.number;
}

static Attempts attempts_of(const Ir *ir, const Limits *limits) {
  return (Attempts){.timeout = or_else(limits->timeout, INFINITY),
                    .retries = or_else(limits->retry_attempts, 0),
                    .first = or_else(limits->retry_from, 0),
                    .most = or_else(limits->retry_to, INFINITY),
                    .backoff = backoff_of(ir, limits->retry_backoff.sym)};
}

static Limits limits_of(const Ir *ir, const Integration *integration) {
  static const IrNumber none = {NAN, {0, 0, 0}};
  if (integration->limits.n) return *ir_limit(ir, integration->limits);
  return (Limits){.rate = none,
                  .timeout = none,
                  .retry_attempts = none,
                  .retry_from = none,
                  .retry_to = none,
                  .breaker_failures = none};
}

/* What is asked, in order */

// What candidates.c would like best, without the ranges that pages give.
static ReleaseId newest(const Ir *ir, const Integration *integration) {
  ReleaseId best = {0};
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    ReleaseId id = {integration->releases.first + i};
    const Release *release = ir_release(ir, id);
    if (release->status != IR_STABLE && integration->releases.count > 1) continue;
    Version now = ir_version(ir, &release->version), then = {0};
    if (best.n) then = ir_version(ir, &ir_release(ir, best)->version);
    if (!best.n || version_cmp(&now, &then) > 0) best = id;
  }
  return best;
}

bool resilience_ends_chain(const Fallback *link) {
  return link->kind == IR_FALLBACK_STATIC && !link->trigger.sym;
}

static void try_release(Resilience *look, bool *seen, ReleaseId id) {
  if (!id.n || seen[id.n - look->integration->releases.first]) return;
  seen[id.n - look->integration->releases.first] = true;
  vec_push(look->ir->arena, &look->tried, id);
}

static void find_tried(Resilience *look, ReleaseId decided) {
  const Integration *integration = look->integration;
  IrRange chain = integration->fallbacks;
  bool *seen = arena_array(look->diags->arena, bool, integration->releases.count + 1);
  ReleaseId first = decided.n ? decided : integration->active_release;
  try_release(look, seen, first.n ? first : newest(look->ir, integration));
  for (uint32_t i = 0; i < chain.count; i++) {
    const Fallback *link = ir_fallback_at(look->ir, chain, i);
    if (resilience_ends_chain(link)) return;
    try_release(look, seen, link->release);
  }
}

/* The pass */

/// By IntegrationId.n: what the solver chose, and whether pages choose for themselves.
typedef struct Known {
  ReleaseId *decided;
  bool *page_chain;
} Known;

static Known find_known(const Ir *ir) {
  size_t count = ir->integrations.len + 1;
  Known known = {arena_array(ir->arena, ReleaseId, count), arena_array(ir->arena, bool, count)};
  for (size_t i = 0; i < ir->decisions.len; i++)
    known.decided[ir->decisions.data[i].integration.n] = ir->decisions.data[i].release;
  for (size_t i = 0; i < ir->uses.len; i++) {
    const Use *use = &ir->uses.data[i];
    known.page_chain[use->integration.n] |= use->fallback.sym || use->provider.sym;
  }
  return known;
}

static void look_at(Ir *ir, DiagBag *diags, IntegrationId id, const Known *known) {
  const Integration *integration = ir_integration(ir, id);
  Resilience look = {.ir = ir, .diags = diags, .integration = integration};
  look.page_chain = known->page_chain[id.n];
  look.limits = limits_of(ir, integration);
  look.attempts = attempts_of(ir, &look.limits);
  look.fx = integration->source && ast_is_fx(source_path(ir->sources, integration->source));
  find_tried(&look, known->decided[id.n]);
  resilience_check_budget(&look);
  resilience_check_chain(&look);
  resilience_check_retries(&look);
  resilience_check_alerts(&look);
}

void pass_resilience(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Known known = find_known(ir);
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    const Integration *integration = ir_integration(ir, (IntegrationId){n});
    bool concerns = integration->place == IR_PLACE_PROJECT || known.decided[n].n;
    if (concerns && !integration->shadowed && !integration->stub)
      look_at(ir, diags, (IntegrationId){n}, &known);
  }
  resilience_check_uses(ir, diags);
  resilience_check_quotas(ir, diags);
}
