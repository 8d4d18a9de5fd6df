/* The built-in templates: each compiles, knows what it names, and is described in stdlib/templates/README.md as the compiler
 * has it; and what template_compile() and template_render() promise beyond the specification's cases. */
#include "emit/templates.h"

#include "base/file.h"
#include "base/mem.h"

#include "unit.h"

static Arena arena;

static void check_builtins(void *unused) {
  (void)unused;
  DiagBag diags = {.arena = &arena};
  TemplateText text;
  for (size_t i = 0; templates_builtin_at(i, &text); i++) {
    TemplateWorld world = {.arena = &arena, .diags = &diags};
    TemplateId id = str_starts(text.name, STR("init/")) ? TEMPLATE_INIT : template_find(text.name);
    ck_assert_msg(id != TEMPLATE_FREE, "no template is named %.*s", STR_ARG(text.name));
    ck_assert_msg(template_compile(&world, &text, template_language(text.name), id), "%.*s: %.*s", STR_ARG(text.name),
                  STR_ARG(diags.list.len ? diags.list.data[0]->message : STR("")));
  }
  for (TemplateId id = 0; id < TEMPLATE_COUNT; id++)
    ck_assert_msg(id == TEMPLATE_INIT || templates_builtin(template_file(id)->name, &text), "%.*s has no text",
                  STR_ARG(template_file(id)->name));
}

START_TEST(builtin_templates_are_right) { ck_assert(mem_guard(check_builtins, NULL)); }
END_TEST

static Str kind_word(TemplateNameKind kind) {
  static const char *const words[] = {"text", "number", "bool", "list", "texts", "part"};
  return str_from(words[kind]);
}

static void check_readme(void *unused) {
  (void)unused;
  Str readme;
  ck_assert_int_eq(file_read(STR("stdlib/templates/README.md"), &arena, 0, &readme), 0);
  size_t count, lines = 0;
  const TemplateName *names = template_names(&count);
  TemplateId id = TEMPLATE_FREE;
  for (size_t i = 0; i < count; i++) {
    const TemplateName *name = &names[i];
    if (name->id != id) {
      id = name->id;
      ptrdiff_t head = str_find(readme, str_printf(&arena, "### `%.*s`\n\n%.*s\n", STR_ARG(template_file(id)->name),
                                                   STR_ARG(template_file(id)->help)));
      ck_assert_msg(head >= 0, "the README does not have %.*s", STR_ARG(template_file(id)->name));
      readme = str_skip(readme, (size_t)head);
    }
    Str row = str_printf(&arena, "\n| `%.*s` | %.*s | %.*s |\n", STR_ARG(name->name), STR_ARG(kind_word(name->kind)), STR_ARG(name->help));
    ptrdiff_t at = str_find(readme, row);
    ck_assert_msg(at >= 0, "the README does not have the row%.*s", STR_ARG(row));
    readme = str_skip(readme, (size_t)at + 1);
    lines++;
  }
  for (Str line; str_split(&readme, '\n', &line);) lines -= str_starts(line, STR("| `")) ? 1 : 0;
  ck_assert_msg(lines == count - 1, "the README has rows that template_names.def does not have");
}

START_TEST(readme_lists_the_names) { ck_assert(mem_guard(check_readme, NULL)); }
END_TEST

/* Errors and limits, told by code and byte */

static Str errors_of(const char *file, const char *template, const char *partial) {
  DiagBag diags = {.arena = &arena};
  TemplateWorld world = {.arena = &arena, .diags = &diags};
  if (partial) template_add_partial(&world, (TemplateText){STR("p"), str_from(partial), 2});
  TemplateText text = {STR("t"), str_from(template), 1};
  const TemplateProgram *program = template_compile(&world, &text, template_language(str_from(file)), TEMPLATE_FREE);
  TemplateValue data = {.kind = TEMPLATE_MAP};
  TemplateValue *list = template_add(&arena, &data, "l", TEMPLATE_LIST);
  for (int i = 0; i < 200; i++) template_add_number(&arena, list, NULL, (size_t)i);
  Buf out = {0};
  if (program) template_render(program, &data, NULL, NULL, &arena, &diags, &out);
  Str errors = STR("");
  for (size_t i = 0; i < diags.list.len; i++)
    errors = str_printf(&arena, "%.*s%s@%u-%u ", STR_ARG(errors), diag_info(diags.list.data[i]->code)->name,
                        diags.list.data[i]->span.start, diags.list.data[i]->span.end);
  buf_free(&out);
  return errors;
}

static void check_errors(void *unused) {
  (void)unused;
  ck_str(errors_of("a.txt", "{{#a}}{{/a}}{{^b}}{{/b}}", NULL), "");
  ck_str(errors_of("a.txt", "{{#a}}{{/b}}", NULL), "FX5001@9-10 ");
  ck_str(errors_of("a.txt", "{{#a}}{{#b}}{{/a}}", NULL), "FX5001@15-16 ");
  ck_str(errors_of("a.txt", "{{#a}}", NULL), "FX5001@3-4 ");
  ck_str(errors_of("a.txt", "a {{b", NULL), "FX5001@2-4 ");
  ck_str(errors_of("a.txt", "{{! {{a }} {{ b {{c}}", NULL), "FX5001@11-13 ");
  ck_str(errors_of("a.txt", "{{=a=}}{{= =}}", NULL), "FX5001@0-7 FX5001@7-14 ");
  ck_str(errors_of("a.txt", "{{{a}}{{b}}", NULL), "FX5001@0-2 ");
  ck_str(errors_of("a.txt", "x{{{a}}}", NULL), "FX5003@1-8 ");
  ck_str(errors_of("a.yaml", "a: b{{> p}}", "-{{x}}"), "FX5003@1-6 ");  // the partial stands in a scalar
  ck_str(errors_of("a.yaml", "a: {{> p}}", "{{x}}"), "");
  ck_str(errors_of("a.tsx", "'{{> p}}'; {{> p}}", "{{x}}"), "");
  ck_str(errors_of("a.tsx", "{{> p}}{{x}}", "'{{#t}}{{> p}}{{/t}}'"), "");
  ck_str(errors_of("a.tsx", "{{> p}}{{x}}", "{{#t}}{{> p}}{{/t}}'"), "FX5003@4-5 ");
}

START_TEST(errors_have_places) { ck_assert(mem_guard(check_errors, NULL)); }
END_TEST

static void check_limits(void *unused) {
  (void)unused;
  ck_str(errors_of("a.txt", "{{> p}}", "{{> p}}"), "FX8006@4-5 ");
  ck_str(errors_of("a.txt", "{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}", NULL), "FX8006@21-22 ");
  Buf deep = {0};
  for (int i = 0; i < 100; i++) buf_put(&deep, STR("{{#l}}"));
  buf_char(&deep, 0);
  ck_str(errors_of("a.txt", deep.data, NULL), "FX8006@387-388 ");
  buf_free(&deep);
}

START_TEST(limits_are_told) { ck_assert(mem_guard(check_limits, NULL)); }
END_TEST

UNIT_MAIN("templates", builtin_templates_are_right, readme_lists_the_names, errors_have_places, limits_are_told)
