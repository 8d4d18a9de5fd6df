/* dependency-graph.json: nodes, edges with the place that states them, cycles; what is wrong with a node or
 * an edge is in its marks. */
#include "emit/graph_view.h"
#include "emit/json_writer.h"
#include "emit/places.h"
#include "emit/reports.h"

// "not satisfied" is "not-satisfied" to a program.
static void write_marks(JsonWriter *w, Arena *arena, uint32_t marks) {
  if (!marks) return;
  json_key(w, STR("marks"));
  json_list(w, true);
  for (int n = 0; n < VIEW_MARKS; n++) {
    if (!(marks >> n & 1)) continue;
    Str word = str_copy(arena, str_from(graph_mark_word((ViewMark)(1 << n))));
    for (char *c = (char *)(size_t)word.data; *c; c++)
      if (*c == ' ') *c = '-';
    json_string(w, word);
  }
  json_close(w, ']');
}

static void write_node(JsonWriter *w, const ReportInput *input, const ViewNode *node) {
  const Ir *ir = input->ir;
  bool missing = !node->integration.n;
  ReleaseId release = node->decided;
  json_object(w);
  json_string_member(w, "name", node->name);
  if (!missing)
    json_string_member(w, "manifest",
                       source_root_path(ir->sources, ir_integration(ir, node->integration)->source));
  json_bool_member(w, "missing", missing);
  json_bool_member(w, "used", node->used);
  if (release.n) {
    json_string_member(w, "release", ir_str(ir, ir_release(ir, release)->version.text));
    json_string_member(w, "status", str_from(ir_status_name(ir_release(ir, release)->status)));
  }
  write_marks(w, input->arena, node->marks);
  json_close(w, '}');
}

static void write_nodes(JsonWriter *w, const ReportInput *input, const View *view) {
  json_key(w, STR("nodes"));
  json_list(w, false);
  for (uint32_t i = 0; i < view->node_count; i++) write_node(w, input, &view->nodes[i]);
  json_close(w, ']');
}

static const char *edge_kind(const Ir *ir, const Edge *edge) {
  if (edge->depends.n) return "page";
  return edge->requirement.n && ir_requirement(ir, edge->requirement)->kind == IR_OPTIONAL ? "optional"
                                                                                           : "requires";
}

typedef struct Writing {
  JsonWriter *w;
  const ReportInput *input;
  Places places;
} Writing;

static void write_edge(Writing *writing, Str from, Str to, const char *kind, Span span,
                       const ViewEdge *drawn) {
  JsonWriter *w = writing->w;
  json_object(w);
  json_string_member(w, "from", from);
  json_string_member(w, "to", to);
  json_string_member(w, "kind", str_from(kind));
  if (drawn && drawn->range.len) json_string_member(w, "range", drawn->range);
  json_string_member(w, "place", places_text(&writing->places, writing->input->arena, span));
  if (drawn) write_marks(w, writing->input->arena, drawn->marks & ~(uint32_t)(VIEW_OPTIONAL | VIEW_PAGE));
  json_close(w, '}');
}

// What leads to a missing integration, and conflicts, are no rows of the graph: the picture has them.
static void write_drawn(Writing *writing, const View *view) {
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *edge = &view->edges[i];
    bool conflict = edge->marks & VIEW_CONFLICT;
    if (!conflict && !(view->nodes[edge->to].marks & VIEW_MISSING)) continue;
    write_edge(writing, view->nodes[edge->from].name, view->nodes[edge->to].name,
               conflict ? "conflicts" : "requires", edge->span, edge);
  }
}

static void write_edges(JsonWriter *w, const ReportInput *input, const View *view) {
  const Ir *ir = input->ir;
  Writing writing = {w, input, places_new(ir->sources)};
  json_key(w, STR("edges"));
  json_list(w, false);
  for (size_t i = 0; i < ir->edges.len; i++) {
    const Edge *edge = &ir->edges.data[i];
    Str from = ir_integration_name(ir, edge->from), to = ir_integration_name(ir, edge->to);
    const ViewEdge *drawn = graph_view_edge(view, from, to, false);
    if (drawn) write_edge(&writing, from, to, edge_kind(ir, edge), edge->span, drawn);
  }
  write_drawn(&writing, view);
  json_close(w, ']');
  places_free(&writing.places);
}

static void write_cycles(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  json_key(w, STR("cycles"));
  json_list(w, false);
  for (size_t i = 0; i < ir->cycles.len; i++) {
    IrRange edges = ir->cycles.data[i].edges;
    json_list(w, true);
    for (uint32_t k = 0; k < edges.count; k++)
      json_string(w, ir_integration_name(ir, ir_edge(ir, ir_cycle_edge_at(ir, edges, k)->edge)->from));
    json_close(w, ']');
  }
  json_close(w, ']');
}

void emit_dependency_graph(const ReportInput *input, Buf *out) {
  View view = graph_view(input->ir, input->diags);
  JsonWriter w = json_begin(out, STR("dependency-graph"));
  write_nodes(&w, input, &view);
  write_edges(&w, input, &view);
  write_cycles(&w, input);
  json_end(&w);
}
