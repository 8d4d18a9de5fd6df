#include "workspace/object/interface.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "ir/interface.h"

static const char kind[] = "fxintfc1", suffix[] = ".fxi";

static Str path_of(Arena *arena, Str directory, Str name) {
  return path_join(arena, directory, str_printf(arena, "%.*s%s", STR_ARG(name), suffix));
}

/* Writing */

static void write_changed(Compilation *compilation, Str path, Str content) {
  Arena scratch = {0};
  Str old;
  bool same = !file_read(path, &scratch, 0, &old) && str_eq(old, content);
  int error = same ? 0 : file_write_atomic(path, content);
  if (error) compilation_write_failed(compilation, path, error);
  *(same ? &compilation->written.unchanged : &compilation->written.written) += !error;
  arena_free(&scratch);
}

static void write_interface(Compilation *compilation, Str directory, IntegrationId id) {
  Arena *arena = &compilation->arena;
  Buf out = {0};
  size_t start = seal_begin(&out);
  ir_interface_write(&compilation->ir, id, arena, &out);
  seal_end(&out, start, kind);
  write_changed(compilation, path_of(arena, directory, ir_integration_name(&compilation->ir, id)),
                buf_str(&out));
  buf_free(&out);
}

typedef struct Stale {
  Compilation *compilation;
  Str directory;
} Stale;

static bool stay_outside(void *context, Str path) {
  (void)context;
  (void)path;
  return false;
}

static bool remove_stale(void *context, Str path, const struct stat *info) {
  const Stale *stale = context;
  Compilation *compilation = stale->compilation;
  (void)info;
  if (!str_ends(path, str_from(suffix))) return true;
  Str name = str_take(path, path.len - (sizeof suffix - 1));
  if (ir_find_integration(&compilation->ir, name).n) return true;
  Str whole = path_join(&compilation->arena, stale->directory, path);
  if (unlink(str_cstr(&compilation->arena, whole)) && errno != ENOENT)
    compilation_write_failed(compilation, whole, errno);
  else
    compilation->written.removed++;
  return true;
}

static int by_text(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

static void write_names(Compilation *compilation, Str directory, Str *names, size_t count) {
  Buf out = {0};
  if (count) qsort(names, count, sizeof *names, by_text);
  for (size_t i = 0; i < count; i++) {
    buf_put(&out, names[i]);
    buf_char(&out, '\n');
  }
  write_changed(compilation, path_join(&compilation->arena, directory, STR("names")), buf_str(&out));
  buf_free(&out);
}

void object_interfaces_write(Compilation *compilation, Str directory, bool all) {
  const Ir *ir = &compilation->ir;
  Arena *arena = &compilation->arena;
  VEC(Str) names = {0};
  Str failed;
  int error = file_make_directories(directory);
  if (error) {
    compilation_write_failed(compilation, directory, error);
    return;
  }
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    IntegrationId id = {n};
    if (ir_find_integration(ir, ir_integration_name(ir, id)).n != n) continue;  // another one counts
    write_interface(compilation, directory, id);
    vec_push(arena, &names, ir_integration_name(ir, id));
  }
  if (!all) return;
  write_names(compilation, directory, names.data, names.len);
  Stale stale = {compilation, directory};
  file_walk(directory, remove_stale, stay_outside, &stale, arena, &failed);
}

/* Reading */

static bool report(Compilation *compilation, SourceId source, SealState state, Str name) {
  Diag *diag = state == SEAL_FOREIGN
                   ? diag_add(&compilation->diags, FX8007, span_file(source),
                              "another build of fxc wrote this interface of '%.*s'", STR_ARG(name))
                   : diag_add(&compilation->diags, FX8007, span_file(source),
                              "this is no interface of '%.*s', or it is damaged", STR_ARG(name));
  diag_help(diag, "write it again from its manifest: fxc -c MANIFEST -o DIR");
  return false;
}

// Where nobody lists the names that there are, the file that is missing is what has to be looked at again.
static bool is_absent(Compilation *compilation, Str directory, Str path) {
  Arena scratch = {0};
  Str names = path_join(&scratch, directory, STR("names")), text;
  if (inputs_read(compilation->inputs, names, &scratch, 0, &text))
    inputs_note(compilation->inputs, (Input){.path = path, .kind = INDEX_READ});
  arena_free(&scratch);
  return true;
}

bool object_interface_load(Compilation *compilation, Str directory, ObjectUse *use) {
  Arena *arena = &compilation->arena;
  Str path = path_of(arena, directory, use->name), bytes, content;
  int error = inputs_read(compilation->inputs, path, arena, 0, &bytes);
  if (error == ENOENT) return is_absent(compilation, directory, path);
  SourceId source = sources_add(compilation->sources, path, path);
  if (error) {
    diag_add(&compilation->diags, FX8001, span_file(source), "cannot read the interface: %s",
             strerror(error));
    return false;
  }
  SealState state = seal_open(bytes, kind, &content);
  if (state != SEAL_FINE) return report(compilation, source, state, use->name);
  if (!ir_interface_read(&compilation->ir, use->name, content))
    return report(compilation, source, SEAL_DAMAGED, use->name);
  use->known = true;
  use->interface = digest_str(content);
  return true;
}
