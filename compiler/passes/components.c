/* Strongly connected components, by Tarjan's algorithm (Depth-First Search and Linear Graph Algorithms, 1972)
 * with an explicit stack, so that depth costs no C stack. In: the edges. Out: the component of each node. */
#include "passes/graph.h"

// What a search may use: all of the graph, or one component of it without an edge.
typedef struct Bounds {
  const Graph *graph;
  uint32_t within, cut;  // 0: none
} Bounds;

Components graph_components_new(const Graph *graph) {
  Arena *arena = graph->ir->arena;
  size_t n = graph->nodes + 2;
  return (Components){.component = arena_array(arena, uint32_t, n),
                      .size = arena_array(arena, uint32_t, n),
                      .index = arena_array(arena, uint32_t, n),
                      .low = arena_array(arena, uint32_t, n),
                      .next = arena_array(arena, uint32_t, n),
                      .stack = arena_array(arena, uint32_t, n),
                      .path = arena_array(arena, uint32_t, n)};
}

static void open_node(Components *c, const Graph *graph, uint32_t node) {
  c->index[node] = c->low[node] = ++c->counter;
  c->next[node] = graph->first[node];
  c->stack[c->depth++] = node;
  c->path[c->length++] = node;
}

static void close_node(Components *c, uint32_t node) {
  c->length--;
  if (c->length) {
    uint32_t parent = c->path[c->length - 1];
    if (c->low[node] < c->low[parent]) c->low[parent] = c->low[node];
  }
  if (c->low[node] != c->index[node]) return;
  uint32_t component = ++c->count, member;
  c->size[component] = 0;
  do {
    member = c->stack[--c->depth];
    c->component[member] = component;
    c->size[component]++;
  } while (member != node);
}

static bool is_left_out(const Bounds *bounds, uint32_t edge, uint32_t to) {
  return edge == bounds->cut || (bounds->within && bounds->graph->component[to] != bounds->within);
}

static void visit_from(Components *c, const Bounds *bounds, uint32_t root) {
  const Graph *graph = bounds->graph;
  open_node(c, graph, root);
  while (c->length) {
    uint32_t node = c->path[c->length - 1];
    if (c->next[node] == graph->first[node + 1]) {
      close_node(c, node);
      continue;
    }
    uint32_t edge = graph->out[c->next[node]++], to = ir_edge(graph->ir, (EdgeId){edge})->to.n;
    if (is_left_out(bounds, edge, to)) continue;
    if (!c->index[to])
      open_node(c, graph, to);
    else if (!c->component[to] && c->index[to] < c->low[node])
      c->low[node] = c->index[to];
  }
}

void graph_components(const Graph *graph, Components *out) {
  Bounds bounds = {.graph = graph};
  for (uint32_t node = 1; node <= graph->nodes; node++)
    if (!out->index[node]) visit_from(out, &bounds, node);
}

void graph_components_without(const Graph *graph, const uint32_t *members, uint32_t count, uint32_t cut,
                              Components *out) {
  Bounds bounds = {graph, graph->component[members[0]], cut};
  out->count = out->counter = 0;
  for (uint32_t i = 0; i < count; i++) out->index[members[i]] = out->component[members[i]] = 0;
  for (uint32_t i = 0; i < count; i++)
    if (!out->index[members[i]]) visit_from(out, &bounds, members[i]);
}

bool graph_has_self_edge(const Graph *graph, uint32_t node, uint32_t cut) {
  for (uint32_t i = graph->first[node]; i < graph->first[node + 1]; i++)
    if (graph->out[i] != cut && ir_edge(graph->ir, (EdgeId){graph->out[i]})->to.n == node) return true;
  return false;
}
