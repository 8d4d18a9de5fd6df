/* What the rows of the IR are made of: their handles, and values with a place. */
#ifndef FXC_IR_HANDLES_H
#define FXC_IR_HANDLES_H

#include <stdbool.h>

#include "base/intern.h"
#include "source/source.h"

#define TABLE(Row, accessor, table, what) \
  typedef struct Row##Id {                \
    uint32_t n;                           \
  } Row##Id;
#include "ir/tables.def"
#undef TABLE

/// Rows first … first + count - 1 of a table (1-based, like the handles).
typedef struct IrRange {
  uint32_t first, count;
} IrRange;

/// A text with its place. `sym` 0: not given.
typedef struct IrText {
  Sym sym;
  Span span;
} IrText;

typedef enum IrPlaceKind { IR_PLACE_PROJECT, IR_PLACE_INCLUDE, IR_PLACE_STDLIB } IrPlaceKind;

/// Milliseconds, shares as 0..1, bytes and calls a second are doubles in `number`; NAN: not given.
typedef struct IrNumber {
  double number;
  Span span;
} IrNumber;

/// The value of a UTC date: days since 1970-01-01, INT32_MIN when not given.
typedef struct IrDate {
  int32_t days;
  Span span;
} IrDate;
#define IR_NO_DATE INT32_MIN

#endif
