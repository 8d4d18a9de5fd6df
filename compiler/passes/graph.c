/* The dependency graph. In: resolved requirements and data-depends-on. Out: edges with the place that states
 * them, and for each strongly connected component one shortest cycle (FX3001, a note an edge).
 *
 * Tarjan's algorithm with an explicit stack, so that depth costs no C stack. */
#include "passes/passes.h"

typedef struct Graph {
  Ir *ir;
  uint32_t nodes;       // integrations are 1 … nodes
  uint32_t *first;      // of node n: out[first[n]] … out[first[n + 1] - 1]
  uint32_t *out;        // EdgeId.n
  uint32_t *component;  // of node n, 0 while unknown
  uint32_t *size;       // of component c
  size_t budget;        // steps that looking for shorter cycles may still take
} Graph;

/* Edges */

static bool counts(const Ir *ir, const Requirement *requirement) {
  if (requirement->kind == IR_CONFLICTS || !requirement->resolved.n) return false;
  if (requirement->release.n && ir_release(ir, requirement->release)->status == IR_RETIRED) return false;
  return !ir_integration(ir, requirement->integration)->shadowed;
}

static bool add_once(Ir *ir, StrMap *seen, Edge edge) {
  uint32_t *key = arena_array(ir->arena, uint32_t, 2);
  key[0] = edge.from.n;
  key[1] = edge.to.n;
  bool added;
  strmap_put(ir->arena, seen, (Str){(const char *)key, 2 * sizeof *key}, &added);
  if (added) ir_add_edge(ir, edge);
  return added;
}

// A manifest's own words come first: they are the better place to show.
static void add_edges(Ir *ir) {
  StrMap seen = {0};
  for (uint32_t n = 1; n <= ir->requirements.len; n++) {
    const Requirement *requirement = ir_requirement(ir, (RequirementId){n});
    if (!counts(ir, requirement)) continue;
    add_once(ir, &seen,
             (Edge){.from = requirement->integration,
                    .to = requirement->resolved,
                    .requirement = {n},
                    .span = requirement->span});
  }
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    for (uint32_t i = 0; i < use->depends.count && use->integration.n; i++) {
      const UseDepends *depends = ir_use_depends_at(ir, use->depends, i);
      bool itself = depends->integration.n == use->integration.n;  // an element may name its own use
      if (!depends->integration.n || itself) continue;
      add_once(ir, &seen,
               (Edge){.from = use->integration,
                      .to = depends->integration,
                      .depends = {use->depends.first + i},
                      .span = depends->span});
    }
  }
}

// What is only optional never closes a cycle: it can be started later.
static bool binds(const Ir *ir, const Edge *edge) {
  return !edge->requirement.n || ir_requirement(ir, edge->requirement)->kind == IR_REQUIRES;
}

static void index_edges(Graph *graph) {
  Ir *ir = graph->ir;
  graph->nodes = (uint32_t)ir->integrations.len;
  graph->first = arena_array(ir->arena, uint32_t, graph->nodes + 2);
  graph->out = arena_array(ir->arena, uint32_t, ir->edges.len + 1);
  for (size_t i = 0; i < ir->edges.len; i++)
    if (binds(ir, &ir->edges.data[i])) graph->first[ir->edges.data[i].from.n + 1]++;
  for (uint32_t n = 1; n <= graph->nodes + 1; n++) graph->first[n] += graph->first[n - 1];
  uint32_t *fill = arena_array(ir->arena, uint32_t, graph->nodes + 2);
  for (uint32_t e = 1; e <= ir->edges.len; e++) {
    const Edge *edge = ir_edge(ir, (EdgeId){e});
    if (binds(ir, edge)) graph->out[graph->first[edge->from.n] + fill[edge->from.n]++] = e;
  }
}

/* Strongly connected components */

typedef struct Tarjan {
  uint32_t *index, *low, *next;  // by node; next edge to look at
  uint32_t *stack, depth;        // nodes whose component is open
  uint32_t *path, length;        // nodes being visited, in place of the C stack
  uint32_t counter, components;
} Tarjan;

static void open_node(Tarjan *t, const Graph *graph, uint32_t node) {
  t->index[node] = t->low[node] = ++t->counter;
  t->next[node] = graph->first[node];
  t->stack[t->depth++] = node;
  t->path[t->length++] = node;
}

static void close_node(Tarjan *t, Graph *graph, uint32_t node) {
  t->length--;
  if (t->length) {
    uint32_t parent = t->path[t->length - 1];
    if (t->low[node] < t->low[parent]) t->low[parent] = t->low[node];
  }
  if (t->low[node] != t->index[node]) return;
  uint32_t component = ++t->components, member;
  do {
    member = t->stack[--t->depth];
    graph->component[member] = component;
    graph->size[component]++;
  } while (member != node);
}

static void visit_from(Tarjan *t, Graph *graph, uint32_t root) {
  open_node(t, graph, root);
  while (t->length) {
    uint32_t node = t->path[t->length - 1];
    if (t->next[node] == graph->first[node + 1]) {
      close_node(t, graph, node);
      continue;
    }
    uint32_t to = ir_edge(graph->ir, (EdgeId){graph->out[t->next[node]++]})->to.n;
    if (!t->index[to])
      open_node(t, graph, to);
    else if (!graph->component[to] && t->index[to] < t->low[node])
      t->low[node] = t->index[to];
  }
}

static void find_components(Graph *graph) {
  Arena *arena = graph->ir->arena;
  size_t n = graph->nodes + 2;
  Tarjan t = {arena_array(arena, uint32_t, n),
              arena_array(arena, uint32_t, n),
              arena_array(arena, uint32_t, n),
              arena_array(arena, uint32_t, n),
              0,
              arena_array(arena, uint32_t, n),
              0,
              0,
              0};
  graph->component = arena_array(arena, uint32_t, n);
  graph->size = arena_array(arena, uint32_t, n);
  for (uint32_t node = 1; node <= graph->nodes; node++)
    if (!t.index[node]) visit_from(&t, graph, node);
}

/* Shortest cycles */

typedef struct Search {
  uint32_t *queue, *came_by, *mark, round;  // came_by: the edge by which a node was reached
  uint32_t *best, best_length;              // edges of the shortest cycle so far
} Search;

static void keep_cycle(Graph *graph, Search *search, uint32_t start, uint32_t last_edge) {
  uint32_t length = 0;
  for (uint32_t edge = last_edge;; edge = search->came_by[ir_edge(graph->ir, (EdgeId){edge})->from.n]) {
    length++;
    if (ir_edge(graph->ir, (EdgeId){edge})->from.n == start) break;
  }
  if (search->best_length && length >= search->best_length) return;
  search->best_length = length;
  for (uint32_t edge = last_edge, i = length; i-- > 0;) {
    search->best[i] = edge;
    edge = search->came_by[ir_edge(graph->ir, (EdgeId){edge})->from.n];
  }
}

// Breadth first: the first edge back to the start closes a shortest cycle through it.
static void search_from(Graph *graph, Search *search, uint32_t start) {
  uint32_t head = 0, tail = 0;
  search->round++;
  search->queue[tail++] = start;
  search->mark[start] = search->round;
  while (head < tail) {
    uint32_t node = search->queue[head++];
    for (uint32_t i = graph->first[node]; i < graph->first[node + 1]; i++) {
      uint32_t to = ir_edge(graph->ir, (EdgeId){graph->out[i]})->to.n;
      graph->budget -= graph->budget > 0;
      if (to == start) {
        keep_cycle(graph, search, start, graph->out[i]);
        return;
      }
      if (graph->component[to] != graph->component[start] || search->mark[to] == search->round) continue;
      search->mark[to] = search->round;
      search->came_by[to] = graph->out[i];
      search->queue[tail++] = to;
    }
  }
}

static const char *verb(const Edge *edge) { return edge->requirement.n ? "requires" : "depends on"; }

static void report_cycle(Graph *graph, const Search *search, DiagBag *diags) {
  Ir *ir = graph->ir;
  Buf path = {0};
  for (uint32_t i = 0; i < search->best_length; i++) {
    const Edge *edge = ir_edge(ir, (EdgeId){search->best[i]});
    buf_put(&path, ir_str(ir, ir_integration(ir, edge->from)->name));
    buf_put(&path, STR(" -> "));
  }
  const Edge *first = ir_edge(ir, (EdgeId){search->best[0]});
  Str start = ir_str(ir, ir_integration(ir, first->from)->name);
  Diag *d = diag_add(diags, FX3001, first->span, "circular dependency: %.*s%.*s", (int)path.len, path.data,
                     STR_ARG(start));
  buf_free(&path);
  for (uint32_t i = 0; i < search->best_length; i++) {
    const Edge *edge = ir_edge(ir, (EdgeId){search->best[i]});
    Str from = ir_str(ir, ir_integration(ir, edge->from)->name);
    Str to = ir_str(ir, ir_integration(ir, edge->to)->name);
    if (i == 0) diag_label(d, edge->span, "'%.*s' %s '%.*s'", STR_ARG(from), verb(edge), STR_ARG(to));
    diag_note(d, edge->span, "'%.*s' %s '%.*s' here", STR_ARG(from), verb(edge), STR_ARG(to));
  }
  diag_help(d, "take one of these dependencies away, or make it optional");
}

static void add_cycle(Graph *graph, const Search *search) {
  IrRange edges = {(uint32_t)graph->ir->cycle_edges.len + 1, search->best_length};
  for (uint32_t i = 0; i < search->best_length; i++)
    ir_add_cycle_edge(graph->ir, (CycleEdge){.edge = {search->best[i]}});
  ir_add_cycle(graph->ir, (Cycle){.edges = edges});
}

static bool has_self_edge(const Graph *graph, uint32_t node) {
  for (uint32_t i = graph->first[node]; i < graph->first[node + 1]; i++)
    if (ir_edge(graph->ir, (EdgeId){graph->out[i]})->to.n == node) return true;
  return false;
}

// Every member of a component is tried as a start; in a huge one only as many as the budget allows.
static void find_cycles(Graph *graph, DiagBag *diags) {
  Arena *arena = graph->ir->arena;
  size_t n = graph->nodes + 2;
  Search search = {arena_array(arena, uint32_t, n), arena_array(arena, uint32_t, n),
                   arena_array(arena, uint32_t, n), 0,
                   arena_array(arena, uint32_t, n), 0};
  uint32_t *members = arena_array(arena, uint32_t, n), *start = arena_array(arena, uint32_t, n + 1);
  for (uint32_t node = 1; node <= graph->nodes; node++) start[graph->component[node] + 1]++;
  for (size_t c = 1; c <= n; c++) start[c] += start[c - 1];
  uint32_t *fill = arena_array(arena, uint32_t, n);
  for (uint32_t node = 1; node <= graph->nodes; node++) {
    uint32_t c = graph->component[node];
    members[start[c] + fill[c]++] = node;
  }
  bool *done = arena_array(arena, bool, n);
  for (uint32_t node = 1; node <= graph->nodes; node++) {  // components in the order of their first member
    uint32_t c = graph->component[node];
    if (done[c] || (graph->size[c] < 2 && !has_self_edge(graph, node))) continue;
    done[c] = true;
    search.best_length = 0;
    graph->budget = 20000000;
    for (uint32_t i = start[c]; i < start[c + 1] && (graph->budget || !search.best_length); i++)
      search_from(graph, &search, members[i]);
    add_cycle(graph, &search);
    report_cycle(graph, &search, diags);
  }
}

void pass_graph(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Graph graph = {.ir = ir};
  add_edges(ir);
  index_edges(&graph);
  find_components(&graph);
  find_cycles(&graph, diags);
}
