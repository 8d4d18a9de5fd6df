/* Partials. In: a name, and the position and sections in which it stands. Out: the program of that text, as
 * it reads from there. Surprising: one text is compiled once for each different surrounding, since the
 * escapes of its tags follow from where it is put; a partial that includes itself meets its own unfinished
 * program. */
#include "emit/template_compiler.h"

enum { MOST_VARIANTS = 500 };

void template_add_partial(TemplateWorld *world, TemplateText text) {
  *strmap_put(world->arena, &world->partial_index, text.name, NULL) = (uint32_t)world->partials.len;
  vec_push(world->arena, &world->partials, text);
}

static Str variant_key(TemplateCompiler *c, Str name, const Position *at) {
  Buf key = {0};
  buf_put(&key, name);
  buf_printf(&key, "\n%d ", (int)c->kind);
  position_key(at, &key);
  for (size_t i = 0; i < c->scopes.len; i++)
    buf_printf(&key, "\n%.*s %d", STR_ARG(c->scopes.data[i].inside), (int)c->scopes.data[i].kind);
  Str copy = str_copy(c->world->arena, buf_str(&key));
  buf_free(&key);
  return copy;
}

static void check_recursion(TemplateCompiler *c, TemplateCompiler *inner, Span span) {
  Position start = inner->program->start;
  if (!inner->recursive || position_join(&start, &inner->at, false)) return;
  diag_add(c->world->diags, FX5003, span,
           "the partial '%.*s' includes itself and leads to another position than it started in",
           STR_ARG(inner->program->name));
}

static TemplateProgram *compile_variant(TemplateCompiler *c, const TemplateText *text, const Position *start,
                                        Span span) {
  Arena *arena = c->world->arena;
  TemplateProgram *program = arena_new(arena, TemplateProgram);
  program->name = text->name;
  program->start = *start;
  vec_push(arena, &c->world->variants, program);
  TemplateCompiler inner = {
      .world = c->world, .kind = c->kind, .text = text, .program = program, .at = *start};
  inner.included = c->included + 1;
  for (size_t i = 0; i < c->scopes.len; i++) vec_push(arena, &inner.scopes, c->scopes.data[i]);
  *strmap_put(arena, &c->world->compiled, variant_key(c, text->name, start), NULL) =
      (uint32_t)c->world->variants.len - 1;
  template_compile_text(&inner);
  program->end = inner.at;
  program->finished = true;
  check_recursion(c, &inner, span);
  return program;
}

static TemplateProgram *variant(TemplateCompiler *c, uint32_t index, Span span, const Position *start) {
  const TemplateText *text = &c->world->partials.data[index];
  if (c->world->included) c->world->included[index] = true;
  uint32_t *known = strmap_find(&c->world->compiled, variant_key(c, text->name, start));
  if (known) return c->world->variants.data[*known];
  if (c->included < TEMPLATE_DEEPEST && c->world->variants.len < MOST_VARIANTS)
    return compile_variant(c, text, start, span);
  diag_add(c->world->diags, FX8006, span, "partials include each other more than %d deep", TEMPLATE_DEEPEST);
  return NULL;
}

static void report_unknown(TemplateCompiler *c, Str name, Span span) {
  Suggestion near = suggest_start(name);
  template_names_offer(c->kind, STR(""), true, &near);
  for (size_t i = 0; i < c->world->partials.len; i++) suggest_offer(&near, c->world->partials.data[i].name);
  Diag *diag = diag_add(c->world->diags, FX5002, span, "unknown partial '%.*s'", STR_ARG(name));
  template_propose(diag, span, &near);
  if (!near.best.len)
    diag_help(diag, "a partial is another template of the project: NAME.mustache, without the suffix");
}

// Built-in partials are whole pieces of code: they stand where a statement may, and once.
static void include_part(TemplateCompiler *c, Str name, Span span) {
  for (size_t i = 0; i < c->program->ops.len; i++) {
    if (c->program->ops.data[i].kind != OP_PART) continue;
    Diag *diag = diag_add(c->world->diags, FX5001, span, "'%.*s' is inserted twice", STR_ARG(name));
    diag_note(diag, c->program->ops.data[i].span, "it stands here already");
    return;
  }
  if (c->included || c->sections.len || c->at.mode || c->at.depth) {
    Diag *diag = diag_add(c->world->diags, FX5001, span, "'%.*s' does not stand at the top of its template",
                          STR_ARG(name));
    diag_help(diag, "put '{{> %.*s}}' on a line of its own, outside of sections, partials, comments and code",
              STR_ARG(name));
    return;
  }
  template_op(c, OP_PART, span)->text = name;
}

// Columns only matter inside a block scalar, which ends with its indentation; elsewhere the partial's own
// first column is as good as any, and one that includes itself further in finds itself again.
static Position start_of(const TemplateCompiler *c, Str indent) {
  Position start = c->at;
  if (c->at.language != TEMPLATE_YAML || position_yaml_between(&c->at) || indent.len > 1000) return start;
  position_text(&start, indent);
  if (position_yaml_between(&start)) return c->at;
  start.base = (uint16_t)(start.base + indent.len);
  return start;
}

void template_include(TemplateCompiler *c, Str name, Span span, Str indent, bool standalone) {
  const TemplateName *row = c->kind == TEMPLATE_FREE ? NULL : template_name_find(c->kind, STR(""), name);
  if (row && row->kind == NAME_PART) {
    include_part(c, name, span);
    return;
  }
  const uint32_t *index = strmap_find(&c->world->partial_index, name);
  if (!index) {
    if (c->kind != TEMPLATE_FREE) report_unknown(c, name, span);
    return;
  }
  Position start = start_of(c, indent);
  TemplateProgram *partial = variant(c, *index, span, &start);
  if (!partial) return;
  uint16_t base = c->at.base;
  if (partial->finished)
    c->at = partial->end;
  else
    c->recursive = true;
  c->at.base = base;
  TemplateOp *op = template_op(c, OP_PARTIAL, span);
  op->partial = partial;
  op->indent = indent;
  op->standalone = standalone;
}
