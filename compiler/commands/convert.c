/* convert FILE: a manifest or a project file in the other notation, on standard output or where -o says. */
#include "edit/convert.h"

#include <stdio.h>

#include "ast/ast.h"
#include "base/file.h"
#include "commands/source_file.h"

static Str out_of(Arena *arena, const Request *request, Str path) {
  bool fx = ast_is_fx(path);
  Str output = request->output;
  bool file = fx ? str_ends(output, STR(".yaml")) || str_ends(output, STR(".yml")) : ast_is_fx(output);
  if (file) return output;
  Str base = path_base(path);
  ptrdiff_t dot = str_rfind_char(base, '.');
  if (dot > 0) base = str_take(base, (size_t)dot);
  return path_join(arena, output, str_concat(arena, base, fx ? STR(".yaml") : STR(".fx")));
}

static void write_out(Compilation *compilation, Str path, Str text) {
  Str out = out_of(&compilation->arena, compilation->request, path);
  file_make_directories(path_directory(out));  // what goes wrong here goes wrong again there
  source_file_write(compilation, out, text);
}

static void convert(void *arg) {
  Compilation *compilation = arg;
  Str path = compilation->request->files.data[0], bytes;
  SourceId source;
  if (!source_file_read(compilation, &compilation->arena, path, &source, &bytes)) return;
  ConvertResult result =
      convert_file(&compilation->arena, source, path, bytes, &compilation->diags, &compilation->emitted);
  compilation->internal_error = result == CONVERT_BUG;
  if (result == CONVERT_DONE && compilation->request->output.data)
    write_out(compilation, path, buf_str(&compilation->emitted));
}

static bool is_convertible(Str path) {
  static const char *const ends[] = {".fx", ".yaml", ".yml", ".json"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (str_ends(path, str_from(ends[i]))) return true;
  return false;
}

ExitStatus command_convert(const Request *request) {
  if (request->start.data || request->files.len != 1)
    return command_wrong_usage("convert takes one file: a manifest or a project file");
  if (!is_convertible(request->files.data[0]))
    return command_wrong_usage("convert takes a .yaml, .yml, .json or .fx file, not '%.*s'",
                               STR_ARG(request->files.data[0]));
  Compilation compilation = {0};
  run_files(&compilation, request, convert);
  ExitStatus answer = EXIT_GOOD;
  if (!request->output.data) answer = command_answer(buf_str(&compilation.emitted));
  return run_end(&compilation, answer);
}
