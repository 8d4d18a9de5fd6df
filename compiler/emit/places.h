/* Places in written files: "concept/a.html:12:26", the path from the project root. Lines need the text of a
 * file; so all spans are named first, then every file is read once. */
#ifndef FXC_EMIT_PLACES_H
#define FXC_EMIT_PLACES_H

#include "ir/ir.h"
#include "source/lines.h"

typedef struct Places {
  const Ir *ir;
  VEC(Span) spans;
  LineColumn *found;  // beside spans
} Places;

/// Names a span; returns its number for places_text().
uint32_t places_add(Places *places, Span span);
/// Reads each file once, one after the other.
void places_find(Places *places);
/// "PATH:LINE:COLUMN" on the arena; empty for a span without a file.
Str places_text(const Places *places, Arena *arena, uint32_t number);

#endif
