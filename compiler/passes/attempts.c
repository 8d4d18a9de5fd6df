/* How long attempts at a call may take. In: timeout, retries, backoff. Out: sums in ms. A manifest may ask
 * for any number of retries, so sums are not made one by one beyond the point where pauses stop growing. The
 * C library's floor() and its like are in a library of their own, which fxc would have to load. */
#include <math.h>

#include "base/str.h"
#include "passes/resilience.h"

enum { DOUBLINGS = 2100 };  // more than any double survives

double resilience_floor(double number) {
  if (!(number < 9e15 && number > -9e15)) return number;  // has no fraction
  double whole = (double)(long long)number;
  return whole > number ? whole - 1 : whole;
}

double attempts_pause(const Attempts *attempts, double n) {
  double pause = attempts->first;
  if (attempts->backoff == BACKOFF_LINEAR) pause *= n;
  for (double k = 1; attempts->backoff == BACKOFF_EXPONENTIAL && k < n && k < DOUBLINGS; k++) pause *= 2;
  return pause < attempts->most ? pause : attempts->most;
}

// 1 + 2 + … pauses, until none is longer.
static double growing_linearly(const Attempts *attempts, double *n) {
  double growing = resilience_floor(attempts->most / attempts->first);
  if (attempts->retries < growing) growing = attempts->retries;
  *n = growing + 1;
  return attempts->first * growing * (growing + 1) / 2;
}

static double growing_twofold(const Attempts *attempts, double *n) {
  double sum = 0, pause = attempts->first;
  for (; *n <= attempts->retries && pause < attempts->most && *n < DOUBLINGS; ++*n, pause *= 2) sum += pause;
  return sum;
}

double attempts_pauses(const Attempts *attempts) {
  double sum = 0, n = 1;
  if (!(attempts->first > 0)) return 0;
  if (attempts->backoff == BACKOFF_LINEAR) sum = growing_linearly(attempts, &n);
  if (attempts->backoff == BACKOFF_EXPONENTIAL) sum = growing_twofold(attempts, &n);
  double rest = attempts->retries - n + 1;
  return rest > 0 ? sum + rest * attempts_pause(attempts, n) : sum;
}

double attempts_time(const Attempts *attempts) {
  return (attempts->retries + 1) * attempts->timeout + attempts_pauses(attempts);
}

double resilience_longest(const Resilience *look) {
  return (double)look->tried.len * attempts_time(&look->attempts);
}

static bool divides(double ms, double unit) { return resilience_floor(ms / unit) * unit == ms; }

Str resilience_time(Arena *arena, double ms) {
  static const struct {
    double ms;
    const char *unit;
  } units[] = {{86400000, "d"}, {3600000, "h"}, {60000, "m"}};
  if (ms < 1000) return str_printf(arena, "%.6gms", ms);
  for (size_t i = 0; ms >= 120000 && i < sizeof units / sizeof *units; i++)
    if (divides(ms, units[i].ms)) return str_printf(arena, "%.0f%s", ms / units[i].ms, units[i].unit);
  if (ms >= 100 * units[0].ms) return str_printf(arena, "%.0fd", ms / units[0].ms);
  return str_printf(arena, "%.10gs", ms / 1000);
}

// Nothing is lost by thirds: 1000/m is 16.666… a second.
static bool is_whole(double number) {
  return fabs(number - resilience_floor(number + 0.5)) < 1e-6 && number >= 0.5;
}

Str resilience_rate(Arena *arena, double per_second) {
  static const struct {
    double seconds;
    const char *unit;
  } units[] = {{1, "s"}, {60, "m"}, {3600, "h"}, {86400, "d"}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (is_whole(per_second * units[i].seconds))
      return str_printf(arena, "%.0f/%s", resilience_floor(per_second * units[i].seconds + 0.5),
                        units[i].unit);
  return str_printf(arena, "%.6g/s", per_second);
}
