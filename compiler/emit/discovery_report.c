/* discovery-report.json: the uses by integration and by page, and what follows from them. */
#include "emit/findings.h"

static void write_counts(JsonWriter *w, const ReportInput *input) {
  const Usage *usage = input->usage;
  size_t valid = 0, missing = 0;
  for (size_t i = 0; i < usage->names.len; i++) {
    valid += usage_is_valid(&usage->names.data[i]);
    missing += !usage->names.data[i].integration.n;
  }
  json_key(w, STR("counts"));
  json_object(w);
  json_number_member(w, "pages", input->ir->pages.len);
  json_number_member(w, "pagesWithUses", usage->pages);
  json_number_member(w, "integrations", usage->found);
  json_number_member(w, "uses", usage->uses);
  json_number_member(w, "valid", valid);
  json_number_member(w, "missing", missing);
  json_number_member(w, "invalid", usage->names.len - valid - missing);
  json_number_member(w, "orphaned", findings_count(input->diags, FX2012));
  json_close(w, '}');
}

static const char *state_of(const UsedName *name) {
  if (!name->integration.n) return "missing";
  return usage_is_valid(name) ? "valid" : "invalid";
}

static void write_integrations(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  json_key(w, STR("integrations"));
  json_object(w);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    json_key(w, name->name);
    json_object(w);
    json_string_member(w, "state", str_from(state_of(name)));
    json_number_member(w, "uses", name->uses.len);
    json_bool_member(w, "required", name->required);
    json_key(w, STR("pages"));
    json_list(w, false);
    uint32_t last = 0;
    for (size_t k = 0; k < name->uses.len; k++) {
      PageId page = ir_use(ir, name->uses.data[k])->page;
      usage_foresee(ir, name, k);
      if (page.n != last) json_string(w, ir_str(ir, ir_page(ir, page)->path));
      last = page.n;
    }
    json_close(w, ']');
    json_close(w, '}');
  }
  json_close(w, '}');
}

static void write_pages(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  json_key(w, STR("pages"));
  json_object(w);
  for (size_t i = 0; i < ir->pages.len; i++) {
    const Page *page = &ir->pages.data[i];
    if (!page->uses.count) continue;
    json_key(w, ir_str(ir, page->path));
    json_list(w, true);
    for (uint32_t k = 0; k < page->uses.count; k++)
      json_string(w, ir_str(ir, ir_use_at(ir, page->uses, k)->name));
    json_close(w, ']');
  }
  json_close(w, '}');
}

static void write_names(JsonWriter *w, const ReportInput *input, const char *key, const char *state) {
  json_key(w, str_from(key));
  json_list(w, false);
  for (size_t i = 0; i < input->usage->names.len; i++)
    if (strcmp(state_of(&input->usage->names.data[i]), state) == 0)
      json_string(w, input->usage->names.data[i].name);
  json_close(w, ']');
}

static void write_stubs(JsonWriter *w, const ReportInput *input) {
  const Ir *ir = input->ir;
  json_key(w, STR("stubs"));
  json_list(w, false);
  for (size_t i = 0; i < ir->integrations.len; i++)
    if (ir->integrations.data[i].stub) json_string(w, ir_str(ir, ir->integrations.data[i].name));
  json_close(w, ']');
}

static void write_issues(JsonWriter *w, const ReportInput *input) {
  static const DiagCode codes[] = {FX1109, FX3001, FX3002, FX3003, FX3004};
  json_key(w, STR("dependencyIssues"));
  json_object(w);
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    if (!findings_count(input->diags, codes[i])) continue;
    json_key(w, str_from(diag_info(codes[i])->name));
    findings_write(w, input, codes[i]);
  }
  json_close(w, '}');
}

static void recommend(JsonWriter *w, const ReportInput *input, const UsedName *name) {
  Arena *arena = input->arena;
  if (!name->integration.n)
    json_string(w, str_printf(arena, "Write the manifest of '%.*s': fxc stub %.*s", STR_ARG(name->name),
                              STR_ARG(name->name)));
  else if (name->codes.len)
    json_string(w, str_printf(arena, "Mend '%.*s': fxc explain %s", STR_ARG(name->name),
                              diag_info(name->codes.data[0])->name));
}

static void write_recommendations(JsonWriter *w, const ReportInput *input) {
  json_key(w, STR("recommendations"));
  json_list(w, false);
  for (size_t i = 0; i < input->usage->names.len; i++) recommend(w, input, &input->usage->names.data[i]);
  json_close(w, ']');
}

void emit_discovery_report(const ReportInput *input, Buf *out) {
  JsonWriter w = json_begin(out, STR("discovery-report"));
  write_counts(&w, input);
  write_integrations(&w, input);
  write_pages(&w, input);
  write_names(&w, input, "valid", "valid");
  write_names(&w, input, "missing", "missing");
  write_names(&w, input, "invalid", "invalid");
  json_key(&w, STR("orphaned"));
  findings_write(&w, input, FX2012);
  write_issues(&w, input);
  write_stubs(&w, input);
  write_recommendations(&w, input);
  json_end(&w);
}

static void add_used(const ReportInput *input, TemplateValue *list, const UsedName *name) {
  const Ir *ir = input->ir;
  Arena *arena = input->arena;
  TemplateValue *row = template_add(arena, list, NULL, TEMPLATE_MAP);
  Str manifest = STR("");
  if (name->integration.n)
    manifest = source_root_path(ir->sources, ir_integration(ir, name->integration)->source);
  template_add_text(arena, row, "name", name->name);
  template_add_text(arena, row, "state", str_from(state_of(name)));
  template_add_number(arena, row, "uses", name->uses.len);
  template_add_bool(arena, row, "required", name->required);
  template_add_text(arena, row, "manifest", manifest);
}

void emit_discovery_report_text(const ReportInput *input, Buf *out) {
  static const DiagCode codes[] = {FX2001, FX2012, FX1109, FX3001, FX3002, FX3003, FX3004};
  const Usage *usage = input->usage;
  Arena *arena = input->arena;
  TemplateValue data = {.kind = TEMPLATE_MAP};
  template_add_number(arena, &data, "integrations", usage->found);
  template_add_number(arena, &data, "pages", input->ir->pages.len);
  template_add_number(arena, &data, "pages_with_uses", usage->pages);
  template_add_number(arena, &data, "uses", usage->uses);
  TemplateValue *used = template_add(arena, &data, "used", TEMPLATE_LIST);
  for (size_t i = 0; i < usage->names.len; i++) add_used(input, used, &usage->names.data[i]);
  TemplateValue *rules = template_add(arena, &data, "rules", TEMPLATE_LIST);
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (findings_count(input->diags, codes[i])) findings_add(input, codes[i], rules);
  buf_put(out, STR("<!-- generated by fxc from the project; do not edit -->\n"));
  templates_render(input->templates, TEMPLATE_DISCOVERY_REPORT, &data, arena, out);
}
