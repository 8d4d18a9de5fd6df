/* Line and column of a byte offset. Lines end at LF alone; columns count bytes; both from 1. */
#ifndef FXC_SOURCE_LINES_H
#define FXC_SOURCE_LINES_H

#include <stdint.h>

#include "base/str.h"

typedef struct Lines {
  Str text;
  uint32_t *starts;  // offset of the first byte of each line
  uint32_t count;
} Lines;

typedef struct LineColumn {
  uint32_t line, column;
} LineColumn;

/// Finds the lines of `text`, which must outlive the result; the table lies on the arena.
Lines lines_find(Arena *arena, Str text);
/// O(log lines). An offset behind the end is taken as the end.
LineColumn lines_at(const Lines *lines, uint32_t offset);
/// The text of a line (from 1) without its LF.
Str lines_text(const Lines *lines, uint32_t line);

/// Line and column of one offset without a table: O(offset).
LineColumn lines_locate(Str text, uint32_t offset);

#endif
