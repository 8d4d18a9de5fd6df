// Walking a directory tree in byte order of the names. A root comes in, one call per regular file
// goes out. What may surprise: the open directories are a stack of our own, not the C stack, and
// every look goes through the open parent, so that a directory exchanged for a link is not followed.
// With threads, directories beside each other are listed at once, before their turn comes.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/vec.h"

enum {
  DEEPEST = 200,  // every level holds a descriptor; a default process has 1,024
  LEAST_AHEAD = 8,
  MOST_AHEAD = 32,    // directories that are listed at once
  DEEPEST_AHEAD = 4,  // where that is done: it holds descriptors, too
};

typedef struct Ahead Ahead;

typedef struct Entry {
  Str path;  // relative to the root, NUL-terminated
  const char *name;
  Ahead *ahead;  // of a directory that is listed already
  unsigned char type;
  bool asked, wanted;  // of a directory: whether it is entered
} Entry;

typedef struct Level {
  DIR *stream;  // NULL: it could not be opened
  Entry *entries;
  size_t count, next;
  int error;
} Level;

struct Ahead {
  Level level;
  Arena paths, listing;
  const Entry *entry;
  Ahead *older;
};

typedef struct Walk {
  Str root;
  FileVisitor *visit;
  FileEnter *enter;
  void *context;
  size_t threads;
  Arena *arena;    // of the paths
  Arena listings;  // of the levels
  Ahead *ahead;    // all that were listed before their turn
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

/* Listing */

static int by_name(const void *a, const void *b) {
  return strcmp(((const Entry *)a)->name, ((const Entry *)b)->name);
}

static Entry entry_of(Arena *paths, Str directory, const struct dirent *found) {
  Str name = str_from(found->d_name);
  Str path = path_join(paths, directory, name);
  return (Entry){.path = path, .name = path.data + path.len - name.len, .type = found->d_type};
}

// Reads all names of the open directory, sorted.
static void list(Level *level, Arena *paths, Arena *listing, Str directory) {
  VEC(Entry) entries = {0};  // apart from the paths, so that it grows in place
  for (;;) {
    errno = 0;
    struct dirent *found = readdir(level->stream);
    if (!found) break;
    if (found->d_name[0] == '.' && (!found->d_name[1] || strcmp(found->d_name, "..") == 0)) continue;
    vec_push(listing, &entries, entry_of(paths, directory, found));
  }
  level->error = errno;
  if (entries.len) qsort(entries.data, entries.len, sizeof(Entry), by_name);
  level->entries = entries.data;
  level->count = entries.len;
}

static void open_level(Level *level, int parent, const char *name, int flags) {
  int fd;
  *level = (Level){0};
  do fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
  while (fd < 0 && errno == EINTR);
  level->stream = fd >= 0 ? fdopendir(fd) : NULL;
  if (level->stream) return;
  level->error = errno;
  if (fd >= 0) close(fd);
}

static Level *add_level(Walk *walk, Level level, Str path) {
  if (level.error) note_failure(walk, path, level.error);
  if (!level.stream) return NULL;
  walk->levels[walk->depth] = level;
  return &walk->levels[walk->depth++];
}

static void descend(Walk *walk, int parent, const char *name, int flags, Str path) {
  if (walk->depth == DEEPEST) {
    note_failure(walk, path, ENAMETOOLONG);
    return;
  }
  Level opened;
  open_level(&opened, parent, name, flags);
  Level *level = add_level(walk, opened, path);  // it is closed from there
  if (!level) return;
  list(level, walk->arena, &walk->listings, path);
  if (level->error) note_failure(walk, path, level->error);
}

static bool wanted(const Walk *walk, Entry *entry) {
  bool usual = entry->name[0] != '.' && strcmp(entry->name, "node_modules") != 0;
  if (!entry->asked) entry->wanted = walk->enter ? walk->enter(walk->context, entry->path) : usual;
  entry->asked = true;
  return entry->wanted;
}

/* Ahead */

typedef struct ListingAhead {
  int parent;
  Ahead *list[MOST_AHEAD];
  size_t count;
} ListingAhead;

static void list_ahead(void *context, size_t index, size_t worker) {
  const ListingAhead *job = context;
  Ahead *ahead = job->list[index];
  (void)worker;
  open_level(&ahead->level, job->parent, ahead->entry->name, O_NOFOLLOW);
  if (ahead->level.stream) list(&ahead->level, &ahead->paths, &ahead->listing, ahead->entry->path);
}

// The directories from this entry on that are entered, as far as they are known to be directories.
static void gather(Walk *walk, Level *level, ListingAhead *job) {
  for (size_t i = level->next - 1; i < level->count && job->count < MOST_AHEAD; i++) {
    Entry *entry = &level->entries[i];
    if (entry->type != DT_DIR || !wanted(walk, entry)) continue;
    Ahead *ahead = arena_new(&walk->listings, Ahead);
    ahead->entry = entry;
    job->list[job->count++] = ahead;
  }
}

// Few are not worth a thread.
static void look_ahead(Walk *walk, int parent) {
  Level *level = &walk->levels[walk->depth - 1];
  ListingAhead job = {.parent = parent};
  if (walk->threads < 2 || walk->depth > DEEPEST_AHEAD || level->count < LEAST_AHEAD) return;
  gather(walk, level, &job);
  if (job.count < LEAST_AHEAD) return;
  for (size_t i = 0; i < job.count; i++) {
    job.list[i]->older = walk->ahead;
    walk->ahead = job.list[i];
  }
  if (!pool_run(walk->threads, job.count, list_ahead, &job)) mem_exhausted();
  for (size_t i = 0; i < job.count; i++) ((Entry *)(size_t)job.list[i]->entry)->ahead = job.list[i];
}

// Its paths outlive the walk.
static void enter_ahead(Walk *walk, Ahead *ahead) {
  arena_take(walk->arena, &ahead->paths);
  arena_take(&walk->listings, &ahead->listing);
  add_level(walk, ahead->level, ahead->entry->path);
  ahead->level.stream = NULL;
}

static void forget_ahead(Walk *walk) {
  for (Ahead *ahead = walk->ahead; ahead; ahead = ahead->older) {
    if (ahead->level.stream) closedir(ahead->level.stream);
    arena_free(&ahead->paths);
    arena_free(&ahead->listing);
  }
}

/* Walking */

static void enter(Walk *walk, int parent, Entry *entry) {
  if (!entry->ahead && entry->type == DT_DIR) look_ahead(walk, parent);
  if (entry->ahead && entry->ahead->level.stream)
    enter_ahead(walk, entry->ahead);
  else  // or once more, where so many descriptors were too many
    descend(walk, parent, entry->name, O_NOFOLLOW, entry->path);
}

// Visits a file or enters a directory. False when the visitor has had enough. What vanished since
// it was listed is passed over; a dangling link is visited as the link that it is.
static bool take(Walk *walk, int parent, Entry *entry) {
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
  if (wanted(walk, entry)) enter(walk, parent, entry);
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

int file_walk_on(size_t threads, Str root, FileVisitor *visit, FileEnter *may_enter, void *context,
                 Arena *arena, Str *failed) {
  Walk walk = {.root = root,
               .visit = visit,
               .enter = may_enter,
               .context = context,
               .arena = arena,
               .threads = threads};
  bool finished = mem_guard(walk_all, &walk);
  while (walk.depth) closedir(walk.levels[--walk.depth].stream);
  forget_ahead(&walk);
  arena_free(&walk.listings);
  if (!finished) mem_exhausted();
  *failed = walk.failed;
  return walk.error;
}

int file_walk(Str root, FileVisitor *visit, FileEnter *may_enter, void *context, Arena *arena, Str *failed) {
  return file_walk_on(1, root, visit, may_enter, context, arena, failed);
}
