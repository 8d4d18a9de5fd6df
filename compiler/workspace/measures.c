/* In: a file. Out: counts of integrations, by name. */
#include "workspace/measures.h"

#include <math.h>
#include <stdlib.h>

const double measured_quantiles[MEASURED_QUANTILES] = {0.5, 0.9, 0.95, 0.99};

Measured *measures_row(MeasuresReader *reader, Str name, Span span) {
  bool added;
  uint32_t *at = strmap_put(reader->arena, &reader->by_name, name, &added);
  if (added) {
    *at = (uint32_t)reader->out->list.len;
    vec_push(reader->arena, &reader->out->list, (Measured){.name = name, .span = span});
  }
  return &reader->out->list.data[*at];
}

// A histogram has few parts.
void measures_time(MeasuresReader *reader, Measured *row, double end, double count) {
  size_t i = row->latency.len;
  while (i > 0 && row->latency.data[i - 1].end > end) i--;
  if (i > 0 && row->latency.data[i - 1].end == end) {
    row->latency.data[i - 1].count += count;
    return;
  }
  vec_push(reader->arena, &row->latency, (LatencyPart){0});
  for (size_t k = row->latency.len - 1; k > i; k--) row->latency.data[k] = row->latency.data[k - 1];
  row->latency.data[i] = (LatencyPart){end, count};
}

Diag *measures_report(MeasuresReader *reader, size_t start, size_t end, const char *format, ...) {
  Span span = {reader->source, (uint32_t)start, (uint32_t)end};
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(reader->bag, FX7005, span, format, args);
  va_end(args);
  return diag;
}

static int by_name(const void *a, const void *b) {
  return str_cmp(((const Measured *)a)->name, ((const Measured *)b)->name);
}

// A page without integrations counts nothing either, but says so: with an empty snapshot, or with its gauge.
static bool holds_counts(const MeasuresReader *reader) {
  return reader->out->text ? str_find(reader->bytes, STR("fxc_")) >= 0 : reader->snapshots > 0;
}

static void report_nothing(MeasuresReader *reader, size_t at) {
  bool empty = at == reader->bytes.len;
  const char *why = empty               ? "the file is empty"
                    : reader->out->text ? "none of these metrics is the runtime's"
                                        : "there is no snapshot in this list";
  diag_help(measures_report(reader, empty ? 0 : at, empty ? 0 : at + 1, "nothing was counted: %s", why),
            "give what the runtime's snapshot() returns, or what /_fx/metrics answers");
}

bool measures_read(Arena *arena, SourceId source, Str bytes, DiagBag *bag, Measures *out) {
  *out = (Measures){0};
  MeasuresReader reader = {.arena = arena, .source = source, .bytes = bytes, .bag = bag, .out = out};
  size_t before = bag->list.len, at = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
  while (at < bytes.len && str_is_space(bytes.data[at])) at++;
  out->text = at < bytes.len && bytes.data[at] != '{' && bytes.data[at] != '[';
  if (at < bytes.len) (out->text ? measures_read_text : measures_read_json)(&reader);
  if (bag->list.len == before && !holds_counts(&reader)) report_nothing(&reader, at);
  if (out->list.len) qsort(out->list.data, out->list.len, sizeof *out->list.data, by_name);
  return bag->list.len == before;
}

// Counts of many servers are not read in one instant, so that a part may be smaller than the one before.
double measured_quantile(const Measured *row, double share) {
  size_t count = row->latency.len, i = 0;
  const LatencyPart *parts = row->latency.data;
  if (count < 2 || !isinf(parts[count - 1].end) || !(parts[count - 1].count > 0)) return NAN;
  double rank = share * parts[count - 1].count, below = 0;
  while (i + 1 < count && parts[i].count < rank) {
    if (parts[i].count > below) below = parts[i].count;
    i++;
  }
  double start = i ? parts[i - 1].end : 0;
  if (i + 1 == count) return start;  // longer than the histogram knows
  return parts[i].count > below ? start + (parts[i].end - start) * ((rank - below) / (parts[i].count - below))
                                : parts[i].end;
}
