/* watch: build, wait, build again. Diagnostics go where those of `build` go; standard output has the lines
 * that scripts wait for. */
#include "watch/watch.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/stop.h"
#include "commands/build.h"

// False: nobody reads it any more.
static bool say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static bool say(const char *format, ...) {
  Buf text = {0};
  va_list arguments;
  va_start(arguments, format);
  buf_vprintf(&text, format, arguments);
  va_end(arguments);
  bool said = true;
  for (size_t at = 0; said && at < text.len;) {
    ssize_t written = write(STDOUT_FILENO, text.data + at, text.len - at);
    if (written > 0) at += (size_t)written;
    said = written > 0 || errno == EINTR;
  }
  buf_free(&text);
  return said;
}

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static bool say_begin(const Request *request) {
  bool clears = request->clear && isatty(STDOUT_FILENO);
  return say("%sfxc watch: building\n", clears ? "\033[H\033[2J\033[3J" : "");
}

// A build that could not write has an error, whatever the diagnostics say.
static bool say_ready(DiagTotals totals, ExitStatus status) {
  size_t errors = totals.errors || status == EXIT_GOOD ? totals.errors : 1;
  return say("fxc watch: ready (%zu error%s, %zu warning%s)\n", errors, plural(errors), totals.warnings,
             plural(totals.warnings));
}

// Why it looks by itself, once for each reason.
static bool say_how(const Watch *watch, const char **told) {
  int interval;
  const char *why = watch_polls(watch, &interval);
  if (!why || why == *told) return true;
  *told = why;
  return say("fxc watch: looking for changes every %d ms (%s)\n", interval, why);
}

// One build. False when watching is over: somebody asked, or nobody listens. An environment that the project
// does not have is a wrong command line the first time, and later on a wrong project file.
static bool build(Watch *watch, const Request *request, const char **told, bool first, ExitStatus *status) {
  Compilation compilation = {0};
  if (!say_begin(request)) return false;
  watch_before(watch);
  run_begin(&compilation, request);
  bool stopped = atomic_load(&stop_asked);
  if (!stopped) build_answer(&compilation);
  DiagTotals totals = compilation.totals;
  bool usage = compilation.wrong_usage.data != NULL, locked = compilation.lock.written;
  ExitStatus ended = run_end(&compilation, EXIT_GOOD);
  watch_after(watch, locked);
  if (first && usage) *status = EXIT_USAGE;
  if (stopped || ferror(stderr) || *status != EXIT_GOOD) return false;
  return say_how(watch, told) && say_ready(totals, ended);
}

static ExitStatus watch_all(Request *request, WatchMode mode, WatchEnds ends) {
  Watch *watch = watch_open(request, mode, ends);
  ExitStatus status = EXIT_GOOD;
  const char *told = NULL;
  bool goes_on = build(watch, request, &told, true, &status);
  while (goes_on && watch_wait(watch) == WATCH_CHANGED) {
    if (!request->today_given) request->today = date_today();
    goes_on = build(watch, request, &told, false, &status);
  }
  watch_close(watch);
  return status;
}

static bool read_mode(WatchMode *mode) {
  const char *named = getenv("FXC_WATCH");
  Str name = str_from(named ? named : "");
  *mode = WATCH_AUTO;
  if (str_eq(name, STR("poll"))) *mode = WATCH_POLL;
  if (str_eq(name, STR("notify"))) *mode = WATCH_NOTIFY;
  return !name.len || *mode != WATCH_AUTO || str_eq(name, STR("auto"));
}

ExitStatus command_watch(const Request *request) {
  Request builds = *request;
  builds.replays = true;
  WatchMode mode;
  WatchEnds ends = {.stop = -1, .input = -1, .output = {STDOUT_FILENO, STDERR_FILENO}};
  if (request->emit) return command_wrong_usage("watch writes what --emit would print; give one of them");
  if (!read_mode(&mode)) return command_wrong_usage("FXC_WATCH is one of auto, notify, poll");
  builds.keeps_lock = true;
  builds.stop = &stop_asked;
  if (request->stdin_close) ends.input = STDIN_FILENO;
  int error = stop_on_signals(&ends.stop);
  if (!error) return watch_all(&builds, mode, ends);
  fprintf(stderr, "fxc: error: cannot watch: %s [FX8003]\n", strerror(error));
  return EXIT_SYSTEM;
}
