/* The templates of a run: the built-in ones of stdlib/templates/, which are part of the program, and in the
 * place of some of them the project's own.
 *
 * A file of the project replaces the built-in template of its name: "page.tsx.mustache" below the `templates`
 * globs. Any other file there is a partial, and has to be included by some template. All of them are compiled
 * at the start of a run; one that is wrong is reported, and the built-in one stands in for it, so that the
 * rest of the run can be checked; its outputs are not kept. */
#ifndef FXC_EMIT_TEMPLATES_H
#define FXC_EMIT_TEMPLATES_H

#include "emit/template.h"
#include "emit/template_names.h"
#include "emit/tsx.h"

typedef struct Templates {
  const TemplateProgram *programs[TEMPLATE_COUNT];
  DiagBag *diags;  // of what is rendered after the pages, one after the other
} Templates;

/// Compiles everything, on the arena. The files of the project are named by their paths behind the glob's
/// fixed prefix, without ".mustache". `diags` also takes what goes wrong when something is rendered later.
Templates templates_open(Arena *arena, const TemplateText *files, size_t count, bool unsafe, DiagBag *diags);

/// The text of a built-in template by its name below stdlib/templates/ without ".mustache"
/// ("init/tsconfig.json"); false when there is none. Built-in number `index` in the order of their names;
/// false behind the last.
bool templates_builtin(Str name, TemplateText *text);
bool templates_builtin_at(size_t index, TemplateText *text);

/// Renders a template of the run at the end of `out`. `templates` NULL: the built-in one.
void templates_render(const Templates *templates, TemplateId id, const TemplateValue *data, Arena *arena,
                      Buf *out);

/// Prints a module into its file: the first-line mark, which no template can change, then the template `id`,
/// in which the module stands as {{> component}}. Marks are offsets in `out`, whatever the template puts
/// before the code. `diags` is the caller's where pages are made in parallel; NULL: that of the templates.
void shell_print(const Templates *templates, TemplateId id, const TsxModule *module,
                 const TemplateValue *data, Arena *arena, TsxMarks *marks, DiagBag *diags, Buf *out);

#endif
