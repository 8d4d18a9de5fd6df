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

// What fxc itself remembers is no reason to run it.
static bool is_kept(const Project *project, Str path) {
  Arena scratch = {0};
  bool kept = str_starts(path, path_join(&scratch, project->root, STR(".fx/")));
  arena_free(&scratch);
  return kept;
}

// Pages that a link reads are not among the inputs: where one changes its object does, and where only its
// time does there is nothing to link.
void depfile_write(const Compilation *compilation, Buf *out) {
  const Input *list;
  size_t count = compilation->inputs ? inputs_list(compilation->inputs, &list) : 0, kept = 0;
  Arena arena = {0};
  Str *paths = arena_array(&arena, Str, count), target = compilation->request->depfile_target;
  for (size_t i = 0; i < count; i++)
    if (list[i].kind == INDEX_READ && !is_kept(&compilation->project, list[i].path))
      paths[kept++] = list[i].path;
  if (!target.data) target = compilation->made.data ? compilation->made : compilation->project.output;
  depfile_put(out, target, paths, kept);
  arena_free(&arena);
}
