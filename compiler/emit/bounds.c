/* In: alert clauses of a manifest and of the project file. Out: what holds for an integration, defaults
 * included. Surprising: a metric that a manifest names once takes nothing from the project or the defaults,
 * whatever the window of its own clause. */
#include "emit/bounds.h"

#include <math.h>
#include <stdlib.h>

#include "passes/resilience.h"

static const double default_window = 5 * 60 * 1000;

typedef struct MetricKind {
  const char *metric;
  BoundKind kind;
  double quantile;
} MetricKind;

static const MetricKind kinds[] = {
    {"fallback-rate", BOUND_FALLBACKS, 0}, {"error-rate", BOUND_ERRORS, 0},
    {"success-rate", BOUND_SUCCESSES, 0},  {"timeout-rate", BOUND_TIMEOUTS, 0},
    {"latency-p50", BOUND_LATENCY, 0.5},   {"latency-p90", BOUND_LATENCY, 0.9},
    {"latency-p95", BOUND_LATENCY, 0.95},  {"latency-p99", BOUND_LATENCY, 0.99},
};

// NULL for what is measured in builds.
static const MetricKind *find_kind(Str metric) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (str_eq(metric, str_from(kinds[i].metric))) return &kinds[i];
  return NULL;
}

static bool names(const Bounds *list, size_t count, Str metric) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(list->data[i].metric, metric)) return true;
  return false;
}

// 99.9% is 0.9990000000000001 when it has been divided: 999 of 1000 would be below.
static double decimal(Arena *arena, double value) {
  return strtod(str_printf(arena, "%.12g", value).data, NULL);
}

static void add(Arena *arena, Bounds *list, Bound bound) {
  const MetricKind *kind = find_kind(bound.metric);
  if (!kind || isnan(bound.bound)) return;  // a clause that could not be read was reported
  bound.kind = kind->kind;
  bound.quantile = kind->quantile;
  bound.bound = decimal(arena, bound.bound);
  if (isnan(bound.window)) bound.window = default_window;
  if (bound.window < 1) bound.window = 1;
  vec_push(arena, list, bound);
}

static void add_manifest(const Ir *ir, IntegrationId id, Arena *arena, Bounds *list) {
  IrRange rows = ir_integration(ir, id)->alerts;
  for (uint32_t i = 0; i < rows.count; i++) {
    const Threshold *row = ir_threshold_at(ir, rows, i);
    add(arena, list,
        (Bound){.metric = ir_str(ir, row->metric),
                .op = row->op,
                .bound = row->bound.number,
                .window = row->window.number,
                .span = row->span,
                .origin = BOUND_MANIFEST});
  }
}

static IrOperator operator_of(Str sign) {
  if (str_eq(sign, STR(">="))) return IR_GE;
  if (str_eq(sign, STR("<="))) return IR_LE;
  return str_eq(sign, STR("<")) ? IR_LT : IR_GT;
}

static void add_project(const ProjectSettings *settings, Arena *arena, Bounds *list) {
  size_t own = list->len;
  for (size_t i = 0; i < settings->alerts.len; i++) {
    const ProjectAlert *alert = &settings->alerts.data[i];
    if (names(list, own, alert->metric.text)) continue;
    add(arena, list,
        (Bound){.metric = alert->metric.text,
                .op = operator_of(alert->op),
                .bound = alert->bound,
                .window = alert->window,
                .span = alert->text.span,
                .origin = BOUND_PROJECT});
  }
}

static void add_default(Arena *arena, Bounds *list, Str metric, double bound, Span name) {
  if (names(list, list->len, metric)) return;
  add(arena, list,
      (Bound){.metric = metric,
              .op = IR_GT,
              .bound = bound,
              .window = NAN,
              .span = name,
              .origin = BOUND_DEFAULT});
}

Bounds bounds_find(const Ir *ir, const ProjectSettings *settings, IntegrationId id, Arena *arena) {
  Bounds list = {0};
  Span name = ir_integration(ir, id)->span;
  add_manifest(ir, id, arena, &list);
  if (settings) add_project(settings, arena, &list);
  add_default(arena, &list, STR("fallback-rate"), 0.05, name);
  add_default(arena, &list, STR("error-rate"), 0.01, name);
  return list;
}

bool bound_crossed(const Bound *bound, double value) {
  switch (bound->op) {
    case IR_LT:
      return value < bound->bound;
    case IR_LE:
      return value <= bound->bound;
    case IR_GE:
      return value >= bound->bound;
    default:
      return value > bound->bound;
  }
}

/* Words */

// As many digits as it takes to see on which side of the bound it is.
Str bound_value(Arena *arena, const Bound *bound, double value) {
  bool time = bound->kind == BOUND_LATENCY, crossed = bound_crossed(bound, value);
  double scale = time ? 1 : 100, shown = value;
  for (int digits = value * scale >= 1000 ? 6 : 4; digits < 17; digits++) {
    shown = strtod(str_printf(arena, "%.*g", digits, value * scale).data, NULL);
    if (bound_crossed(bound, shown / scale) == crossed) break;
  }
  return time ? resilience_time(arena, shown) : str_printf(arena, "%.12g%%", shown);
}

Str bound_text(Arena *arena, const Bound *bound) {
  bool time = bound->kind == BOUND_LATENCY;
  Str value = time ? resilience_time(arena, bound->bound) : str_printf(arena, "%.10g%%", bound->bound * 100);
  return str_printf(arena, "%.*s %s %.*s over %.*s", STR_ARG(bound->metric), ir_operator_name(bound->op),
                    STR_ARG(value), STR_ARG(resilience_time(arena, bound->window)));
}
