/* In: what happens at run time: fallbacks, routing, canary, limits, alerts, migrations. Out: their rows. What
 * adds up or does not is checked here, names of releases later, when all of them are known. */
#include <math.h>

#include "ast/literal.h"
#include "ir/lower.h"

/* Fallbacks */

static bool has_fallback(Lower *lower, uint32_t start, Sym name) {
  for (size_t i = start - 1; i < lower->ir->fallbacks.len; i++)
    if (lower->ir->fallbacks.data[i].name == name) return true;
  return false;
}

static void add_fallback(Lower *lower, const AstNode *node) {
  IrText name = lower_text(lower, node, CLAUSE_link_name);
  if (!name.sym) return;
  Fallback row = {.name = name.sym, .span = name.span};
  const AstNode *version = ast_child(node, CLAUSE_link_version);
  row.version = lower_version_range(lower, version);
  if (version && !row.version.sym) row.version.span = version->span;  // there is one, but malformed
  row.trigger = lower_text(lower, node, CLAUSE_link_trigger);
  ir_add_fallback(lower->ir, row);
}

/// Production's fallbacks come behind the chain, each name once.
static void add_production_fallbacks(Lower *lower, const AstNode *overlay, uint32_t start) {
  if (!overlay) return;
  for (const AstNode *node = ast_child(overlay, CLAUSE_overlay_fallback); node; node = ast_next(node))
    if (!has_fallback(lower, start, lower_text(lower, node, CLAUSE_link_name).sym)) add_fallback(lower, node);
}

static IrRange add_fallbacks(Lower *lower) {
  uint32_t start = lower_start(lower, fallbacks);
  const AstNode *node;
  for (node = ast_child(lower->node, CLAUSE_integration_fallback); node; node = ast_next(node))
    add_fallback(lower, node);
  add_production_fallbacks(lower, ast_child(lower->node, CLAUSE_integration_production), start);
  for (node = ast_child(lower->node, CLAUSE_integration_release); node; node = ast_next(node))
    add_production_fallbacks(lower, ast_child(node, CLAUSE_release_production), start);
  return lower_range(lower, fallbacks, start);
}

/* Routing */

static void add_condition(Lower *lower, const AstNode *node) {
  const AstNode *op = ast_child(node, CLAUSE_condition_operator);
  Condition row = {.subject = lower_text(lower, node, CLAUSE_condition_subject).sym, .span = node->span};
  row.op = op && op->kind == AST_CHOICE ? (IrOperator)op->number : IR_EQ;
  row.value = lower_value(lower, ast_child(node, CLAUSE_condition_value));
  ir_add_condition(lower->ir, row);
}

static void add_route(Lower *lower, const AstNode *node) {
  Route row = {.release = lower_text(lower, node, CLAUSE_route_version),
               .share = lower_number(node, CLAUSE_route_traffic),
               .span = node->span};
  uint32_t start = lower_start(lower, conditions);
  for (const AstNode *c = ast_child(node, CLAUSE_route_condition); c; c = ast_next(c))
    add_condition(lower, c);
  row.conditions = lower_range(lower, conditions, start);
  ir_add_route(lower->ir, row);
}

/// A rule that sends every call for which its conditions hold to a release: it has no share.
static bool is_conditional(const Route *route) {
  return route->conditions.count && isnan(route->share.number);
}

/// FX2015: shares that do not add up, unless one of them is wrong or missing anyway.
static void check_shares(Lower *lower, IrRange routes) {
  double sum = 0;
  Span first = SPAN_NONE;
  for (uint32_t i = 0; i < routes.count; i++) {
    const Route *route = ir_route_at(lower->ir, routes, i);
    if (is_conditional(route)) continue;
    sum += route->share.number;
    if (!span_exists(first)) first = route->share.span;
  }
  if (isnan(sum) || !span_exists(first) || fabs(sum - 1) < 1e-9) return;
  Diag *d = diag_add(lower->bag, FX2015, first, "the shares of the routes add up to %.10g%%, not to 100%%",
                     sum * 100);
  for (uint32_t i = 0; i < routes.count && i < 16; i++) {
    const Route *route = ir_route_at(lower->ir, routes, i);
    if (!is_conditional(route)) diag_label(d, route->share.span, "%.10g%%", route->share.number * 100);
  }
  diag_help(d, "change the shares so that their sum is 100");
}

/// Under `strategy: percentage` every rule needs its share, or a condition.
static bool all_have_shares(Lower *lower) {
  bool all = true;
  for (const AstNode *node = ast_child(lower->node, CLAUSE_integration_route); node; node = ast_next(node)) {
    if (node->wrong || ast_child(node, CLAUSE_route_traffic) || ast_excused(node, CLAUSE_route_traffic) ||
        ast_child(node, CLAUSE_route_condition))
      continue;
    Diag *d = diag_add(lower->bag, FX2008,
                       node->key_span.end - node->key_span.start > 0 ? node->key_span : node->span,
                       "a routing rule by percentage needs 'traffic'");
    diag_help(d, "traffic: its share of the calls, such as 10");
    all = false;
  }
  return all;
}

static IrRange add_routes(Lower *lower) {
  const AstNode *strategy = ast_child(lower->node, CLAUSE_integration_strategy);
  uint32_t start = lower_start(lower, routes);
  for (const AstNode *node = ast_child(lower->node, CLAUSE_integration_route); node; node = ast_next(node))
    if (!node->wrong) add_route(lower, node);
  IrRange routes = lower_range(lower, routes, start);
  bool percentage = strategy && str_eq(strategy->text, STR("percentage"));
  if (percentage && all_have_shares(lower)) check_shares(lower, routes);
  return routes;
}

/* Thresholds, canary, limits */

static IrNumber threshold_part(const AstNode *part) {
  return part ? (IrNumber){part->number, part->span} : (IrNumber){NAN, SPAN_NONE};
}

static IrRange add_thresholds(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, thresholds);
  for (const AstNode *node = block ? ast_child(block, clause) : NULL; node; node = ast_next(node)) {
    if (node->wrong) continue;
    Threshold row = {
        .metric = lower_sym(lower, node->name), .op = (IrOperator)node->number, .span = node->span};
    row.bound = threshold_part(node->first);
    row.window = threshold_part(node->first ? node->first->next : NULL);
    row.text = lower_sym(lower, node->text);
    ir_add_threshold(lower->ir, row);
  }
  return lower_range(lower, thresholds, start);
}

static IrRange add_stages(Lower *lower, const AstNode *canary) {
  uint32_t start = lower_start(lower, canary_stages);
  for (const AstNode *node = canary ? ast_child(canary, CLAUSE_canary_stage) : NULL; node;
       node = ast_next(node)) {
    CanaryStage row = {lower_number(node, CLAUSE_stage_percentage), lower_number(node, CLAUSE_stage_duration),
                       node->span};
    if (!node->wrong) ir_add_canary_stage(lower->ir, row);
  }
  return lower_range(lower, canary_stages, start);
}

// 60/m is as many calls as 1/s, but they may all come in the first second.
static IrNumber rate_interval(const AstNode *node, IrNumber rate) {
  return isnan(rate.number) ? rate : (IrNumber){literal_rate_interval(node->text), rate.span};
}

// What lets no call through is a slip of the pen: nobody writes an integration that never works.
static IrNumber above_zero(Lower *lower, const AstNode *block, ClauseId clause) {
  IrNumber number = lower_number(block, clause);
  if (isnan(number.number) || number.number > 0) return number;
  Str word = clause_word(clause);
  Diag *d = diag_add(lower->bag, FX2007, number.span, "expected more than 0 for '%.*s'", STR_ARG(word));
  diag_help(d, "leave '%.*s' out where it has no bound", STR_ARG(word));
  return (IrNumber){NAN, SPAN_NONE};
}

static LimitsId add_limits(Lower *lower, const AstNode *node) {
  if (!node || node->wrong) return (LimitsId){0};
  const AstNode *retry = ast_child(node, CLAUSE_limits_retry), *batch = ast_child(node, CLAUSE_limits_batch);
  const AstNode *breaker = ast_child(node, CLAUSE_limits_breaker);
  Limits row = {.span = node->key_span};
  row.rate = above_zero(lower, node, CLAUSE_limits_rate);
  row.rate_interval = rate_interval(ast_child(node, CLAUSE_limits_rate), row.rate);
  row.burst = above_zero(lower, node, CLAUSE_limits_burst);
  row.concurrency = above_zero(lower, node, CLAUSE_limits_concurrency);
  row.timeout = above_zero(lower, node, CLAUSE_limits_timeout);
  row.queue = lower_number(node, CLAUSE_limits_queue);
  row.retry_attempts = lower_number(retry, CLAUSE_retry_attempts);
  row.retry_from = lower_number(retry, CLAUSE_retry_from);
  row.retry_to = lower_number(retry, CLAUSE_retry_to);
  row.retry_backoff = retry ? lower_text(lower, retry, CLAUSE_retry_backoff) : (IrText){0};
  row.batch_size = above_zero(lower, batch, CLAUSE_batch_size);
  row.batch_window = lower_number(batch, CLAUSE_batch_within);
  row.breaker_failures = above_zero(lower, breaker, CLAUSE_breaker_failures);
  row.breaker_reset = lower_number(breaker, CLAUSE_breaker_reset);
  return ir_add_limit(lower->ir, row);
}

/* Migrations */

static MigrationStep step(Lower *lower, const AstNode *migrate, IrMigrationKind kind, const AstNode *node) {
  MigrationStep row = {.kind = kind, .span = node->span};
  row.from = lower_text(lower, migrate, CLAUSE_migrate_from);
  row.to = lower_text(lower, migrate, CLAUSE_migrate_to);
  row.subject = lower_sym(lower, node->name.data ? node->name : node->text);
  return row;
}

static void add_renames(Lower *lower, const AstNode *migrate, ClauseId clause, IrMigrationKind kind) {
  for (const AstNode *node = ast_child(migrate, clause); node; node = ast_next(node)) {
    if (node->wrong) continue;
    MigrationStep row = step(lower, migrate, kind, node);
    row.renamed = lower_sym(lower, node->text);
    ir_add_migration_step(lower->ir, row);
  }
}

static void add_drops(Lower *lower, const AstNode *migrate, ClauseId clause, IrMigrationKind kind) {
  for (const AstNode *node = ast_child(migrate, clause); node; node = ast_next(node))
    if (!node->wrong) ir_add_migration_step(lower->ir, step(lower, migrate, kind, node));
}

static void add_values(Lower *lower, const AstNode *migrate, ClauseId clause, IrMigrationKind kind) {
  for (const AstNode *node = ast_child(migrate, clause); node; node = ast_next(node)) {
    for (const AstNode *change = ast_child(node, CLAUSE_values_change); change; change = ast_next(change)) {
      MigrationStep row = step(lower, migrate, kind, node);
      Value old = {.kind = IR_VALUE_STRING, .text = lower_sym(lower, change->name), .span = change->key_span};
      row.span = change->span;
      row.old_value = ir_add_value(lower->ir, old);
      row.new_value = lower_value(lower, change);
      ir_add_migration_step(lower->ir, row);
    }
  }
}

static IrRange add_migrations(Lower *lower) {
  uint32_t start = lower_start(lower, migration_steps);
  for (const AstNode *node = ast_child(lower->node, CLAUSE_integration_migrate); node;
       node = ast_next(node)) {
    if (node->wrong) continue;
    add_renames(lower, node, CLAUSE_migrate_rename_prop, IR_RENAME_PROP);
    add_renames(lower, node, CLAUSE_migrate_rename_config, IR_RENAME_CONFIG);
    add_renames(lower, node, CLAUSE_migrate_rename_feature, IR_RENAME_FEATURE);
    add_drops(lower, node, CLAUSE_migrate_drop_prop, IR_DROP_PROP);
    add_drops(lower, node, CLAUSE_migrate_drop_config, IR_DROP_CONFIG);
    add_values(lower, node, CLAUSE_migrate_value_prop, IR_VALUE_PROP);
    add_values(lower, node, CLAUSE_migrate_value_config, IR_VALUE_CONFIG);
  }
  return lower_range(lower, migration_steps, start);
}

void lower_runtime(Lower *lower) {
  const AstNode *canary = ast_child(lower->node, CLAUSE_integration_canary);
  Integration row = *ir_integration(lower->ir, lower->id);
  row.fallbacks = add_fallbacks(lower);
  row.routes = add_routes(lower);
  row.canary = add_stages(lower, canary);
  row.canary_release = canary ? lower_text(lower, canary, CLAUSE_canary_version) : (IrText){0};
  row.rollback = add_thresholds(lower, canary, CLAUSE_canary_rollback);
  row.alerts = add_thresholds(lower, lower->node, CLAUSE_integration_alert);
  row.budget = above_zero(lower, lower->node, CLAUSE_integration_budget);
  row.repeatable = lower_names(lower, lower->node, CLAUSE_integration_repeatable);
  row.limits = add_limits(lower, ast_child(lower->node, CLAUSE_integration_limits));
  row.migrations = add_migrations(lower);
  *ir_integration(lower->ir, lower->id) = row;
}
