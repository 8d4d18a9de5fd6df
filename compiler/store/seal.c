#include "store/seal.h"

#include <endian.h>

#include "store/build_id.h"

enum { SEAL_BUILD = SEAL_KIND, SEAL_CHECKSUM = 24 };

static void put_number(char *at, uint64_t number) {
  number = htole64(number);
  memcpy(at, &number, sizeof number);
}

void seal_parts(char frame[SEAL_SIZE], const char *kind, const Str *parts, size_t count) {
  Digest build = build_id();
  memcpy(frame, kind, SEAL_KIND);
  put_number(frame + SEAL_BUILD, build.high);
  put_number(frame + SEAL_BUILD + sizeof build.high, build.low);
  put_number(frame + SEAL_CHECKSUM, hash_parts(parts, count));
}

size_t seal_begin(Buf *out) {
  size_t start = out->len;
  buf_repeat(out, '\0', SEAL_SIZE);
  return start;
}

void seal_end(Buf *out, size_t start, const char *kind) {
  Str content = str_skip(buf_str(out), start + SEAL_SIZE);
  seal_parts(out->data + start, kind, &content, 1);
}

SealState seal_open(Str bytes, const char *kind, Str *content) {
  *content = STR_NONE;
  if (bytes.len < SEAL_SIZE) return SEAL_DAMAGED;
  char frame[SEAL_SIZE];
  Str inside = str_skip(bytes, SEAL_SIZE);
  seal_parts(frame, kind, &inside, 1);
  if (memcmp(frame, bytes.data, SEAL_KIND) != 0) return SEAL_DAMAGED;
  if (memcmp(frame + SEAL_CHECKSUM, bytes.data + SEAL_CHECKSUM, SEAL_SIZE - SEAL_CHECKSUM) != 0)
    return SEAL_DAMAGED;
  if (memcmp(frame + SEAL_BUILD, bytes.data + SEAL_BUILD, SEAL_CHECKSUM - SEAL_BUILD) != 0)
    return SEAL_FOREIGN;
  *content = inside;
  return SEAL_FINE;
}
