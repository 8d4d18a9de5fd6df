/* Put in front of the C library (LD_PRELOAD): writing below the folder $FAIL_BELOW fails with $FAIL_WITH (an
 * errno value) once $FAIL_AFTER bytes have been written there; with 0 bytes nothing can be made there either,
 * as on a file system that is read-only. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long left(void) {
  static long bytes = -1;
  if (bytes < 0) bytes = atol(getenv("FAIL_AFTER"));
  return bytes;
}

static long written;

static int fail(void) {
  errno = atoi(getenv("FAIL_WITH"));
  return -1;
}

static int is_below(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return strstr(path, getenv("FAIL_BELOW")) != NULL;
}

// How many of the bytes still fit; -1 for none.
static ssize_t room(int fd, size_t count) {
  if (!is_below(fd)) return (ssize_t)count;
  if (written >= left()) return fail();
  if ((long)count > left() - written) count = (size_t)(left() - written);
  written += (long)count;
  return (ssize_t)count;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  ssize_t some = room(fd, count);
  return some < 0 ? -1 : real(fd, bytes, (size_t)some);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  ssize_t some = room(fd, count);
  return some < 0 ? -1 : real(fd, bytes, (size_t)some, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

static int open_at(int folder, const char *path, int flags, mode_t mode) {
  static int (*real)(int, const char *, int, ...);
  if (!real) real = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
  int below =
      strstr(path, getenv("FAIL_BELOW")) || (path[0] != '/' && folder != AT_FDCWD && is_below(folder));
  return left() == 0 && (flags & O_ACCMODE) != O_RDONLY && below ? fail() : real(folder, path, flags, mode);
}

static mode_t mode_of(int flags, va_list args) { return flags & O_CREAT ? va_arg(args, mode_t) : 0; }

int open(const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  mode_t mode = mode_of(flags, args);
  va_end(args);
  return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  mode_t mode = mode_of(flags, args);
  va_end(args);
  return open_at(folder, path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
  static int (*real)(const char *, mode_t);
  if (!real) real = (int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "mkdir");
  size_t length = strlen(getenv("FAIL_BELOW")) - 1;  // without the slash: the folder itself
  return left() == 0 && strstr(path, ".fx") && strncmp(strstr(path, ".fx"), getenv("FAIL_BELOW"), length) == 0
             ? fail()
             : real(path, mode);
}
