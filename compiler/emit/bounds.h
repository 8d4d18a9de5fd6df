/* What the calls of an integration may not cross: its own alert clauses, those of the project, and bounds
 * that hold where neither says anything. Shared by the rules for Prometheus, the configuration of the
 * runtime, and who judges a snapshot. */
#ifndef FXC_EMIT_BOUNDS_H
#define FXC_EMIT_BOUNDS_H

#include "ast/project.h"
#include "ir/ir.h"

/// Nothing is judged on fewer calls.
enum { BOUND_SAMPLE = 20 };

/// Who says so.
typedef enum BoundOrigin { BOUND_MANIFEST, BOUND_PROJECT, BOUND_DEFAULT } BoundOrigin;

/// What a metric is about: shares of the releases that were asked, of calls, or times.
typedef enum BoundKind {
  BOUND_FALLBACKS,
  BOUND_ERRORS,
  BOUND_SUCCESSES,
  BOUND_TIMEOUTS,
  BOUND_LATENCY
} BoundKind;

typedef struct Bound {
  BoundKind kind;
  Str metric;       // "latency-p95"
  double quantile;  // of a latency: 0.95
  IrOperator op;
  double bound;   // a share, or ms
  double window;  // ms, at least 1
  Span span;      // of the clause; of the integration's name for what holds by default
  BoundOrigin origin;
} Bound;

typedef VEC(Bound) Bounds;

/// The bounds of an integration: all of its clauses in their order; then the project's about metrics that it
/// says nothing of; then what holds by default (fallback-rate > 5% and error-rate > 1%, over 5m) of metrics
/// that neither names. On the arena. `settings` may be NULL.
Bounds bounds_find(const Ir *ir, const ProjectSettings *settings, IntegrationId integration, Arena *arena);

/// "error-rate > 1% over 5m".
Str bound_text(Arena *arena, const Bound *bound);
/// A value of the metric: "8.2%", "1.3s".
Str bound_value(Arena *arena, const Bound *bound, double value);
/// Whether the comparison holds: the bound is crossed.
bool bound_crossed(const Bound *bound, double value);

#endif
