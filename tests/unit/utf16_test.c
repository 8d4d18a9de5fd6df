/* Lines and UTF-16 columns beside the plainest way to count them, and places that were counted by hand. */
#include "source/utf16.h"
#include "unit.h"

static Arena arena;

static void expect(const Utf16Index *index, uint32_t offset, uint32_t line, uint32_t column) {
  for (uint32_t near = 0; near <= index->count; near++) {
    Utf16Place place = utf16_place(index, offset, near);
    ck_assert_msg(place.line == line && place.column == column, "%u near %u is %u:%u, not %u:%u", offset,
                  near, place.line, place.column, line, column);
  }
}

START_TEST(places_by_hand) {
  // a é 𝒳 LF € CR LF b CR c
  Utf16Index index = utf16_index(&arena, STR("a\xC3\xA9\xF0\x9D\x92\xB3\n\xE2\x82\xAC\r\nb\rc"));
  ck_assert_uint_eq(index.count, 4);
  expect(&index, 0, 0, 0);
  expect(&index, 1, 0, 1);
  expect(&index, 3, 0, 2);
  expect(&index, 7, 0, 4);  // two units for the letter beyond the basic plane
  expect(&index, 8, 1, 0);
  expect(&index, 11, 1, 1);
  expect(&index, 13, 2, 0);
  expect(&index, 15, 3, 0);
  expect(&index, 16, 3, 1);
  expect(&index, 99, 3, 1);
}
END_TEST

START_TEST(nothing_at_all) {
  Utf16Index index = utf16_index(&arena, STR(""));
  ck_assert_uint_eq(index.count, 1);
  expect(&index, 0, 0, 0);
  expect(&index, 1, 0, 0);
}
END_TEST

// By code points, one after the other.
static void compare_all(Str text) {
  Utf16Index index = utf16_index(&arena, text);
  uint32_t line = 0, column = 0;
  for (uint32_t at = 0; at < text.len;) {
    Utf16Place place = utf16_place(&index, at, at % 3 ? line : 0);
    ck_assert_msg(place.line == line && place.column == column, "at %u: %u:%u, not %u:%u", at, place.line,
                  place.column, line, column);
    unsigned char c = (unsigned char)text.data[at];
    uint32_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    bool ends = c == '\n' || (c == '\r' && (at + 1 == text.len || text.data[at + 1] != '\n'));
    column = ends ? 0 : column + (bytes == 4 ? 2 : 1);
    line += ends;
    at += bytes;
  }
}

// Texts of every length around a block of 64 bytes, with what matters at every place in it.
START_TEST(every_place_in_a_block) {
  static const char *const pieces[] = {"\n", "\r", "\r\n", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9D\x92\xB3"};
  for (uint32_t before = 0; before < 140; before++) {
    for (size_t piece = 0; piece < sizeof pieces / sizeof *pieces; piece++) {
      char text[400];
      memset(text, 'x', sizeof text);
      size_t len = strlen(pieces[piece]);
      memcpy(text + before, pieces[piece], len);
      memcpy(text + before + len + 3, "\n\xC3\xA9", 3);
      memcpy(text + before + len + 6, pieces[piece], len);
      compare_all((Str){text, before + 2 * len + 6 + before % 70});
    }
  }
}
END_TEST

START_TEST(made_up_texts) {
  static const char *const pieces[] = {"a",  "bc",   "\n",       "\r",           "\r\n",
                                       "\n", "word", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9D\x92\xB3"};
  unsigned seed = 20250101;
  for (int round = 0; round < 300; round++) {
    char text[2000];
    size_t len = 0, most = (size_t)round * 6;
    while (len < most) {
      seed = seed * 1103515245u + 12345u;
      const char *piece = pieces[(seed >> 16) % (round % 3 ? 10 : 7)];
      memcpy(text + len, piece, strlen(piece));
      len += strlen(piece);
    }
    compare_all((Str){text, len});
  }
}
END_TEST

UNIT_MAIN("utf16", places_by_hand, nothing_at_all, every_place_in_a_block, made_up_texts)
