/* What diagnostics say about the parts of the graph, and the words for it. */
#ifndef FXC_EMIT_GRAPH_MARKS_H
#define FXC_EMIT_GRAPH_MARKS_H

#include "emit/graph_view.h"

/// Places that diagnostics of versions and conflicts name, each with marks.
typedef struct MarkedPlaces {
  StrMap by_span;  // ViewMark bits
} MarkedPlaces;

/// `diags` may be NULL.
MarkedPlaces graph_marked_places(const DiagBag *diags, Arena *arena);
/// The marks of a place, 0 for none.
uint32_t graph_marks_at(const MarkedPlaces *places, Span span);
/// The marks of a requirement or conflict: at its name or its range.
uint32_t graph_marks_of(const MarkedPlaces *places, const Requirement *row);

#endif
