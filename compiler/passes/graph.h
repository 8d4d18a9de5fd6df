/* The dependency graph between the files of its pass: graph.c makes the edges, components.c finds what is
 * strongly connected, cycles.c one shortest cycle of each and reports it, cut.c where to cut it best. */
#ifndef FXC_PASSES_GRAPH_H
#define FXC_PASSES_GRAPH_H

#include "passes/loosen.h"
#include "passes/passes.h"

typedef struct Graph {
  Ir *ir;
  uint32_t nodes;                  // integrations are 1 … nodes
  uint32_t *first;                 // of node n: out[first[n]] … out[first[n + 1] - 1]
  uint32_t *out;                   // EdgeId.n
  uint32_t *component;             // of node n, 0 while unknown
  uint32_t *size;                  // of component c
  size_t budget;                   // steps that looking for shorter cycles, or for a cut, may still take
  Loosen loosen;                   // edits of files
  uint32_t *first_use, *next_use;  // by node, UseId.n: the uses that have data-depends-on
} Graph;

/// What a search for components works with, and what it found; one serves many searches.
typedef struct Components {
  uint32_t *component, *size;    // of a node, 0 while unknown; of a component
  uint32_t count;                // components are 1 … count
  uint32_t *index, *low, *next;  // by node; next edge to look at
  uint32_t *stack, depth;        // nodes whose component is open
  uint32_t *path, length;        // nodes being visited, in place of the C stack
  uint32_t counter;
} Components;

/// Room for searches in the graph.
Components graph_components_new(const Graph *graph);
/// The components of the whole graph.
void graph_components(const Graph *graph, Components *out);
/// The components of the graph that is left of one component (its nodes are `members`) without the edge
/// `cut`. Takes time in proportion to that component.
void graph_components_without(const Graph *graph, const uint32_t *members, uint32_t count, uint32_t cut,
                              Components *out);

/// Whether an edge leads from the node to itself.
bool graph_has_self_edge(const Graph *graph, uint32_t node, uint32_t cut);

/// Adds Cycle rows and FX3001: one shortest cycle for each component that has one.
void graph_find_cycles(Graph *graph, DiagBag *diags);

/// Where a cycle is best cut: an edge of it, and what stays circular in its component without that edge.
typedef struct Cut {
  uint32_t edge;
  uint32_t cycles_left, nodes_left;  // components that are still circular, and their nodes; 0: none
  bool tried;                        // these two are known
  bool library, of_all, fixable;     // stated in the standard library; of all releases; edits are known
  uint32_t stated;                   // at so many places
} Cut;

/// The nodes of each component, those of component c from start[c] on.
typedef struct Members {
  uint32_t *nodes, *start;
} Members;

/// Tries every edge of the cycle, within the budget. `work` is for the searches.
Cut graph_best_cut(Graph *graph, Components *work, const uint32_t *members, uint32_t count,
                   const uint32_t *cycle, uint32_t length);
/// Says where to cut, with a fix where one is known to be right.
void graph_propose_cut(Graph *graph, Diag *d, const Cut *cut);

#endif
