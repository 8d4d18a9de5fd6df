/* In: what stat() says, and the file system's clock. Out: stamps. Surprising: the clock is asked by touching
 * a file and looking what time that got, since no call tells the time that the next change of a file gets. */
#include "store/stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

static const int64_t SECOND = 1000 * 1000 * 1000;
static const int64_t AT_REST_ELSEWHERE = 24 * 60 * 60 * (int64_t)1000 * 1000 * 1000;
enum { CLOCK_TRIES = 20, CLOCK_PAUSE_NS = 1000 * 1000 };

static int64_t nanoseconds(struct timespec time) { return (int64_t)time.tv_sec * SECOND + time.tv_nsec; }

Stamp stamp_of(const struct stat *info, const StampClock *clock) {
  Stamp stamp = {
      .device = info->st_dev,
      .inode = info->st_ino,
      .size = (uint64_t)info->st_size,
      .modified = nanoseconds(info->st_mtim),
      .changed = nanoseconds(info->st_ctim),
      .kind = info->st_mode,
  };
  if (clock && clock->now) {
    int64_t before = clock->now - (stamp.device == clock->device ? 0 : AT_REST_ELSEWHERE);
    stamp.trusted = stamp.modified < before && stamp.changed < before;
  }
  return stamp;
}

Stamp stamp_at(const char *path, const StampClock *clock) {
  struct stat info;
  if (stat(path, &info) != 0) return (Stamp){0};
  return stamp_of(&info, clock);
}

bool stamp_same(const Stamp *a, const Stamp *b) {
  return a->device == b->device && a->inode == b->inode && a->size == b->size && a->modified == b->modified &&
         a->changed == b->changed && a->kind == b->kind;
}

static int open_clock(Str folder) {
  Arena scratch = {0};
  const char *path = str_cstr(&scratch, path_join(&scratch, folder, STR("clock")));
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666), error = errno;
  arena_free(&scratch);
  errno = error;
  return fd;
}

static bool ask(int fd, StampClock *clock) {
  static const struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  struct stat info;
  if (futimens(fd, now) || fstat(fd, &info)) return false;
  *clock = (StampClock){nanoseconds(info.st_ctim), info.st_dev};
  return true;
}

StampClock stamp_clock(Str folder) { return stamp_clock_after(folder, INT64_MIN); }

StampClock stamp_clock_after(Str folder, int64_t after) {
  static const struct timespec pause = {0, CLOCK_PAUSE_NS};
  StampClock clock = {0};
  int fd = open_clock(folder);
  if (fd < 0) return clock;
  for (int i = 0; ask(fd, &clock) && clock.now <= after && i < CLOCK_TRIES; i++) nanosleep(&pause, NULL);
  close(fd);
  return clock;
}
