#include "emit/findings.h"

#include "emit/places.h"

size_t findings_count(const DiagBag *diags, DiagCode code) {
  size_t count = 0;
  for (size_t i = 0; i < diags->list.len; i++) count += diags->list.data[i]->code == code;
  return count;
}

static const char *severity(const Diag *diag) {
  static const char *const names[] = {"note", "warning", "error"};
  return names[diag->severity];
}

void findings_write(JsonWriter *w, const ReportInput *input, DiagCode code) {
  Places places = places_new(input->ir->sources);
  json_list(w, false);
  for (size_t i = 0; i < input->diags->list.len; i++) {
    const Diag *diag = input->diags->list.data[i];
    if (diag->code != code) continue;
    json_object(w);
    json_string_member(w, "severity", str_from(severity(diag)));
    json_string_member(w, "place", places_text(&places, input->arena, diag->span));
    json_string_member(w, "message", diag->message);
    json_close(w, '}');
  }
  json_close(w, ']');
  places_free(&places);
}

void findings_add(const ReportInput *input, DiagCode code, TemplateValue *rules) {
  Arena *arena = input->arena;
  Places places = places_new(input->ir->sources);
  TemplateValue *rule = template_add(arena, rules, NULL, TEMPLATE_MAP);
  template_add_text(arena, rule, "code", str_from(diag_info(code)->name));
  template_add_text(arena, rule, "title", str_from(diag_info(code)->title));
  TemplateValue *list = template_add(arena, rule, "findings", TEMPLATE_LIST);
  for (size_t i = 0; i < input->diags->list.len; i++) {
    const Diag *diag = input->diags->list.data[i];
    if (diag->code != code) continue;
    TemplateValue *finding = template_add(arena, list, NULL, TEMPLATE_MAP);
    template_add_text(arena, finding, "severity", str_from(severity(diag)));
    template_add_text(arena, finding, "place", places_text(&places, arena, diag->span));
    template_add_text(arena, finding, "message", diag->message);
  }
  places_free(&places);
}
