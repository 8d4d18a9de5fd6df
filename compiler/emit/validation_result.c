/* The validation result. In: IR, diagnostics. Out: `validation-result.json`, the interface from validator to
 * generator. */
#include "emit/json_out.h"
#include "emit/reports.h"
#include "emit/survey.h"

static void put_names(JsonOut *json, const Survey *survey) {
  json_out_list(json, STR("valid"));
  for (size_t i = 0; i < survey->count; i++)
    if (survey_valid(&survey->entries[i])) json_out_string(json, STR_NONE, ir_str(survey->ir, survey->entries[i].name));
  json_out_close(json);
  json_out_object(json, STR("invalid"));
  for (size_t i = 0; i < survey->count; i++) {
    const SurveyEntry *entry = &survey->entries[i];
    if (!entry->codes.len) continue;
    json_out_row(json, ir_str(survey->ir, entry->name));
    for (size_t c = 0; c < entry->codes.len; c++)
      json_out_string(json, STR_NONE, str_from(diag_info(entry->codes.data[c])->name));
    json_out_close(json);
  }
  json_out_close(json);
}

static void put_manifests(JsonOut *json, const Survey *survey) {
  const Ir *ir = survey->ir;
  json_out_object(json, STR("manifests"));
  for (size_t i = 0; i < survey->count; i++) {
    IntegrationId id = survey->entries[i].integration;
    if (!id.n || !ir->sources) continue;
    json_out_string(json, ir_str(ir, survey->entries[i].name),
                    source_root_path(ir->sources, ir_integration(ir, id)->source));
  }
  json_out_close(json);
}

// Edges by source: a counting sort, so that each integration's edges are looked at once.
static uint32_t *edges_by_source(const Survey *survey, uint32_t **edges) {
  const Ir *ir = survey->ir;
  uint32_t *first = arena_array(survey->arena, uint32_t, ir->integrations.len + 2);
  uint32_t *fill = arena_array(survey->arena, uint32_t, ir->integrations.len + 2);
  *edges = arena_array(survey->arena, uint32_t, ir->edges.len + 1);
  for (size_t i = 0; i < ir->edges.len; i++) first[ir->edges.data[i].from.n + 1]++;
  for (size_t n = 1; n <= ir->integrations.len + 1; n++) first[n] += first[n - 1];
  for (size_t i = 0; i < ir->edges.len; i++) {
    uint32_t from = ir->edges.data[i].from.n;
    (*edges)[first[from] + fill[from]++] = (uint32_t)i;
  }
  return first;
}

static void put_dependencies(JsonOut *json, const Survey *survey) {
  const Ir *ir = survey->ir;
  uint32_t *edges, *first = edges_by_source(survey, &edges);
  json_out_object(json, STR("dependencies"));
  for (size_t e = 0; e < survey->count; e++) {
    uint32_t n = survey->entries[e].integration.n;
    if (!n) continue;
    json_out_row(json, ir_str(ir, survey->entries[e].name));
    for (uint32_t i = first[n]; i < first[n + 1]; i++)
      json_out_string(json, STR_NONE, ir_str(ir, ir_integration(ir, ir->edges.data[edges[i]].to)->name));
    json_out_close(json);
  }
  json_out_close(json);
}

static void put_versions(JsonOut *json, const Survey *survey) {
  const Ir *ir = survey->ir;
  json_out_object(json, STR("versions"));
  for (size_t i = 0; i < survey->count; i++) {
    uint32_t n = survey->entries[i].integration.n;
    if (!n || !survey->decided[n].n) continue;
    const Release *release = ir_release(ir, survey->decided[n]);
    json_out_object(json, ir_str(ir, survey->entries[i].name));
    json_out_string(json, STR("label"), ir_str(ir, release->label.sym));
    json_out_string(json, STR("version"), ir_str(ir, release->version.text));
    json_out_string(json, STR("provider"), survey_provider(ir, survey->decided[n]));
    json_out_string(json, STR("reason"), ir_str(ir, survey->reasons[n]));
    json_out_close(json);
  }
  json_out_close(json);
}

void emit_validation_result(const Ir *ir, const DiagBag *diags, Buf *out) {
  Survey survey = survey_make(ir, diags);
  JsonOut json = json_out_file(out, STR("validation-result"));
  put_names(&json, &survey);
  put_manifests(&json, &survey);
  put_dependencies(&json, &survey);
  put_versions(&json, &survey);
  json_out_finish(&json);
}
