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

static void put_sources(Buf *out, Str target, const Sources *sources) {
  size_t count = sources_count(sources);
  Arena arena = {0};
  Str *inputs = arena_array(&arena, Str, count);
  for (SourceId source = 1; source <= count; source++) inputs[source - 1] = source_path(sources, source);
  depfile_put(out, target, inputs, count);
  arena_free(&arena);
}

// No output depends on what is remembered of states. Folders change whenever something is built in them, and what is absent would be for ever out of date.
static void put_inputs(Buf *out, Str target, Inputs *inputs) {
  const Input *list;
  size_t count = inputs_list(inputs, &list), files = 0;
  Arena arena = {0};
  Str *paths = arena_array(&arena, Str, count);
  for (size_t i = 0; i < count; i++)
    if (list[i].kind == INDEX_READ && !str_ends(list[i].path, STR(".fx/states.json"))) paths[files++] = list[i].path;
  depfile_put(out, target, paths, files);
  arena_free(&arena);
}

void depfile_write(const Compilation *compilation, Buf *out) {
  Str target = compilation->request->depfile_target;
  if (!target.data) target = compilation->made.data ? compilation->made : compilation->project.output;
  if (compilation->read.data)
    depfile_put(out, target, compilation->read.data, compilation->read.len);
  else if (!compilation->objects && compilation->inputs)
    put_inputs(out, target, compilation->inputs);
  else
    put_sources(out, target, compilation->sources);
}
