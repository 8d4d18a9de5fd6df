/* A handful of open folders, by path; the one that was used longest ago gives way. That a folder is missing
 * is kept as well, since all the files of a new folder ask for it. What may surprise: threads share the
 * descriptors, so a slot counts who uses it, and one that is in use is never closed. */
#include "store/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { SLOTS = 24 };

struct FolderSlot {
  Str path;       // data NULL: free
  int fd, error;  // fd -1: opening it gave this error
  size_t users;
  uint64_t used;  // when, by the count of uses
};

struct Folders {
  Str root;
  bool make;
  pthread_mutex_t lock;
  uint64_t uses;
  FolderSlot slots[SLOTS];
};

Folders *folders_new(Arena *arena, Str root, bool make) {
  Folders *folders = arena_new(arena, Folders);
  folders->root = root;
  folders->make = make;
  pthread_mutex_init(&folders->lock, NULL);
  return folders;
}

static int open_folder(int parent, const char *name, int flags) {
  int fd;
  do fd = openat(parent, name, O_PATH | O_DIRECTORY | O_CLOEXEC | flags);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static int copy_name(Str from, char name[NAME_MAX + 1]) {
  if (from.len > NAME_MAX) return ENAMETOOLONG;
  if (!from.len) return ENOENT;
  memcpy(name, from.data, from.len);
  name[from.len] = '\0';
  return 0;
}

static int open_root(const Folders *folders, int *fd) {
  char path[PATH_MAX];
  if (folders->root.len >= sizeof path) return ENAMETOOLONG;
  memcpy(path, folders->root.data, folders->root.len);
  path[folders->root.len] = '\0';
  *fd = open_folder(AT_FDCWD, path, 0);
  if (*fd >= 0) return 0;
  if (errno != ENOENT || !folders->make) return errno;
  int error = file_make_directories(folders->root);
  if (error) return error;
  *fd = open_folder(AT_FDCWD, path, 0);
  return *fd < 0 ? errno : 0;
}

// One level down, which closes the level above.
static int descend(const Folders *folders, Str name, int *fd) {
  char step[NAME_MAX + 1];
  int parent = *fd, error = copy_name(name, step);
  *fd = error ? -1 : open_folder(parent, step, O_NOFOLLOW);
  if (!error && *fd < 0) error = errno;
  if (error == ENOENT && folders->make) {
    error = mkdirat(parent, step, 0777) && errno != EEXIST ? errno : 0;
    if (!error) *fd = open_folder(parent, step, O_NOFOLLOW);
    if (!error && *fd < 0) error = errno;
  }
  close(parent);
  return error;
}

static int open_path(const Folders *folders, Str path, int *fd) {
  int error = open_root(folders, fd);
  Str step;
  while (!error && path.len && str_split(&path, '/', &step)) error = descend(folders, step, fd);
  if (error) *fd = -1;
  return error;
}

static FolderSlot *find(Folders *folders, Str path) {
  for (size_t i = 0; i < SLOTS; i++)
    if (folders->slots[i].path.data && str_eq(folders->slots[i].path, path)) return &folders->slots[i];
  return NULL;
}

static void empty(FolderSlot *slot) {
  if (slot->path.data && slot->fd >= 0) close(slot->fd);
  *slot = (FolderSlot){.fd = -1};
}

// A free slot, or the one nobody uses whose last use is the oldest; NULL when all are in use.
static FolderSlot *make_room(Folders *folders) {
  FolderSlot *oldest = NULL;
  for (size_t i = 0; i < SLOTS; i++) {
    FolderSlot *slot = &folders->slots[i];
    if (!slot->users && (!oldest || slot->used < oldest->used)) oldest = slot;
  }
  if (oldest) empty(oldest);
  return oldest;
}

static int take_locked(Folders *folders, Str path, FolderPlace *place) {
  FolderSlot *slot = find(folders, path);
  if (!slot) {
    int fd, error = open_path(folders, path, &fd);
    slot = make_room(folders);
    if (!slot) {
      place->folder = fd;
      place->slot = NULL;
      return error;
    }
    *slot = (FolderSlot){.path = path, .fd = fd, .error = error};
  }
  slot->used = ++folders->uses;
  if (slot->fd < 0) return slot->error;
  slot->users++;
  place->folder = slot->fd;
  place->slot = slot;
  return 0;
}

int folders_take(Folders *folders, Str path, FolderPlace *place) {
  ptrdiff_t slash = str_rfind_char(path, '/');
  Str folder = slash < 0 ? str_take(path, 0) : str_take(path, (size_t)slash);
  pthread_mutex_lock(&folders->lock);
  int error = take_locked(folders, folder, place);
  pthread_mutex_unlock(&folders->lock);
  if (error) return error;
  error = copy_name(str_skip(path, (size_t)(slash + 1)), place->name);
  if (error) folders_give(folders, place);
  return error;
}

void folders_give(Folders *folders, FolderPlace *place) {
  if (!place->slot) {
    close(place->folder);
    return;
  }
  pthread_mutex_lock(&folders->lock);
  place->slot->users--;
  pthread_mutex_unlock(&folders->lock);
}

void folders_close(Folders *folders) {
  for (size_t i = 0; i < SLOTS; i++) empty(&folders->slots[i]);
}
