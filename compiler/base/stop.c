// In: signals. Out: a byte in a pipe, and a flag. Surprising: what was ignored before (SIGHUP by nohup,
// SIGINT by a shell's '&') stays ignored, but for SIGTERM.
#include "base/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

atomic_bool stop_asked;
static int pipe_end = -1;

static void on_signal(int number) {
  int saved = errno;
  (void)number;
  atomic_store(&stop_asked, true);
  ssize_t written = write(pipe_end, "", 1);  // a full pipe says the same
  (void)written;
  errno = saved;
}

int stop_on_signals(int *readable) {
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK)) return errno;
  *readable = ends[0];
  pipe_end = ends[1];
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART}, old;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    bool ignored = !sigaction(signals[i], NULL, &old) && old.sa_handler == SIG_IGN;
    if (!(ignored && signals[i] != SIGTERM) && sigaction(signals[i], &action, NULL)) return errno;
  }
  return 0;
}
