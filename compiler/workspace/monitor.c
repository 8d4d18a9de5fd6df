/* In: counts of runtimes, bounds of manifests. Out: judgements, and diagnostics for bounds that are crossed.
 * Surprising: percentiles of several runtimes cannot be put together, so that a latency that several have
 * measured is judged on their histograms, which count from the start. */
#include "workspace/monitor.h"

#include <math.h>

#include "passes/near.h"
#include "passes/resilience.h"

typedef struct Judging {
  Compilation *compilation;
  const Measures *measures;
  const Measured *row;
  Monitor *monitor;
} Judging;

/* What a bound is judged on */

static double ratio(double a, double b) { return a > b ? a / b : b / a; }

// Of the windows of one snapshot, which stand together, the one whose length is nearest; the longer of two.
static const MeasuredWindow *nearest(const Measured *row, size_t first, double over, size_t *next) {
  const MeasuredWindow *best = &row->windows.data[first];
  size_t i = first;
  for (; i < row->windows.len && row->windows.data[i].snapshot == best->snapshot; i++) {
    const MeasuredWindow *window = &row->windows.data[i];
    double new = ratio(window->over, over), old = ratio(best->over, over);
    if (new < old || (new == old && window->over > best->over)) best = window;
  }
  *next = i;
  return best;
}

static void add_counts(Counts *to, const Counts *from) {
  to->asked += from->asked;
  to->errors += from->errors;
  to->timeouts += from->timeouts;
  to->calls += from->calls;
  to->fallbacks += from->fallbacks;
}

static double quantile_of(const MeasuredWindow *window, double quantile) {
  for (size_t i = 0; i < MEASURED_QUANTILES; i++)
    if (measured_quantiles[i] == quantile) return window->quantiles[i];
  return NAN;
}

static void use_totals(const Judging *on, Judgement *j) {
  j->counts = on->row->total;
  j->shortest = j->longest = NAN;
  if (j->bound.kind == BOUND_LATENCY) j->value = measured_quantile(on->row, j->bound.quantile);
}

static void use_windows(const Judging *on, Judgement *j) {
  const Measured *row = on->row;
  for (size_t i = 0; i < row->windows.len;) {
    const MeasuredWindow *window = nearest(row, i, j->bound.window, &i);
    add_counts(&j->counts, &window->counts);
    if (!(window->over >= j->shortest)) j->shortest = window->over;
    if (!(window->over <= j->longest)) j->longest = window->over;
    if (j->bound.kind == BOUND_LATENCY) j->value = quantile_of(window, j->bound.quantile);
  }
}

/* Judging */

static void find_value(Judgement *j) {
  const Counts *counts = &j->counts;
  switch (j->bound.kind) {
    case BOUND_FALLBACKS:
      j->value = counts->fallbacks / counts->calls;
      break;
    case BOUND_ERRORS:
      j->value = counts->errors / counts->asked;
      break;
    case BOUND_SUCCESSES:
      j->value = (counts->asked - counts->errors) / counts->asked;
      break;
    case BOUND_TIMEOUTS:
      j->value = counts->timeouts / counts->asked;
      break;
    case BOUND_LATENCY:
      break;
  }
}

static Judgement judge(const Judging *on, Bound bound) {
  Judgement j = {.name = on->row->name, .bound = bound, .value = NAN, .shortest = NAN, .longest = NAN};
  bool latency = bound.kind == BOUND_LATENCY, several = on->row->snapshots > 1;
  if (on->row->windows.len && !(latency && several))
    use_windows(on, &j);
  else
    use_totals(on, &j);
  find_value(&j);
  j.sample = bound.kind == BOUND_FALLBACKS ? j.counts.calls : j.counts.asked;
  if (j.sample < BOUND_SAMPLE)
    j.verdict = VERDICT_FEW;
  else if (isnan(j.value))
    j.verdict = VERDICT_NOTHING;
  else
    j.verdict = bound_crossed(&bound, j.value) ? VERDICT_CROSSED : VERDICT_KEPT;
  return j;
}

/* Diagnostics */

// 1,234,567
static Str grouped(Arena *arena, double count) {
  Str digits = str_printf(arena, "%.0f", count);
  Buf out = {0};
  for (size_t i = 0; i < digits.len; i++) {
    if (i && (digits.len - i) % 3 == 0) buf_char(&out, ',');
    buf_char(&out, digits.data[i]);
  }
  Str text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return text;
}

static Diag *report(const Judging *on, const Judgement *j) {
  DiagBag *bag = &on->compilation->diags;
  Arena *arena = bag->arena;
  const Counts *counts = &j->counts;
  Str value = bound_value(arena, &j->bound, j->value), all = grouped(arena, j->sample), part;
  if (j->bound.kind == BOUND_LATENCY)
    return diag_add(bag, FX7004, j->bound.span, "the latency of '%.*s' at %.*s is %.*s (%.*s requests)",
                    STR_ARG(j->name), STR_ARG(str_skip(j->bound.metric, strlen("latency-"))), STR_ARG(value),
                    STR_ARG(all));
  if (j->bound.kind == BOUND_FALLBACKS)
    return diag_add(bag, FX7002, j->bound.span, "the fallback rate of '%.*s' is %.*s (%.*s of %.*s calls)",
                    STR_ARG(j->name), STR_ARG(value), STR_ARG(grouped(arena, counts->fallbacks)),
                    STR_ARG(all));
  const char *what = j->bound.kind == BOUND_ERRORS     ? "error"
                     : j->bound.kind == BOUND_TIMEOUTS ? "timeout"
                                                       : "success";
  double count = j->bound.kind == BOUND_ERRORS     ? counts->errors
                 : j->bound.kind == BOUND_TIMEOUTS ? counts->timeouts
                                                   : counts->asked - counts->errors;
  part = grouped(arena, count);
  return diag_add(bag, FX7003, j->bound.span, "the %s rate of '%.*s' is %.*s (%.*s of %.*s requests)", what,
                  STR_ARG(j->name), STR_ARG(value), STR_ARG(part), STR_ARG(all));
}

static void note_window(const Judging *on, const Judgement *j, Diag *diag) {
  Arena *arena = diag->bag->arena;
  Str wanted = resilience_time(arena, j->bound.window), from = resilience_time(arena, j->shortest),
      to = resilience_time(arena, j->longest);
  if (isnan(j->shortest) && on->measures->text)
    diag_note(diag, SPAN_NONE, "judged since the start: a text for Prometheus has totals alone, no %.*s",
              STR_ARG(wanted));
  else if (isnan(j->shortest) && on->row->windows.len)
    diag_note(diag, SPAN_NONE,
              "judged since the start: percentiles of several runtimes cannot be put together");
  else if (isnan(j->shortest))
    diag_note(diag, SPAN_NONE, "judged since the start: the snapshot has no windows");
  else if (j->shortest != j->longest)
    diag_note(diag, SPAN_NONE, "judged over %.*s to %.*s: the snapshots have no other windows near %.*s",
              STR_ARG(from), STR_ARG(to), STR_ARG(wanted));
  else if (j->shortest != j->bound.window)
    diag_note(diag, SPAN_NONE, "judged over %.*s: the snapshot has no window of %.*s", STR_ARG(from),
              STR_ARG(wanted));
}

static void note_figures(const Judgement *j, Diag *diag) {
  Arena *arena = diag->bag->arena;
  const Counts *c = &j->counts;
  diag_note(diag, SPAN_NONE,
            "%.*s calls, %.*s answered by a fallback; %.*s requests, %.*s failed, %.*s of these too slow",
            STR_ARG(grouped(arena, c->calls)), STR_ARG(grouped(arena, c->fallbacks)),
            STR_ARG(grouped(arena, c->asked)), STR_ARG(grouped(arena, c->errors)),
            STR_ARG(grouped(arena, c->timeouts)));
}

static void tell(const Judging *on, const Judgement *j) {
  Diag *diag = report(on, j);
  Str text = bound_text(diag->bag->arena, &j->bound);
  if (j->bound.origin == BOUND_DEFAULT)
    diag_label(diag, j->bound.span, "%.*s, as long as no 'alert' says otherwise", STR_ARG(text));
  if (j->bound.origin == BOUND_PROJECT)
    diag_label(diag, j->bound.span, "holds for '%.*s', too", STR_ARG(j->name));
  note_window(on, j, diag);
  note_figures(j, diag);
  if (j->bound.kind == BOUND_LATENCY)
    diag_help(diag, "'cache' and 'batch' save requests; a 'timeout' below the bound lets a fallback answer");
  else
    diag_help(diag, "'fxc flag off %.*s' leaves the page's own markup in its place, without a build",
              STR_ARG(j->name));
}

/* All of them */

static void report_unknown(const Judging *on) {
  Compilation *compilation = on->compilation;
  const Measured *row = on->row;
  if (strmap_find(&compilation->silenced, row->name)) return;
  Diag *diag = diag_add(&compilation->diags, FX7005, row->span, "no manifest declares the integration '%.*s'",
                        STR_ARG(row->name));
  diag->severity = DIAG_WARNING;
  diag_label(diag, row->span, "was counted");
  IntegrationId near = near_integration(&compilation->ir, row->name);
  if (near.n)
    diag_help(diag, "did you mean '%.*s'?", STR_ARG(ir_integration_name(&compilation->ir, near)));
  else
    diag_help(diag, "what was counted of it is not judged");
}

static void judge_integration(const Judging *on, IntegrationId id) {
  Compilation *compilation = on->compilation;
  Monitor *monitor = on->monitor;
  Bounds bounds = bounds_find(&compilation->ir, &compilation->project.settings, id, &compilation->arena);
  monitor->integrations++;
  for (size_t i = 0; i < bounds.len; i++) {
    Judgement j = judge(on, bounds.data[i]);
    monitor->judged += j.verdict == VERDICT_KEPT || j.verdict == VERDICT_CROSSED;
    monitor->crossed += j.verdict == VERDICT_CROSSED;
    monitor->few += j.verdict == VERDICT_FEW;
    if (j.verdict == VERDICT_CROSSED) tell(on, &j);
    vec_push(&compilation->arena, &monitor->list, j);
  }
}

Monitor monitor_judge(Compilation *compilation, const Measures *measures) {
  Monitor monitor = {.text = measures->text};
  for (size_t i = 0; i < measures->list.len; i++) {
    Judging on = {compilation, measures, &measures->list.data[i], &monitor};
    IntegrationId id = ir_find_integration(&compilation->ir, on.row->name);
    if (id.n)
      judge_integration(&on, id);
    else
      report_unknown(&on);
  }
  return monitor;
}
