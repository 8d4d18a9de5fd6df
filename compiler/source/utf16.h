/* Lines and columns as editors, source maps and the language server protocol count them: both from 0, columns
 * in UTF-16 code units, a line ending at LF, CR LF or a lone CR.
 *
 * In: well-formed UTF-8. Out: an index that answers for any offset in the
 * time of a few bytes, also on one line of 64 MiB. Diagnostics count otherwise: see source/lines.h. */
#ifndef FXC_SOURCE_UTF16_H
#define FXC_SOURCE_UTF16_H

#include <stdint.h>

#include "base/str.h"

typedef struct Utf16Line {
  uint32_t start;  // offset of its first byte
  uint32_t spare;  // by how many bytes the text before it is longer than its units
  uint32_t plain;  // up to this offset its columns are bytes
} Utf16Line;

typedef struct Utf16Index {
  Str text;
  const Utf16Line *lines;  // one more than there are: the end
  uint32_t count;
  const uint32_t *spare;  // the same of the text before every 64th byte
} Utf16Index;

typedef struct Utf16Place {
  uint32_t line, column;
} Utf16Place;

/// Finds the lines of `text`, which must outlive the result; the tables lie on the arena. O(text).
Utf16Index utf16_index(Arena *arena, Str text);

/// The place of an offset (one behind the end is taken as the end). `near` is a line near it, 0 when nobody
/// knows: offsets asked for in their order cost a step each, others O(log lines).
Utf16Place utf16_find(const Utf16Index *index, uint32_t offset, uint32_t near);

/// The same, quick where the offset lies in the front of the line *line or of one of the next, without
/// characters beyond ASCII: answers the column, and moves *line.
static inline uint32_t utf16_step(const Utf16Index *index, uint32_t offset, uint32_t *line) {
  uint32_t number = *line;
  const Utf16Line *at = &index->lines[number];
  for (int steps = 0; steps < 4 && number + 1 < index->count && at[1].start <= offset; steps++)
    at++, number++;
  *line = number;
  if (number < index->count && at->start <= offset && offset <= at->plain) return offset - at->start;
  Utf16Place place = utf16_find(index, offset, number);
  *line = place.line;
  return place.column;
}

/// The same as a place.
static inline Utf16Place utf16_place(const Utf16Index *index, uint32_t offset, uint32_t near) {
  uint32_t column = utf16_step(index, offset, &near);
  return (Utf16Place){near, column};
}

#endif
