/* What the machine itself can do with the same files, in the same words as the bench: reading them, writing
 * them, and how much memory a command takes at most.
 *
 * In: floor read LIST, floor search LIST, floor write LIST DIRECTORY THREADS, floor memory COMMAND…
 * Out: one number: bytes, places found, milliseconds (of writing alone: the contents are in memory before),
 * kilobytes. LIST is a file of paths, one a line. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct File {
  char path[1024];
  char *text;
  size_t len;
} File;

typedef struct Share {
  File *files;
  size_t first, count, step;
} Share;

static char buffer[1 << 24];

static size_t read_file(const char *path) {
  int fd = open(path, O_RDONLY);
  ssize_t got = fd < 0 ? -1 : read(fd, buffer, sizeof buffer - 1);
  if (got < 0) exit(1);
  close(fd);
  buffer[got] = '\0';
  return (size_t)got;
}

static size_t count_places(size_t len) {
  size_t found = 0;
  for (char *p = buffer; (p = memchr(p, '-', (size_t)(buffer + len - p))) != NULL; p++)
    if (p - buffer >= 4 && strncasecmp(p - 4, "data-integration", 16) == 0) found++;
  return found;
}

static int read_all(FILE *list, int search) {
  static char path[1024];
  size_t total = 0;
  while (fgets(path, sizeof path, list)) {
    path[strcspn(path, "\n")] = '\0';
    size_t len = read_file(path);
    total += search ? count_places(len) : len;
  }
  printf("%zu\n", total);
  return 0;
}

static void *write_share(void *arg) {
  Share *share = arg;
  for (size_t i = share->first; i < share->count; i += share->step) {
    int fd = open(share->files[i].path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (fd < 0 || write(fd, share->files[i].text, share->files[i].len) < 0) exit(1);
    close(fd);
  }
  return NULL;
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/// As many files a directory as the corpus has.
static int write_all(FILE *list, const char *directory, size_t threads) {
  static char line[1024];
  File *files = NULL;
  size_t count = 0;
  for (; fgets(line, sizeof line, list); count++) {
    line[strcspn(line, "\n")] = '\0';
    File *more = realloc(files, (count + 1) * sizeof *files);
    if (!more) exit(1);
    files = more;
    size_t len = read_file(line);
    files[count] = (File){.text = malloc(len + 1), .len = len};
    memcpy(files[count].text, buffer, len);
    snprintf(files[count].path, sizeof files->path, "%s/%zu/%zu", directory, count / 500, count);
  }
  double start = now_ms();
  mkdir(directory, 0777);
  for (size_t i = 0; i < count; i += 500) {
    snprintf(line, sizeof line, "%s/%zu", directory, i / 500);
    mkdir(line, 0777);
  }
  pthread_t handles[64];
  Share shares[64];
  for (size_t i = 0; i < threads; i++) {
    shares[i] = (Share){files, i, count, threads};
    pthread_create(&handles[i], NULL, write_share, &shares[i]);
  }
  for (size_t i = 0; i < threads; i++) pthread_join(handles[i], NULL);
  printf("%.1f\n", now_ms() - start);
  return 0;
}

static int measure_memory(char **command) {
  pid_t child = fork();
  if (child == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execvp(command[0], command);
    _exit(127);
  }
  struct rusage usage;
  int status;
  if (wait4(child, &status, 0, &usage) < 0 || status) return 1;
  printf("%ld\n", usage.ru_maxrss);
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "memory") == 0) return measure_memory(argv + 2);
  FILE *list = argc > 2 ? fopen(argv[2], "r") : NULL;
  if (!list) return 2;
  if (strcmp(argv[1], "read") == 0) return read_all(list, 0);
  if (strcmp(argv[1], "search") == 0) return read_all(list, 1);
  size_t threads = argc == 5 ? strtoul(argv[4], NULL, 10) : 0;
  return threads && threads <= 64 ? write_all(list, argv[3], threads) : 2;
}
