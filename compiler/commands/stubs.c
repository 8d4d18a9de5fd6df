#include "commands/stubs.h"

#include "base/file.h"
#include "base/map.h"
#include "emit/stub_manifest.h"

static Str library_manifest(Compilation *compilation, Str name) {
  const Project *project = &compilation->project;
  if (!project->library.len || !strmap_find(&compilation->library, name)) return STR_NONE;
  return path_join(&compilation->arena, project->library,
                   str_printf(&compilation->arena, "%.*s.yaml", STR_ARG(name)));
}

static int make_stub(Compilation *compilation, Str name, Buf *text) {
  Str library = library_manifest(compilation, name), manifest;
  if (!library.data) {
    emit_stub_manifest(&compilation->ir, name, &compilation->templates, text);
    return 0;
  }
  int error = file_read(library, &compilation->arena, 0, &manifest);
  if (!error) buf_put(text, manifest);
  return error;
}

void stubs_write(Compilation *compilation, Str name, Str directory, Buf *out) {
  Arena *arena = &compilation->arena;
  Str path = path_join(arena, directory, str_printf(arena, "%.*s.yaml", STR_ARG(name)));
  if (file_exists(path)) {
    buf_printf(out, "  already there: %.*s\n", STR_ARG(path));
    return;
  }
  Buf text = {0};
  size_t before = compilation->diags.list.len;
  int error = make_stub(compilation, name, &text);
  if (compilation_count_late(compilation, before)) {
    buf_free(&text);
    return;
  }
  if (!error) error = file_make_directories(directory);
  if (!error) error = file_write_atomic(path, buf_str(&text));
  buf_free(&text);
  if (error)
    compilation_write_failed(compilation, path, error);
  else
    buf_printf(out, "  stub written: %.*s\n", STR_ARG(path));
}

void stubs_report_missing(Compilation *compilation, Str directory, Buf *out) {
  const Ir *ir = &compilation->ir;
  for (size_t i = 0; i < ir->missings.len; i++) {
    Str name = ir_str(ir, ir->missings.data[i].name);
    buf_printf(out, "Missing manifest: %.*s\n", STR_ARG(name));
    if (directory.data) stubs_write(compilation, name, directory, out);
  }
}
