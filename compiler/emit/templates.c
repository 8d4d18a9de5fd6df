/* In: the built-in templates and the project's. Out: a program for every template. Surprising: the built-in
 * ones are compiled like any other, so that what they include and name is checked by the same code; they have
 * no place to report, since nothing is ever wrong with them (a test says so). */
#include "emit/templates.h"

#include "base/file.h"

typedef struct Builtin {
  const char *name, *text;
} Builtin;

static const Builtin builtins[] = {
#include "emit_templates.h"
};
enum { BUILTINS = sizeof builtins / sizeof *builtins };

bool templates_builtin_at(size_t index, TemplateText *text) {
  if (index >= BUILTINS) return false;
  *text = (TemplateText){str_from(builtins[index].name), str_from(builtins[index].text), 0};
  return true;
}

bool templates_builtin(Str name, TemplateText *text) {
  for (size_t i = 0; templates_builtin_at(i, text); i++)
    if (str_eq(text->name, name)) return true;
  return false;
}

static const TemplateProgram *compile_builtin(Arena *arena, TemplateId id) {
  DiagBag diags = {.arena = arena};
  TemplateWorld world = {.arena = arena, .diags = &diags};
  Str name = template_file(id)->name;
  TemplateText text = {.name = name, .bytes = STR("")};
  templates_builtin(name, &text);
  return template_compile(&world, &text, template_language(name), id);
}

// What neither replaces a template nor is part of one does nothing: most likely its name is wrong.
static void report_useless(const TemplateText *file, DiagBag *diags) {
  Suggestion near = suggest_start(file->name);
  for (TemplateId id = 0; id < TEMPLATE_COUNT; id++) suggest_offer(&near, template_file(id)->name);
  Diag *diag = diag_add(diags, FX5002, span_file(file->source),
                        "no template is named '%.*s', and no template includes it", STR_ARG(file->name));
  if (near.best.len) diag_help(diag, "did you mean '%.*s.mustache'?", STR_ARG(near.best));
  diag_help(diag, "stdlib/templates/README.md lists the templates");
}

static void report_twice(const TemplateText *file, const TemplateText *first, DiagBag *diags) {
  Diag *diag =
      diag_add(diags, FX5002, span_file(file->source), "two templates are named '%.*s'", STR_ARG(file->name));
  diag_note(diag, span_file(first->source), "the other one");
  diag_help(diag, "rename one of the two, or leave it out of 'templates'");
}

static void add_files(TemplateWorld *world, const TemplateText *files, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const uint32_t *first = strmap_find(&world->partial_index, files[i].name);
    if (first) report_twice(&files[i], &files[*first], world->diags);
    template_add_partial(world, files[i]);
  }
}

Templates templates_open(Arena *arena, const TemplateText *files, size_t count, bool unsafe, DiagBag *diags) {
  Templates templates = {.diags = diags};
  TemplateWorld world = {
      .arena = arena, .diags = diags, .unsafe = unsafe, .included = arena_array(arena, bool, count)};
  add_files(&world, files, count);
  for (size_t i = 0; i < count; i++) {
    TemplateId id = template_find(files[i].name);
    if (id != TEMPLATE_FREE)
      templates.programs[id] = template_compile(&world, &files[i], template_language(files[i].name), id);
  }
  for (size_t i = 0; i < count; i++)
    if (template_find(files[i].name) == TEMPLATE_FREE && !world.included[i]) report_useless(&files[i], diags);
  for (TemplateId id = 0; id < TEMPLATE_COUNT; id++)
    if (!templates.programs[id]) templates.programs[id] = compile_builtin(arena, id);
  return templates;
}

static const TemplateProgram *program_of(const Templates *templates, TemplateId id, Arena *arena) {
  return templates ? templates->programs[id] : compile_builtin(arena, id);
}

void templates_render(const Templates *templates, TemplateId id, const TemplateValue *data, Arena *arena,
                      Buf *out) {
  DiagBag none = {.arena = arena};
  template_render(program_of(templates, id, arena), data, NULL, NULL, arena,
                  templates ? templates->diags : &none, out);
}

/* Shells */

typedef struct Shell {
  const TsxModule *module;
  Arena *arena;
  TsxMarks *marks;
  size_t start;  // of the file in the output
} Shell;

static void print_component(void *context, Str name, Buf *out) {
  const Shell *shell = context;
  (void)name;
  tsx_print_code(shell->module, shell->arena, shell->marks, shell->start, out);
}

void shell_print(const Templates *templates, TemplateId id, const TsxModule *module,
                 const TemplateValue *data, Arena *arena, TsxMarks *marks, DiagBag *diags, Buf *out) {
  DiagBag none = {.arena = arena};
  Shell shell = {module, arena, marks, out->len};
  if (!diags) diags = templates ? templates->diags : &none;
  tsx_print_mark(module, out);
  template_render(program_of(templates, id, arena), data, print_component, &shell, arena, diags, out);
  if (out->data[out->len - 1] != '\n') buf_char(out, '\n');
}
