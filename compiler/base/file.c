// Files in, files out: paths come in as byte strings without a NUL, errno values go out. What may
// surprise: memory can run out between open() and close(), so such stretches run under a guard of
// their own that closes the descriptor before it passes the failure on.
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"

// Spans count bytes in 32 bits; a file beyond that has no places.
static const size_t LARGEST_FILE = UINT32_MAX - FILE_PADDING;

typedef struct CPath {
  char text[PATH_MAX];
} CPath;

// Copies the path with a NUL behind it. 0 or an errno value.
static int c_path(Str path, CPath *copy) {
  if (path.len >= sizeof copy->text) return ENAMETOOLONG;
  if (str_find_char(path, '\0') >= 0) return EINVAL;
  if (path.len) memcpy(copy->text, path.data, path.len);
  copy->text[path.len] = '\0';
  if (path.len == 0) return ENOENT;
  return 0;
}

static int open_retrying(int directory, const char *path, int flags, mode_t mode) {
  int fd;
  do fd = openat(directory, path, flags | O_CLOEXEC, mode);
  while (fd < 0 && errno == EINTR);
  return fd;
}

// One read() that a signal does not end. -1 with errno on failure.
static ssize_t read_some(int fd, char *to, size_t size) {
  ssize_t got;
  do got = read(fd, to, size < SSIZE_MAX ? size : SSIZE_MAX);
  while (got < 0 && errno == EINTR);
  return got;
}

typedef struct Reading {
  int fd, error;
  Arena *arena;
  size_t limit;
  char *data;
  size_t len, space;
} Reading;

// The first read asks for as much as lies at hand on the arena: most files fit, and who reads to the end
// needs to ask nobody for the size.
enum { FIRST_READ = 16 * 1024 };

static size_t first_space(const Reading *r) {
  size_t free = arena_room(r->arena), space = FIRST_READ;
  if (free > space + FILE_PADDING) space = free - FILE_PADDING;
  return space <= r->limit ? space : r->limit + 1;
}

// A file that fills the room, or gives nothing, may be no file at all.
static int size_up(const Reading *r, size_t *size) {
  struct stat info;
  if (fstat(r->fd, &info)) return errno;
  if (S_ISDIR(info.st_mode)) return EISDIR;
  if (!S_ISREG(info.st_mode)) return ENOTSUP;
  if ((uintmax_t)info.st_size > r->limit) return EFBIG;
  *size = (size_t)info.st_size;
  return 0;
}

static void set_space(Reading *r, size_t space) {
  size_t before = r->data ? r->space + FILE_PADDING : 0;
  r->data = arena_grow(r->arena, r->data, before, space + FILE_PADDING);
  r->space = space;
}

// Room for what is left, and a byte more, which tells the end. In /proc sizes are 0, and every file is read
// to its end.
static void make_room(Reading *r) {
  size_t size = 0;
  r->error = size_up(r, &size);
  if (r->error) return;
  set_space(r, size > r->len ? size + 1 : r->space * 2);
}

static void read_all(void *arg) {
  Reading *r = arg;
  set_space(r, first_space(r));
  while (!r->error) {
    ssize_t got = read_some(r->fd, r->data + r->len, r->space - r->len);
    if (got < 0) r->error = errno;
    if (got <= 0) break;
    r->len += (size_t)got;
    if (r->len > r->limit) r->error = EFBIG;
    if (!r->error && r->len == r->space) make_room(r);
  }
  size_t size;
  int kind = r->len && !r->error ? 0 : size_up(r, &size);
  if (kind) r->error = kind;
  memset(r->data + r->len, 0, FILE_PADDING);
  r->data = arena_grow(r->arena, r->data, r->space + FILE_PADDING, r->len + FILE_PADDING);
}

enum { READING = O_RDONLY | O_NONBLOCK };  // a FIFO must not hang us

static int read_open(int fd, Arena *arena, size_t limit, Str *text) {
  if (fd < 0) return errno;
  if (limit == 0 || limit > LARGEST_FILE) limit = LARGEST_FILE;
  Reading r = {.fd = fd, .arena = arena, .limit = limit};
  bool finished = mem_guard(read_all, &r);
  close(fd);
  if (!finished) mem_exhausted();
  if (!r.error) *text = (Str){r.data, r.len};
  return r.error;
}

void file_leave(FileFolder *folder) {
  if (folder->path.data) close(folder->fd);
  *folder = (FileFolder){0};
}

// What *rest is relative to: the folder, or where that cannot be had, the current directory.
static int way_to(FileFolder *folder, Str path, CPath *name, const char **rest) {
  ptrdiff_t slash = str_rfind_char(path, '/');
  *rest = name->text;
  if (!folder || slash <= 0 || (size_t)slash + 1 == path.len) return AT_FDCWD;
  if (!folder->path.data || !str_eq(folder->path, str_take(path, (size_t)slash))) {
    file_leave(folder);
    name->text[slash] = '\0';
    int fd = open_retrying(AT_FDCWD, name->text, O_PATH | O_DIRECTORY, 0);
    name->text[slash] = '/';
    if (fd < 0) return AT_FDCWD;
    *folder = (FileFolder){.path = str_take(path, (size_t)slash), .fd = fd};
  }
  *rest = name->text + slash + 1;
  return folder->fd;
}

// Noting the time of each reading takes longer than many a look-up; only owners may do without.
static int open_unnoted(FileFolder *folder, int at, const char *name) {
  if (!folder || folder->foreign) return open_retrying(at, name, READING, 0);
  int fd = open_retrying(at, name, READING | O_NOATIME, 0);
  if (fd >= 0 || errno != EPERM) return fd;
  folder->foreign = true;
  return open_retrying(at, name, READING, 0);
}

int file_read_in(FileFolder *folder, Str path, Arena *arena, size_t limit, Str *text) {
  *text = STR_NONE;
  CPath name;
  const char *rest;
  int error = c_path(path, &name);
  if (error) return error;
  int at = way_to(folder, path, &name, &rest);
  return read_open(open_unnoted(folder, at, rest), arena, limit, text);
}

int file_read(Str path, Arena *arena, size_t limit, Str *text) {
  return file_read_in(NULL, path, arena, limit, text);
}

int file_stat_in(FileFolder *folder, Str path, struct stat *info) {
  CPath name;
  const char *rest;
  int error = c_path(path, &name);
  if (error) return error;
  int at = way_to(folder, path, &name, &rest);
  return fstatat(at, rest, info, 0) ? errno : 0;
}

static bool has_kind(Str path, mode_t kind) {
  CPath name;
  struct stat info;
  if (c_path(path, &name) || stat(name.text, &info)) return false;
  return !kind || (info.st_mode & S_IFMT) == kind;
}

bool file_exists(Str path) { return has_kind(path, 0); }
bool file_is_directory(Str path) { return has_kind(path, S_IFDIR); }

static int make_one(const char *path) {
  if (mkdir(path, 0777) == 0) return 0;
  int error = errno;
  struct stat info;
  if (stat(path, &info) == 0) return S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
  return error;
}

int file_make_directories(Str path) {
  CPath name;
  int error = c_path(path, &name);
  if (error) return error;
  if (make_one(name.text) == 0) return 0;
  for (char *at = name.text + 1; *at; at++) {
    if (*at != '/') continue;
    *at = '\0';
    error = make_one(name.text);
    *at = '/';
    if (error) return error;
  }
  return make_one(name.text);
}

static int write_all(int fd, Str content) {
  while (content.len) {
    ssize_t put = write(fd, content.data, content.len < SSIZE_MAX ? content.len : SSIZE_MAX);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    content = str_skip(content, (size_t)put);
  }
  return 0;
}

enum { TEMPORARY_NAME = 48, TRIES = 100 };

// Creates a neighbour that nobody else has; O_EXCL never follows a link somebody laid there.
static int create_neighbour(int directory, char name[TEMPORARY_NAME]) {
  static atomic_uint counter;
  int fd = -1;
  for (int i = 0; i < TRIES; i++) {
    snprintf(name, TEMPORARY_NAME, ".fxc-%ld-%u.tmp", (long)getpid(), atomic_fetch_add(&counter, 1));
    fd = open_retrying(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
    if (fd >= 0 || errno != EEXIST) break;
  }
  return fd;
}

// Fills the neighbour, which gets the old file's permissions.
static int fill(int directory, int fd, const char *name, Str content) {
  struct stat old;
  int error = write_all(fd, content);
  bool exists = fstatat(directory, name, &old, AT_SYMLINK_NOFOLLOW) == 0;
  if (!error && exists && S_ISREG(old.st_mode) && fchmod(fd, old.st_mode & 07777)) error = errno;
  if (close(fd) && !error && errno != EINTR) error = errno;
  return error;
}

// The neighbour of a file, filled, and put in its place if `put`.
static int write_neighbour(Str path, Str content, bool put, char temporary[TEMPORARY_NAME]) {
  CPath parent, name;
  int error = c_path(path_directory(path), &parent);
  if (!error) error = c_path(path_base(path), &name);
  if (error) return error;
  int directory = open_retrying(AT_FDCWD, parent.text, O_RDONLY | O_DIRECTORY, 0);
  if (directory < 0) return errno;
  int fd = create_neighbour(directory, temporary);
  error = fd < 0 ? errno : fill(directory, fd, name.text, content);
  if (!error && put && renameat(directory, temporary, directory, name.text)) error = errno;
  if (error && fd >= 0) unlinkat(directory, temporary, 0);
  close(directory);
  return error;
}

// A rename would put a plain file in the place of /dev/null, of a pipe, or of the link /dev/stdout.
static bool is_stream(const char *path) {
  struct stat info;
  if (lstat(path, &info) || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)) return false;
  return !S_ISLNK(info.st_mode) || !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6);
}

static int write_stream(const char *path, Str content) {
  int fd = open_retrying(AT_FDCWD, path, O_WRONLY | O_APPEND, 0);
  if (fd < 0) return errno;
  int error = write_all(fd, content);
  if (close(fd) && !error && errno != EINTR) error = errno;
  return error;
}

int file_write_atomic(Str path, Str content) {
  char temporary[TEMPORARY_NAME];
  CPath name;
  int error = c_path(path, &name);
  if (error) return error;
  return is_stream(name.text) ? write_stream(name.text, content)
                              : write_neighbour(path, content, true, temporary);
}

int file_stage(Arena *arena, Str path, Str content, Str *staged) {
  char temporary[TEMPORARY_NAME];
  int error = write_neighbour(path, content, false, temporary);
  if (!error) *staged = path_join(arena, path_directory(path), str_copy(arena, str_from(temporary)));
  return error;
}

int file_put(Str staged, Str path) {
  CPath from, to;
  int error = c_path(staged, &from);
  if (!error) error = c_path(path, &to);
  if (!error && renameat(AT_FDCWD, from.text, AT_FDCWD, to.text)) error = errno;
  return error;
}

void file_unstage(Str staged) {
  CPath name;
  if (!c_path(staged, &name)) unlink(name.text);
}

int file_write_new(Str path, Str content) {
  CPath name;
  int error = c_path(path, &name);
  if (error) return error;
  int fd = open_retrying(AT_FDCWD, name.text, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);
  if (fd < 0) return errno;
  error = write_all(fd, content);
  if (close(fd) && !error && errno != EINTR) error = errno;
  return error;
}

int file_create(Str path, Str content) {
  CPath name;
  int error = c_path(path, &name);
  if (error) return error;
  int fd = open_retrying(AT_FDCWD, name.text, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
  if (fd < 0) return errno;
  error = write_all(fd, content);
  if (close(fd) && !error && errno != EINTR) error = errno;
  if (error) unlink(name.text);
  return error;
}
