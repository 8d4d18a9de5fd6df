/* How long a command takes, and what it needs, without whoever asks being measured too.
 *
 * In: timer TIMES COMMAND…; its standard output goes to ours, or nowhere when it runs more than once.
 * Out: on file descriptor 3, for each run: nanoseconds of wall clock from before it is made until it is gone,
 * microseconds of the user and of the system, kilobytes of memory at most, exit status (128 and the signal's
 * number when one ended it). */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (long long)time.tv_sec * 1000000000 + time.tv_nsec;
}

static long long microseconds(struct timeval time) { return (long long)time.tv_sec * 1000000 + time.tv_usec; }

static int run(char **command, posix_spawn_file_actions_t *actions, FILE *report) {
  pid_t child;
  int status;
  struct rusage usage;
  long long begin = nanoseconds();
  if (posix_spawnp(&child, command[0], actions, NULL, command, environ) != 0) return 0;
  if (wait4(child, &status, 0, &usage) < 0) return 0;
  long long end = nanoseconds();
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  fprintf(report, "%lld %lld %lld %ld %d\n", end - begin, microseconds(usage.ru_utime),
          microseconds(usage.ru_stime), usage.ru_maxrss, code);
  return 1;
}

int main(int argc, char **argv) {
  long times = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
  FILE *report = fdopen(3, "w");
  if (times < 1 || !report) return 2;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, 3);
  if (times > 1) posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  for (long i = 0; i < times; i++)
    if (!run(argv + 2, &actions, report)) return 1;
  posix_spawn_file_actions_destroy(&actions);
  return fclose(report) == 0 ? 0 : 1;
}
