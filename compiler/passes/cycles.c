/* One shortest cycle for each strongly connected component that has one (FX3001, a note an edge). In: the
 * components. Out: Cycle rows, diagnostics. */
#include "passes/graph.h"

// Steps for each component: every member is tried as a start, in a huge one only as many as this allows.
enum { BUDGET = 20000000 };

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

static Diag *report_cycle(Graph *graph, const Search *search, const Cut *cut, DiagBag *diags) {
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
    diag_note(
        d, edge->span, "'%.*s' %s '%.*s' here%s", STR_ARG(from), verb(edge), STR_ARG(to),
        search->best_length > 1 && search->best[i] == cut->edge ? ", which is the best place to cut" : "");
  }
  return d;
}

static void add_cycle(Graph *graph, const Search *search) {
  IrRange edges = {(uint32_t)graph->ir->cycle_edges.len + 1, search->best_length};
  for (uint32_t i = 0; i < search->best_length; i++)
    ir_add_cycle_edge(graph->ir, (CycleEdge){.edge = {search->best[i]}});
  ir_add_cycle(graph->ir, (Cycle){.edges = edges});
}

static Members list_members(const Graph *graph) {
  Arena *arena = graph->ir->arena;
  size_t n = graph->nodes + 2;
  Members members = {arena_array(arena, uint32_t, n), arena_array(arena, uint32_t, n + 1)};
  for (uint32_t node = 1; node <= graph->nodes; node++) members.start[graph->component[node] + 1]++;
  for (size_t c = 1; c <= n; c++) members.start[c] += members.start[c - 1];
  uint32_t *fill = arena_array(arena, uint32_t, n);
  for (uint32_t node = 1; node <= graph->nodes; node++) {
    uint32_t c = graph->component[node];
    members.nodes[members.start[c] + fill[c]++] = node;
  }
  return members;
}

void graph_find_cycles(Graph *graph, DiagBag *diags) {
  Arena *arena = graph->ir->arena;
  size_t n = graph->nodes + 2;
  Search search = {arena_array(arena, uint32_t, n), arena_array(arena, uint32_t, n),
                   arena_array(arena, uint32_t, n), 0,
                   arena_array(arena, uint32_t, n), 0};
  Members members = list_members(graph);
  Components work = graph_components_new(graph);
  bool *done = arena_array(arena, bool, n);
  for (uint32_t node = 1; node <= graph->nodes; node++) {  // components in the order of their first member
    uint32_t c = graph->component[node], first = members.start[c], end = members.start[c + 1];
    if (done[c] || (graph->size[c] < 2 && !graph_has_self_edge(graph, node, 0))) continue;
    done[c] = true;
    search.best_length = 0;
    graph->budget = BUDGET;
    for (uint32_t i = first; i < end && (graph->budget || !search.best_length); i++)
      search_from(graph, &search, members.nodes[i]);
    add_cycle(graph, &search);
    graph->budget = BUDGET;
    Cut cut =
        graph_best_cut(graph, &work, members.nodes + first, end - first, search.best, search.best_length);
    graph_propose_cut(graph, report_cycle(graph, &search, &cut, diags), &cut);
  }
}
