#include "store/outputs.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/journal.h"

typedef struct Output {
  Str path;
  bool staged, kept;
} Output;

struct Outputs {
  Arena *arena;
  Str directory, stage, commit;
  size_t count;
  Output *list;
};

// What `fxc` writes says so at its beginning, in a comment or a "generated" member.
enum { MARK_WITHIN = 512 };

static bool is_marked(Str path, Arena *arena) {
  char head[MARK_WITHIN];
  FILE *file = fopen(str_cstr(arena, path), "rb");
  if (!file) return false;
  Str start = {head, fread(head, 1, sizeof head, file)};
  fclose(file);
  return str_find(start, STR("enerated by fxc from")) >= 0 ||
         str_find(start, STR("\"generated\": \"by fxc from")) >= 0;
}

Outputs *outputs_open(Arena *arena, Str directory, size_t count, int *error, Str *failed) {
  Outputs *outputs = arena_new(arena, Outputs);
  outputs->arena = arena;
  outputs->directory = directory;
  outputs->stage = str_printf(arena, "%.*s.fx-stage.%ld", STR_ARG(directory), (long)getpid());
  outputs->commit = str_printf(arena, "%.*s.fx-commit", STR_ARG(directory));
  outputs->count = count;
  outputs->list = arena_array(arena, Output, count);
  *error = journal_heal(arena, outputs->commit, directory, failed);
  return outputs;
}

static bool is_unchanged(Str path, Str content, Arena *arena) {
  struct stat info;
  Str old;
  if (stat(str_cstr(arena, path), &info) || (uint64_t)info.st_size != content.len) return false;
  return file_read(path, arena, 0, &old) == 0 && str_eq(old, content);
}

// In the stage nothing is there yet, and nobody looks before the commit: no temporary file, no rename.
static int write_new(Str path, Str content) {
  int error = file_write_new(path, content);
  if (error != ENOENT) return error;
  error = file_make_directories(path_directory(path));
  return error ? error : file_write_new(path, content);
}

int outputs_put(Outputs *outputs, size_t slot, Str path, Str content) {
  Output *output = &outputs->list[slot];
  output->path = path;
  Arena scratch = {0};
  int error = 0;
  if (!is_unchanged(path_join(&scratch, outputs->directory, path), content, &scratch)) {
    error = write_new(path_join(&scratch, outputs->stage, path), content);
    output->staged = !error;
  }
  arena_free(&scratch);
  return error;
}

void outputs_keep(Outputs *outputs, size_t slot, Str path) {
  outputs->list[slot] = (Output){.path = path, .kept = true};
}

typedef struct StaleWalk {
  Outputs *outputs;
  StrMap wanted;
  VEC(Str) stale;
} StaleWalk;

static bool look_for_stale(void *context, Str path, const struct stat *info) {
  StaleWalk *walk = context;
  if (strmap_find(&walk->wanted, path) || !S_ISREG(info->st_mode)) return true;
  Arena scratch = {0};
  bool marked = is_marked(path_join(&scratch, walk->outputs->directory, path), &scratch);
  arena_free(&scratch);
  if (marked) vec_push(walk->outputs->arena, &walk->stale, str_copy(walk->outputs->arena, path));
  return true;
}

static void find_stale(StaleWalk *walk) {
  Outputs *outputs = walk->outputs;
  for (size_t i = 0; i < outputs->count; i++)
    if (outputs->list[i].path.data) strmap_put(outputs->arena, &walk->wanted, outputs->list[i].path, NULL);
  Str failed;
  file_walk(outputs->directory, look_for_stale, NULL, walk, outputs->arena, &failed);
}

static void count_outputs(const Outputs *outputs, OutputCounts *counts) {
  for (size_t i = 0; i < outputs->count; i++) {
    if (!outputs->list[i].path.data || outputs->list[i].kept) continue;
    if (outputs->list[i].staged)
      counts->written++;
    else
      counts->unchanged++;
  }
}

int outputs_commit(Outputs *outputs, bool remove_stale, OutputCounts *counts, Str *failed) {
  *counts = (OutputCounts){0};
  count_outputs(outputs, counts);
  StaleWalk walk = {.outputs = outputs};
  bool exists = file_is_directory(outputs->directory);
  if (remove_stale && exists) find_stale(&walk);
  counts->removed = walk.stale.len;
  *failed = outputs->directory;
  if (!counts->written && !counts->removed) return 0;
  if (!exists && !file_exists(outputs->directory))
    return rename(str_cstr(outputs->arena, outputs->stage), str_cstr(outputs->arena, outputs->directory))
               ? errno
               : 0;
  Journal journal = {.arena = outputs->arena,
                     .stage = outputs->stage,
                     .commit = outputs->commit,
                     .directory = outputs->directory};
  for (size_t i = 0; i < outputs->count; i++)
    if (outputs->list[i].staged) journal_replace(&journal, outputs->list[i].path);
  for (size_t i = 0; i < walk.stale.len; i++) journal_remove(&journal, walk.stale.data[i]);
  return journal_commit(&journal, failed);
}

void outputs_discard(Outputs *outputs) { journal_delete_tree(outputs->stage); }

Str outputs_directory(const Outputs *outputs) { return outputs->directory; }
