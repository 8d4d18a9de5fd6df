/* dependency-graph.json: nodes, edges with the place that states them, cycles. */
#include "emit/json_writer.h"
#include "emit/places.h"
#include "emit/reports.h"

static void write_nodes(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  json_key(w, STR("nodes"));
  json_list(w, false);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    ReleaseId release = name->integration.n ? ir_decided_release(ir, name->integration) : (ReleaseId){0};
    json_object(w);
    json_string_member(w, "name", name->name);
    if (name->integration.n)
      json_string_member(w, "manifest",
                         source_root_path(ir->sources, ir_integration(ir, name->integration)->source));
    json_bool_member(w, "missing", !name->integration.n);
    json_bool_member(w, "used", name->on_page);
    if (release.n) json_string_member(w, "release", ir_str(ir, ir_release(ir, release)->version.text));
    json_close(w, '}');
  }
  json_close(w, ']');
}

static const char *edge_kind(const Ir *ir, const Edge *edge) {
  if (edge->depends.n) return "page";
  return edge->requirement.n && ir_requirement(ir, edge->requirement)->kind == IR_OPTIONAL ? "optional"
                                                                                           : "requires";
}

static void write_edges(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  Places places = places_new(ir->sources);
  json_key(w, STR("edges"));
  json_list(w, false);
  for (size_t i = 0; i < ir->edges.len; i++) {
    const Edge *edge = &ir->edges.data[i];
    json_object(w);
    json_string_member(w, "from", ir_integration_name(ir, edge->from));
    json_string_member(w, "to", ir_integration_name(ir, edge->to));
    json_string_member(w, "kind", str_from(edge_kind(ir, edge)));
    json_string_member(w, "place", places_text(&places, input->arena, edge->span));
    json_close(w, '}');
  }
  json_close(w, ']');
  places_free(&places);
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
  JsonWriter w = json_begin(out, STR("dependency-graph"));
  write_nodes(&w, input);
  write_edges(&w, input);
  write_cycles(&w, input);
  json_end(&w);
}
