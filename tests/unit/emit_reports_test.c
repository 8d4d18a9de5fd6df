/* The maps and reports of a small project with a valid, an invalid, an orphaned and a missing integration:
 * they are JSON, and say what the contract lists. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "emit/reports.h"
#include "project.h"

typedef void Emitter(const ReportInput *input, Buf *out);

static const char *const manifests =
    "valid:\n  concept: { label: A, purpose: P }\n  prototype: { integration: x }\n  dependencies: { "
    "required: [needed] }\n"
    "needed:\n  concept: { label: B, purpose: P }\n  prototype: { integration: y }\n"
    "wrong:\n  concept: { label: C, purpose: P, props: { n: { type: int, default: many } } }\n  prototype: { "
    "integration: z }\n"
    "orphan:\n  concept: { label: D, purpose: P }\n  prototype: { integration: w }\n";

static void start(TestProject *project) {
  project_start(project);
  project_manifest(project, "integrations/all.yaml", IR_PLACE_PROJECT, manifests);
  project_page(project, "concept/a.html",
               "<!doctype html>\n<p data-integration=\"valid\" data-depends-on=\"needed\"></p>\n"
               "<p data-integration=\"lost wrong\" data-integration-required=\"true\"></p>");
  project_run(project);
}

static cJSON *emitted(TestProject *project, Emitter *emit) {
  Usage usage = usage_collect(&project->ir, &project->diags, &project->arena);
  Buf out = {0};
  emit(&(ReportInput){&project->ir, &usage, &project->diags, &project->arena, NULL}, &out);
  cJSON *json = cJSON_ParseWithLength(out.data, out.len);
  ck_assert_msg(json != NULL, "%.*s", (int)out.len, out.data);
  ck_assert_msg(cJSON_HasObjectItem(json, "generated"), "no member 'generated'");
  buf_free(&out);
  return json;
}

// The value at "a/b/0" without white space.
static void expect(const cJSON *json, const char *path, const char *expected) {
  Str rest = str_from(path), part;
  while (json && str_split(&rest, '/', &part)) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", STR_ARG(part));
    json = cJSON_IsArray(json) ? cJSON_GetArrayItem(json, (int)strtol(name, NULL, 10))
                               : cJSON_GetObjectItemCaseSensitive(json, name);
  }
  ck_assert_msg(json != NULL, "nothing at %s", path);
  char *text = cJSON_PrintUnformatted(json);
  ck_assert_str_eq(text, expected);
  cJSON_free(text);
}

START_TEST(the_map_names_places_and_attributes) {
  TestProject project;
  start(&project);
  cJSON *json = emitted(&project, emit_discovery_map);
  expect(json, "interface", "\"discovery-map\"");
  expect(json, "integrations/valid/name", "\"valid\"");
  expect(json, "integrations/valid/locations", "[\"concept/a.html:2:22\"]");
  expect(json, "integrations/valid/attributes", "{\"data-depends-on\":[\"needed\"]}");
  expect(json, "integrations/wrong/locations", "[\"concept/a.html:3:27\"]");
  expect(json, "integrations/wrong/attributes", "{\"data-integration-required\":[\"true\"]}");
  expect(json, "integrations/lost/required", "true");
  cJSON_Delete(json);
  project_end(&project);
}
END_TEST

START_TEST(the_result_says_what_is_valid) {
  TestProject project;
  start(&project);
  cJSON *json = emitted(&project, emit_validation_result);
  expect(json, "interface", "\"validation-result\"");
  expect(json, "invalid/lost", "[\"FX2001\"]");
  expect(json, "invalid/wrong", "[\"FX2007\"]");
  expect(json, "manifests/valid", "\"integrations/all.yaml\"");
  expect(json, "dependencies/valid", "[\"needed\"]");
  expect(json, "versions/valid/label", "\"v1\"");
  expect(json, "versions/valid/version", "\"1.0.0\"");
  expect(json, "versions/valid/provider", "\"x\"");
  expect(json, "versions/valid/reason", "\"newest stable\"");
  cJSON_Delete(json);
  project_end(&project);
}
END_TEST

START_TEST(the_other_reports_are_json) {
  static Emitter *const emitters[] = {emit_discovery_report, emit_validation_report, emit_dependency_graph};
  TestProject project;
  start(&project);
  for (size_t i = 0; i < sizeof emitters / sizeof *emitters; i++)
    cJSON_Delete(emitted(&project, emitters[i]));
  project_end(&project);
}
END_TEST

UNIT_MAIN("emit_reports", the_map_names_places_and_attributes, the_result_says_what_is_valid,
          the_other_reports_are_json)
