/* In: validation-result.json. Out: pins of releases, and integrations that nobody finds any more. An
 * integration that the result does not know came later; it is treated as in any other build. */
#include "workspace/result.h"

#include "workspace/interface.h"

typedef struct ResultReader {
  Compilation *compilation;
  DocEvents doc;
} ResultReader;

typedef void TakeMember(ResultReader *reader, uint32_t key, uint32_t value);

// Every pair of a member of the root; a member that is missing has none.
static void each(ResultReader *reader, Str name, TakeMember *take) {
  DocEvents *doc = &reader->doc;
  uint32_t map = interface_member(doc, 0, name);
  if (!map || !interface_expect(reader->compilation, doc, map, DOC_MAP, "an object of integrations")) return;
  uint32_t key = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    uint32_t value = doc_node(doc, key)->next;
    take(reader, key, value);
    key = doc_node(doc, value)->next;
  }
}

static void hide(ResultReader *reader, uint32_t key, uint32_t value) {
  Compilation *compilation = reader->compilation;
  Ir *ir = &compilation->ir;
  Str name = doc_node(&reader->doc, key)->text;
  IntegrationId id = ir_find_integration(ir, name);
  (void)value;
  if (id.n) {
    ir_integration(ir, id)->shadowed = true;
    *strmap_put(&compilation->arena, &ir->by_name, name, NULL) = 0;
  }
  strmap_put(&compilation->arena, &compilation->silenced, name, NULL);
  strmap_put(&compilation->arena, &compilation->left_out, name, NULL);
}

static void report_no_release(ResultReader *reader, Str name, uint32_t label) {
  Diag *diag =
      diag_add(&reader->compilation->diags, FX2009, interface_span(&reader->doc, label),
               "'%.*s' has no release '%.*s'", STR_ARG(name), STR_ARG(doc_node(&reader->doc, label)->text));
  diag_note(
      diag,
      ir_integration(&reader->compilation->ir, ir_find_integration(&reader->compilation->ir, name))->span,
      "'%.*s' is declared here", STR_ARG(name));
  diag_help(diag, "the manifest has changed since: run 'fxc validate' again");
}

static void choose(ResultReader *reader, uint32_t key, uint32_t value) {
  Ir *ir = &reader->compilation->ir;
  DocEvents *doc = &reader->doc;
  if (!interface_expect(reader->compilation, doc, value, DOC_MAP, "an object with a label")) return;
  Str name = doc_node(doc, key)->text;
  uint32_t label = interface_member(doc, value, STR("label"));
  IntegrationId id = ir_find_integration(ir, name);
  if (!id.n) return;  // left out, or reported where it is missing
  if (!label) {
    diag_add(&reader->compilation->diags, FX2008, interface_span(doc, key),
             "the release of '%.*s' has no 'label'", STR_ARG(name));
    return;
  }
  Sym sym = ir_sym(ir, doc_node(doc, label)->text);
  if (!ir_find_release(ir, id, sym).n)
    report_no_release(reader, name, label);
  else
    ir_add_pin(ir, (Pin){.name = ir_sym(ir, name), .label = sym, .span = interface_span(doc, label)});
}

void result_take(Compilation *compilation) {
  ResultReader reader = {.compilation = compilation};
  if (!interface_read(compilation, compilation->request->from, STR("validation-result"), &reader.doc)) return;
  each(&reader, STR("invalid"), hide);
  each(&reader, STR("versions"), choose);
}

static bool is_left_out(const Compilation *compilation, const Integration *integration) {
  return strmap_find(&compilation->left_out, ir_str(&compilation->ir, integration->name)) != NULL;
}

// The integration around a place, or the only kind of them in a file that could not be read as manifests.
static bool concerns_left_out(const Compilation *compilation, Span span) {
  const Ir *ir = &compilation->ir;
  bool declares_others = false;
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *integration = &ir->integrations.data[i];
    if (integration->source != span.source) continue;
    bool around = integration->whole.start <= span.start && span.end <= integration->whole.end;
    if (around) return is_left_out(compilation, integration);
    declares_others |= !is_left_out(compilation, integration);
  }
  for (size_t i = 0; i < compilation->project.manifests.len && !declares_others; i++)
    if (compilation->project.manifests.data[i].source == span.source) return true;
  return false;
}

void result_demote(Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    Diag *diag = compilation->diags.list.data[i];
    DiagStage stage = diag_info(diag->code)->stage;
    bool about_manifests = stage == STAGE_VALIDATION || stage == STAGE_RESOLUTION;
    if (about_manifests && diag->severity == DIAG_ERROR && concerns_left_out(compilation, diag->span))
      diag->severity = DIAG_WARNING;
  }
}
