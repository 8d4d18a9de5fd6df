/* In: a project, and what happens to its files. Out: when to build. Surprising: a change is never looked up.
 * Whatever it was, the build that follows reads everything anew (or knows from the cache that it need not),
 * so an event can only be too much, and a round of looking after lost events is just a build. */
#include "watch/watch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "watch/poll.h"
#include "watch/queue.h"

enum {
  QUIET_MS = 20,      // a change is over when so long nothing more has come
  SETTLE_MS = 200,    // or after so long
  SHORTEST_MS = 250,  // between two looks
  LONGEST_MS = 2000,
  COSTS = 20,        // looking takes at most one part in so many of the time
  MOST_GONE = 1000,  // outputs that are asked for one by one
};

struct Watch {
  const Request *request;
  WatchEnds ends;
  const char *polls;  // why; NULL: the kernel tells
  Arena rules_arena, news_arena;
  WatchRules *rules;  // of looking
  WatchQueue inputs, outputs;
  bool renew_inputs, renew_outputs;
  WatchNews news;
  Digest lock, overrides;  // as the last build left or found them
  Digest seen, seen_outputs;
  int interval;
};

/* Which way */

static const char *why_not(int error) {
  if (error == ENOSPC) return "the system watches no more folders: see fs.inotify.max_user_watches";
  if (error == EMFILE) return "the system gives no more watchers: see fs.inotify.max_user_instances";
  if (error == ENOSYS) return "this system tells nothing of changes";
  return "watching failed";
}

static void renew_rules(Watch *watch) {
  arena_free(&watch->rules_arena);
  watch->rules = watch_rules(&watch->rules_arena, watch->request);
}

static void look_instead(Watch *watch, const char *why) {
  watch_queue_close(&watch->inputs);
  watch_queue_close(&watch->outputs);
  watch->polls = why;
  renew_rules(watch);
}

static bool hears_all(const WatchRules *rules) {
  if (!notify_sees_all(rules->project.root)) return false;
  for (size_t i = 0; i < rules->libraries.len; i++)
    if (!notify_sees_all(rules->libraries.data[i])) return false;
  return true;
}

Watch *watch_open(const Request *request, WatchMode mode, WatchEnds ends) {
  Watch *watch = mem_alloc(sizeof *watch);
  *watch = (Watch){.request = request, .ends = ends, .renew_inputs = true, .renew_outputs = true};
  watch->inputs.queue = watch->outputs.queue = -1;
  watch->interval = SHORTEST_MS;
  if (mode == WATCH_POLL) watch->polls = "FXC_WATCH asks for it";
  Arena scratch = {0};
  if (mode == WATCH_AUTO && !hears_all(watch_rules(&scratch, request)))
    watch->polls = "the file system does not tell of all changes";
  arena_free(&scratch);
  return watch;
}

const char *watch_polls(const Watch *watch, int *interval) {
  *interval = watch->interval;
  return watch->polls;
}

void watch_close(Watch *watch) {
  watch_queue_close(&watch->inputs);
  watch_queue_close(&watch->outputs);
  arena_free(&watch->rules_arena);
  arena_free(&watch->news_arena);
  mem_free(watch);
}

/* News */

static void forget_news(Watch *watch) {
  arena_reset(&watch->news_arena);
  watch->news = (WatchNews){.arena = &watch->news_arena};
}

// An editor that writes by renaming takes a file away for a moment only.
static bool is_output_missing(WatchNews *news) {
  if (news->gone.len > MOST_GONE) return true;
  for (size_t i = 0; i < news->gone.len; i++)
    if (!file_exists(news->gone.data[i])) return true;
  news->gone.len = 0;
  return false;
}

static const WatchRules *rules_of(const Watch *watch) {
  return watch->polls ? watch->rules : watch->inputs.rules;
}

// Whether somebody else than a build has changed what builds write.
static bool own_differs(const Watch *watch) {
  const WatchRules *rules = rules_of(watch);
  return !digest_same(watch->lock, watch_poll_file(rules->lock)) ||
         !digest_same(watch->overrides, watch_poll_file(rules->overrides));
}

static void take_news(Watch *watch) {
  watch_queue_read_inputs(&watch->inputs, &watch->news);
  if (watch->news.structure) watch->renew_inputs = true;
  watch->news.structure = false;
  watch_queue_read_outputs(&watch->outputs, &watch->news);
  if (watch->news.structure) watch->renew_outputs = true;
  watch->news.structure = false;
}

static Digest look(Watch *watch) {
  double start = clock_ms();
  Digest now = watch_poll_inputs(watch->rules);
  double wait = (clock_ms() - start) * COSTS;
  watch->interval = wait < SHORTEST_MS ? SHORTEST_MS : wait > LONGEST_MS ? LONGEST_MS : (int)wait;
  return now;
}

static bool has_changed(Watch *watch) {
  if (!watch->request->today_given && date_today() != watch->request->today) return true;
  if (watch->polls)
    return !digest_same(watch->seen, look(watch)) || own_differs(watch) ||
           !digest_same(watch->seen_outputs, watch_poll_outputs(watch->rules));
  take_news(watch);
  bool own = watch->news.own && own_differs(watch);
  watch->news.own = false;
  return watch->news.changes || watch->renew_inputs || own || is_output_missing(&watch->news);
}

/* Around a build */

static void renew_outputs(Watch *watch) {
  watch->renew_outputs = false;
  watch_queue_close(&watch->outputs);
  int error = watch_queue_outputs(&watch->outputs, watch->inputs.rules);
  if (error) look_instead(watch, why_not(error));
}

// The first queue is opened twice: only with the first one is the project file watched that says what to
// watch.
static void renew_inputs(Watch *watch) {
  int rounds = watch->inputs.queue < 0 ? 2 : 1, error = 0;
  watch->renew_inputs = false;
  for (int i = 0; i < rounds && !error; i++) {
    watch_queue_close(&watch->inputs);
    error = watch_queue_inputs(&watch->inputs, watch->request);
  }
  if (error) look_instead(watch, why_not(error));
  if (!error) renew_outputs(watch);
}

void watch_before(Watch *watch) {
  forget_news(watch);
  if (!watch->polls) take_news(watch);
  forget_news(watch);
  if (!watch->polls && watch->renew_inputs) renew_inputs(watch);
  if (watch->polls) renew_rules(watch);
  if (watch->polls) watch->seen = look(watch);
  watch->lock = watch_poll_file(rules_of(watch)->lock);
  watch->overrides = watch_poll_file(rules_of(watch)->overrides);
}

void watch_after(Watch *watch, bool wrote_lock) {
  if (wrote_lock) watch->lock = watch_poll_file(rules_of(watch)->lock);
  if (watch->polls) {
    watch->seen_outputs = watch_poll_outputs(watch->rules);
    return;
  }
  WatchNews builds = {.arena = &watch->news_arena};
  watch_queue_read_outputs(&watch->outputs, &builds);
  if (builds.structure || watch->renew_outputs) renew_outputs(watch);
  watch->news.own = true;
}

/* Waiting */

typedef enum Waited { WAITED_LONG, WAITED_NEWS, WAITED_END } Waited;

// Somebody may write into standard input; only its end says something.
static bool has_ended(int input) {
  char ignored[4096];
  ssize_t got = read(input, ignored, sizeof ignored);
  return got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
}

// Until something comes, or for so many milliseconds; -1: for as long as it takes.
static Waited wait_for(const Watch *watch, int ms) {
  const WatchEnds *ends = &watch->ends;
  struct pollfd all[] = {{ends->stop, POLLIN, 0},          {ends->input, POLLIN, 0},
                         {ends->output[0], 0, 0},          {ends->output[1], 0, 0},
                         {watch->inputs.queue, POLLIN, 0}, {watch->outputs.queue, POLLIN, 0}};
  int ready = poll(all, sizeof all / sizeof *all, ms);
  if (ready < 0 && errno != EINTR) return WAITED_END;
  if (ready <= 0) return WAITED_LONG;
  if (all[0].revents) return WAITED_END;
  if (all[1].revents && has_ended(ends->input)) return WAITED_END;
  if ((all[2].revents | all[3].revents) & (POLLERR | POLLHUP)) return WAITED_END;
  return WAITED_NEWS;
}

static int until_midnight(const Watch *watch) {
  enum { DAY = 24 * 60 * 60 };
  if (watch->request->today_given) return -1;
  return (int)(DAY - time(NULL) % DAY) * 1000;
}

// A change comes in many events: an editor writes, renames and removes, a checkout touches a thousand files.
static Waited settle(Watch *watch) {
  double start = clock_ms(), last = start, now = start;
  while (now < last + QUIET_MS && now < start + SETTLE_MS) {
    double end = last + QUIET_MS < start + SETTLE_MS ? last + QUIET_MS : start + SETTLE_MS;
    size_t before = watch->news.changes + watch->news.gone.len;
    Digest seen = watch->seen;
    if (wait_for(watch, (int)(end - now) + 1) == WAITED_END) return WAITED_END;
    if (watch->polls)
      watch->seen = look(watch);
    else
      take_news(watch);
    now = clock_ms();
    if (watch->news.changes + watch->news.gone.len != before || !digest_same(seen, watch->seen)) last = now;
  }
  return WAITED_NEWS;
}

WatchAnswer watch_wait(Watch *watch) {
  while (!has_changed(watch))
    if (wait_for(watch, watch->polls ? watch->interval : until_midnight(watch)) == WAITED_END)
      return WATCH_END;
  return settle(watch) == WAITED_END ? WATCH_END : WATCH_CHANGED;
}
