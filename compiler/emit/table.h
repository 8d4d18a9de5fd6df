/* Tables for a terminal. */
#ifndef FXC_EMIT_TABLE_H
#define FXC_EMIT_TABLE_H

#include <stdint.h>

#include "base/buf.h"

/// Prints rows of texts in columns, the head being the first row; bit n of `numbers`: column n stands to the
/// right. What a terminal would obey is escaped, what is endless is cut, what is empty is "-". `cells` are
/// the rows, one behind the other.
void table_print(Arena *arena, const Str *cells, size_t rows, size_t columns, uint32_t numbers, Buf *out);

#endif
