/* Plain types: whether a text, as attributes and quoted values write it, is a literal of one. */
#ifndef FXC_IR_LITERAL_H
#define FXC_IR_LITERAL_H

#include "ir/rows.h"

/// Reads `text` as a literal of a plain type (int, number, bool, duration, share, size, rate, date). *number
/// is its value as in Value: milliseconds, 0..1, bytes, a second, days. False when it is none, or for another
/// type.
bool literal_read(IrTypeKind kind, Str text, double *number);

/// How a literal of the type looks, with an article: "a duration such as 300ms or 2s".
const char *literal_example(IrTypeKind kind);

/// The word for a type: "duration".
const char *literal_type_name(IrTypeKind kind);

#endif
