/* init [DIR]: a project that builds at once. In: a folder, which may not exist, or hold anything. Out: the
 * files of init.def that are not there yet; nothing is ever overwritten. Surprising: in a folder with concept
 * pages no example is put beside them, so that the command also equips a project that has grown without it.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "commands/run.h"
#include "emit/template_position.h"
#include "emit/templates.h"

enum { LONGEST_NAME = 64 };

typedef enum InitPart { PROJECT, EXAMPLE, TOOLS } InitPart;

typedef struct InitFile {
  const char *template, *path;
  InitPart part;
} InitFile;

static const InitFile files[] = {
#define INIT_FILE(template, path, part) {template, path, part},
#include "commands/init.def"
#undef INIT_FILE
};
enum { FILES = sizeof files / sizeof *files };

typedef struct Init {
  Compilation *compilation;
  Arena *arena;
  Str directory;  // as given, "." without an argument
  TemplateValue data;
  Buf made, kept;
} Init;

/* What the files say */

static Str whole_path(Arena *arena, Str directory) {
  char *here = getcwd(NULL, 0);
  Str path = path_normal(arena, path_join(arena, here ? str_from(here) : STR("/"), directory));
  free(here);
  return path;
}

static Str project_name(Arena *arena, Str directory) {
  TemplateValue base = {.kind = TEMPLATE_TEXT,
                        .text = str_take(path_base(whole_path(arena, directory)), LONGEST_NAME)};
  Buf name = {0};
  template_escape(ESCAPE_FX_NAME, &base, &name);
  Str copy = str_copy(arena, buf_str(&name));
  if (copy.data[0] == '`')
    copy = str_copy(arena, str_take(str_skip(copy, 1), copy.len - 2));  // a reserved word
  buf_free(&name);
  return copy;
}

// "corner-shop" → "Corner shop"
static Str title_of(Arena *arena, Str name) {
  char *title = str_cstr(arena, name);
  for (char *c = title; *c; c++)
    if (*c == '-') *c = ' ';
  title[0] = (char)(title[0] - 'a' + 'A');
  return str_from(title);
}

/* Making them */

static bool is_there(Init *init, const char *path) {
  return file_exists(path_join(init->arena, init->directory, str_from(path)));
}

// What stands in the way of a part of the files; NULL when nothing does.
static const char *in_the_way(Init *init, InitPart part) {
  if (part == EXAMPLE) return is_there(init, "concept") ? "concept" : NULL;
  for (size_t i = 0; part == PROJECT && i < PROJECT_FILES; i++)
    if (is_there(init, project_files[i])) return project_files[i];
  return NULL;
}

static void render(Init *init, const InitFile *file, Buf *text) {
  DiagBag *diags = &init->compilation->diags;
  TemplateWorld world = {.arena = init->arena, .diags = diags};
  TemplateText template;
  if (!templates_builtin(str_printf(init->arena, "init/%s", file->template), &template)) return;
  const TemplateProgram *program =
      template_compile(&world, &template, template_language(template.name), TEMPLATE_INIT);
  if (program) template_render(program, &init->data, NULL, NULL, init->arena, diags, text);
}

static void make(Init *init, const InitFile *file) {
  Str path = path_join(init->arena, init->directory, str_from(file->path));
  Buf text = {0};
  render(init, file, &text);
  int error = file_make_directories(path_directory(path));
  if (!error) error = file_create(path, buf_str(&text));
  buf_free(&text);
  if (error == EEXIST)
    buf_printf(&init->kept, "  %s\n", file->path);
  else if (error)
    compilation_write_failed(init->compilation, path, error);
  else
    buf_printf(&init->made, "  %s\n", file->path);
}

static void make_all(Init *init) {
  const char *obstacles[] = {
      [PROJECT] = in_the_way(init, PROJECT), [EXAMPLE] = in_the_way(init, EXAMPLE), [TOOLS] = NULL};
  for (size_t i = 0; i < FILES && !init->compilation->system_failed; i++) {
    const char *obstacle = obstacles[files[i].part];
    if (!obstacle)
      make(init, &files[i]);
    else if (i == 0 || files[i - 1].part != files[i].part)
      buf_printf(&init->kept, "  %s\n", obstacle);
  }
}

// For a shell: in quotes unless it is plain.
static void put_argument(Buf *out, Str path) {
  bool plain = true;
  for (size_t i = 0; i < path.len; i++)
    plain &= path.data[i] > ' ' && !strchr("'\"\\$`*?[]{}()<>|&;!#~", path.data[i]);
  if (!plain) buf_char(out, '\'');
  diag_put_safe(out, path, 0);
  if (!plain) buf_char(out, '\'');
}

static void answer(Init *init, Buf *out) {
  if (init->made.len) {
    buf_put(out, STR("Made in "));
    diag_put_safe(out, init->directory, 0);
    buf_printf(out, ":\n%.*s", STR_ARG(buf_str(&init->made)));
  }
  if (init->kept.len) buf_printf(out, "Left as it was:\n%.*s", STR_ARG(buf_str(&init->kept)));
  if (init->compilation->system_failed) return;
  buf_put(out, init->made.len ? STR("Next: ") : STR("Nothing was missing. Next: "));
  if (!str_eq(init->directory, STR("."))) {
    buf_put(out, STR("cd "));
    put_argument(out, init->directory);
    buf_put(out, STR(" && "));
  }
  buf_put(out, STR("fxc\n"));
}

typedef struct InitRun {
  const Request *request;
  Compilation *compilation;
  ExitStatus status;
} InitRun;

static void run(void *arg) {
  InitRun *run = arg;
  Compilation *compilation = run->compilation;
  Init init = {.compilation = compilation, .arena = &compilation->arena, .data = {.kind = TEMPLATE_MAP}};
  init.directory = run->request->names.len ? run->request->names.data[0] : STR(".");
  Str name = project_name(init.arena, init.directory);
  template_add_text(init.arena, &init.data, "name", name);
  template_add_text(init.arena, &init.data, "title", title_of(init.arena, name));
  make_all(&init);
  Buf out = {0};
  if (!run->request->quiet) answer(&init, &out);
  run->status = command_answer(buf_str(&out));
  buf_free(&out);
  buf_free(&init.made);
  buf_free(&init.kept);
}

ExitStatus command_init(const Request *request) {
  if (request->names.len > 1) return command_wrong_usage("init makes one project; it takes one folder");
  Compilation compilation = {.request = request, .policy = request->policy, .sources = sources_new()};
  compilation.diags.arena = &compilation.arena;
  InitRun init = {request, &compilation, EXIT_GOOD};
  if (!mem_guard(run, &init)) compilation.system_failed = true;
  return run_end(&compilation, init.status);
}
