#include "store/journal.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

// A line a file: "R path" or "D path", each ended by NUL (a path may hold a line break).
static const char NAME[] = ".journal";

void journal_replace(Journal *journal, Str path) { vec_push(journal->arena, &journal->replaced, path); }

void journal_remove(Journal *journal, Str path) { vec_push(journal->arena, &journal->removed, path); }

static int rename_file(Arena *arena, Str from, Str to) {
  char *source = str_cstr(arena, from), *target = str_cstr(arena, to);
  if (!rename(source, target)) return 0;
  if (errno == ENOENT && !file_exists(from)) return 0;  // done before the interruption
  if (errno == ENOENT) {
    int error = file_make_directories(path_directory(to));
    if (error) return error;
    if (!rename(source, target)) return 0;
  }
  return errno;
}

// Directories that a removal left empty go too, up to the output directory.
static void remove_empty_parents(Arena *arena, Str directory, Str path) {
  for (Str parent = path_directory(path); !str_eq(parent, STR(".")); parent = path_directory(parent))
    if (rmdir(str_cstr(arena, path_join(arena, directory, parent)))) return;
}

static int carry_out(Arena *arena, Str commit, Str directory, char kind, Str path, Str *failed) {
  Str target = path_join(arena, directory, path);
  *failed = target;
  if (kind == 'R') return rename_file(arena, path_join(arena, commit, path), target);
  if (unlink(str_cstr(arena, target)) && errno != ENOENT) return errno;
  remove_empty_parents(arena, directory, path);
  return 0;
}

int journal_heal(Arena *arena, Str commit, Str directory, Str *failed) {
  Str lines;
  if (!file_is_directory(commit)) return 0;
  int error = file_read(path_join(arena, commit, str_from(NAME)), arena, 0, &lines);
  if (error && error != ENOENT) return error;
  Str line;
  while (!error && lines.len && str_split(&lines, '\0', &line) && line.len > 2)
    error = carry_out(arena, commit, directory, line.data[0], str_skip(line, 2), failed);
  if (!error) journal_delete_tree(commit);
  return error;
}

int journal_commit(Journal *journal, Str *failed) {
  Buf lines = {0};
  for (size_t i = 0; i < journal->replaced.len; i++)
    buf_printf(&lines, "R %.*s%c", STR_ARG(journal->replaced.data[i]), '\0');
  for (size_t i = 0; i < journal->removed.len; i++)
    buf_printf(&lines, "D %.*s%c", STR_ARG(journal->removed.data[i]), '\0');
  *failed = journal->stage;
  int error = file_make_directories(journal->stage);
  if (!error)
    error = file_write_atomic(path_join(journal->arena, journal->stage, str_from(NAME)), buf_str(&lines));
  buf_free(&lines);
  if (error) return error;
  if (rename(str_cstr(journal->arena, journal->stage), str_cstr(journal->arena, journal->commit)))
    return errno;
  return journal_heal(journal->arena, journal->commit, journal->directory, failed);
}

typedef struct TreeWalk {
  Arena *arena;
  Str root;
  VEC(Str) directories;
} TreeWalk;

static bool delete_file(void *context, Str path, const struct stat *info) {
  TreeWalk *walk = context;
  (void)info;
  unlink(str_cstr(walk->arena, path_join(walk->arena, walk->root, path)));
  return true;
}

static bool note_directory(void *context, Str path) {
  TreeWalk *walk = context;
  vec_push(walk->arena, &walk->directories, str_copy(walk->arena, path));
  return true;
}

void journal_delete_tree(Str directory) {
  Arena scratch = {0};
  TreeWalk walk = {.arena = &scratch, .root = directory};
  Str failed;
  if (!file_is_directory(directory)) return;
  file_walk(directory, delete_file, note_directory, &walk, &scratch, &failed);
  for (size_t i = walk.directories.len; i > 0; i--)
    rmdir(str_cstr(&scratch, path_join(&scratch, directory, walk.directories.data[i - 1])));
  rmdir(str_cstr(&scratch, directory));
  arena_free(&scratch);
}
