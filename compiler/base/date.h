/* Calendar dates in UTC, as days since 1970-01-01. */
#ifndef FXC_BASE_DATE_H
#define FXC_BASE_DATE_H

#include <stdint.h>

#include "base/str.h"

/// Reads "2026-01-31" (ISO 8601, proleptic Gregorian, years 1 to 9999). False when it is no date.
bool date_parse(Str text, int32_t *days);
/// The day as "2026-01-31"; of years that date_parse() reads.
Str date_text(Arena *arena, int32_t days);
/// Today in UTC.
int32_t date_today(void);
/// This second in UTC: "2026-01-31T12:00:00Z". A C string.
Str date_now(Arena *arena);

#endif
