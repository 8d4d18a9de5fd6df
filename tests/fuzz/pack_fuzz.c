/* Any bytes as a pack: the walk ends, and every record it shows lies inside, behind the one before. A record
 * in front of them is found, whatever they are. */
#include "store/pack_file.h"

#include "fuzz.h"

static void expect(bool holds) {
  if (!holds) abort();
}

static void check_walk(Str input) {
  PackCursor cursor = {0};
  PackRecord record;
  size_t behind = 0;
  while (pack_next(input, &cursor, &record)) {
    expect(record.start >= behind && record.start % 8 == 0);
    expect(record.content.data == input.data + record.start + 32);
    expect(record.content.len <= input.len - record.start - 32);
    behind = record.start + 32 + record.content.len;
  }
  expect(!pack_next(input, &cursor, &record));
}

static void check_behind(Str input) {
  Buf pack = {0};
  PackCursor cursor = {0};
  PackRecord record;
  buf_repeat(&pack, 'x', PACK_HEAD);
  pack_put_record(&pack, (Digest){1, 2}, input);
  buf_put(&pack, input);
  expect(pack_next(buf_str(&pack), &cursor, &record));
  expect(record.key.high == 1 && record.key.low == 2 && str_eq(record.content, input));
  buf_free(&pack);
}

static void fuzz_one(Arena *arena, Str input) {
  (void)arena;
  check_walk(input);
  check_behind(input);
}
