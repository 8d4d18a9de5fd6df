#include "store/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/folders.h"

// A line a file: "R path" or "D path", each ended by NUL (a path may hold a line break).
static const char NAME[] = ".journal";

void journal_replace(Journal *journal, Str path) { vec_push(journal->arena, &journal->replaced, path); }

void journal_remove(Journal *journal, Str path) { vec_push(journal->arena, &journal->removed, path); }

typedef struct Step {
  Arena *arena;
  Str directory;
  Folders *from, *to;
} Step;

// A file that is not in the commit folder came into place before an interruption.
static int rename_to(Step *step, const FolderPlace *source, Str path) {
  FolderPlace target;
  struct stat info;
  if (fstatat(source->folder, source->name, &info, AT_SYMLINK_NOFOLLOW)) return errno == ENOENT ? 0 : errno;
  int error = folders_take(step->to, path, &target);
  if (error) return error;
  if (renameat(source->folder, source->name, target.folder, target.name)) error = errno;
  folders_give(step->to, &target);
  return error;
}

static int put_in_place(Step *step, Str path) {
  FolderPlace source;
  int error = folders_take(step->from, path, &source);
  if (error) return error == ENOENT ? 0 : error;
  error = rename_to(step, &source, path);
  folders_give(step->from, &source);
  return error;
}

static int remove_at(Step *step, Str path, int flags) {
  FolderPlace place;
  int error = folders_take(step->to, path, &place);
  if (error) return error;
  if (unlinkat(place.folder, place.name, flags)) error = errno;
  folders_give(step->to, &place);
  return error;
}

// Directories that a removal left empty go too, up to the output directory.
static int remove_file(Step *step, Str path) {
  int error = remove_at(step, path, 0);
  if (error) return error == ENOENT ? 0 : error;
  for (Str parent = path_directory(path); !str_eq(parent, STR(".")); parent = path_directory(parent))
    if (remove_at(step, parent, AT_REMOVEDIR)) break;
  return 0;
}

static int carry_out(Step *step, Str lines, Str *failed) {
  Str line;
  int error = 0;
  while (!error && lines.len && str_split(&lines, '\0', &line) && line.len > 2) {
    Str path = str_skip(line, 2);
    error = line.data[0] == 'R' ? put_in_place(step, path) : remove_file(step, path);
    if (error) *failed = path_join(step->arena, step->directory, path);
  }
  return error;
}

static int finish(Arena *arena, const Stage *stage, Str lines, Str *failed) {
  Step step = {arena, stage->directory, folders_new(arena, stage->commit, false),
               folders_new(arena, stage->directory, true)};
  int error = carry_out(&step, lines, failed);
  folders_close(step.from);
  folders_close(step.to);
  if (!error) journal_delete_tree(stage->commit);
  return error;
}

int journal_heal(Arena *arena, const Stage *stage, Str *failed) {
  Str lines;
  struct stat info;
  *failed = stage->commit;
  if (lstat(str_cstr(arena, stage->commit), &info)) return errno == ENOENT ? 0 : errno;
  if (!S_ISDIR(info.st_mode)) return 0;
  int error = file_read(path_join(arena, stage->commit, str_from(NAME)), arena, 0, &lines);
  if (error && error != ENOENT) return error;
  return finish(arena, stage, lines, failed);
}

// Where another build has taken a step and could not be locked out, that one comes first.
static int take(Journal *journal, Str *failed) {
  const Stage *stage = journal->stage;
  char *from = str_cstr(journal->arena, stage->stage), *to = str_cstr(journal->arena, stage->commit);
  if (!rename(from, to)) return 0;
  if (errno != ENOTEMPTY && errno != EEXIST) return errno;
  int error = journal_heal(journal->arena, stage, failed);
  if (error) return error;
  return rename(from, to) ? errno : 0;
}

int journal_commit(Journal *journal, Str *failed) {
  const Stage *stage = journal->stage;
  Buf lines = {0};
  for (size_t i = 0; i < journal->replaced.len; i++)
    buf_printf(&lines, "R %.*s%c", STR_ARG(journal->replaced.data[i]), '\0');
  for (size_t i = 0; i < journal->removed.len; i++)
    buf_printf(&lines, "D %.*s%c", STR_ARG(journal->removed.data[i]), '\0');
  *failed = stage->stage;
  int error = file_make_directories(stage->stage);
  if (!error)
    error = file_write_new(path_join(journal->arena, stage->stage, str_from(NAME)), buf_str(&lines));
  if (!error) error = take(journal, failed);
  if (!error) error = finish(journal->arena, stage, buf_str(&lines), failed);
  buf_free(&lines);
  return error;
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
