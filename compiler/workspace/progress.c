#include "workspace/progress.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { FIRST_AFTER_MS = 500, AGAIN_AFTER_MS = 100 };

struct Progress {
  bool shown_at_all;  // standard error is a terminal and nobody asked for quiet
  size_t count;
  atomic_size_t done;
  atomic_llong next_ms;  // when the line is written next
  atomic_bool written;
};

static long long now_ms(void) { return (long long)clock_ms(); }

Progress *progress_start(Arena *arena, const Request *request, size_t count) {
  Progress *progress = arena_new(arena, Progress);
  progress->shown_at_all = !request->quiet && isatty(STDERR_FILENO);
  progress->count = count;
  atomic_init(&progress->next_ms, now_ms() + FIRST_AFTER_MS);
  return progress;
}

void progress_step(Progress *progress) {
  if (!progress->shown_at_all) return;
  size_t done = atomic_fetch_add(&progress->done, 1) + 1;
  long long now = now_ms(), due = atomic_load(&progress->next_ms);
  // Only the thread that moves the due time writes.
  if (now < due || !atomic_compare_exchange_strong(&progress->next_ms, &due, now + AGAIN_AFTER_MS)) return;
  fprintf(stderr, "\r\033[K%zu of %zu pages", done, progress->count);
  atomic_store(&progress->written, true);
}

void progress_end(Progress *progress) {
  if (atomic_load(&progress->written)) fputs("\r\033[K", stderr);
}
