/* The graph to draw. In: integrations in use or of the project, what they require, missing names, what was
 * reported. Out: sorted nodes and edges with marks. Conflicts are drawn only where they are in force. */
#include "emit/graph_view.h"

#include <stdlib.h>

#include "emit/graph_marks.h"

enum { LONGEST_RANGES = 60 };

typedef struct Viewing {
  const Ir *ir;
  MarkedPlaces places;
  StrMap index;  // name → node
  VEC(ViewNode) nodes;
  VEC(ViewEdge) edges;
} Viewing;

/* Nodes */

static uint32_t node_for(Viewing *viewing, Str name) {
  bool added;
  uint32_t *index = strmap_put(viewing->ir->arena, &viewing->index, name, &added);
  if (added) {
    *index = (uint32_t)viewing->nodes.len;
    vec_push(viewing->ir->arena, &viewing->nodes, (ViewNode){.name = name, .release = STR("")});
  }
  return *index;
}

static int by_name(const void *a, const void *b) {
  const ViewNode *x = a, *y = b;
  return str_cmp(x->name, y->name);
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

static ViewNode *find_node(Viewing *viewing, Str name) {
  uint32_t *index = strmap_find(&viewing->index, name);
  return index ? &viewing->nodes.data[*index] : NULL;
}

static void describe_uses(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < ir->uses.len; i++) {
    const Use *use = &ir->uses.data[i];
    ViewNode *node = find_node(viewing, ir_str(ir, use->name));
    node->used |= !use->by_dependency;
    if (use->integration.n && (!use->by_dependency || use->page.n))
      node->marks |= VIEW_UNDECIDED;  // until its decision is seen
    node->marks |= graph_marks_at(&viewing->places, use->range.span);
  }
}

static void describe_releases(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *decision = &ir->decisions.data[i];
    ViewNode *node = find_node(viewing, ir_integration_name(ir, decision->integration));
    if (!node) continue;
    const Release *release = ir_release(ir, decision->release);
    Str label = ir_str(ir, release->label.sym), version = ir_str(ir, release->version.text);
    node->decided = decision->release;
    node->release = str_printf(ir->arena, "%.*s %.*s", STR_ARG(label), STR_ARG(version));
    node->marks &= ~(uint32_t)VIEW_UNDECIDED;
    if (release->status != IR_DEPRECATED) continue;
    bool ended = ir_release_ended(ir, release);
    node->marks |= ended ? VIEW_ENDED : VIEW_DEPRECATED;
  }
}

// What pins, the environment, routes and chains of an integration were reported for.
static uint32_t marks_of_clauses(const Viewing *viewing, const Integration *row) {
  const Ir *ir = viewing->ir;
  uint32_t marks = graph_marks_at(&viewing->places, row->canary_release.span);
  for (uint32_t i = 0; i < row->fallbacks.count; i++)
    marks |= graph_marks_at(&viewing->places, ir_fallback_at(ir, row->fallbacks, i)->span);
  for (uint32_t i = 0; i < row->routes.count; i++)
    marks |= graph_marks_at(&viewing->places, ir_route_at(ir, row->routes, i)->release.span);
  for (uint32_t i = 0; i < row->releases.count; i++)
    marks |= graph_marks_at(&viewing->places, ir_release_at(ir, row->releases, i)->flag.span);
  return marks;
}

static void describe_manifests(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < viewing->nodes.len; i++) {
    ViewNode *node = &viewing->nodes.data[i];
    node->integration = ir_find_integration(ir, node->name);
    if (!node->integration.n) {
      node->marks = VIEW_MISSING;
      continue;
    }
    const Integration *row = ir_integration(ir, node->integration);
    if (row->stub) node->marks = (node->marks & ~(uint32_t)VIEW_UNDECIDED) | VIEW_STUB;
    node->marks |= marks_of_clauses(viewing, row);
  }
  for (size_t i = 0; i < ir->pins.len; i++) {
    const Pin *pin = &ir->pins.data[i];
    ViewNode *node = find_node(viewing, ir_str(ir, pin->name));
    if (node)
      node->marks |=
          graph_marks_at(&viewing->places, pin->span) | graph_marks_at(&viewing->places, pin->range.span);
  }
}

/* Edges */

static void add_edge(Viewing *viewing, Str from, Str to, ViewEdge edge) {
  uint32_t *a = strmap_find(&viewing->index, from), *b = strmap_find(&viewing->index, to);
  if (!a || !b) return;
  edge.from = *a;
  edge.to = *b;
  vec_push(viewing->ir->arena, &viewing->edges, edge);
}

static void add_requirement(Viewing *viewing, const Requirement *row) {
  const Ir *ir = viewing->ir;
  uint32_t marks = graph_marks_of(&viewing->places, row);
  bool retired = row->release.n && ir_release(ir, row->release)->status == IR_RETIRED;
  bool drawn = row->kind == IR_CONFLICTS ? marks != 0 : row->resolved.n != 0;
  if (row->kind == IR_REQUIRES && !row->resolved.n) drawn = true;  // what is missing
  if (!drawn || retired || ir_integration(ir, row->integration)->shadowed) return;
  if (row->kind == IR_CONFLICTS) marks = VIEW_CONFLICT;
  if (row->kind == IR_OPTIONAL) marks |= VIEW_OPTIONAL;
  Str range = row->kind == IR_CONFLICTS && !row->range.sym ? STR("*") : ir_str(ir, row->range.sym);
  add_edge(viewing, ir_integration_name(ir, row->integration), ir_str(ir, row->target),
           (ViewEdge){.marks = marks, .range = range, .span = row->span});
}

static void add_edges(Viewing *viewing) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < ir->requirements.len; i++) add_requirement(viewing, &ir->requirements.data[i]);
  for (size_t i = 0; i < ir->edges.len; i++) {
    const Edge *edge = &ir->edges.data[i];
    if (!edge->requirement.n)
      add_edge(viewing, ir_integration_name(ir, edge->from), ir_integration_name(ir, edge->to),
               (ViewEdge){.marks = VIEW_PAGE, .range = STR(""), .span = edge->span});
  }
}

// Conflicts behind the edges of the same two: both are drawn.
static int by_ends(const ViewEdge *x, const ViewEdge *y) {
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  if (x->to != y->to) return x->to < y->to ? -1 : 1;
  return (int)(x->marks & VIEW_CONFLICT) - (int)(y->marks & VIEW_CONFLICT);
}

static int by_ends_only(const void *a, const void *b) { return by_ends(a, b); }

static int by_ends_and_place(const void *a, const void *b) {
  const ViewEdge *x = a, *y = b;
  int order = by_ends(x, y);
  if (order) return order;
  bool page = x->marks & VIEW_PAGE;  // a manifest's own words come first
  if (page != !!(y->marks & VIEW_PAGE)) return page ? 1 : -1;
  return span_cmp(x->span, y->span);
}

// An edge that several places state: optional, and a page's, only if all of them are.
static void join_edge(Arena *arena, ViewEdge *into, const ViewEdge *more) {
  uint32_t all = VIEW_OPTIONAL | VIEW_PAGE;
  into->marks = ((into->marks | more->marks) & ~all) | (into->marks & more->marks & all);
  Str rest = into->range, part;
  while (str_split(&rest, ',', &part))
    if (str_eq(str_trim(part), more->range)) return;
  if (!more->range.len || into->range.len > LONGEST_RANGES) return;
  into->range = into->range.len ? str_printf(arena, "%.*s, %.*s", STR_ARG(into->range), STR_ARG(more->range))
                                : more->range;
}

static void index_edges(Viewing *viewing) {
  if (viewing->edges.len) qsort(viewing->edges.data, viewing->edges.len, sizeof(ViewEdge), by_ends_and_place);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < viewing->edges.len; i++) {
    ViewEdge edge = viewing->edges.data[i];
    if (kept && by_ends(&viewing->edges.data[kept - 1], &edge) == 0) {
      join_edge(viewing->ir->arena, &viewing->edges.data[kept - 1], &edge);
      continue;
    }
    ViewNode *from = &viewing->nodes.data[edge.from];
    if (!from->edge_count) from->first_edge = kept;
    from->edge_count++;
    viewing->edges.data[kept++] = edge;
  }
  viewing->edges.len = kept;
}

/* What edges say about nodes */

static ViewEdge *edge_between(const View *view, const ViewNode *from, uint32_t to, bool conflict) {
  ViewEdge wanted = {(uint32_t)(from - view->nodes), to, conflict ? VIEW_CONFLICT : 0, STR(""), SPAN_NONE};
  ViewEdge *edges = view->edges + from->first_edge;
  return from->edge_count ? bsearch(&wanted, edges, from->edge_count, sizeof wanted, by_ends_only) : NULL;
}

static void mark_cycles(Viewing *viewing, View *view) {
  const Ir *ir = viewing->ir;
  for (size_t i = 0; i < ir->cycle_edges.len; i++) {
    const Edge *edge = ir_edge(ir, ir->cycle_edges.data[i].edge);
    ViewNode *from = find_node(viewing, ir_integration_name(ir, edge->from));
    ViewNode *to = find_node(viewing, ir_integration_name(ir, edge->to));
    if (!from || !to) continue;
    ViewEdge *drawn = edge_between(view, from, (uint32_t)(to - viewing->nodes.data), false);
    if (drawn) drawn->marks |= VIEW_CYCLIC;
    from->marks |= VIEW_CYCLIC;
  }
}

static void mark_ends(const Ir *ir, View *view) {
  bool *wanted = arena_array(ir->arena, bool, view->node_count + 1);
  for (size_t i = 0; i < ir->uses.len; i++) {
    const ViewNode *node = graph_view_node(view, ir_str(ir, ir->uses.data[i].name));
    if (node) wanted[node - view->nodes] = true;
  }
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *edge = &view->edges[i];
    bool conflict = edge->marks & VIEW_CONFLICT;
    if (!conflict && edge->from != edge->to) wanted[edge->to] = true;
    if (conflict)
      view->nodes[edge->from].marks |= VIEW_CONFLICT, view->nodes[edge->to].marks |= VIEW_CONFLICT;
  }
  for (uint32_t i = 0; i < view->node_count && ir->pages.len; i++)
    if (!wanted[i]) view->nodes[i].marks |= VIEW_ORPHAN;
}

View graph_view(const Ir *ir, const DiagBag *diags) {
  Viewing viewing = {.ir = ir, .places = graph_marked_places(diags, ir->arena)};
  add_nodes(&viewing);
  describe_uses(&viewing);
  describe_releases(&viewing);
  describe_manifests(&viewing);
  add_edges(&viewing);
  index_edges(&viewing);
  View view = {viewing.nodes.data, (uint32_t)viewing.nodes.len, viewing.edges.data,
               (uint32_t)viewing.edges.len, 0};
  mark_cycles(&viewing, &view);
  mark_ends(ir, &view);
  for (uint32_t i = 0; i < view.node_count; i++) view.marks |= view.nodes[i].marks;
  for (uint32_t i = 0; i < view.edge_count; i++) view.marks |= view.edges[i].marks;
  return view;
}

/* Looking */

const ViewNode *graph_view_node(const View *view, Str name) {
  ViewNode wanted = {.name = name};
  return view->node_count ? bsearch(&wanted, view->nodes, view->node_count, sizeof wanted, by_name) : NULL;
}

const ViewEdge *graph_view_edge(const View *view, Str from, Str to, bool conflict) {
  const ViewNode *a = graph_view_node(view, from), *b = graph_view_node(view, to);
  return a && b ? edge_between(view, a, (uint32_t)(b - view->nodes), conflict) : NULL;
}
