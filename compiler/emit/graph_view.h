/* The graph as the drawings see it: nodes by number in byte order of their names, edges without doubles, and
 * what is wrong with either. Shared by graph_tree.c, graph_dot.c, graph_mermaid.c, graph_svg.c and
 * dependency_graph.c. */
#ifndef FXC_EMIT_GRAPH_VIEW_H
#define FXC_EMIT_GRAPH_VIEW_H

#include "diag/diag.h"
#include "ir/ir.h"

/// What there is to say about a node or an edge beside its names: one bit each, the gravest first.
typedef enum ViewMark {
  VIEW_MISSING = 1 << 0,      // node: no manifest
  VIEW_CYCLIC = 1 << 1,       // node, edge: on a cycle (FX3001)
  VIEW_CONFLICT = 1 << 2,     // edge: a conflict in force (FX3004, FX4001); node: at one of its ends
  VIEW_UNSATISFIED = 1 << 3,  // edge: a range that cannot be had (FX4001, FX4002); node: a page's or a pin's
  VIEW_BREAKS = 1 << 4,       // edge: some release that can become live breaks it (FX4007); node: a page's
  VIEW_UNDECIDED = 1 << 5,    // node: it is needed and no release is chosen
  VIEW_STUB = 1 << 6,         // node: still to be filled in
  VIEW_ENDED = 1 << 7,        // node: the support of the chosen release has ended
  VIEW_DEPRECATED = 1 << 8,   // node: the chosen release is deprecated
  VIEW_ORPHAN = 1 << 9,       // node: nothing uses it
  VIEW_OPTIONAL = 1 << 10,    // edge: it can do without
  VIEW_PAGE = 1 << 11,        // edge: only pages say so
} ViewMark;

enum {
  VIEW_WRONG = VIEW_MISSING | VIEW_CYCLIC | VIEW_CONFLICT | VIEW_UNSATISFIED | VIEW_BREAKS | VIEW_UNDECIDED,
  VIEW_MARKS = 12,
};

typedef struct ViewNode {
  Str name, release;  // release: "v3 3.2.0", empty when none is chosen
  IntegrationId integration;
  ReleaseId decided;
  bool used;  // a page names it
  uint32_t marks;
  uint32_t first_edge, edge_count;  // in View.edges, which are in the order of their sources
} ViewNode;

typedef struct ViewEdge {
  uint32_t from, to;
  uint32_t marks;
  Str range;  // "^2.1", "^2, ^3" where several are stated, empty for any version
  Span span;  // of the first place that states it
} ViewEdge;

typedef struct View {
  ViewNode *nodes;
  uint32_t node_count;
  ViewEdge *edges;
  uint32_t edge_count;
  uint32_t marks;  // of all nodes and edges
} View;

/// `diags` say what is wrong; NULL: nothing but what the rows say. On the arena of the IR.
View graph_view(const Ir *ir, const DiagBag *diags);
/// The node of that name, NULL when the picture has none.
const ViewNode *graph_view_node(const View *view, Str name);
/// The edge between two nodes that is, or is not, a conflict; NULL when there is none.
const ViewEdge *graph_view_edge(const View *view, Str from, Str to, bool conflict);

/// What a mark is called: "missing", "circular".
const char *graph_mark_word(ViewMark mark);
/// What it means, for a legend: "no manifest declares it".
const char *graph_mark_meaning(ViewMark mark);
/// The words of some marks, with commas, the gravest first; empty for none.
Str graph_mark_words(Arena *arena, uint32_t marks);
/// What stands at an edge: its range and its words, "^2, optional".
Str graph_edge_label(Arena *arena, const ViewEdge *edge);

/* One drawing a file. */
void graph_tree(const View *view, Arena *arena, Buf *out);
void graph_dot(const View *view, Arena *arena, Buf *out);
void graph_mermaid(const View *view, Arena *arena, Buf *out);
void graph_svg(const View *view, Arena *arena, Buf *out);

#endif
