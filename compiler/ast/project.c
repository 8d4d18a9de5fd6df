/* In: the clauses of a project file. Out: its settings; what a clause does not say keeps its default, which
 * stands in grammar/manifest.def. */
#include "ast/project.h"

#include <math.h>

#include "ast/ast.h"

static ProjectText default_text(ClauseId clause) {
  return (ProjectText){str_from(clause_info(clause)->initial), SPAN_NONE};
}

static void add_text(Arena *arena, ProjectTexts *list, ProjectText text) { vec_push(arena, list, text); }

void project_defaults(Arena *arena, ProjectSettings *settings) {
  *settings = (ProjectSettings){0};
  add_text(arena, &settings->concept, default_text(CLAUSE_project_concept));
  add_text(arena, &settings->views, default_text(CLAUSE_project_views));
  add_text(arena, &settings->manifests, default_text(CLAUSE_project_manifests));
  settings->output = default_text(CLAUSE_project_output);
  settings->react = default_text(CLAUSE_project_react);
  settings->phase = default_text(CLAUSE_project_phase);
}

typedef struct Project {
  Arena *arena;
  const AstNode *root;
  ProjectSettings *settings;
} Project;

static ProjectText text_of(const AstNode *node) { return (ProjectText){node->text, node->span}; }
static ProjectText name_of(const AstNode *node) { return (ProjectText){node->name, node->key_span}; }

static bool usable(const AstNode *node) { return node && !node->wrong && node->kind != AST_HOLE; }

static ProjectText child_text(const AstNode *block, ClauseId clause) {
  const AstNode *node = ast_child(block, clause);
  return usable(node) ? text_of(node) : (ProjectText){STR_NONE, SPAN_NONE};
}

static void take_text(Project *project, ClauseId clause, ProjectText *into) {
  ProjectText text = child_text(project->root, clause);
  if (text.text.data) *into = text;
}

static void take_texts(Project *project, const AstNode *block, ClauseId clause, ProjectTexts *into) {
  const AstNode *node = ast_child(block, clause);
  if (node) into->len = 0;
  for (; node; node = ast_next(node))
    if (usable(node)) add_text(project->arena, into, text_of(node));
}

static bool take_switch(Project *project, ClauseId clause) {
  const AstNode *node = ast_child(project->root, clause);
  return usable(node) && node->number != 0;
}

static void take_pins(Project *project) {
  for (const AstNode *node = ast_child(project->root, CLAUSE_project_pin); node; node = ast_next(node))
    if (usable(node))
      vec_push(project->arena, &project->settings->pins, (ProjectPin){name_of(node), text_of(node)});
}

static void take_rules(Project *project) {
  for (const AstNode *node = ast_child(project->root, CLAUSE_project_rule); node; node = ast_next(node))
    if (usable(node))
      vec_push(project->arena, &project->settings->rules, (ProjectRule){name_of(node), text_of(node)});
}

static void take_discover(Project *project) {
  const AstNode *discover = ast_child(project->root, CLAUSE_project_discover);
  if (!usable(discover)) return;
  take_texts(project, discover, CLAUSE_discover_attribute, &project->settings->discover_attributes);
  for (const AstNode *node = ast_child(discover, CLAUSE_discover_suggest); node; node = ast_next(node)) {
    ProjectSuggestion suggestion = {name_of(node), child_text(node, CLAUSE_suggest_xpath)};
    if (usable(node) && suggestion.xpath.text.data)
      vec_push(project->arena, &project->settings->suggestions, suggestion);
  }
}

static void take_trust(Project *project) {
  for (const AstNode *node = ast_child(project->root, CLAUSE_project_trust); node; node = ast_next(node)) {
    ProjectTrust trust = {child_text(node, CLAUSE_trust_glob), child_text(node, CLAUSE_trust_key)};
    if (usable(node)) vec_push(project->arena, &project->settings->trust, trust);
  }
}

static ProjectEnvironment environment(Project *project, const AstNode *node) {
  ProjectEnvironment row = {.name = name_of(node)};
  take_texts(project, node, CLAUSE_environment_set, &row.variables);
  for (const AstNode *c = ast_child(node, CLAUSE_environment_flag); c; c = ast_next(c)) {
    ProjectText state = {c->number != 0 ? STR("on") : STR("off"), c->span};
    if (usable(c)) vec_push(project->arena, &row.flags, (ProjectPin){name_of(c), state});
  }
  for (const AstNode *c = ast_child(node, CLAUSE_environment_provider); c; c = ast_next(c))
    if (usable(c)) vec_push(project->arena, &row.providers, (ProjectPin){name_of(c), text_of(c)});
  return row;
}

static void take_environments(Project *project) {
  for (const AstNode *node = ast_child(project->root, CLAUSE_project_environment); node;
       node = ast_next(node))
    if (usable(node)) vec_push(project->arena, &project->settings->environments, environment(project, node));
}

static void take_alerts(Project *project) {
  static const char *const signs[] = {"==", "!=", "<", "<=", ">", ">="};
  for (const AstNode *node = ast_child(project->root, CLAUSE_project_alert); node; node = ast_next(node)) {
    if (!usable(node) || !node->first) continue;
    ProjectAlert alert = {.text = text_of(node), .metric = {node->name, node->span}};
    alert.bound = node->first->number;
    alert.window = node->first->next ? node->first->next->number : NAN;
    alert.op = str_from(signs[(int)node->number]);
    vec_push(project->arena, &project->settings->alerts, alert);
  }
}

static void take_all(Project *project) {
  ProjectSettings *settings = project->settings;
  take_text(project, CLAUSE_project_name, &settings->name);
  take_text(project, CLAUSE_project_output, &settings->output);
  take_text(project, CLAUSE_project_react, &settings->react);
  take_text(project, CLAUSE_project_phase, &settings->phase);
  take_texts(project, project->root, CLAUSE_project_concept, &settings->concept);
  take_texts(project, project->root, CLAUSE_project_views, &settings->views);
  take_texts(project, project->root, CLAUSE_project_manifests, &settings->manifests);
  take_texts(project, project->root, CLAUSE_project_exclude, &settings->exclude);
  take_texts(project, project->root, CLAUSE_project_templates, &settings->templates);
  settings->use_stdlib = usable(ast_child(project->root, CLAUSE_project_use));
  settings->unsafe_templates = take_switch(project, CLAUSE_project_unsafe_templates);
  take_pins(project);
  take_rules(project);
  take_discover(project);
  take_trust(project);
  take_environments(project);
  take_alerts(project);
}

// A project file has no stubs: what is empty, or begins with [TODO, was forgotten.
static void report_holes(const AstNode *block, DiagBag *diags) {
  for (const AstNode *node = block->first; node; node = node->next) {
    if (node->kind == AST_BLOCK) report_holes(node, diags);
    if (node->kind != AST_HOLE || node->wrong) continue;
    diag_add(diags, FX2008, node->span, "'%.*s' is still to be filled in", STR_ARG(clause_key(node->clause)));
  }
}

bool project_read(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *diags,
                  ProjectSettings *settings) {
  Ast *ast = ast_read_project_file(arena, source, path, bytes, diags);
  if (!ast) return false;
  project_defaults(arena, settings);
  settings->bytes = bytes;
  Project project = {arena, ast->root, settings};
  report_holes(ast->root, diags);
  take_all(&project);
  return true;
}

Span project_part(const ProjectSettings *settings, ProjectText text, size_t from, size_t to) {
  Str raw = str_take(str_skip(settings->bytes, text.span.start), text.span.end - text.span.start);
  DocEvents doc = {.source = text.span.source, .bytes = settings->bytes};
  DocNode scalar = {.start = text.span.start, .end = text.span.end, .text = text.text};
  char first = raw.len ? raw.data[0] : 0;
  if (str_starts(raw, STR("\"\"\""))) return span_part(text.span, (uint32_t)from + 3, (uint32_t)to + 3);
  scalar.style = first == '"' ? DOC_DOUBLE : first == '\'' ? DOC_SINGLE : DOC_PLAIN;
  if (first == '|' || first == '>') scalar.style = DOC_BLOCK;
  return doc_inner_span(&doc, &scalar, from, to);
}
