/* Figures of runtimes: snapshots as JSON, text for Prometheus. What is refused has a place in the file; what
 * is taken can be counted: no figure is negative, and no quantile lies outside the histogram. */
#include <math.h>

#include "workspace/measures.h"

#include "fuzz.h"

static void check_counts(const Counts *counts) {
  const double all[] = {counts->asked, counts->errors, counts->timeouts, counts->calls, counts->fallbacks};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (!(all[i] >= 0)) abort();
}

static void check_row(const Measured *row) {
  check_counts(&row->total);
  for (size_t i = 0; i < row->windows.len; i++) {
    check_counts(&row->windows.data[i].counts);
    if (!(row->windows.data[i].over > 0)) abort();
    if (i && row->windows.data[i].snapshot < row->windows.data[i - 1].snapshot) abort();
  }
  for (size_t i = 1; i < row->latency.len; i++)
    if (!(row->latency.data[i].end > row->latency.data[i - 1].end)) abort();
  double last = -1;
  for (size_t i = 0; i < MEASURED_QUANTILES; i++) {
    double time = measured_quantile(row, measured_quantiles[i]);
    if (isnan(time)) continue;
    if (!(time >= 0) || isinf(time) || time < last * (1 - 1e-9)) abort();
    last = time;
  }
}

static void fuzz_one(Arena *arena, Str text) {
  DiagBag bag = {.arena = arena};
  Measures measures;
  bool good = measures_read(arena, 1, text, &bag, &measures);
  if (good == (bag.list.len > 0)) abort();
  for (size_t i = 0; i < bag.list.len; i++) {
    const Diag *diag = bag.list.data[i];
    if (diag->code != FX7005 && diag->code != FX8005 && diag->code != FX8006) abort();
    if (diag->span.start > diag->span.end || diag->span.end > text.len) abort();
  }
  for (size_t i = 0; good && i < measures.list.len; i++) check_row(&measures.list.data[i]);
}
