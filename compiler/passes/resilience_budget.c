/* FX2019. In: the budget of a component, and what its calls may do. Out: a warning with the arithmetic, where
 * a call may take longer, and what would fit. Waiting in a queue or for a batch is not counted: how long that
 * takes is not said anywhere. */
#include <math.h>

#include "passes/resilience.h"

enum { PAUSES_SHOWN = 3 };

static Str time_of(const Resilience *look, double ms) { return resilience_time(look->diags->arena, ms); }

static Str budget_of(const Resilience *look) { return time_of(look, look->integration->budget.number); }

/// "200ms, 400ms and 800ms", or "200ms, 400ms, 800ms and so on, 20s in all".
static Str pauses_text(const Resilience *look) {
  Arena *arena = look->diags->arena;
  double count = look->attempts.retries;
  Str text = time_of(look, attempts_pause(&look->attempts, 1));
  for (double n = 2; n <= count && n <= PAUSES_SHOWN; n++)
    text = str_printf(arena, "%.*s%s%.*s", STR_ARG(text), n == count ? " and " : ", ",
                      STR_ARG(time_of(look, attempts_pause(&look->attempts, n))));
  if (count > PAUSES_SHOWN)
    text = str_printf(arena, "%.*s and so on, %.*s in all", STR_ARG(text),
                      STR_ARG(time_of(look, attempts_pauses(&look->attempts))));
  return text;
}

/// "3 attempts of 2s and pauses of 200ms and 400ms: 6.6s"
static void note_attempts(const Resilience *look, Diag *d) {
  const Attempts *attempts = &look->attempts;
  Str each = time_of(look, attempts->timeout), sum = time_of(look, attempts_time(attempts));
  if (attempts->retries < 1) {
    diag_note(d, look->limits.timeout.span, "an attempt may take %.*s", STR_ARG(each));
    return;
  }
  Str pauses = STR("no pause");
  if (attempts->first > 0)
    pauses = str_printf(look->diags->arena, "%s of %.*s", attempts->retries > 1 ? "pauses" : "a pause",
                        STR_ARG(pauses_text(look)));
  diag_note(d, look->limits.retry_attempts.span, "%.10g attempts of %.*s and %.*s: %.*s",
            attempts->retries + 1, STR_ARG(each), STR_ARG(pauses), STR_ARG(sum));
  diag_note(d, look->limits.timeout.span, "an attempt may take %.*s", STR_ARG(each));
}

static const Fallback *link_to(const Resilience *look, ReleaseId release) {
  IrRange chain = look->integration->fallbacks;
  for (uint32_t i = 0; i < chain.count; i++)
    if (ir_fallback_at(look->ir, chain, i)->release.n == release.n) return ir_fallback_at(look->ir, chain, i);
  return NULL;
}

// Each link tries as often, and waits as long.
static void note_chain(const Resilience *look, Diag *d) {
  if (look->tried.len < 2) return;
  const Fallback *last = link_to(look, vec_last(&look->tried));
  if (!last) return;
  diag_note(d, last->span, "the chain tries %zu releases one behind the other: %zu times %.*s",
            look->tried.len, look->tried.len, STR_ARG(time_of(look, attempts_time(&look->attempts))));
}

/* What would fit */

// Nobody writes 366.6ms.
static double rounded_down(double ms) {
  double step = ms >= 1000 ? 100 : ms >= 100 ? 10 : 1;
  return resilience_floor(ms / step + 1e-9) * step;
}

static double longest_timeout(const Resilience *look) {
  const Attempts *attempts = &look->attempts;
  double share = look->integration->budget.number / (double)look->tried.len - attempts_pauses(attempts);
  return rounded_down(share / (attempts->retries + 1));
}

// The time grows with the retries, so that halving finds the most that fit; below 0: none do.
static double most_retries(const Resilience *look) {
  double low = -1, high = look->attempts.retries;
  while (high - low > 1) {
    double middle = resilience_floor((low + high) / 2);
    Resilience other = *look;
    other.attempts.retries = middle;
    if (resilience_longest(&other) <= look->integration->budget.number)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/// "'timeout 360ms', 'retry 1' or 'budget 6.6s' would fit"
static void help_to_fit(const Resilience *look, Diag *d) {
  Arena *arena = look->diags->arena;
  const char *sign = look->fx ? "" : ":";
  double timeout = longest_timeout(look), longest = resilience_longest(look);
  double retries = isinf(longest) ? -1 : most_retries(look);
  Str cures[3];
  size_t count = 0;
  if (timeout >= 1)
    cures[count++] = str_printf(arena, "'timeout%s %.*s'", sign, STR_ARG(time_of(look, timeout)));
  if (retries >= 0)
    cures[count++] = str_printf(arena, "'%s %.10g'", look->fx ? "retry" : "attempts:", retries);
  if (!isinf(longest))
    cures[count++] = str_printf(arena, "'budget%s %.*s'", sign, STR_ARG(time_of(look, longest)));
  if (!count) return;
  Str last = cures[count - 1], others = str_join(arena, cures, count - 1, STR(", "));
  diag_help(d, "%.*s%s%.*s would fit", STR_ARG(others), count > 1 ? " or " : "", STR_ARG(last));
}

static void report_endless(const Resilience *look) {
  const Integration *integration = look->integration;
  Str name = ir_str(look->ir, integration->name), budget = budget_of(look);
  Diag *d = diag_add(look->diags, FX2019, integration->budget.span,
                     "the calls of '%.*s' have no timeout, so that nothing keeps their budget of %.*s",
                     STR_ARG(name), STR_ARG(budget));
  diag_label(d, integration->budget.span, "allowed here");
  if (span_exists(look->limits.span)) diag_note(d, look->limits.span, "limits without a timeout");
  help_to_fit(look, d);
}

void resilience_check_budget(const Resilience *look) {
  const Integration *integration = look->integration;
  if (!span_exists(integration->budget.span) || !look->tried.len) return;
  double longest = resilience_longest(look);
  if (longest <= integration->budget.number) return;
  if (isinf(look->attempts.timeout)) {
    report_endless(look);
    return;
  }
  Str name = ir_str(look->ir, integration->name), budget = budget_of(look), time = time_of(look, longest);
  Diag *d = diag_add(look->diags, FX2019, integration->budget.span,
                     "a call of '%.*s' may take %.*s, and its budget is %.*s", STR_ARG(name), STR_ARG(time),
                     STR_ARG(budget));
  diag_label(d, integration->budget.span, "allowed here");
  note_attempts(look, d);
  note_chain(look, d);
  help_to_fit(look, d);
}
