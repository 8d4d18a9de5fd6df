/* In: rules. Out: a digest that differs once something has changed. Surprising: a file's time of change
 * (ctime) is part of it, so that a copy with the old size and the old time of modification differs too. */
#include "watch/poll.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"

typedef struct Sum {
  Arena *arena;
  Digest digest;
} Sum;

// What came before, the name, and what stat() says: zeros but for `error` where there is nothing.
typedef struct LookStep {
  Digest before, name;
  uint64_t device, node, size, mode, error;
  int64_t modified[2], changed[2];
} LookStep;

static void add_step(Sum *sum, Str path, const LookStep *said) {
  LookStep step = *said;
  step.before = sum->digest;
  step.name = digest_str(path);
  sum->digest = digest_str((Str){(const char *)&step, sizeof step});
}

static void add_file(void *context, Str path) {
  Sum *sum = context;
  struct stat info;
  LookStep step = {0};
  if (stat(str_cstr(sum->arena, path), &info)) {
    step.error = (uint64_t)errno;
  } else {
    step.device = info.st_dev;
    step.node = info.st_ino;
    step.size = (uint64_t)info.st_size;
    step.mode = info.st_mode;
    step.modified[0] = info.st_mtim.tv_sec;
    step.modified[1] = info.st_mtim.tv_nsec;
    step.changed[0] = info.st_ctim.tv_sec;
    step.changed[1] = info.st_ctim.tv_nsec;
  }
  add_step(sum, path, &step);
}

static void pass_place(void *context, const WatchPlace *place) { (void)context, (void)place; }

Digest watch_poll_inputs(const WatchRules *rules) {
  Arena scratch = {0};
  Sum sum = {.arena = &scratch};
  WatchVisit visit = {.context = &sum, .place = pass_place, .file = add_file};
  watch_scan(rules, &scratch, &visit);
  arena_free(&scratch);
  return sum.digest;
}

static bool add_name(void *context, Str path, const struct stat *info) {
  static const LookStep nothing = {0};
  (void)info;
  add_step(context, path, &nothing);
  return true;
}

Digest watch_poll_outputs(const WatchRules *rules) {
  Arena scratch = {0};
  Sum sum = {.arena = &scratch};
  Str failed;
  if (rules->overrides.data)
    file_walk(path_directory(rules->overrides), add_name, NULL, &sum, &scratch, &failed);
  arena_free(&scratch);
  return sum.digest;
}

Digest watch_poll_file(Str path) {
  Arena scratch = {0};
  Sum sum = {.arena = &scratch};
  if (path.data) add_file(&sum, path);
  arena_free(&scratch);
  return sum.digest;
}
