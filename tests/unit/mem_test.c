// Memory that runs out. The linker sends this program's malloc() and realloc() through the two
// functions below, so that any of them can fail on demand.
#include "base/mem.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "unit.h"

// The names that the linker gives them (--wrap).
// NOLINTBEGIN(bugprone-reserved-identifier)
void *__real_malloc(size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *old, size_t size);
// NOLINTEND(bugprone-reserved-identifier)

static long calls_left = -1;  // -1: never fail

static bool fails(void) { return calls_left >= 0 && calls_left-- == 0; }

void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_realloc(void *old, size_t size) { return fails() ? NULL : __real_realloc(old, size); }

typedef struct Job {
  Arena arena;
  Buf buf;
  bool reached_end;
} Job;

static void fill(void *arg) {
  Job *job = arg;
  StrMap map = {0};
  for (unsigned i = 0; i < 2000; i++) {
    Str name = str_printf(&job->arena, "name %u", i);
    *strmap_put(&job->arena, &map, name, NULL) = i;
    buf_put(&job->buf, name);
  }
  job->reached_end = true;
}

// Fails the first, the second, … allocation until the job gets through.
START_TEST(every_failure_reaches_the_guard) {
  bool finished = false;
  int failures = 0;
  for (long n = 0; !finished; n++, failures++) {
    Job job = {0};
    calls_left = n;
    finished = mem_guard(fill, &job);
    calls_left = -1;
    ck_assert_int_eq(finished, job.reached_end);
    arena_free(&job.arena);
    buf_free(&job.buf);
    ck_assert_int_lt(n, 1000);
  }
  ck_assert_int_gt(failures, 5);
}
END_TEST

static void inner(void *arg) {
  (void)arg;
  calls_left = 0;
  mem_alloc(1);
}

static void outer(void *arg) {
  *(bool *)arg = mem_guard(inner, NULL);
  mem_free(mem_alloc(0));
}

START_TEST(guards_nest) {
  bool inner_finished = true;
  ck_assert(mem_guard(outer, &inner_finished));
  ck_assert(!inner_finished);
}
END_TEST

static void ask_too_much(void *arg) { arena_alloc(arg, SIZE_MAX - 8); }

START_TEST(impossible_sizes_count_as_exhausted) {
  Arena arena = {0};
  ck_assert(!mem_guard(ask_too_much, &arena));
  arena_free(&arena);
}
END_TEST

static bool no_visit(void *context, Str path, const struct stat *info) {
  (void)context, (void)path, (void)info;
  return true;
}

static void use_files(void *arg) {
  Job *job = arg;
  Str text, failed;
  int error = file_read(STR("/proc/self/maps"), &job->arena, 0, &text);
  if (!error) error = file_walk(STR("/proc/self/task"), no_visit, NULL, NULL, &job->arena, &failed);
  job->reached_end = error == 0 || error == ENOMEM;
}

// The next descriptor to be opened is always the same: no failure leaves one open.
START_TEST(descriptors_are_closed_on_the_way_out) {
  bool finished = false;
  FILE *before = fopen("/dev/null", "r");
  int expected = fileno(before);
  fclose(before);
  for (long n = 0; !finished && n < 1000; n++) {
    Job job = {0};
    calls_left = n;
    finished = mem_guard(use_files, &job);
    finished = finished && calls_left >= 0;
    calls_left = -1;
    arena_free(&job.arena);
    FILE *after = fopen("/dev/null", "r");
    ck_assert_int_eq(fileno(after), expected);
    fclose(after);
  }
  ck_assert(finished);
}
END_TEST

UNIT_MAIN("mem", every_failure_reaches_the_guard, guards_nest, impossible_sizes_count_as_exhausted,
          descriptors_are_closed_on_the_way_out)
