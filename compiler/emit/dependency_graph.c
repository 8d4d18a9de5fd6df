/* The dependency graph as JSON. In: edges, cycles, decisions. Out: `dependency-graph.json`. */
#include "emit/json_out.h"
#include "emit/reports.h"
#include "emit/survey.h"

static void put_node(JsonOut *json, const Survey *survey, const SurveyEntry *entry) {
  const Ir *ir = survey->ir;
  json_out_object(json, STR_NONE);
  json_out_string(json, STR("name"), ir_str(ir, entry->name));
  json_out_bool(json, STR("missing"), !entry->integration.n);
  json_out_bool(json, STR("used"), entry->uses.len > 0);
  if (entry->integration.n) {
    json_out_string(json, STR("place"), survey_place(survey, entry->manifest_place));
    ReleaseId release = survey->decided[entry->integration.n];
    if (release.n) json_out_string(json, STR("release"), ir_str(ir, ir_release(ir, release)->label.sym));
    if (release.n) json_out_string(json, STR("version"), ir_str(ir, ir_release(ir, release)->version.text));
  }
  json_out_close(json);
}

static void put_edge(JsonOut *json, const Ir *ir, Sym from, Sym to, const char *kind, Str place) {
  json_out_object(json, STR_NONE);
  json_out_string(json, STR("from"), ir_str(ir, from));
  json_out_string(json, STR("to"), ir_str(ir, to));
  json_out_string(json, STR("kind"), str_from(kind));
  json_out_string(json, STR("place"), place);
  json_out_close(json);
}

static const char *edge_kind(const Ir *ir, const Edge *edge) {
  if (!edge->requirement.n) return "page";
  return ir_requirement(ir, edge->requirement)->kind == IR_OPTIONAL ? "optional" : "requires";
}

// Requirements without a manifest are no edges of the IR: they are drawn too.
static bool dangles(const Ir *ir, const Requirement *requirement) {
  return requirement->kind == IR_REQUIRES && !requirement->resolved.n &&
         !ir_integration(ir, requirement->integration)->shadowed &&
         ir_integration(ir, requirement->integration)->place == IR_PLACE_PROJECT;
}

static void put_edges(JsonOut *json, const Ir *ir) {
  Places places = {.ir = ir};
  for (size_t i = 0; i < ir->edges.len; i++) places_add(&places, ir->edges.data[i].span);
  for (size_t i = 0; i < ir->requirements.len; i++)
    if (dangles(ir, &ir->requirements.data[i])) places_add(&places, ir->requirements.data[i].span);
  places_find(&places);
  uint32_t number = 0;
  json_out_list(json, STR("edges"));
  for (size_t i = 0; i < ir->edges.len; i++) {
    const Edge *edge = &ir->edges.data[i];
    put_edge(json, ir, ir_integration(ir, edge->from)->name, ir_integration(ir, edge->to)->name, edge_kind(ir, edge),
             places_text(&places, ir->arena, number++));
  }
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *requirement = &ir->requirements.data[i];
    if (!dangles(ir, requirement)) continue;
    put_edge(json, ir, ir_integration(ir, requirement->integration)->name, requirement->target, "requires",
             places_text(&places, ir->arena, number++));
  }
  json_out_close(json);
}

static void put_cycles(JsonOut *json, const Ir *ir) {
  json_out_list(json, STR("cycles"));
  for (size_t c = 0; c < ir->cycles.len; c++) {
    IrRange edges = ir->cycles.data[c].edges;
    json_out_row(json, STR_NONE);
    for (uint32_t i = 0; i < edges.count; i++) {
      const Edge *edge = ir_edge(ir, ir_cycle_edge_at(ir, edges, i)->edge);
      json_out_string(json, STR_NONE, ir_str(ir, ir_integration(ir, edge->from)->name));
    }
    json_out_close(json);
  }
  json_out_close(json);
}

void emit_dependency_graph(const Ir *ir, Buf *out) {
  Survey survey = survey_make(ir, NULL);
  JsonOut json = json_out_file(out, STR("dependency-graph"));
  json_out_list(&json, STR("nodes"));
  for (size_t i = 0; i < survey.count; i++) put_node(&json, &survey, &survey.entries[i]);
  json_out_close(&json);
  put_edges(&json, ir);
  put_cycles(&json, ir);
  json_out_finish(&json);
}
