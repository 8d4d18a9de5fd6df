/* In: the bytes of a pack. Out: fragments, by place or by key. Surprising: every look-up checks the record it
 * finds, however it was found, so that a pack that was cut, overwritten or taken from elsewhere gives nothing
 * that is wrong. */
#include "store/pack.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/pack_file.h"

struct Pack {
  Arena *arena;
  Str folder, bytes;
  uint32_t number;  // in the head
  atomic_bool damaged;
  uint32_t *slots;  // eighths of the places where records start; NULL before pack_list()
  size_t space;     // a power of two
};

/* Records */

uint64_t pack_room(uint32_t length) { return (PACK_RECORD + (uint64_t)length + 7) & ~(uint64_t)7; }

static uint64_t number_at(const char *at) {
  uint64_t number;
  memcpy(&number, at, sizeof number);
  return le64toh(number);
}

static uint32_t short_at(const char *at) {
  uint32_t number;
  memcpy(&number, at, sizeof number);
  return le32toh(number);
}

static uint64_t checksum(const char *record, size_t length) {
  return hash_str((Str){record + PACK_KEY, PACK_RECORD - PACK_KEY + length});
}

// The record at an offset, if it is whole.
static bool read_record(Str bytes, size_t start, PackRecord *record) {
  if (start % 8 || start > bytes.len || bytes.len - start < PACK_RECORD) return false;
  const char *head = bytes.data + start;
  if (memcmp(head, PACK_MARK, 4) != 0) return false;
  uint32_t length = short_at(head + 4);
  if (length > bytes.len - start - PACK_RECORD) return false;
  record->start = start;
  record->content = (Str){head + PACK_RECORD, length};
  record->key = (Digest){number_at(head + PACK_KEY), number_at(head + PACK_KEY + 8)};
  return checksum(head, length) == number_at(head + PACK_CHECKSUM);
}

// A checksum that is wrong has cost its length, and in bytes that somebody made up there may be many.
static bool may_be_record(Str bytes, size_t start, PackCursor *cursor) {
  if (memcmp(bytes.data + start, PACK_MARK, 4) != 0) return false;
  size_t length = short_at(bytes.data + start + 4);
  if (length > bytes.len - start - PACK_RECORD) return false;
  cursor->wasted += length;
  return true;
}

bool pack_next(Str bytes, PackCursor *cursor, PackRecord *record) {
  size_t start = cursor->at < PACK_HEAD ? PACK_HEAD : (cursor->at + 7) & ~(size_t)7;
  for (; start < bytes.len && bytes.len - start >= PACK_RECORD; start += 8) {
    if (cursor->wasted > bytes.len) break;
    if (!may_be_record(bytes, start, cursor) || !read_record(bytes, start, record)) continue;
    cursor->wasted -= record->content.len;
    cursor->at = start + PACK_RECORD + record->content.len;
    return true;
  }
  cursor->at = bytes.len;
  return false;
}

void pack_put_record(Buf *out, Digest key, Str content) {
  uint32_t length = htole32((uint32_t)content.len);
  uint64_t numbers[] = {htole64(key.high), htole64(key.low)};
  size_t start = out->len, room = (size_t)pack_room((uint32_t)content.len);
  buf_put(out, STR(PACK_MARK));
  buf_put(out, (Str){(const char *)&length, sizeof length});
  buf_repeat(out, '\0', PACK_KEY - PACK_CHECKSUM);
  buf_put(out, (Str){(const char *)numbers, sizeof numbers});
  buf_put(out, content);
  buf_repeat(out, '\0', room - PACK_RECORD - content.len);
  uint64_t sum = htole64(checksum(out->data + start, content.len));
  memcpy(out->data + start + PACK_CHECKSUM, &sum, sizeof sum);
}

/* Opening */

uint32_t pack_find_newest(Str folder) {
  Arena scratch = {0};
  DIR *stream = opendir(str_cstr(&scratch, folder));
  unsigned long newest = 0;
  for (struct dirent *entry; stream && (entry = readdir(stream));) {
    char *end;
    if (!str_starts(str_from(entry->d_name), STR(PACK_NAME))) continue;
    unsigned long number = strtoul(entry->d_name + sizeof PACK_NAME - 1, &end, 10);
    if (!*end && number > newest && number <= PACK_LAST) newest = number;
  }
  if (stream) closedir(stream);
  arena_free(&scratch);
  return (uint32_t)newest;
}

Str pack_path(Arena *arena, Str folder, uint32_t n) {
  return path_join(arena, folder, str_printf(arena, PACK_NAME "%u", n));
}

int pack_open_file(Str folder, uint32_t n, int flags, struct stat *info) {
  Arena scratch = {0};
  int fd =
      open(str_cstr(&scratch, pack_path(&scratch, folder, n)), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  arena_free(&scratch);
  if (fd >= 0 && !fstat(fd, info) && S_ISREG(info->st_mode)) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

Str pack_map(int fd, const struct stat *info) {
  if (info->st_size <= 0) return STR_NONE;
  void *data = mmap(NULL, (size_t)info->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  return data == MAP_FAILED ? STR_NONE : (Str){data, (size_t)info->st_size};
}

void pack_unmap(Str bytes) {
  if (bytes.data) munmap((void *)(size_t)bytes.data, bytes.len);
}

bool pack_head(Str bytes, uint32_t *number) {
  if (bytes.len < PACK_HEAD || memcmp(bytes.data, PACK_KIND, 8) != 0) return false;
  *number = short_at(bytes.data + 8);
  return *number != 0;
}

Pack *pack_open(Arena *arena, Str folder) {
  Pack *pack = arena_new(arena, Pack);
  pack->arena = arena;
  pack->folder = folder;
  uint32_t newest = pack_find_newest(folder);
  struct stat info;
  int fd = newest ? pack_open_file(folder, newest, O_RDONLY, &info) : -1;
  if (fd < 0) return pack;
  pack->bytes = pack_map(fd, &info);
  close(fd);
  if (!pack_head(pack->bytes, &pack->number)) {
    pack->damaged = true;
    pack_unmap(pack->bytes);
    pack->bytes = STR_NONE;
  }
  return pack;
}

void pack_close(Pack *pack) {
  pack_unmap(pack->bytes);
  pack->bytes = STR_NONE;
  pack->slots = NULL;
}

bool pack_is_damaged(const Pack *pack) { return pack->damaged; }

/* Finding */

static bool is_at(const Pack *pack, uint32_t slot, Digest key) {
  const char *head = pack->bytes.data + (size_t)slot * 8 + PACK_KEY;
  return number_at(head) == key.high && number_at(head + 8) == key.low;
}

static uint32_t *slot_of(const Pack *pack, Digest key) {
  size_t at = key.low & (pack->space - 1);
  while (pack->slots[at] && !is_at(pack, pack->slots[at], key)) at = (at + 1) & (pack->space - 1);
  return &pack->slots[at];
}

void pack_list(Pack *pack) {
  PackRecord record;
  size_t count = 0;
  if (pack->slots || !pack->bytes.len || pack->bytes.len / 8 > UINT32_MAX) return;
  for (PackCursor at = {0}; pack_next(pack->bytes, &at, &record);) count++;
  for (pack->space = 16; pack->space < count * 2;) pack->space *= 2;
  pack->slots = arena_array(pack->arena, uint32_t, pack->space);
  for (PackCursor at = {0}; pack_next(pack->bytes, &at, &record);)
    *slot_of(pack, record.key) = (uint32_t)(record.start / 8);
}

bool pack_find(const Pack *pack, Digest key, PackPlace *place) {
  size_t start = pack->slots ? (size_t)*slot_of(pack, key) * 8 : 0;
  *place = (PackPlace){0};
  if (start) *place = (PackPlace){start + PACK_RECORD, short_at(pack->bytes.data + start + 4), pack->number};
  return start != 0;
}

// Where the record must be: in this pack, at that place.
static bool get_here(const Pack *pack, PackPlace place, Digest key, Str *content) {
  PackRecord record;
  if (place.offset < PACK_RECORD || !read_record(pack->bytes, place.offset - PACK_RECORD, &record))
    return false;
  *content = record.content;
  return record.content.len == place.length && digest_same(record.key, key);
}

bool pack_get(const Pack *pack, PackPlace *place, Digest key, Str *content) {
  bool here = place->offset && place->pack == pack->number;
  if (here && get_here(pack, *place, key, content)) return true;
  // The mark is all that changes here; that others may look is why it is atomic.
  if (here) ((Pack *)(size_t)pack)->damaged = true;
  *content = STR_NONE;
  return pack_find(pack, key, place) && get_here(pack, *place, key, content);
}
