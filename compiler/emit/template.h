/* Mustache templates: text out of data, for stubs, reports, new projects and the shells around emitted code.
 *
 * The language is the published one (https://mustache.github.io/mustache.5.html and the cases of its
 * specification): interpolation, sections, inverted sections, partials, comments, set-delimiter tags.
 * Lambdas, inheritance and dynamic names are not part of it. One thing is added: the escape of {{name}}
 * follows the position in which the tag stands, which is found out when the template is compiled
 * (template_position.h).
 *
 * A template is compiled once, into a flat program on an arena, and rendered any number of times, by any
 * number of threads. What it may name is known beforehand (template_names.def), so an unknown name is an
 * error at its place and never a hole in an output. */
#ifndef FXC_EMIT_TEMPLATE_H
#define FXC_EMIT_TEMPLATE_H

#include "base/map.h"
#include "diag/diag.h"

/* Data */

typedef enum TemplateValueKind {
  TEMPLATE_NONE,
  TEMPLATE_TEXT,
  TEMPLATE_NUMBER,  // text: its digits
  TEMPLATE_TRUE,
  TEMPLATE_FALSE,
  TEMPLATE_LIST,  // first … next: the items
  TEMPLATE_MAP,   // first … next: the members, each with a name
} TemplateValueKind;

typedef struct TemplateValue TemplateValue;
struct TemplateValue {
  TemplateValueKind kind;
  Str name;  // as a member of a map
  Str text;
  TemplateValue *first, *last, *next;
};

/// Appends a value to a list (name NULL) or a map, on the arena; answers it. Texts and names are not copied.
TemplateValue *template_add(Arena *arena, TemplateValue *to, const char *name, TemplateValueKind kind);
void template_add_text(Arena *arena, TemplateValue *to, const char *name, Str text);
void template_add_number(Arena *arena, TemplateValue *to, const char *name, size_t number);
void template_add_bool(Arena *arena, TemplateValue *to, const char *name, bool truth);

/* Templates */

/// What a template's output is, which decides how values are escaped in it.
typedef enum TemplateLanguage {
  TEMPLATE_PLAIN,  // no language: a value is one line of text
  TEMPLATE_HTML,
  TEMPLATE_MARKDOWN,
  TEMPLATE_TSX,
  TEMPLATE_TS,  // the same without elements
  TEMPLATE_YAML,
  TEMPLATE_JSON,
  TEMPLATE_FX,
  TEMPLATE_SPEC,  // as the specification has it: {{x}} for HTML whatever stands around, {{{x}}} as it is
} TemplateLanguage;

/// The language of a file by its name: "page.tsx" or "page.tsx.mustache" is TSX.
TemplateLanguage template_language(Str file_name);

/// A template's text. A NUL stands behind its end, as file_read() and literals have it.
typedef struct TemplateText {
  Str name;  // "page.tsx", as partials name it
  Str bytes;
  SourceId source;  // 0: diagnostics have no place
} TemplateText;

typedef struct TemplateProgram TemplateProgram;

/// What compiling needs to know of the world.
typedef struct TemplateWorld {
  Arena *arena;    // programs lie here
  DiagBag *diags;  // FX5001, FX5002, FX5003, FX8006
  VEC(TemplateText) partials;
  StrMap partial_index;  // by name
  bool *included;        // by partial: some template includes it; may be NULL
  bool unsafe;           // {{{x}}} and {{&x}} are allowed
  StrMap compiled;       // variants of partials; starts zeroed
  VEC(TemplateProgram *) variants;
} TemplateWorld;

/// Makes a text known as a partial.
void template_add_partial(TemplateWorld *world, TemplateText text);

/// Compiles a template whose names are those of `kind` (an id of template_names.def; TEMPLATE_FREE: every
/// name is allowed, and every partial that is missing is empty). NULL when it has errors, which are reported.
const TemplateProgram *template_compile(TemplateWorld *world, const TemplateText *text,
                                        TemplateLanguage language, int kind);

/// Writes a built-in partial ({{> component}}) at the end of `out`.
typedef void TemplatePiece(void *context, Str name, Buf *out);

/// Renders at the end of `out`. `part` may be NULL where the kind of template has no built-in partials. The
/// arena holds what is needed meanwhile. False when a limit was reached (FX8006, reported).
bool template_render(const TemplateProgram *program, const TemplateValue *data, TemplatePiece *part,
                     void *context, Arena *arena, DiagBag *diags, Buf *out);

#endif
