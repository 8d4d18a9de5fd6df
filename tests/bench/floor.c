/* What the machine can do with the same files at best: reading, searching and writing them, and asking of
 * each file in a folder how it stands; with so many threads.
 *
 * In: floor read LIST THREADS, floor search LIST, floor write LIST DIRECTORY THREADS, floor walk THREADS
 * DIRECTORY…. Out: one number: bytes read, places found, milliseconds (of writing alone: the contents are in
 * memory before), files seen. LIST is a file of paths, one a line. */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 64, FOLDER = 500 };

/* One array of texts: paths to read, contents to write, folders to walk. */

typedef struct Item {
  char *path, *text;
  size_t len;
} Item;

static Item *items;
static size_t count, room, next_folder, busy_folders, threads;
static atomic_size_t next_item, total;

static void *grow(void *old, size_t size) {
  void *grown = realloc(old, size);
  if (!grown) exit(1);
  return grown;
}

static void add(const char *path) {
  if (count == room) items = grow(items, (room = room ? 2 * room : 1024) * sizeof *items);
  items[count++] = (Item){strdup(path), NULL, 0};
}

static void add_list(const char *list) {
  char line[4096];
  FILE *file = fopen(list, "r");
  if (!file) exit(1);
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = '\0';
    add(line);
  }
  fclose(file);
}

static void on_threads(void *(*work)(void *), size_t number) {
  pthread_t handles[MOST_THREADS];
  for (size_t i = 1; i < number; i++) pthread_create(&handles[i], NULL, work, NULL);
  work(NULL);
  for (size_t i = 1; i < number; i++) pthread_join(handles[i], NULL);
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Reading */

typedef struct Text {
  char *data;
  size_t len, room;
} Text;

// One buffer serves all files, with room for the largest.
static void read_file(const char *path, Text *text) {
  struct stat info;
  int fd = open(path, O_RDONLY);
  if (fd < 0 || fstat(fd, &info) != 0) exit(1);
  if (text->room <= (size_t)info.st_size)
    text->data = grow(text->data, text->room = 2 * (size_t)info.st_size + 1);
  text->len = 0;
  for (ssize_t got; (got = read(fd, text->data + text->len, text->room - text->len - 1)) > 0;) {
    text->len += (size_t)got;
    if (text->len == (size_t)info.st_size) break;
  }
  close(fd);
}

static void *read_some(void *unused) {
  Text text = {0};
  for (size_t i; (i = atomic_fetch_add(&next_item, 1)) < count;) {
    read_file(items[i].path, &text);
    atomic_fetch_add(&total, text.len);
  }
  free(text.data);
  return unused;
}

static size_t count_places(const Text *text) {
  size_t found = 0;
  const char *end = text->data + text->len;
  for (const char *p = text->data; (p = memchr(p, '-', (size_t)(end - p))) != NULL; p++)
    if (p - text->data >= 4 && end - p >= 12 && strncasecmp(p - 4, "data-integration", 16) == 0) found++;
  return found;
}

static void search_all(void) {
  Text text = {0};
  for (size_t i = 0; i < count; i++) {
    read_file(items[i].path, &text);
    total += count_places(&text);
  }
  free(text.data);
}

/* Writing */

static void *write_some(void *unused) {
  for (size_t i; (i = atomic_fetch_add(&next_item, 1)) < count;) {
    int fd = open(items[i].path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (fd < 0 || write(fd, items[i].text, items[i].len) != (ssize_t)items[i].len) exit(1);
    close(fd);
  }
  return unused;
}

/// As many files in a folder as the projects have.
static double write_all(const char *directory) {
  char path[4096];
  for (size_t i = 0; i < count; i++) {
    Text text = {0};
    read_file(items[i].path, &text);
    snprintf(path, sizeof path, "%s/%zu/%zu", directory, i / FOLDER, i);
    items[i] = (Item){strdup(path), text.data, text.len};
  }
  double start = now_ms();
  mkdir(directory, 0777);
  for (size_t i = 0; i < count; i += FOLDER) {
    snprintf(path, sizeof path, "%s/%zu", directory, i / FOLDER);
    mkdir(path, 0777);
  }
  on_threads(write_some, threads);
  return now_ms() - start;
}

/* Walking: folders are a queue that all threads take from and add to. */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;

static void add_folder(const char *parent, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", parent, name);
  pthread_mutex_lock(&lock);
  add(path);
  pthread_cond_signal(&more);
  pthread_mutex_unlock(&lock);
}

static void walk_folder(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) exit(1);
  size_t seen = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    struct stat info;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) exit(1);
    if (S_ISDIR(info.st_mode)) add_folder(path, entry->d_name);
    seen += S_ISREG(info.st_mode);
  }
  closedir(folder);
  atomic_fetch_add(&total, seen);
}

static void *walk_some(void *unused) {
  pthread_mutex_lock(&lock);
  for (;;) {
    while (next_folder == count && busy_folders) pthread_cond_wait(&more, &lock);
    if (next_folder == count) break;
    const char *path = items[next_folder++].path;
    busy_folders++;
    pthread_mutex_unlock(&lock);
    walk_folder(path);
    pthread_mutex_lock(&lock);
    busy_folders--;
  }
  pthread_cond_broadcast(&more);
  pthread_mutex_unlock(&lock);
  return unused;
}

static size_t thread_count(const char *text) {
  size_t number = strtoul(text, NULL, 10);
  return number < 1 ? 1 : number > MOST_THREADS ? MOST_THREADS : number;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  if (strcmp(argv[1], "walk") == 0) {
    for (int i = 3; i < argc; i++) add(argv[i]);
    on_threads(walk_some, thread_count(argv[2]));
  } else if (strcmp(argv[1], "write") == 0 && argc == 5) {
    add_list(argv[2]);
    threads = thread_count(argv[4]);
    printf("%.1f\n", write_all(argv[3]));
    return 0;
  } else if (strcmp(argv[1], "read") == 0 && argc == 4) {
    add_list(argv[2]);
    on_threads(read_some, thread_count(argv[3]));
  } else if (strcmp(argv[1], "search") == 0) {
    add_list(argv[2]);
    search_all();
  } else {
    return 2;
  }
  printf("%zu\n", (size_t)total);
  return 0;
}
