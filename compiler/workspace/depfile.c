/* In: paths. Out: rules for Make, of the kind that compilers write and that Ninja reads. Surprising: no
 * notation is common to both for every name. Neither takes one with a line break or, in Make, a ';';
 * Ninja 1.11 takes none with a tab or one of *?;<>|^`'"& and holds such an input for missing, so that it
 * builds too much, never too little. */
#include "workspace/depfile.h"

// "a b" → "a\ b": a backslash before a blank or '#' would escape that, so those that stand there are doubled.
static void put_path(Buf *out, Str path) {
  size_t backslashes = 0;
  for (size_t i = 0; i < path.len; i++) {
    char c = path.data[i];
    if (c == ' ' || c == '#') buf_repeat(out, '\\', backslashes + 1);
    if (c == ':') buf_char(out, '\\');
    if (c == '$') buf_char(out, '$');
    buf_char(out, c);
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
}

void depfile_put(Buf *out, Str target, const Str *inputs, size_t count) {
  put_path(out, target);
  buf_char(out, ':');
  for (size_t i = 0; i < count; i++) {
    buf_put(out, STR(" \\\n  "));
    put_path(out, inputs[i]);
  }
  buf_char(out, '\n');
  for (size_t i = 0; i < count; i++) {
    put_path(out, inputs[i]);
    buf_put(out, STR(":\n"));
  }
}

// A page that has an object stands behind that: where it changes the object does, and where only its time
// does there is nothing to link.
static const bool *stood_for(const Compilation *compilation, Arena *arena) {
  bool *objects = arena_array(arena, bool, sources_count(compilation->sources) + 1);
  for (size_t i = 0; compilation->objects && i < compilation->project.pages.len; i++)
    objects[compilation->project.pages.data[i].source] = true;
  return objects;
}

static void put_sources(Buf *out, Str target, const Compilation *compilation) {
  Arena arena = {0};
  VEC(Str) inputs = {0};
  const bool *skipped = stood_for(compilation, &arena);
  for (SourceId source = 1; source <= sources_count(compilation->sources); source++)
    if (!skipped[source]) vec_push(&arena, &inputs, source_path(compilation->sources, source));
  depfile_put(out, target, inputs.data, inputs.len);
  arena_free(&arena);
}

void depfile_write(const Compilation *compilation, Buf *out) {
  Str target = compilation->request->depfile_target;
  if (!target.data) target = compilation->made.data ? compilation->made : compilation->project.output;
  if (compilation->inputs.data)
    depfile_put(out, target, compilation->inputs.data, compilation->inputs.len);
  else
    put_sources(out, target, compilation);
}
