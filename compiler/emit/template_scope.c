/* Names of a template: what may stand in a tag at a place. In: a name and the sections around it. Out: its
 * parts, and FX5002 for what the data will not have. Surprising: a section that is entered twice counts once,
 * at its inner place, so that partials which include each other have an end. */
#include "emit/template_compiler.h"

void template_propose(Diag *diag, Span span, const Suggestion *near) {
  if (!near->best.len) return;
  diag_help(diag, "did you mean '%.*s'?", STR_ARG(near->best));
  diag_fix(diag, near->best.len > 3 ? DIAG_MACHINE_APPLICABLE : DIAG_MAYBE, span, near->best,
           "replace with '%.*s'", STR_ARG(near->best));
}

static void report_unknown(TemplateCompiler *c, Str name, Str inside, bool whole, Span span) {
  Suggestion near = suggest_start(name);
  if (whole)
    for (size_t i = c->scopes.len; i-- > 0;)
      template_names_offer(c->kind, c->scopes.data[i].inside, false, &near);
  else
    template_names_offer(c->kind, inside, false, &near);
  Diag *diag = diag_add(c->world->diags, FX5002, span, "unknown name '%.*s'", STR_ARG(name));
  Str elsewhere = template_name_elsewhere(c->kind, name);
  template_propose(diag, span, &near);
  if (!near.best.len && elsewhere.len)
    diag_help(diag, "there is a '%.*s' inside the section '%.*s'", STR_ARG(name), STR_ARG(elsewhere));
  else if (!near.best.len)
    diag_help(diag, "stdlib/templates/README.md lists the names of '%.*s'",
              STR_ARG(template_file(c->kind)->name));
}

// The first part is looked for in the sections around, the innermost first.
static const TemplateName *first_part(const TemplateCompiler *c, Str part) {
  for (size_t i = c->scopes.len; i-- > 0;) {
    const TemplateName *row = template_name_find(c->kind, c->scopes.data[i].inside, part);
    if (row && row->kind != NAME_PART) return row;
  }
  return NULL;
}

static bool find(TemplateCompiler *c, Str name, Span span, TemplateScope *found) {
  const TemplateName *row = NULL;
  Str rest = name, part;
  while (str_split(&rest, '.', &part)) {
    Str inside = row ? row->name : STR("");
    uint32_t at = (uint32_t)(part.data - name.data);
    Span place = span_exists(span) ? span_part(span, at, at + (uint32_t)part.len) : span;
    row = row ? template_name_find(c->kind, inside, part) : first_part(c, part);
    if (!row) {
      report_unknown(c, part, inside, part.data == name.data, place);
      return false;
    }
  }
  *found = (TemplateScope){row->name, row->kind};
  return true;
}

static bool empty_part(Str name) {
  Str part;
  while (str_split(&name, '.', &part))
    if (!part.len) return true;
  return false;
}

static void split(TemplateCompiler *c, Str name, TemplateOp *op) {
  VEC(Str) parts = {0};
  Str part;
  while (str_split(&name, '.', &part)) vec_push(c->world->arena, &parts, part);
  op->path = parts.data;
  op->path_len = (uint32_t)parts.len;
}

bool template_resolve(TemplateCompiler *c, Str name, Span span, TemplateOp *op, TemplateScope *found) {
  *found = (TemplateScope){STR(""), NAME_LIST};
  op->path_len = 0;
  if (str_eq(name, STR("."))) {
    if (c->kind != TEMPLATE_FREE) *found = vec_last(&c->scopes);
    return true;
  }
  if (empty_part(name)) {
    diag_add(c->world->diags, FX5001, span, "a part of the name '%.*s' is empty", STR_ARG(name));
    return false;
  }
  split(c, name, op);
  return c->kind == TEMPLATE_FREE || find(c, name, span, found);
}

void template_push_scope(TemplateCompiler *c, TemplateScope scope) {
  TemplateScopes scopes = {0};
  for (size_t i = 0; i < c->scopes.len; i++)
    if (i == 0 || !str_eq(c->scopes.data[i].inside, scope.inside))
      vec_push(c->world->arena, &scopes, c->scopes.data[i]);
  vec_push(c->world->arena, &scopes, scope);
  c->scopes = scopes;
}
