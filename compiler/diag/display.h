/* Text as a terminal shows it: which bytes become which columns. Control characters, ill-formed
 * bytes and invisible or direction-changing characters become visible escapes, so that no file can
 * speak to the terminal. Shared by the renderers; nothing here fails. */
#ifndef FXC_DIAG_DISPLAY_H
#define FXC_DIAG_DISPLAY_H

#include <stdint.h>

#include "base/buf.h"

enum { DISPLAY_COLUMNS = 80, DISPLAY_TAB = 8 };

/// One character and how it looks.
typedef struct Cell {
  char text[16];
  uint8_t len;    // of text
  uint8_t width;  // columns
  uint8_t taken;  // bytes of the input
} Cell;

/// The first character of `rest` (not empty).
Cell display_cell(Str rest);
/// The same within a source line: a tab becomes blanks up to the next stop behind `column` (from 0).
Cell display_source_cell(Str rest, size_t column);

/// A message: safe, what stands in 'quotes' cut at 80 columns, and the whole at 500.
void display_message(Buf *out, Str message);
/// The message cut in the same way but not escaped, for formats that escape by themselves.
void display_message_raw(Buf *out, Str message);

#endif
