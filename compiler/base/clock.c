#include "base/clock.h"

#include <time.h>

static double read_ms(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time)) return 0;
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

double clock_ms(void) { return read_ms(CLOCK_MONOTONIC); }

double clock_cpu_ms(void) { return read_ms(CLOCK_PROCESS_CPUTIME_ID); }
