/* FX2023. In: alerts and rollback conditions. Out: a warning for each that can never fire, or that fires at
 * every call, with the reason. A metric has values between two ends: shares 0 and 1, latencies 0 and the
 * longest time that a call may take; an alert is judged on ALERT_SAMPLE calls or more. */
#include <math.h>

#include "passes/resilience.h"

enum { ALERT_SAMPLE = 20 };

typedef struct Judging {
  const Resilience *look;
  const Threshold *alert;
  const char *what;  // "alert" or "rollback"
  Str metric;
} Judging;

static bool is_latency(Str metric) { return str_starts(metric, STR("latency-")); }

static Diag *report(const Judging *on, Span span, bool always, const char *why, ...)
    __attribute__((format(printf, 4, 5)));

static Diag *report(const Judging *on, Span span, bool always, const char *why, ...) {
  const Resilience *look = on->look;
  va_list args;
  va_start(args, why);
  Str reason = str_vprintf(look->diags->arena, why, args);
  va_end(args);
  Str name = ir_str(look->ir, look->integration->name);
  Diag *d = diag_add(look->diags, FX2023, span, "this %s of '%.*s' %s: %.*s", on->what, STR_ARG(name),
                     always ? "fires at every call" : "can never fire", STR_ARG(reason));
  return d;
}

/* Bounds */

static void note_longest(const Judging *on, Diag *d) {
  const Resilience *look = on->look;
  Str each = resilience_time(look->diags->arena, look->attempts.timeout);
  diag_note(d, look->limits.timeout.span, "an attempt ends after %.*s", STR_ARG(each));
  if (look->attempts.retries > 0)
    diag_note(d, look->limits.retry_attempts.span, "there are %.10g attempts", look->attempts.retries + 1);
  if (look->tried.len > 1)
    diag_note(d, SPAN_NONE, "with the fallback chain, %zu releases are tried", look->tried.len);
}

typedef enum Verdict { MAY_FIRE, NEVER_FIRES, ALWAYS_FIRES } Verdict;

/// `open`: no value is as small as `low`.
static Verdict judge(IrOperator op, double bound, double low, bool open, double high) {
  bool at_low = bound < low || (open && bound == low);
  switch (op) {
    case IR_GT:
      return bound >= high ? NEVER_FIRES : at_low ? ALWAYS_FIRES : MAY_FIRE;
    case IR_GE:
      return bound > high ? NEVER_FIRES : bound <= low ? ALWAYS_FIRES : MAY_FIRE;
    case IR_LT:
      return bound <= low ? NEVER_FIRES : bound > high ? ALWAYS_FIRES : MAY_FIRE;
    case IR_LE:
      return at_low ? NEVER_FIRES : bound >= high ? ALWAYS_FIRES : MAY_FIRE;
    default:
      return MAY_FIRE;
  }
}

static bool check_latency(const Judging *on) {
  const IrNumber bound = on->alert->bound;
  double longest = resilience_longest(on->look);
  Verdict verdict = judge(on->alert->op, bound.number, 0, true, longest);
  if (verdict == MAY_FIRE) return true;
  bool always = verdict == ALWAYS_FIRES, small = bound.number <= 0;
  Str time = resilience_time(on->look->diags->arena, longest);
  Diag *d = small ? report(on, bound.span, always, "every call takes longer than that")
                  : report(on, bound.span, always, "no call takes longer than %.*s", STR_ARG(time));
  diag_label(d, bound.span, small ? "takes no time" : "longer than any call");
  if (!small) note_longest(on, d);
  diag_help(d, small ? "compare with the time that is too long" : "compare with a time that calls can take");
  return false;
}

static bool check_share(const Judging *on) {
  const IrNumber bound = on->alert->bound;
  Verdict verdict = judge(on->alert->op, bound.number, 0, false, 1);
  if (verdict == MAY_FIRE) return true;
  bool always = verdict == ALWAYS_FIRES, high = bound.number >= 1;
  Diag *d = report(on, bound.span, always, high ? "no share is above 100%%" : "no share is below 0%%");
  diag_label(d, bound.span, high ? "all calls" : "no call");
  diag_help(d, "compare with the share that is too %s",
            on->alert->op == IR_LT || on->alert->op == IR_LE ? "small" : "large");
  return false;
}

/* What there is to measure. An integration without operations may be called all the same: an adapter that the
 * application brings does what it likes. */

static bool has_fallback(const Resilience *look) {
  const Ir *ir = look->ir;
  IrRange chain = look->integration->fallbacks;
  for (uint32_t i = 0; i < chain.count; i++)
    if (ir_fallback_at(ir, chain, i)->kind == IR_FALLBACK_STATIC) return true;
  return look->tried.len > 1 || look->page_chain;
}

static bool check_measured(const Judging *on) {
  const Resilience *look = on->look;
  Span span = on->alert->span;
  if (str_eq(on->metric, STR("scan")) || str_eq(on->metric, STR("generation"))) {
    Diag *d = report(on, span, false, "'%.*s' is measured in builds, not in calls", STR_ARG(on->metric));
    diag_help(d, "an alert about the pipeline stands in the project file");
    return false;
  }
  if (str_eq(on->metric, STR("fallback-rate"))) {
    if (has_fallback(look)) return true;
    Diag *d = report(on, span, false, "there is nothing to fall back to");
    diag_note(d, look->integration->span, "no 'fallback' in this manifest");
    diag_help(d, "name what takes over: 'fallback%s static' is the concept's own markup",
              look->fx ? "" : ":");
    return false;
  }
  if (str_eq(on->metric, STR("timeout-rate")) && isinf(look->attempts.timeout)) {
    diag_help(report(on, span, false, "no call has a timeout"), "add a 'timeout' to the limits");
    return false;
  }
  return true;
}

static bool check_window(const Judging *on) {
  const Resilience *look = on->look;
  const IrNumber window = on->alert->window, rate = look->limits.rate;
  if (isnan(window.number) || (isnan(rate.number) && window.number > 0)) return true;
  double calls = isnan(rate.number) ? 0 : rate.number * window.number / 1000;
  if (calls >= ALERT_SAMPLE * (1 - 1e-9)) return true;
  Arena *arena = look->diags->arena;
  Diag *d =
      report(on, window.span, false, "it is judged on %d calls or more, and there are at most %.6g in %.*s",
             ALERT_SAMPLE, resilience_floor(calls + 1e-9), STR_ARG(resilience_time(arena, window.number)));
  diag_label(d, window.span, "too short");
  if (isnan(rate.number) || !(rate.number > 0)) return false;
  diag_note(d, rate.span, "there are at most %.*s", STR_ARG(resilience_rate(arena, rate.number)));
  double enough = (resilience_floor(ALERT_SAMPLE / rate.number - 1e-9) + 1) * 1000;
  diag_help(d, "look at %.*s or longer", STR_ARG(resilience_time(arena, enough)));
  return false;
}

/* All of them */

static void check_all(const Resilience *look, IrRange thresholds, const char *what) {
  for (uint32_t i = 0; i < thresholds.count; i++) {
    const Threshold *alert = ir_threshold_at(look->ir, thresholds, i);
    Judging on = {look, alert, what, ir_str(look->ir, alert->metric)};
    if (isnan(alert->bound.number) || !check_measured(&on)) continue;
    if (is_latency(on.metric) ? check_latency(&on) : check_share(&on)) check_window(&on);
  }
}

void resilience_check_alerts(const Resilience *look) {
  if (!look->tried.len) return;
  check_all(look, look->integration->alerts, "alert");
  check_all(look, look->integration->rollback, "rollback");
}
