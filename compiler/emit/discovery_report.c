/* The discovery report. In: IR, diagnostics. Out: who uses what, by integration and by page, what is missing,
 * orphaned or invalid, and what to do next; as JSON and as text for people. */
#include "emit/json_out.h"
#include "emit/reports.h"
#include "emit/survey.h"

static const char *state_of(const Survey *survey, const SurveyEntry *entry) {
  if (!entry->integration.n) return "missing";
  if (entry->codes.len) return "invalid";
  return survey_orphaned(survey, entry) ? "orphaned" : "valid";
}

static size_t count_state(const Survey *survey, const char *state) {
  size_t count = 0;
  for (size_t i = 0; i < survey->count; i++) count += strcmp(state_of(survey, &survey->entries[i]), state) == 0;
  return count;
}

static size_t uses_on_pages(const Ir *ir) {
  size_t count = 0;
  for (size_t i = 0; i < ir->uses.len; i++) count += !ir->uses.data[i].by_dependency;
  return count;
}

static bool about_dependencies(DiagCode code) {
  return code == FX1109 || code == FX3001 || code == FX3002 || code == FX3003 || code == FX3004;
}

/* Recommendations */

static Str recommendation(const Survey *survey, const SurveyEntry *entry) {
  Str name = ir_str(survey->ir, entry->name);
  const char *state = state_of(survey, entry);
  if (strcmp(state, "missing") == 0)
    return str_printf(survey->arena, "write a manifest for %.*s, or correct the name; 'fxc stub %.*s' makes one to fill in",
                      STR_ARG(name), STR_ARG(name));
  if (strcmp(state, "orphaned") == 0)
    return str_printf(survey->arena, "use %.*s on a page, or take its manifest out of the project", STR_ARG(name));
  if (strcmp(state, "invalid") == 0)
    return str_printf(survey->arena, "correct %.*s: 'fxc validate' says what is wrong", STR_ARG(name));
  return STR_NONE;
}

/* JSON */

static void put_counts(JsonOut *json, const Survey *survey) {
  static const char *const states[] = {"valid", "missing", "orphaned", "invalid"};
  json_out_object(json, STR("counts"));
  json_out_number(json, STR("pages"), survey->ir->pages.len);
  json_out_number(json, STR("uses"), uses_on_pages(survey->ir));
  json_out_number(json, STR("integrations"), survey->count);
  for (size_t i = 0; i < 4; i++) json_out_number(json, str_from(states[i]), count_state(survey, states[i]));
  json_out_close(json);
}

static void put_integration(JsonOut *json, const Survey *survey, const SurveyEntry *entry) {
  const Ir *ir = survey->ir;
  json_out_object(json, ir_str(ir, entry->name));
  json_out_string(json, STR("state"), str_from(state_of(survey, entry)));
  json_out_bool(json, STR("required"), entry->required);
  if (entry->integration.n) json_out_string(json, STR("manifest"), survey_place(survey, entry->manifest_place));
  if (entry->integration.n) json_out_bool(json, STR("stub"), ir_integration(ir, entry->integration)->stub);
  json_out_list(json, STR("locations"));
  for (size_t u = 0; u < entry->uses.len; u++)
    json_out_string(json, STR_NONE, survey_place(survey, entry->uses.data[u].place));
  json_out_close(json);
  json_out_close(json);
}

static void put_pages(JsonOut *json, const Ir *ir) {
  json_out_object(json, STR("pages"));
  for (size_t p = 0; p < ir->pages.len; p++) {
    const Page *page = &ir->pages.data[p];
    json_out_row(json, ir_str(ir, page->path));
    for (uint32_t i = 0; i < page->uses.count; i++)
      json_out_string(json, STR_NONE, ir_str(ir, ir_use_at(ir, page->uses, i)->name));
    json_out_close(json);
  }
  json_out_close(json);
}

static void put_state(JsonOut *json, const Survey *survey, const char *state) {
  json_out_list(json, str_from(state));
  for (size_t i = 0; i < survey->count; i++)
    if (strcmp(state_of(survey, &survey->entries[i]), state) == 0)
      json_out_string(json, STR_NONE, ir_str(survey->ir, survey->entries[i].name));
  json_out_close(json);
}

static void put_stubs(JsonOut *json, const Survey *survey) {
  json_out_list(json, STR("stubs"));
  for (size_t i = 0; i < survey->count; i++) {
    IntegrationId id = survey->entries[i].integration;
    if (id.n && ir_integration(survey->ir, id)->stub)
      json_out_string(json, STR_NONE, ir_str(survey->ir, survey->entries[i].name));
  }
  json_out_close(json);
}

static void put_dependency_issues(JsonOut *json, const Survey *survey) {
  json_out_list(json, STR("dependencyIssues"));
  for (size_t i = 0; survey->diags && i < survey->diags->list.len; i++) {
    const Diag *diag = survey->diags->list.data[i];
    if (!about_dependencies(diag->code)) continue;
    json_out_object(json, STR_NONE);
    json_out_string(json, STR("code"), str_from(diag_info(diag->code)->name));
    json_out_string(json, STR("place"), survey_place(survey, survey->findings.data[i]));
    json_out_string(json, STR("message"), diag->message);
    json_out_close(json);
  }
  json_out_close(json);
}

void emit_discovery_report(const Ir *ir, const DiagBag *diags, Buf *out) {
  static const char *const states[] = {"valid", "missing", "orphaned", "invalid"};
  Survey survey = survey_make(ir, diags);
  JsonOut json = json_out_file(out, STR("discovery-report"));
  put_counts(&json, &survey);
  json_out_object(&json, STR("integrations"));
  for (size_t i = 0; i < survey.count; i++) put_integration(&json, &survey, &survey.entries[i]);
  json_out_close(&json);
  put_pages(&json, ir);
  for (size_t i = 0; i < 4; i++) put_state(&json, &survey, states[i]);
  put_dependency_issues(&json, &survey);
  put_stubs(&json, &survey);
  json_out_list(&json, STR("recommendations"));
  for (size_t i = 0; i < survey.count; i++) {
    Str text = recommendation(&survey, &survey.entries[i]);
    if (text.len) json_out_string(&json, STR_NONE, text);
  }
  json_out_finish(&json);
}

/* Text */

static void text_integrations(Buf *out, const Survey *survey) {
  buf_put(out, STR("\n## Integrations\n\n| integration | state | required | uses |\n| --- | --- | --- | --- |\n"));
  for (size_t i = 0; i < survey->count; i++) {
    const SurveyEntry *entry = &survey->entries[i];
    buf_printf(out, "| %.*s | %s | %s | %zu |\n", STR_ARG(ir_str(survey->ir, entry->name)), state_of(survey, entry),
               entry->required ? "yes" : "no", entry->uses.len);
  }
}

static void text_places(Buf *out, const Survey *survey) {
  buf_put(out, STR("\n## Places\n"));
  for (size_t i = 0; i < survey->count; i++) {
    const SurveyEntry *entry = &survey->entries[i];
    if (!entry->uses.len) continue;
    buf_printf(out, "\n- %.*s\n", STR_ARG(ir_str(survey->ir, entry->name)));
    for (size_t u = 0; u < entry->uses.len; u++)
      buf_printf(out, "  - `%.*s`\n", STR_ARG(survey_place(survey, entry->uses.data[u].place)));
  }
}

static void text_pages(Buf *out, const Ir *ir) {
  buf_put(out, STR("\n## Pages\n\n"));
  for (size_t p = 0; p < ir->pages.len; p++) {
    const Page *page = &ir->pages.data[p];
    buf_printf(out, "- `%.*s`:", STR_ARG(ir_str(ir, page->path)));
    for (uint32_t i = 0; i < page->uses.count; i++)
      buf_printf(out, "%s %.*s", i ? "," : "", STR_ARG(ir_str(ir, ir_use_at(ir, page->uses, i)->name)));
    buf_put(out, page->uses.count ? STR("\n") : STR(" none\n"));
  }
}

static void text_issues(Buf *out, const Survey *survey) {
  bool titled = false;
  for (size_t i = 0; survey->diags && i < survey->diags->list.len; i++) {
    const Diag *diag = survey->diags->list.data[i];
    if (!about_dependencies(diag->code)) continue;
    if (!titled) buf_put(out, STR("\n## Dependency issues\n\n"));
    titled = true;
    buf_printf(out, "- %s `%.*s` %.*s\n", diag_info(diag->code)->name,
               STR_ARG(survey_place(survey, survey->findings.data[i])), STR_ARG(diag->message));
  }
}

void emit_discovery_report_text(const Ir *ir, const DiagBag *diags, Buf *out) {
  Survey survey = survey_make(ir, diags);
  buf_put(out, STR("<!-- generated by fxc from the concepts and manifests of the project; edits are lost -->\n"));
  buf_put(out, STR("# Discovery report\n\n"));
  buf_printf(out, "%zu integrations in %zu pages (%zu uses): %zu valid, %zu missing, %zu orphaned, %zu invalid.\n",
             survey.count, ir->pages.len, uses_on_pages(ir), count_state(&survey, "valid"),
             count_state(&survey, "missing"), count_state(&survey, "orphaned"), count_state(&survey, "invalid"));
  text_integrations(out, &survey);
  text_places(out, &survey);
  text_pages(out, ir);
  text_issues(out, &survey);
  bool titled = false;
  for (size_t i = 0; i < survey.count; i++) {
    Str text = recommendation(&survey, &survey.entries[i]);
    if (text.len && !titled) buf_put(out, STR("\n## Recommendations\n\n"));
    titled |= text.len > 0;
    if (text.len) buf_printf(out, "- %.*s\n", STR_ARG(text));
  }
}
