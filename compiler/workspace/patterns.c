/* In: the `suggest` clauses of the project file, later what the pages found. Out: rules that can be run, and
 * what is wrong with the others. A pattern is checked once, however many pages and threads run it. */
#include "workspace/patterns.h"

#include "passes/near.h"

static void report_fault(Compilation *compilation, ProjectText text, const XpathFault *fault) {
  DiagBag *diags = &compilation->diags;
  const char *reason = fault->message.data;
  if (fault->system) {
    diag_add(diags, FX8001, text.span, "%s", reason);
    return;
  }
  bool part = fault->end > 0;
  Span span = part ? project_part(&compilation->project.settings, text, fault->start, fault->end) : text.span;
  Diag *diag = diag_add(diags, FX1202, span, "%s", reason);
  if (fault->help.len) diag_help(diag, "%.*s", STR_ARG(fault->help));
  near_propose(diag, span, fault->near);
}

static bool is_known(const Compilation *compilation, Str name) {
  return ir_find_integration(&compilation->ir, name).n || strmap_find(&compilation->silenced, name) ||
         strmap_find(&compilation->library, name);
}

void patterns_take(Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  Arena *arena = &compilation->arena;
  SuggestRule *rules = arena_array(arena, SuggestRule, settings->suggestions.len);
  compilation->suggest.rules = rules;
  compilation->pattern_found = arena_array(arena, bool, settings->suggestions.len);
  for (size_t i = 0; i < settings->suggestions.len; i++) {
    ProjectSuggestion said = settings->suggestions.data[i];
    XpathFault fault;
    if (!xpath_check(arena, said.xpath.text, &fault)) {
      report_fault(compilation, said.xpath, &fault);
      continue;
    }
    rules[compilation->suggest.count++] = (SuggestRule){.name = said.name.text,
                                                        .span = said.name.span,
                                                        .xpath = str_copy(arena, said.xpath.text),
                                                        .xpath_span = said.xpath.span};
  }
}

static void report_unmatched(Compilation *compilation, const SuggestRule *rule) {
  Diag *diag =
      diag_add(&compilation->diags, FX1201, rule->xpath_span, "the pattern matches no element of any page");
  diag_help(diag, "names of HTML elements and attributes are in lower case, and no element has a prefix");
}

static void report_unknown(Compilation *compilation, const SuggestRule *rule) {
  Diag *diag = diag_add(&compilation->diags, FX2006, rule->span,
                        "the pattern suggests '%.*s', which no manifest declares", STR_ARG(rule->name));
  IntegrationId near = near_integration(&compilation->ir, rule->name);
  if (near.n)
    near_propose(diag, rule->span, ir_str(&compilation->ir, ir_integration(&compilation->ir, near)->name));
  else
    diag_help(diag, "write a manifest for it, or remove the pattern");
}

void patterns_check(Compilation *compilation) {
  bool whole = !compilation->request->files.len;  // the page, or the manifest, may be one that was not given
  bool pages = whole && !compilation->request->map.data && compilation->project.pages.len;
  for (size_t i = 0; i < compilation->suggest.count; i++) {
    const SuggestRule *rule = &compilation->suggest.rules[i];
    if (pages && !compilation->pattern_found[i]) report_unmatched(compilation, rule);
    if (whole && !is_known(compilation, rule->name)) report_unknown(compilation, rule);
  }
}
