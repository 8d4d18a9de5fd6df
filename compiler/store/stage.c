/* The lock is on the output folder itself, or on its parent while there is none: no file is left for it, and
 * a build that is killed gives it back. Surprising: a folder may be exchanged while its lock is waited for,
 * so that the folder is looked up again behind the lock. */
#include "store/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/journal.h"

/* The lock */

static int lock_folder(const char *path) {
  int fd;
  do fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  while (fd < 0 && errno == EINTR);
  while (fd >= 0 && flock(fd, LOCK_EX) && errno == EINTR) continue;
  return fd;
}

// Where that cannot be told, the lock that is held has to do.
static bool is_still(int fd, const char *path) {
  struct stat held, found;
  if (fstat(fd, &held)) return true;
  if (stat(path, &found)) return errno != ENOENT;
  return held.st_dev == found.st_dev && held.st_ino == found.st_ino;
}

// A folder that cannot be opened is not locked: who may not read it will not write it either, and a new one
// below a new folder has nobody else's files to mix with.
static void lock(Stage *stage, Arena *arena) {
  char *directory = str_cstr(arena, stage->directory);
  char *parent = str_cstr(arena, path_directory(stage->directory));
  for (;;) {
    stage->is_new = access(directory, F_OK) != 0 && errno == ENOENT;
    const char *path = stage->is_new ? parent : directory;
    stage->lock = lock_folder(path);
    if (stage->lock < 0) return;
    bool new_by_now = access(directory, F_OK) != 0 && errno == ENOENT;
    if (new_by_now == stage->is_new && is_still(stage->lock, path)) return;
    stage_unlock(stage);
  }
}

void stage_unlock(Stage *stage) {
  if (stage->lock >= 0) close(stage->lock);
  stage->lock = -1;
}

/* The place */

// Whether a rename leads from the folder's parent into it.
static bool is_reached(Arena *arena, Str directory, Str parent) {
  struct stat inner, outer;
  char *above = str_cstr(arena, parent);
  if (stat(str_cstr(arena, directory), &inner) || stat(above, &outer)) return true;
  return inner.st_dev == outer.st_dev && !access(above, W_OK | X_OK);
}

static Str resolved(Arena *arena, Str directory) {
  struct stat info;
  char *path = str_cstr(arena, directory);
  if (lstat(path, &info) || !S_ISLNK(info.st_mode)) return directory;
  char *target = realpath(path, NULL);
  Str real = target ? str_copy(arena, str_from(target)) : directory;
  free(target);
  return real;
}

// What stands in front of "stage.PID" and "commit".
static Str prefix_of(Arena *arena, Str directory, bool inside) {
  return inside ? path_join(arena, directory, STR(".fx-")) : str_concat(arena, directory, STR(".fx-"));
}

/* What killed builds have left */

// The process that staged is gone and will not come back for it; or it had this one's number.
static bool is_abandoned(Str name, Str before) {
  if (!str_starts(name, before)) return false;
  char *end;
  errno = 0;
  long process = strtol(name.data + before.len, &end, 10);
  if (process <= 0 || *end || errno) return false;
  return process == (long)getpid() || (kill((pid_t)process, 0) && errno == ESRCH);
}

static void discard_abandoned(Str prefix) {
  Arena scratch = {0};
  Str folder = path_directory(prefix), before = str_concat(&scratch, path_base(prefix), STR("stage."));
  DIR *stream = opendir(str_cstr(&scratch, folder));
  for (struct dirent *entry; stream && (entry = readdir(stream));)
    if (is_abandoned(str_from(entry->d_name), before))
      journal_delete_tree(path_join(&scratch, folder, str_from(entry->d_name)));
  if (stream) closedir(stream);
  arena_free(&scratch);
}

static int clean(Stage *stage, Arena *arena, Str prefix, Str *failed) {
  stage->stage = str_printf(arena, "%.*sstage.%ld", STR_ARG(prefix), (long)getpid());
  stage->commit = str_concat(arena, prefix, STR("commit"));
  discard_abandoned(prefix);
  return journal_heal(arena, stage, failed);
}

// A file in its place, or a link to one. What else is wrong with it shows itself later.
static int in_the_way(Arena *arena, Str directory) {
  struct stat info;
  char *path = str_cstr(arena, directory);
  if (lstat(path, &info) || (S_ISLNK(info.st_mode) && stat(path, &info))) return errno == ELOOP ? ELOOP : 0;
  return S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
}

int stage_open(Stage *stage, Arena *arena, Str directory, Str *failed) {
  *stage = (Stage){.directory = resolved(arena, directory), .lock = -1};
  int error = in_the_way(arena, *failed = directory);
  if (error) return error;
  lock(stage, arena);
  Str beside = prefix_of(arena, stage->directory, false), inside = prefix_of(arena, stage->directory, true);
  error = stage->is_new ? 0 : clean(stage, arena, inside, failed);
  if (error || !is_reached(arena, stage->directory, path_directory(stage->directory))) return error;
  return clean(stage, arena, beside, failed);
}

bool stage_appear(const Stage *stage) {
  Arena scratch = {0};
  bool done = !rename(str_cstr(&scratch, stage->stage), str_cstr(&scratch, stage->directory));
  arena_free(&scratch);
  return done;
}
