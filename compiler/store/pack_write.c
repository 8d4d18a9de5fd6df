/* In: fragments, and the lock of the cache folder. Out: a longer pack, or a new one. Surprising: what was
 * written in part stays, and readers step over it. It can not be cut off, since another build may have mapped
 * it in between: reading behind the end of a mapped file ends a program. */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/cache_folder.h"
#include "store/pack_file.h"

enum { CHUNK = 256 * 1024 };

typedef struct Appending {
  Str folder;
  PackItem *items;
  size_t count;
  int fd, error;
  uint64_t size;    // of the pack before
  uint32_t number;  // in its head
  Arena scratch;
  Buf records;
} Appending;

// A number that no pack of this folder had before, not even one that was deleted by hand.
static uint32_t new_number(Str folder) {
  struct timespec now = {0};
  clock_gettime(CLOCK_REALTIME, &now);
  int64_t seed[] = {now.tv_sec, now.tv_nsec, (int64_t)getpid()};
  uint32_t number = (uint32_t)(hash_str((Str){(const char *)seed, sizeof seed}) ^ hash_str(folder));
  return number ? number : 1;
}

static void put_head(char head[PACK_HEAD], uint32_t number) {
  uint32_t numbers[] = {htole32(number), 0};
  memcpy(head, PACK_KIND, 8);
  memcpy(head + 8, numbers, sizeof numbers);
}

// An empty pack behind number n.
static int make_next(Appending *job, uint32_t n) {
  char head[PACK_HEAD];
  if (n >= PACK_LAST) return EOVERFLOW;
  put_head(head, new_number(job->folder));
  Str part = {head, sizeof head};
  return cache_put(pack_path(&job->scratch, job->folder, n + 1), &part, 1);
}

static bool open_pack(Appending *job, uint32_t n) {
  struct stat info;
  char head[PACK_HEAD];
  job->fd = n ? pack_open_file(job->folder, n, O_RDWR, &info) : -1;
  if (job->fd < 0) return false;
  bool fine = pread(job->fd, head, sizeof head, 0) == sizeof head &&
              pack_head((Str){head, sizeof head}, &job->number);
  job->size = (uint64_t)info.st_size;
  return fine;
}

static int put_all(int fd, Str bytes, uint64_t at) {
  while (bytes.len) {
    ssize_t put = pwrite(fd, bytes.data, bytes.len, (off_t)at);
    if (put < 0 && errno != EINTR) return errno;
    if (put <= 0) continue;
    bytes = str_skip(bytes, (size_t)put);
    at += (uint64_t)put;
  }
  return 0;
}

static void flush(Appending *job, uint64_t *at) {
  if (!job->error) job->error = put_all(job->fd, buf_str(&job->records), *at);
  *at += job->records.len;
  buf_clear(&job->records);
}

static void put_items(Appending *job) {
  uint64_t at = (job->size + 7) & ~(uint64_t)7;
  for (size_t i = 0; i < job->count && !job->error; i++) {
    PackItem *item = &job->items[i];
    if (item->content.len > UINT32_MAX - PACK_RECORD) continue;
    item->place = (PackPlace){at + job->records.len + PACK_RECORD, (uint32_t)item->content.len, job->number};
    pack_put_record(&job->records, item->key, item->content);
    if (job->records.len >= CHUNK) flush(job, &at);
  }
  flush(job, &at);
}

static void append(void *arg) {
  Appending *job = arg;
  uint32_t newest = pack_find_newest(job->folder);
  if (!open_pack(job, newest)) {
    if (job->fd >= 0) close(job->fd);
    job->fd = -1;
    job->error = make_next(job, newest);
    if (!job->error && !open_pack(job, newest + 1)) job->error = EIO;
  }
  if (!job->error) put_items(job);
}

static void forget_places(PackItem *items, size_t count) {
  for (size_t i = 0; i < count; i++) items[i].place = (PackPlace){0};
}

int pack_append(Str folder, PackItem *items, size_t count) {
  forget_places(items, count);
  if (!count) return 0;
  int lock = cache_lock(folder);
  if (lock < 0) return errno;
  Appending job = {.folder = folder, .items = items, .count = count, .fd = -1};
  bool finished = mem_guard(append, &job);
  if (!finished && !job.error) job.error = ENOMEM;
  if (job.error) forget_places(items, count);
  if (job.fd >= 0) close(job.fd);
  cache_unlock(lock);
  buf_free(&job.records);
  arena_free(&job.scratch);
  return job.error;
}

/* Rewriting */

uint32_t pack_newest(Str folder, uint64_t *size) {
  struct stat info;
  uint32_t newest = pack_find_newest(folder);
  int fd = newest ? pack_open_file(folder, newest, O_RDONLY, &info) : -1;
  *size = fd < 0 ? 0 : (uint64_t)info.st_size;
  if (fd >= 0) close(fd);
  return newest;
}

typedef struct Rewriting {
  Str folder, bytes;
  uint32_t newest;
  PackUsed *used;
  const void *context;
  Arena scratch;
  Buf kept;
  int error;
} Rewriting;

static void rewrite(void *arg) {
  Rewriting *job = arg;
  PackRecord record;
  char head[PACK_HEAD];
  put_head(head, new_number(job->folder));
  for (PackCursor at = {0}; pack_next(job->bytes, &at, &record);)
    if (job->used(job->context, record.key)) pack_put_record(&job->kept, record.key, record.content);
  Str parts[] = {{head, sizeof head}, buf_str(&job->kept)};
  job->error = cache_put(pack_path(&job->scratch, job->folder, job->newest + 1), parts, 2);
  if (!job->error) file_unstage(pack_path(&job->scratch, job->folder, job->newest));
}

int pack_rewrite(Str folder, PackUsed *used, const void *context) {
  struct stat info;
  uint32_t newest = pack_find_newest(folder);
  int fd = newest && newest < PACK_LAST ? pack_open_file(folder, newest, O_RDONLY, &info) : -1;
  if (fd < 0) return ENOENT;
  Rewriting job = {.folder = folder, .newest = newest, .used = used, .context = context};
  job.bytes = pack_map(fd, &info);
  close(fd);
  if (!mem_guard(rewrite, &job)) job.error = ENOMEM;
  pack_unmap(job.bytes);
  buf_free(&job.kept);
  arena_free(&job.scratch);
  return job.error;
}
