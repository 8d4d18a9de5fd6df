/* Preloaded into a program, counts the system calls and allocations that it asks the C library for, and lets
 * one of them fail, or the program be killed in front of it. Surprising: what the C library does inside
 * itself is not seen, but for allocations.
 *
 *   FAULT=NAME#N:ERRNO    call number N of that function fails with that errno (a number)
 *   FAULT=NAME#N+:ERRNO   so does every later one: a disk that stays full
 *   FAULT=NAME#N:short    it reads or writes one byte
 *   FAULT=NAME#N:torn     it writes half of what it was given, and the program is killed
 *   FAULT=call#N:kill     the program is killed in front of call number N of all
 *   FAULT=alloc#N:12      the same of allocations (alloc#N+ too), which are counted by themselves
 *   FAULT_TRACE=FILE  a line each: number, function, path or descriptor; at last the number of allocations
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

typedef enum Deed { DEED_NONE, DEED_FAIL, DEED_SHORT, DEED_TORN, DEED_KILL } Deed;

static atomic_long calls, allocations;
static long chosen;
static bool of_allocations, stays;
static Deed deed;
static int error;
static int trace = -1;
static char kind[32];       // the function that is meant; empty: all
static atomic_long counts;  // of its calls

static void put_line(const char *format, ...) {
  char line[4400];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length > 0)
    syscall(SYS_write, trace, line, (size_t)length < sizeof line ? (size_t)length : sizeof line);
}

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULT_TRACE"), *spec = getenv("FAULT");
  if (file) trace = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  atomic_store(&calls, 0);
  atomic_store(&allocations, 0);
  if (!spec) return;
  const char *number = strchr(spec, '#');
  if (!number || number - spec >= (long)sizeof kind) return;
  memcpy(kind, spec, (size_t)(number - spec));
  of_allocations = strcmp(kind, "alloc") == 0;
  if (strcmp(kind, "call") == 0) kind[0] = 0;
  char *rest;
  chosen = strtol(number + 1, &rest, 10);
  stays = *rest == '+';
  rest += stays + 1;
  deed = strcmp(rest, "short") == 0  ? DEED_SHORT
         : strcmp(rest, "torn") == 0 ? DEED_TORN
         : strcmp(rest, "kill") == 0 ? DEED_KILL
                                     : DEED_FAIL;
  error = deed == DEED_FAIL ? atoi(rest) : 0;
}

__attribute__((destructor)) static void end(void) {
  if (trace >= 0) put_line("0 allocations %ld\n", atomic_load(&allocations));
}

static void die(void) { syscall(SYS_kill, (pid_t)syscall(SYS_getpid), SIGKILL); }

// What is to be done to this call.
static Deed meet(const char *name, const char *path, long descriptor) {
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (trace >= 0 && path) put_line("%ld %s %s\n", number, name, path);
  if (trace >= 0 && !path) put_line("%ld %s %ld\n", number, name, descriptor);
  if (of_allocations || deed == DEED_NONE || (kind[0] && strcmp(kind, name) != 0)) return DEED_NONE;
  number = atomic_fetch_add(&counts, 1) + 1;
  if (number < chosen || (number > chosen && !stays)) return DEED_NONE;
  if (deed == DEED_KILL) die();
  if (deed == DEED_FAIL) errno = error;
  return deed;
}

#define REAL(type, name, ...)       \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define CALL(type, name, bad, path, descriptor, parameters, ...)   \
  type name parameters {                                           \
    static type(*real) parameters;                                 \
    if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name); \
    if (meet(#name, path, descriptor) == DEED_FAIL) return bad;    \
    return real(__VA_ARGS__);                                      \
  }

/* Names of files */

int open(const char *path, int flags, ...) {
  REAL(int, open, const char *, int, ...);
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return meet("open", path, 0) == DEED_FAIL ? -1 : real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  REAL(int, openat, int, const char *, int, ...);
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return meet(flags & O_CREAT ? "create" : "openat", path, 0) == DEED_FAIL ? -1
                                                                           : real(folder, path, flags, mode);
}

CALL(int, __open_2, -1, path, 0, (const char *path, int flags), path, flags)
CALL(int, __openat_2, -1, path, 0, (int folder, const char *path, int flags), folder, path, flags)
CALL(FILE *, fopen, NULL, path, 0, (const char *path, const char *mode), path, mode)
CALL(DIR *, opendir, NULL, path, 0, (const char *path), path)
CALL(DIR *, fdopendir, NULL, NULL, descriptor, (int descriptor), descriptor)
CALL(int, rename, -1, to, 0, (const char *from, const char *to), from, to)
CALL(int, renameat, -1, to, 0, (int a, const char *from, int b, const char *to), a, from, b, to)
CALL(int, renameat2, -1, to, 0, (int a, const char *from, int b, const char *to, unsigned flags), a, from, b,
     to, flags)
CALL(int, mkdir, -1, path, 0, (const char *path, mode_t mode), path, mode)
CALL(int, mkdirat, -1, path, 0, (int folder, const char *path, mode_t mode), folder, path, mode)
CALL(int, unlink, -1, path, 0, (const char *path), path)
CALL(int, unlinkat, -1, path, 0, (int folder, const char *path, int flags), folder, path, flags)
CALL(int, rmdir, -1, path, 0, (const char *path), path)
CALL(int, link, -1, to, 0, (const char *from, const char *to), from, to)
CALL(int, linkat, -1, to, 0, (int a, const char *from, int b, const char *to, int flags), a, from, b, to,
     flags)
CALL(int, symlink, -1, to, 0, (const char *from, const char *to), from, to)
CALL(int, stat, -1, path, 0, (const char *path, struct stat *info), path, info)
CALL(int, lstat, -1, path, 0, (const char *path, struct stat *info), path, info)
CALL(int, fstatat, -1, path, 0, (int folder, const char *path, struct stat *info, int flags), folder, path,
     info, flags)
CALL(int, statfs, -1, path, 0, (const char *path, struct statfs *info), path, info)
CALL(int, access, -1, path, 0, (const char *path, int mode), path, mode)
CALL(ssize_t, readlink, -1, path, 0, (const char *path, char *to, size_t size), path, to, size)
CALL(char *, realpath, NULL, path, 0, (const char *path, char *to), path, to)
CALL(char *, getcwd, NULL, "", 0, (char *to, size_t size), to, size)

/* Descriptors */

CALL(int, close, (syscall(SYS_close, descriptor), -1), NULL, descriptor, (int descriptor), descriptor)
CALL(int, fstat, -1, NULL, descriptor, (int descriptor, struct stat *info), descriptor, info)
CALL(int, ftruncate, -1, NULL, descriptor, (int descriptor, off_t size), descriptor, size)
CALL(int, fsync, -1, NULL, descriptor, (int descriptor), descriptor)
CALL(int, fdatasync, -1, NULL, descriptor, (int descriptor), descriptor)
CALL(int, fchmod, -1, NULL, descriptor, (int descriptor, mode_t mode), descriptor, mode)
CALL(int, flock, -1, NULL, descriptor, (int descriptor, int operation), descriptor, operation)
CALL(off_t, lseek, -1, NULL, descriptor, (int descriptor, off_t at, int from), descriptor, at, from)
CALL(int, futimens, -1, NULL, descriptor, (int descriptor, const struct timespec times[2]), descriptor, times)
CALL(void *, mmap, MAP_FAILED, NULL, descriptor,
     (void *at, size_t size, int how, int flags, int descriptor, off_t from), at, size, how, flags,
     descriptor, from)
CALL(int, pipe2, -1, NULL, flags, (int ends[2], int flags), ends, flags)
CALL(int, inotify_init1, -1, NULL, flags, (int flags), flags)
CALL(int, inotify_add_watch, -1, path, 0, (int queue, const char *path, uint32_t mask), queue, path, mask)
CALL(int, poll, -1, NULL, (long)count, (struct pollfd * all, nfds_t count, int timeout), all, count, timeout)

int fcntl(int descriptor, int command, ...) {
  REAL(int, fcntl, int, int, ...);
  va_list arguments;
  va_start(arguments, command);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  return meet("fcntl", NULL, descriptor) == DEED_FAIL ? -1 : real(descriptor, command, argument);
}

struct dirent *readdir(DIR *stream) {
  REAL(struct dirent *, readdir, DIR *);
  return meet("readdir", NULL, 0) == DEED_FAIL ? NULL : real(stream);
}

// The stream is gone, as with close().
int closedir(DIR *stream) {
  REAL(int, closedir, DIR *);
  Deed what = meet("closedir", NULL, 0);
  int answer = real(stream);
  if (what == DEED_FAIL) errno = error;
  return what == DEED_FAIL ? -1 : answer;
}

static ssize_t write_some(int descriptor, const void *bytes, size_t size, Deed what) {
  if (what == DEED_FAIL) return -1;
  if (what == DEED_TORN) syscall(SYS_write, descriptor, bytes, size / 2), die();
  return (ssize_t)syscall(SYS_write, descriptor, bytes, what == DEED_SHORT && size ? 1 : size);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  return write_some(descriptor, bytes, size, meet("write", NULL, descriptor));
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at) {
  Deed what = meet("pwrite", NULL, descriptor);
  if (what == DEED_FAIL) return -1;
  if (what == DEED_TORN) syscall(SYS_pwrite64, descriptor, bytes, size / 2, at), die();
  return (ssize_t)syscall(SYS_pwrite64, descriptor, bytes, what == DEED_SHORT && size ? 1 : size, at);
}

ssize_t read(int descriptor, void *to, size_t size) {
  Deed what = meet("read", NULL, descriptor);
  if (what == DEED_FAIL) return -1;
  return (ssize_t)syscall(SYS_read, descriptor, to, what == DEED_SHORT && size ? 1 : size);
}

ssize_t pread(int descriptor, void *to, size_t size, off_t at) {
  Deed what = meet("pread", NULL, descriptor);
  if (what == DEED_FAIL) return -1;
  return (ssize_t)syscall(SYS_pread64, descriptor, to, what == DEED_SHORT && size ? 1 : size, at);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument) {
  REAL(int, pthread_create, pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  return meet("pthread_create", NULL, 0) == DEED_FAIL ? EAGAIN : real(thread, how, run, argument);
}

/* Allocations */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool fails(void) {
  long number = atomic_fetch_add(&allocations, 1) + 1;
  if (!of_allocations || number < chosen || (number > chosen && !stays)) return false;
  errno = ENOMEM;
  return true;
}

void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return fails() ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }
