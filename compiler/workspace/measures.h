/* What runtimes have counted, from what they hand out: snapshots of one or of many, or the text that
 * Prometheus scrapes. Times are milliseconds. */
#ifndef FXC_WORKSPACE_MEASURES_H
#define FXC_WORKSPACE_MEASURES_H

#include "base/map.h"
#include "diag/diag.h"

typedef struct Counts {
  double asked, errors, timeouts;  // releases that were asked; timeouts are errors, too
  double calls, fallbacks;         // calls of pages
} Counts;

/// How many took no longer than `end`. The last one's end is INFINITY.
typedef struct LatencyPart {
  double end, count;
} LatencyPart;

enum { MEASURED_QUANTILES = 4 };
extern const double measured_quantiles[MEASURED_QUANTILES];  // 0.5, 0.9, 0.95, 0.99

typedef struct MeasuredWindow {
  uint32_t snapshot;  // which one, from 0
  double over;
  Counts counts;
  double quantiles[MEASURED_QUANTILES];  // NAN: nothing was asked
} MeasuredWindow;

/// One integration.
typedef struct Measured {
  Str name;
  Span span;     // where it is named first
  Counts total;  // since the start
  VEC(LatencyPart) latency;
  VEC(MeasuredWindow) windows;  // those of one snapshot together
  uint32_t snapshots;           // that name it
} Measured;

typedef struct Measures {
  VEC(Measured) list;  // by name
  bool text;           // Prometheus: there are no windows
} Measures;

/// Reads a file, which is JSON where it starts with a bracket, else text. Everything lies on the arena;
/// `bytes` is followed by a NUL and outlives the result. False where something is wrong: FX7005 (FX8005,
/// FX8006) says what, at its place. Members and metrics that are not known are left alone.
bool measures_read(Arena *arena, SourceId source, Str bytes, DiagBag *bag, Measures *out);

/// The time within which a share of all was done, as Prometheus computes it; NAN where nothing was timed.
double measured_quantile(const Measured *row, double share);

/* For the two readers */

typedef struct MeasuresReader {
  Arena *arena;
  SourceId source;
  Str bytes;
  DiagBag *bag;
  Measures *out;
  StrMap by_name;  // index into the list
  uint32_t snapshots;
} MeasuresReader;

/// The integration of that name, new or known. Valid until the next one is asked for.
Measured *measures_row(MeasuresReader *reader, Str name, Span span);
/// Adds to the part that ends there.
void measures_time(MeasuresReader *reader, Measured *row, double end, double count);
/// FX7005.
Diag *measures_report(MeasuresReader *reader, size_t start, size_t end, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/// Each adds what it finds to `out`.
void measures_read_json(MeasuresReader *reader);
void measures_read_text(MeasuresReader *reader);

#endif
