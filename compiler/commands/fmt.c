/* fmt [--check] [DIR | FILE… | -]: canonical layout of .fx files, rewritten where they lie. */
#include "edit/fmt.h"

#include <errno.h>
#include <string.h>

#include "ast/ast.h"
#include "base/file.h"
#include "commands/source_file.h"

typedef struct FmtRun {
  Compilation *compilation;
  size_t files, changed;
  bool unformatted;  // under --check
  Str root;          // of the walk
  VEC(Str) paths;
} FmtRun;

static void found_unformatted(FmtRun *run, Str path) {
  run->unformatted = true;
  buf_put(&run->compilation->emitted, path);
  buf_char(&run->compilation->emitted, '\n');
}

static void use_result(FmtRun *run, Str path, Str bytes, const Buf *text) {
  Compilation *compilation = run->compilation;
  bool changed = !str_eq(bytes, buf_str(text));
  run->files++;
  run->changed += changed;
  if (compilation->request->check && changed)
    found_unformatted(run, path);
  else if (str_eq(path, STR("-")) && !compilation->request->check)
    buf_put(&compilation->emitted, buf_str(text));
  else if (changed)
    source_file_write(compilation, path, buf_str(text));
}

static void format_one(FmtRun *run, Str path) {
  Compilation *compilation = run->compilation;
  Arena arena = {0};
  DiagBag bag = {.arena = &arena};
  Buf text = {0};
  SourceId source;
  Str bytes;
  if (source_file_read(compilation, &arena, path, &source, &bytes)) {
    FmtResult result = fmt_file(&arena, source, bytes, &bag, &text);
    if (result == FMT_DONE) use_result(run, path, bytes, &text);
    if (result == FMT_BUG) compilation->internal_error = true;
  }
  diag_join(&compilation->diags, &bag);
  buf_free(&text);
  arena_free(&arena);
}

static bool visit(void *context, Str path, const struct stat *info) {
  FmtRun *run = context;
  Arena *arena = &run->compilation->arena;
  if (S_ISREG(info->st_mode) && ast_is_fx(path))
    vec_push(arena, &run->paths, path_join(arena, run->root, path));
  return true;
}

static void add_directory(FmtRun *run, Str path) {
  Compilation *compilation = run->compilation;
  Str failed;
  run->root = path;
  int error = file_walk(path, visit, NULL, run, &compilation->arena, &failed);
  if (error)
    diag_add(&compilation->diags, FX8001, SPAN_NONE, "cannot read the directory '%.*s': %s", STR_ARG(failed),
             strerror(error));
}

static void collect(FmtRun *run) {
  const Request *request = run->compilation->request;
  if (!request->files.len) add_directory(run, request->start.data ? request->start : STR("."));
  for (size_t i = 0; i < request->files.len; i++) {
    Str path = request->files.data[i];
    if (file_is_directory(path))
      add_directory(run, path);
    else
      vec_push(&run->compilation->arena, &run->paths, path);
  }
}

static void format_all(void *arg) {
  Compilation *compilation = arg;
  FmtRun run = {.compilation = compilation};
  collect(&run);
  for (size_t i = 0; i < run.paths.len; i++) format_one(&run, run.paths.data[i]);
  if (run.unformatted) compilation->totals.errors++;
}

ExitStatus command_fmt(const Request *request) {
  for (size_t i = 0; i < request->files.len; i++) {
    Str path = request->files.data[i];
    if (!ast_is_fx(path) && !str_eq(path, STR("-")) && !file_is_directory(path))
      return command_wrong_usage("fmt takes .fx files, not '%.*s'", STR_ARG(path));
  }
  Compilation compilation = {0};
  run_files(&compilation, request, format_all);
  ExitStatus answer = command_answer(buf_str(&compilation.emitted));
  return run_end(&compilation, answer);
}
