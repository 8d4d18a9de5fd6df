/* A whole project in memory, for the tests of passes and reports: manifests and pages as text, then all
 * passes with the verifier behind each. Diagnostics are compared as "CODE 'the text at the span'", in order.
 */
#ifndef FXC_TESTS_PROJECT_H
#define FXC_TESTS_PROJECT_H

#include "ast/ast.h"
#include "base/date.h"
#include "html/encoding.h"
#include "html/tree.h"
#include "ir/lower_manifest.h"
#include "ir/lower_page.h"
#include "passes/passes.h"
#include "unit.h"

typedef struct TestProject {
  Arena arena;
  Sources *sources;
  DiagBag diags;
  Ir ir;
  PassSettings settings;
  PassRunner runner;
  VEC(PageFacts) pages;
} TestProject;

static inline void project_start(TestProject *project) {
  *project = (TestProject){.sources = sources_new(), .runner = {.verify = true}};
  project->diags.arena = &project->arena;
  ir_init(&project->ir, &project->arena, project->sources);
  date_parse(STR("2026-01-31"), &project->ir.today);
}

static inline void project_end(TestProject *project) {
  sources_free(project->sources);
  arena_free(&project->arena);
}

static inline Str project_text(TestProject *project, const char *path, const char *text, SourceId *source) {
  size_t len = strlen(text);
  char *padded = arena_zero(&project->arena, len + 128);
  memcpy(padded, text, len);
  *source = sources_add(project->sources, str_from(path), str_from(path));
  sources_set_text(project->sources, *source, (Str){padded, len});
  return (Str){padded, len};
}

static inline void project_manifest(TestProject *project, const char *path, IrPlaceKind place,
                                    const char *yaml) {
  SourceId source;
  Str text = project_text(project, path, yaml, &source);
  Ast *ast = ast_read_manifest_file(&project->arena, source, str_from(path), text, &project->diags);
  ck_assert_ptr_nonnull(ast);
  ir_lower_manifest(&project->ir, ast, place, &project->diags);
}

static inline void project_page(TestProject *project, const char *path, const char *html) {
  SourceId source;
  Str text = project_text(project, path, html, &source);
  HtmlInput *input = arena_new(&project->arena, HtmlInput);
  *input = html_decode_bytes(&project->arena, text);
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(&project->arena, input->text, &options);
  PageFacts facts = {.source = source, .path = str_from(path), .name = str_from(path)};
  FactsOptions none = {0};
  facts_from_html(&facts, tree, input, &none, &project->arena, &project->diags);
  facts_locate(&facts, text, &project->arena);
  vec_push(&project->arena, &project->pages, facts);
}

static inline void project_pin(TestProject *project, const char *name, const char *range) {
  Ir *ir = &project->ir;
  ir_add_pin(ir,
             (Pin){.name = ir_sym(ir, str_from(name)), .range = {ir_sym(ir, str_from(range)), SPAN_NONE}});
}

static inline void project_run(TestProject *project) {
  project->runner.facts |= FACT_INTEGRATIONS;
  ck_assert(passes_run(&project->ir, &project->settings, &project->diags, &project->runner));
  for (size_t i = 0; i < project->pages.len; i++) {
    pass_check_page(&project->ir, &project->pages.data[i], &project->diags);
    ir_lower_page(&project->ir, &project->pages.data[i]);
  }
  project->runner.facts |= FACT_PAGES;
  ck_assert(passes_run(&project->ir, &project->settings, &project->diags, &project->runner));
  diag_sort(&project->diags, project->sources);
}

/// The diagnostics as text; warnings are marked with '?'.
static inline Str project_found(TestProject *project) {
  Str found = STR("");
  for (size_t i = 0; i < project->diags.list.len; i++) {
    const Diag *diag = project->diags.list.data[i];
    Str text = STR(""), at;
    if (diag->span.source && source_load(project->sources, diag->span.source, &project->arena, &text))
      at = str_take(str_skip(text, diag->span.start), diag->span.end - diag->span.start);
    else
      at = STR("");
    found = str_printf(&project->arena, "%.*s%s%s%s '%.*s'", STR_ARG(found), i ? "; " : "",
                       diag_info(diag->code)->name, diag->severity == DIAG_WARNING ? "?" : "", STR_ARG(at));
  }
  return found;
}

static inline Diag *project_diag(const TestProject *project, DiagCode code) {
  for (size_t i = 0; i < project->diags.list.len; i++)
    if (project->diags.list.data[i]->code == code) return project->diags.list.data[i];
  return NULL;
}

#endif
