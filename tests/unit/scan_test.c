/* Every way to look at many bytes at once beside a plain search, on random texts of every length, at every
 * alignment, with nothing readable behind the padding. */
#include "base/scan.h"

#include "base/file.h"
#include "unit.h"

enum { LONGEST = 600, ROUNDS = 400, ALIGNMENTS = 64 };

static uint32_t seed = 1;

static uint32_t next_random(uint32_t below) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % below;
}

// Texts in which whole and nearly whole words are frequent.
static void fill(char *text, size_t len) {
  static const char alphabet[] = "ddDaatT--x\x0D\x1B\xE4";
  size_t at = 0;
  bool rare = next_random(2);
  while (at < len) {
    if (len - at >= 6 && next_random(rare ? 40 : 8) == 0) {
      memcpy(text + at, next_random(2) ? "data-x" : "DaTA-d", 6);
      at += 6;
    } else {
      text[at++] = alphabet[next_random(rare ? 11 : sizeof alphabet - 1)];
    }
  }
}

static bool stands_at(Str text, size_t at, Str word, const unsigned *distances) {
  for (size_t i = 0; i < SCAN_MARKS; i++) {
    size_t place = at + distances[i];
    char byte = place < text.len ? text.data[place] : '\0';
    if (str_lower_char(byte) != str_lower_char(word.data[distances[i]])) return false;
  }
  return true;
}

static void expect_places(ScanWay way, Str text, Str word, unsigned second, unsigned third) {
  const unsigned distances[] = {0, second, third};
  Scan scan = scan_start(way, text, word, second, third);
  for (size_t at = 0; at < text.len; at++) {
    size_t place = SIZE_MAX;
    if (!stands_at(text, at, word, distances)) continue;
    ck_assert(scan_next(&scan, &place));
    ck_assert_uint_eq(place, at);
  }
  size_t place;
  ck_assert(!scan_next(&scan, &place));
  ck_assert(!scan_next(&scan, &place));
  bool high = false, escape = false;
  for (size_t at = 0; at < text.len; at++) {
    high |= (unsigned char)text.data[at] > 0x7F;
    escape |= text.data[at] == 0x1B;
  }
  ck_assert(scan.high == high && scan.escape == escape);
}

static void expect_all_ways(Str text) {
  for (int way = SCAN_PORTABLE; way <= (int)scan_best(); way++) {
    expect_places((ScanWay)way, text, STR("data-"), 2, 4);
    expect_places((ScanWay)way, text, STR("-"), 0, 0);
    expect_places((ScanWay)way, text, STR("d23456789a123456789-123456789xt1"), 10, 31);
  }
}

START_TEST(every_way_finds_the_same) {
  for (size_t round = 0; round < ROUNDS; round++) {
    size_t len = round < LONGEST ? round : next_random(4000);
    char *memory = malloc(len + FILE_PADDING);
    fill(memory, len);
    memset(memory + len, 0, FILE_PADDING);
    expect_all_ways((Str){memory, len});
    free(memory);
  }
}
END_TEST

START_TEST(alignment_does_not_matter) {
  static char memory[ALIGNMENTS + LONGEST + FILE_PADDING];
  for (size_t shift = 0; shift < ALIGNMENTS; shift++) {
    memset(memory, 0, sizeof memory);
    fill(memory + shift, LONGEST);
    expect_all_ways((Str){memory + shift, LONGEST});
  }
}
END_TEST

// What stands behind the text, in its padding, is not part of it.
START_TEST(stops_at_the_end) {
  char memory[100 + FILE_PADDING];
  for (size_t i = 0; i + 5 <= sizeof memory; i += 5) memcpy(memory + i, "data-", 5);
  memset(memory + 160, 'x', sizeof memory - 160);
  for (size_t len = 0; len < 100; len++) {
    for (int way = SCAN_PORTABLE; way <= (int)scan_best(); way++) {
      Scan scan = scan_start((ScanWay)way, (Str){memory, len}, STR("data-"), 2, 4);
      size_t place, count = 0;
      while (scan_next(&scan, &place)) count++;
      ck_assert_uint_eq(count, (len + 4) / 5);
    }
  }
}
END_TEST

START_TEST(finds_the_end_of_ascii) {
  for (size_t len = 0; len < LONGEST; len++) {
    char *text = malloc(len + 1);
    memset(text, 'a', len);
    ck_assert_uint_eq(scan_ascii((Str){text, len}), len);
    for (size_t at = 0; at < len; at += 1 + len / 20) {
      text[at] = '\x80';
      ck_assert_uint_eq(scan_ascii((Str){text, len}), at);
      text[at] = '\x7F';
    }
    free(text);
  }
}
END_TEST

#define IS_ODD(c) \
  ((c) < 0x20 || (c) == 0x7F || (c) == '$' || (c) == '<' || (c) == '`' || (c) == '\\' || (c) == '}')
static const ScanSet odd = SCAN_SET(IS_ODD);

START_TEST(a_set_has_what_its_macro_says) {
  for (int c = 0; c < 256; c++) ck_assert_int_eq(scan_set_has(&odd, (char)c), IS_ODD(c) || c > 0x7F);
}
END_TEST

// Every byte at every place of texts of every length, with nothing readable behind.
START_TEST(finds_the_first_of_a_set) {
  for (size_t len = 0; len < 100; len++) {
    char *text = malloc(len + 1);
    memset(text, 'a', len);
    for (int way = SCAN_PORTABLE; way <= (int)scan_best(); way++)
      ck_assert_uint_eq(scan_until((ScanWay)way, &odd, (Str){text, len}), len);
    for (size_t round = 0; round < 40 && len; round++) {
      size_t at = next_random((uint32_t)len);
      char c = (char)next_random(256), behind = text[at];
      text[at] = c;
      size_t first = 0;
      while (first < len && !scan_set_has(&odd, text[first])) first++;
      for (int way = SCAN_PORTABLE; way <= (int)scan_best(); way++)
        ck_assert_uint_eq(scan_until((ScanWay)way, &odd, (Str){text, len}), first);
      text[at] = behind;
    }
    free(text);
  }
}
END_TEST

UNIT_MAIN("scan", every_way_finds_the_same, alignment_does_not_matter, stops_at_the_end,
          finds_the_end_of_ascii, a_set_has_what_its_macro_says, finds_the_first_of_a_set)
