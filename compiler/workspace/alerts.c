/* In: durations of this build and the bounds on them. Out: warnings. They say how fast a machine was, so they
 * never reach an output file. */
#include "workspace/alerts.h"

#include <math.h>

enum { SLOW_SCAN_MS = 5000 };

// "7.4s", "350ms".
static Str duration(Arena *arena, double ms) {
  return ms < 1000 ? str_printf(arena, "%.0fms", ms) : str_printf(arena, "%.1fs", ms / 1000);
}

static bool crossed(double value, Str op, double bound) {
  if (str_eq(op, STR(">"))) return value > bound;
  if (str_eq(op, STR(">="))) return value >= bound;
  if (str_eq(op, STR("<"))) return value < bound;
  if (str_eq(op, STR("<="))) return value <= bound;
  return str_eq(op, STR("==")) == (fabs(value - bound) < 0.5);
}

static Diag *report(DiagBag *diags, Span span, const char *what, double ms) {
  Diag *diag = diag_add(diags, FX7001, span, "the %s took %.*s", what, STR_ARG(duration(diags->arena, ms)));
  diag->severity = DIAG_WARNING;
  return diag;
}

static bool is_about(const ProjectAlert *alert, Str metric) { return str_eq(alert->metric.text, metric); }

void alerts_check(const ProjectSettings *settings, const CompileMetrics *metrics, DiagBag *diags) {
  bool scan_said = false;
  for (size_t i = 0; i < settings->alerts.len; i++) {
    const ProjectAlert *alert = &settings->alerts.data[i];
    bool scan = is_about(alert, STR("scan")), generation = is_about(alert, STR("generation"));
    double ms = scan ? metrics->scan_ms : metrics->generation_ms;
    scan_said |= scan;
    if (!(scan || generation) || !crossed(ms, alert->op, alert->bound)) continue;
    Diag *diag = report(diags, alert->text.span, scan ? "scan" : "generation", ms);
    diag_help(diag, "'fxc build --time-passes' says what took how long");
  }
  if (scan_said || metrics->scan_ms <= SLOW_SCAN_MS) return;
  Diag *diag = report(diags, SPAN_NONE, "scan", metrics->scan_ms);
  diag_help(diag, "more than 5s: leave folders out with 'exclude', or set a bound of your own with 'alerts'");
}
