/* In: the cache folder. Out: files in it, and fewer of them. Surprising: nothing here tells of an error that
 * matters: what cannot be kept is made again by the next run. */
#include "store/cache_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "store/index_file.h"
#include "store/pack.h"

enum { MOST_INDEXES = 16, PATH_ROOM = 4096 };
static const time_t INDEX_DAYS = 30 * 24 * 60 * 60, ABANDONED = 60 * 60;

Str cache_folder(Arena *arena, Str root) { return path_join(arena, root, STR(".fx/cache")); }

int cache_make(Str folder) { return file_make_directories(folder); }

Str cache_index_path(Arena *arena, Str folder, Digest key) {
  return path_join(
      arena, folder,
      str_printf(arena, "%016llx%016llx.index", (unsigned long long)key.high, (unsigned long long)key.low));
}

/* Writing */

static int put_all(int fd, const Str *parts, size_t count) {
  for (size_t i = 0; i < count; i++) {
    for (Str rest = parts[i]; rest.len;) {
      ssize_t put = write(fd, rest.data, rest.len);
      if (put < 0 && errno != EINTR) return errno;
      if (put > 0) rest = str_skip(rest, (size_t)put);
    }
  }
  return 0;
}

int cache_put(Str path, const Str *parts, size_t count) {
  static atomic_uint counter;
  char name[PATH_ROOM], made[PATH_ROOM];
  if (path.len >= sizeof name - 64) return ENAMETOOLONG;
  snprintf(name, sizeof name, "%.*s", STR_ARG(path));
  Str folder = path_directory(path);
  snprintf(made, sizeof made, "%.*s/.fxc-%ld-%u.tmp", STR_ARG(folder), (long)getpid(),
           atomic_fetch_add(&counter, 1));
  unlink(made);  // of a process that had this number and was killed
  int fd = open(made, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0) return errno;
  int error = put_all(fd, parts, count);
  if (close(fd) && !error && errno != EINTR) error = errno;
  if (!error && rename(made, name)) error = errno;
  if (error) unlink(made);
  return error;
}

int cache_lock(Str folder) {
  Arena scratch = {0};
  const char *path = str_cstr(&scratch, path_join(&scratch, folder, STR("lock")));
  int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  arena_free(&scratch);
  if (lock < 0) return -1;
  int failed, error;
  do failed = flock(lock, LOCK_EX | LOCK_NB), error = errno;
  while (failed && error == EINTR);
  if (!failed) return lock;
  close(lock);
  errno = error;
  return -1;
}

void cache_unlock(int lock) {
  if (lock >= 0) close(lock);
}

/* Sweeping */

typedef struct KeptIndex {
  const char *name;
  time_t used;
} KeptIndex;

typedef struct Sweep {
  Arena arena;
  Str folder;
  DIR *stream;
  Index index;  // that is looked at, if any
  int directory;
  time_t now;
  VEC(KeptIndex) indexes;
  StrMap used;  // keys of fragments, as 16 bytes
} Sweep;

static void remove_name(const Sweep *sweep, const char *name) { unlinkat(sweep->directory, name, 0); }

// ".fxc-PID-N.tmp" of a process that is gone, or of another machine's long ago.
static bool is_abandoned(const char *name, time_t age) {
  static const char before[] = ".fxc-";
  if (!str_starts(str_from(name), STR(".fxc-")) || !str_ends(str_from(name), STR(".tmp"))) return false;
  long process = strtol(name + sizeof before - 1, NULL, 10);
  return age > ABANDONED || (process > 0 && kill((pid_t)process, 0) && errno == ESRCH);
}

static void look_at(Sweep *sweep, const char *name, uint32_t newest_pack) {
  struct stat info;
  Str text = str_from(name);
  if (fstatat(sweep->directory, name, &info, AT_SYMLINK_NOFOLLOW) || !S_ISREG(info.st_mode)) return;
  if (is_abandoned(name, sweep->now - info.st_mtime)) remove_name(sweep, name);
  if (str_starts(text, STR("fragments.")) && strtoul(name + 10, NULL, 10) < newest_pack)
    remove_name(sweep, name);
  if (!str_ends(text, STR(".index"))) return;
  if (info.st_mtime < sweep->now - INDEX_DAYS)
    remove_name(sweep, name);
  else
    vec_push(&sweep->arena, &sweep->indexes, (KeptIndex){str_cstr(&sweep->arena, text), info.st_mtime});
}

static int newest_first(const void *a, const void *b) {
  const KeptIndex *x = a, *y = b;
  return x->used != y->used ? (x->used < y->used) - (x->used > y->used) : strcmp(x->name, y->name);
}

static void drop_old_indexes(Sweep *sweep) {
  if (sweep->indexes.len <= MOST_INDEXES) return;
  qsort(sweep->indexes.data, sweep->indexes.len, sizeof *sweep->indexes.data, newest_first);
  for (size_t i = MOST_INDEXES; i < sweep->indexes.len; i++) remove_name(sweep, sweep->indexes.data[i].name);
  sweep->indexes.len = MOST_INDEXES;
}

// What the indexes use of the pack, each by itself: what two of them share counts twice.
static uint64_t used_bytes(const Sweep *sweep) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < sweep->indexes.len; i++)
    bytes += index_pack_bytes(sweep->directory, sweep->indexes.data[i].name);
  return bytes;
}

static void note_used(Sweep *sweep, const char *name) {
  Index *index = &sweep->index;
  Str path = path_join(&sweep->arena, sweep->folder, str_from(name));
  if (index_map(path, index) != INDEX_FINE) return;
  for (uint32_t i = 0; i < index->page_count; i++) {
    Str key = {(const char *)&index->pages[i].fragment_key, sizeof(Digest)};
    if (!strmap_find(&sweep->used, key))
      strmap_put(&sweep->arena, &sweep->used, str_copy(&sweep->arena, key), NULL);
  }
  index_close(index);
}

static bool is_used(const void *context, Digest key) {
  const Sweep *sweep = context;
  return sweep->used.len && strmap_find(&sweep->used, (Str){(const char *)&key, sizeof key});
}

static void rewrite_pack(Sweep *sweep, uint32_t pack, uint64_t size) {
  uint64_t used = used_bytes(sweep);
  if (!pack || size < PACK_SMALL || size / 2 <= used) return;
  for (size_t i = 0; i < sweep->indexes.len; i++) note_used(sweep, sweep->indexes.data[i].name);
  pack_rewrite(sweep->folder, is_used, sweep);
}

static void sweep_all(void *arg) {
  Sweep *sweep = arg;
  uint64_t size;
  uint32_t newest = pack_newest(sweep->folder, &size);
  sweep->stream = opendir(str_cstr(&sweep->arena, sweep->folder));
  if (!sweep->stream) return;
  sweep->directory = dirfd(sweep->stream);
  for (struct dirent *entry; (entry = readdir(sweep->stream));) look_at(sweep, entry->d_name, newest);
  drop_old_indexes(sweep);
  rewrite_pack(sweep, newest, size);
}

void cache_sweep(Str folder) {
  int lock = cache_lock(folder);
  if (lock < 0) return;
  Sweep sweep = {.folder = folder, .now = time(NULL)};
  mem_guard(sweep_all, &sweep);  // without memory nothing is swept
  if (sweep.stream) closedir(sweep.stream);
  index_close(&sweep.index);
  arena_free(&sweep.arena);
  cache_unlock(lock);
}
