// Walking a directory tree in byte order of the names. A root comes in, one call per regular file
// goes out. What may surprise: the open directories are a stack of our own, not the C stack, and
// every look goes through the open parent, so that a directory exchanged for a link is not followed.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"

enum { DEEPEST = 200 };  // every level holds a descriptor; a default process has 1,024

typedef struct Entry {
  Str path;  // relative to the root, NUL-terminated
  const char *name;
  unsigned char type;
} Entry;

typedef struct Level {
  DIR *stream;
  Entry *entries;
  size_t count, next;
} Level;

typedef struct Walk {
  Str root;
  FileVisitor *visit;
  FileEnter *enter;
  void *context;
  Arena *arena;    // of the paths
  Arena listings;  // of the levels
  int error;
  Str failed;
  size_t depth;
  Level levels[DEEPEST];
} Walk;

static void note_failure(Walk *walk, Str path, int error) {
  if (walk->error) return;
  walk->error = error;
  walk->failed = path_join(walk->arena, walk->root, path);
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const Entry *)a)->name, ((const Entry *)b)->name);
}

static Entry entry_of(Walk *walk, Str directory, const struct dirent *found) {
  Str name = str_from(found->d_name);
  Str path = path_join(walk->arena, directory, name);
  return (Entry){path, path.data + path.len - name.len, found->d_type};
}

// Reads all names of the open directory, sorted.
static void list(Walk *walk, Level *level, Str directory) {
  VEC(Entry) entries = {0};  // apart from the paths, so that it grows in place
  for (;;) {
    errno = 0;
    struct dirent *found = readdir(level->stream);
    if (!found) break;
    if (found->d_name[0] == '.' && (!found->d_name[1] || strcmp(found->d_name, "..") == 0)) continue;
    vec_push(&walk->listings, &entries, entry_of(walk, directory, found));
  }
  if (errno) note_failure(walk, directory, errno);
  if (entries.len) qsort(entries.data, entries.len, sizeof(Entry), by_name);
  level->entries = entries.data;
  level->count = entries.len;
}

static void descend(Walk *walk, int parent, const char *name, int flags, Str path) {
  if (walk->depth == DEEPEST) {
    note_failure(walk, path, ENAMETOOLONG);
    return;
  }
  int fd;
  do fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
  while (fd < 0 && errno == EINTR);
  DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
  if (!stream) {
    int error = errno;
    if (fd >= 0) close(fd);
    note_failure(walk, path, error);
    return;
  }
  Level *level = &walk->levels[walk->depth++];
  *level = (Level){.stream = stream};
  list(walk, level, path);
}

static bool wanted(const Walk *walk, const Entry *entry) {
  if (walk->enter) return walk->enter(walk->context, entry->path);
  return entry->name[0] != '.' && strcmp(entry->name, "node_modules") != 0;
}

// Visits a file or enters a directory. False when the visitor has had enough. What vanished since
// it was listed is passed over; a dangling link is visited as the link that it is.
static bool take(Walk *walk, int parent, const Entry *entry) {
  struct stat info;
  static const struct stat regular = {.st_mode = S_IFREG};
  bool directory = entry->type == DT_DIR;
  if (entry->type == DT_REG) return walk->visit(walk->context, entry->path, &regular);
  if (!directory) {
    if (fstatat(parent, entry->name, &info, AT_SYMLINK_NOFOLLOW)) return true;
    directory = S_ISDIR(info.st_mode);
    struct stat target;
    if (S_ISLNK(info.st_mode) && !fstatat(parent, entry->name, &target, 0)) info = target;
  }
  if (!directory) return S_ISDIR(info.st_mode) || walk->visit(walk->context, entry->path, &info);
  if (wanted(walk, entry)) descend(walk, parent, entry->name, O_NOFOLLOW, entry->path);
  return true;
}

static void walk_all(void *arg) {
  Walk *walk = arg;
  char *root = str_cstr(walk->arena, walk->root.len ? walk->root : STR("."));
  descend(walk, AT_FDCWD, root, 0, STR(""));
  while (walk->depth) {
    Level *level = &walk->levels[walk->depth - 1];
    if (level->next == level->count) {
      closedir(level->stream);
      walk->depth--;
    } else if (!take(walk, dirfd(level->stream), &level->entries[level->next++])) {
      return;
    }
  }
}

int file_walk(Str root, FileVisitor *visit, FileEnter *enter, void *context, Arena *arena, Str *failed) {
  Walk walk = {.root = root, .visit = visit, .enter = enter, .context = context, .arena = arena};
  bool finished = mem_guard(walk_all, &walk);
  while (walk.depth) closedir(walk.levels[--walk.depth].stream);
  arena_free(&walk.listings);
  if (!finished) mem_exhausted();
  *failed = walk.failed;
  return walk.error;
}
