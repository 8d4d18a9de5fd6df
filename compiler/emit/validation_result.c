/* validation-result.json: what may be generated, with which releases. From the validator to the generator. */
#include "emit/json_writer.h"
#include "emit/releases.h"
#include "emit/reports.h"

static void write_invalid(JsonWriter *w, const ReportInput *input) {
  json_key(w, STR("invalid"));
  json_object(w);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    if (!name->codes.len) continue;
    json_key(w, name->name);
    json_list(w, true);
    for (size_t k = 0; k < name->codes.len; k++)
      json_string(w, str_from(diag_info(name->codes.data[k])->name));
    json_close(w, ']');
  }
  json_close(w, '}');
}

static void write_valid(JsonWriter *w, const ReportInput *input) {
  json_key(w, STR("valid"));
  json_list(w, false);
  for (size_t i = 0; i < input->usage->names.len; i++)
    if (usage_is_valid(&input->usage->names.data[i])) json_string(w, input->usage->names.data[i].name);
  json_close(w, ']');
}

static void write_manifests(JsonWriter *w, const ReportInput *input) {
  json_key(w, STR("manifests"));
  json_object(w);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    if (!name->integration.n) continue;
    json_key(w, name->name);
    json_string(w,
                source_root_path(input->ir->sources, ir_integration(input->ir, name->integration)->source));
  }
  json_close(w, '}');
}

static void write_dependencies(JsonWriter *w, const ReportInput *input) {
  json_key(w, STR("dependencies"));
  json_object(w);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    if (!name->integration.n) continue;
    ReleaseChain chain = release_chain(input->ir, input->arena, name->integration);
    json_key(w, name->name);
    json_list(w, true);
    for (size_t k = 0; k < chain.dependencies.len; k++) json_string(w, chain.dependencies.data[k]);
    json_close(w, ']');
  }
  json_close(w, '}');
}

static const Decision *decision_of(const Ir *ir, IntegrationId id) {
  for (size_t i = 0; i < ir->decisions.len; i++)
    if (ir->decisions.data[i].integration.n == id.n && ir->decisions.data[i].release.n)
      return &ir->decisions.data[i];
  return NULL;
}

static void write_versions(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  json_key(w, STR("versions"));
  json_object(w);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    const Decision *decision = decision_of(ir, name->integration);
    if (!decision) continue;
    const Release *release = ir_release(ir, decision->release);
    json_key(w, name->name);
    json_object(w);
    json_string_member(w, "label", ir_str(ir, release->label.sym));
    json_string_member(w, "version", ir_str(ir, release->version.text));
    json_string_member(w, "provider", ir_release_provider(ir, release));
    json_string_member(w, "reason", ir_str(ir, decision->reason));
    json_close(w, '}');
  }
  json_close(w, '}');
}

void emit_validation_result(const ReportInput *input, Buf *out) {
  JsonWriter w = json_begin(out, STR("validation-result"));
  write_valid(&w, input);
  write_invalid(&w, input);
  write_manifests(&w, input);
  write_dependencies(&w, input);
  write_versions(&w, input);
  json_end(&w);
}
