/* The graph as the drawings see it: nodes by number in byte order of their names, edges without doubles,
 * those of cycles marked. Shared by graph_text.c and graph_svg.c. */
#ifndef FXC_EMIT_GRAPH_VIEW_H
#define FXC_EMIT_GRAPH_VIEW_H

#include "ir/ir.h"

typedef struct ViewNode {
  Str name, release;  // release: "v3 3.2.0", empty when none is chosen
  bool missing, used, cyclic;
  uint32_t first_edge, edge_count;  // in View.edges, which are in the order of their sources
} ViewNode;

typedef struct ViewEdge {
  uint32_t from, to;
  bool optional, page, cyclic;
} ViewEdge;

typedef struct View {
  ViewNode *nodes;
  uint32_t node_count;
  ViewEdge *edges;
  uint32_t edge_count;
} View;

/// On the arena of the IR.
View graph_view(const Ir *ir);
/// The drawing of its own layout (graph_svg.c).
void graph_svg(const View *view, Arena *arena, Buf *out);

#endif
