/* Literals with units, and what a plain YAML scalar is by the YAML 1.2 core schema. Each function
 * answers false when the text is none of its kind. */
#ifndef FXC_AST_LITERAL_H
#define FXC_AST_LITERAL_H

#include <stdbool.h>

#include "base/str.h"

/// 300ms 2s 5m 1h 7d, in milliseconds.
bool literal_duration(Str s, double *ms);
/// 5%, as 0.05.
bool literal_share(Str s, double *share);
/// 512B 64KiB 10MiB 2GiB and 64KB 10MB 2GB, in bytes.
bool literal_size(Str s, double *bytes);
/// 50/s 1000/m 10/h 5/d, in calls a second.
bool literal_rate(Str s, double *rate);
/// The interval that a rate is written for, in milliseconds: of 5/m 60,000; of a plain number a second.
double literal_rate_interval(Str s);
/// A plain decimal number without sign or exponent: 12 or 0.5.
bool literal_decimal(Str s, double *number);

typedef enum CoreKind { CORE_NULL, CORE_BOOL, CORE_INT, CORE_FLOAT, CORE_STRING } CoreKind;
/// What a plain scalar is; *number is its value for booleans (0, 1) and numbers.
CoreKind literal_core(Str s, double *number);

#endif
