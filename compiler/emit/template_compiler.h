/* What the parts of the template compiler share: template_compile.c reads the tags, template_scope.c knows
 * the names, template_partial.c brings other texts in. */
#ifndef FXC_EMIT_TEMPLATE_COMPILER_H
#define FXC_EMIT_TEMPLATE_COMPILER_H

#include "emit/template_lex.h"
#include "emit/template_names.h"
#include "emit/template_program.h"

enum { TEMPLATE_DEEPEST = 64 };

/// A section around the place, for looking names up.
typedef struct TemplateScope {
  Str inside;  // the path of its name, "" for the template itself
  TemplateNameKind kind;
} TemplateScope;

typedef VEC(TemplateScope) TemplateScopes;

typedef struct TemplateSection {
  uint32_t op;
  Position before;
  Str name;
  Span span;  // of the name
  bool inverted, repeats;
  TemplateScopes outer;  // as they were before it
} TemplateSection;

typedef struct TemplateCompiler {
  TemplateWorld *world;
  TemplateId kind;
  const TemplateText *text;
  TemplateProgram *program;
  Position at;
  Str opening, closing;  // the delimiters
  size_t from;           // what is compiled up to
  Span last_insert;
  size_t included;  // how many partials are around this text
  VEC(TemplateSection) sections;
  TemplateScopes scopes;
  // of the section closed last, while nothing stands behind it
  Str closed;
  Position before_closed;
  size_t closed_ops;
  bool closed_section;
  bool misplaced;  // a section or a value did not fit: what follows is no longer known, and not reported
  bool recursive;  // a partial that includes this one again
} TemplateCompiler;

/// Compiles the whole text into c->program; c->at leads from its start to its end.
void template_compile_text(TemplateCompiler *c);
TemplateOp *template_op(TemplateCompiler *c, TemplateOpKind kind, Span span);

/// What a dotted name stands for here; unknown names are reported (FX5002) and give false. `parts` get the
/// name's parts. In a template of no kind everything is known, and repeats.
bool template_resolve(TemplateCompiler *c, Str name, Span span, TemplateOp *op, TemplateScope *found);
/// Goes into a section.
void template_push_scope(TemplateCompiler *c, TemplateScope scope);

/// {{> name}}. `indent` is what stands before the tag when it is alone on its line.
void template_include(TemplateCompiler *c, Str name, Span span, Str indent, bool standalone);

/// "did you mean", and a fix where the name is long enough to be sure.
void template_propose(Diag *diag, Span span, const Suggestion *near);

#endif
