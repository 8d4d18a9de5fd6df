/* The dependency graph. In: resolved requirements and data-depends-on. Out: edges with the place that states
 * them, cycles (cycles.c).
 *
 * Two integrations have one edge, however many places state it; where a place that binds comes behind one
 * that is only optional, the edge is the one that binds. */
#include "passes/graph.h"

static bool counts(const Ir *ir, const Requirement *requirement) {
  if (requirement->kind == IR_CONFLICTS || !requirement->resolved.n) return false;
  if (requirement->release.n && ir_release(ir, requirement->release)->status == IR_RETIRED) return false;
  return !ir_integration(ir, requirement->integration)->shadowed;
}

// What is only optional never closes a cycle: it can be started later.
static bool binds(const Ir *ir, const Edge *edge) {
  return !edge->requirement.n || ir_requirement(ir, edge->requirement)->kind == IR_REQUIRES;
}

static void add_once(Ir *ir, StrMap *seen, Edge edge) {
  uint32_t *key = arena_array(ir->arena, uint32_t, 2);
  key[0] = edge.from.n;
  key[1] = edge.to.n;
  bool added;
  uint32_t *at = strmap_put(ir->arena, seen, (Str){(const char *)key, 2 * sizeof *key}, &added);
  if (added)
    *at = ir_add_edge(ir, edge).n;
  else if (!binds(ir, ir_edge(ir, (EdgeId){*at})) && binds(ir, &edge))
    *ir_edge(ir, (EdgeId){*at}) = edge;
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

static void index_uses(Graph *graph) {
  const Ir *ir = graph->ir;
  graph->first_use = arena_array(ir->arena, uint32_t, graph->nodes + 1);
  graph->next_use = arena_array(ir->arena, uint32_t, ir->uses.len + 1);
  for (uint32_t n = (uint32_t)ir->uses.len; n > 0; n--) {
    const Use *use = ir_use(ir, (UseId){n});
    if (!use->depends.count || !use->integration.n) continue;
    graph->next_use[n] = graph->first_use[use->integration.n];
    graph->first_use[use->integration.n] = n;
  }
}

void pass_graph(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Graph graph = {.ir = ir};
  add_edges(ir);
  index_edges(&graph);
  index_uses(&graph);
  Components whole = graph_components_new(&graph);
  graph_components(&graph, &whole);
  graph.component = whole.component;
  graph.size = whole.size;
  graph.loosen = loosen_begin(ir);
  graph_find_cycles(&graph, diags);
  loosen_end(&graph.loosen);
}
