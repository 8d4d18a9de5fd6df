/* The graph to draw. In: integrations in use or of the project, edges, missing names. Out: sorted nodes and
 * edges. */
#include "emit/graph_view.h"

#include <stdlib.h>

typedef struct Viewing {
  const Ir *ir;
  StrMap index;  // name → node
  VEC(ViewNode) nodes;
  VEC(ViewEdge) edges;
} Viewing;

static uint32_t node_for(Viewing *viewing, Str name) {
  bool added;
  uint32_t *index = strmap_put(viewing->ir->arena, &viewing->index, name, &added);
  if (added) {
    *index = (uint32_t)viewing->nodes.len;
    vec_push(viewing->ir->arena, &viewing->nodes,
             (ViewNode){.name = name, .missing = true, .release = STR("")});
  }
  return *index;
}

static int by_name(const void *a, const void *b) {
  const ViewNode *x = a, *y = b;
  return str_cmp(x->name, y->name);
}

static int by_ends(const void *a, const void *b) {
  const ViewEdge *x = a, *y = b;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return (x->to > y->to) - (x->to < y->to);
}

static void add_nodes(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < ir->uses.len; i++) node_for(viewing, ir_str(ir, ir->uses.data[i].name));
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *integration = &ir->integrations.data[i];
    if (!integration->shadowed && integration->place == IR_PLACE_PROJECT)
      node_for(viewing, ir_str(ir, integration->name));
  }
  for (size_t i = 0; i < ir->missings.len; i++) node_for(viewing, ir_str(ir, ir->missings.data[i].name));
  for (size_t i = 0; i < ir->edges.len; i++) {  // of the library only what something in the picture needs
    if (!strmap_find(&viewing->index, ir_integration_name(ir, ir->edges.data[i].from))) continue;
    node_for(viewing, ir_integration_name(ir, ir->edges.data[i].to));
  }
  if (viewing->nodes.len) qsort(viewing->nodes.data, viewing->nodes.len, sizeof(ViewNode), by_name);
  for (uint32_t i = 0; i < viewing->nodes.len; i++)
    *strmap_find(&viewing->index, viewing->nodes.data[i].name) = i;
}

static void describe_nodes(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < viewing->nodes.len; i++)
    viewing->nodes.data[i].missing = !ir_find_integration(ir, viewing->nodes.data[i].name).n;
  for (size_t i = 0; i < ir->uses.len; i++)
    if (!ir->uses.data[i].by_dependency)
      viewing->nodes.data[node_for(viewing, ir_str(ir, ir->uses.data[i].name))].used = true;
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *decision = &ir->decisions.data[i];
    uint32_t *node = strmap_find(&viewing->index, ir_integration_name(ir, decision->integration));
    if (!node) continue;
    const Release *release = ir_release(ir, decision->release);
    Str label = ir_str(ir, release->label.sym), version = ir_str(ir, release->version.text);
    viewing->nodes.data[*node].release = str_printf(ir->arena, "%.*s %.*s", STR_ARG(label), STR_ARG(version));
  }
}

static void add_edge(Viewing *viewing, Str from, Str to, ViewEdge edge) {
  uint32_t *a = strmap_find(&viewing->index, from), *b = strmap_find(&viewing->index, to);
  if (!a || !b) return;
  edge.from = *a;
  edge.to = *b;
  vec_push(viewing->ir->arena, &viewing->edges, edge);
}

static void add_edges(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  bool *cyclic = arena_array(ir->arena, bool, ir->edges.len + 1);
  for (size_t i = 0; i < ir->cycle_edges.len; i++) cyclic[ir->cycle_edges.data[i].edge.n] = true;
  for (uint32_t n = 1; n <= ir->edges.len; n++) {
    const Edge *edge = ir_edge(ir, (EdgeId){n});
    bool optional = edge->requirement.n && ir_requirement(ir, edge->requirement)->kind == IR_OPTIONAL;
    add_edge(viewing, ir_integration_name(ir, edge->from), ir_integration_name(ir, edge->to),
             (ViewEdge){.optional = optional, .page = !edge->requirement.n, .cyclic = cyclic[n]});
  }
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *requirement = &ir->requirements.data[i];
    if (requirement->kind == IR_REQUIRES && !requirement->resolved.n)
      add_edge(viewing, ir_integration_name(ir, requirement->integration), ir_str(ir, requirement->target),
               (ViewEdge){0});
  }
}

static void index_edges(Viewing *viewing) {
  if (viewing->edges.len) qsort(viewing->edges.data, viewing->edges.len, sizeof(ViewEdge), by_ends);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < viewing->edges.len; i++) {
    ViewEdge edge = viewing->edges.data[i];
    bool again = kept && by_ends(&viewing->edges.data[kept - 1], &edge) == 0;
    if (again) continue;
    ViewNode *from = &viewing->nodes.data[edge.from];
    if (!from->edge_count) from->first_edge = kept;
    from->edge_count++;
    from->cyclic |= edge.cyclic;
    viewing->edges.data[kept++] = edge;
  }
  viewing->edges.len = kept;
}

View graph_view(const Ir *ir) {
  Viewing viewing = {.ir = ir};
  add_nodes(&viewing);
  describe_nodes(&viewing);
  add_edges(&viewing);
  index_edges(&viewing);
  return (View){viewing.nodes.data, (uint32_t)viewing.nodes.len, viewing.edges.data,
                (uint32_t)viewing.edges.len};
}
