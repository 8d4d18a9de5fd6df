// UTF-8 against what a browser's TextDecoder makes of the same bytes (table made with Node's, which
// follows the Encoding Standard), and widths against well-known characters.
#include "base/utf8.h"

#include "unit.h"

#define BYTES(literal) \
  { literal, sizeof(literal) - 1 }

static const struct {
  Str bytes;
  size_t count;
  uint32_t points[12];
  bool valid;
} cases[] = {
    {BYTES("\x41"), 1, {0x41}, true},
    {BYTES("\xc3\xa9"), 1, {0xE9}, true},
    {BYTES("\xe2\x82\xac"), 1, {0x20AC}, true},
    {BYTES("\xf0\x9f\x98\x80"), 1, {0x1F600}, true},
    {BYTES("\x80"), 1, {0xFFFD}, false},
    {BYTES("\xbf"), 1, {0xFFFD}, false},
    {BYTES("\xc0\xaf"), 2, {0xFFFD, 0xFFFD}, false},
    {BYTES("\xc1\xbf"), 2, {0xFFFD, 0xFFFD}, false},
    {BYTES("\xc2"), 1, {0xFFFD}, false},
    {BYTES("\xc2\x41"), 2, {0xFFFD, 0x41}, false},
    {BYTES("\xe0\x80\x80"), 3, {0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xe0\x9f\xbf"), 3, {0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xe0\xa0\x80"), 1, {0x800}, true},
    {BYTES("\xed\x9f\xbf"), 1, {0xD7FF}, true},
    {BYTES("\xed\xa0\x80"), 3, {0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xed\xbf\xbf"), 3, {0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xee\x80\x80"), 1, {0xE000}, true},
    {BYTES("\xef\xbf\xbd"), 1, {0xFFFD}, true},
    {BYTES("\xef\xbf\xbe"), 1, {0xFFFE}, true},
    {BYTES("\xef\xbb\xbf\x61"), 2, {0xFEFF, 0x61}, true},
    {BYTES("\xf0\x80\x80\x80"), 4, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xf0\x8f\xbf\xbf"), 4, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xf0\x90\x80\x80"), 1, {0x10000}, true},
    {BYTES("\xf4\x8f\xbf\xbf"), 1, {0x10FFFF}, true},
    {BYTES("\xf4\x90\x80\x80"), 4, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xf5\x80\x80\x80"), 4, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\xfe"), 1, {0xFFFD}, false},
    {BYTES("\xff"), 1, {0xFFFD}, false},
    {BYTES("\xe2\x82"), 1, {0xFFFD}, false},
    {BYTES("\xe2\x82\x41"), 2, {0xFFFD, 0x41}, false},
    {BYTES("\xf0\x9f\x98"), 1, {0xFFFD}, false},
    {BYTES("\xf0\x9f\x98\x41"), 2, {0xFFFD, 0x41}, false},
    {BYTES("\xf0\x9f"), 1, {0xFFFD}, false},
    {BYTES("\xf0\x9f\xf0\x9f\x98\x80"), 2, {0xFFFD, 0x1F600}, false},
    {BYTES("\xe2\x28\xa1"), 3, {0xFFFD, 0x28, 0xFFFD}, false},
    {BYTES("\xfc\x80\x80\x80\x80\x80"), 6, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, false},
    {BYTES("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64"),
     10,
     {0x61, 0xFFFD, 0xFFFD, 0xFFFD, 0x62, 0xFFFD, 0x63, 0xFFFD, 0xFFFD, 0x64},
     false},
    {BYTES("\x00"), 1, {0x0}, true},
    {BYTES("\x7f"), 1, {0x7F}, true},
    {BYTES("\xc2\x80"), 1, {0x80}, true},
    {BYTES("\xdf\xbf"), 1, {0x7FF}, true},
    {BYTES("\xf1\x80\x80\x80"), 1, {0x40000}, true},
    {BYTES("\xf3\xbf\xbf\xbf"), 1, {0xFFFFF}, true},
    {BYTES("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41"), 5, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41}, false},
};

START_TEST(decodes_as_a_browser) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Str rest = cases[i].bytes;
    size_t count = 0;
    for (; rest.len; count++) {
      uint32_t point;
      size_t taken = utf8_decode(rest, &point);
      ck_assert_uint_ge(taken, 1);
      ck_assert_uint_le(taken, rest.len);
      ck_assert_uint_lt(count, cases[i].count);
      ck_assert_msg(point == cases[i].points[count], "case %zu, character %zu is U+%04X", i, count, point);
      rest = str_skip(rest, taken);
    }
    ck_assert_uint_eq(count, cases[i].count);
    ck_assert_msg((utf8_valid_prefix(cases[i].bytes) == cases[i].bytes.len) == cases[i].valid, "case %zu", i);
  }
}
END_TEST

START_TEST(encodes_what_it_decodes) {
  for (uint32_t point = 0; point <= 0x10FFFF; point++) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    char bytes[4];
    uint32_t again;
    size_t length = utf8_encode(point, bytes);
    ck_assert_uint_eq(length, point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    if (utf8_decode((Str){bytes, length}, &again) != length || again != point) ck_abort_msg("U+%04X", point);
  }
}
END_TEST

START_TEST(finds_the_valid_prefix) {
  ck_assert_uint_eq(utf8_valid_prefix(STR("")), 0);
  ck_assert_uint_eq(utf8_valid_prefix(STR("sixteen bytes of it\xFF")), 19);
  ck_assert_uint_eq(utf8_valid_prefix(STR("12345678\xE2\x82\xAC"
                                          "1234567890\xE2\x82")),
                    21);
}
END_TEST

START_TEST(knows_widths) {
  ck_assert_int_eq(utf8_width('a'), 1);
  ck_assert_int_eq(utf8_width(0xE4), 1);
  ck_assert_int_eq(utf8_width(0x0301), 0);   // combining acute accent
  ck_assert_int_eq(utf8_width(0x65E5), 2);   // a CJK ideograph
  ck_assert_int_eq(utf8_width(0xAC00), 2);   // a Hangul syllable
  ck_assert_int_eq(utf8_width(0xFF21), 2);   // fullwidth A
  ck_assert_int_eq(utf8_width(0xFF71), 1);   // halfwidth katakana
  ck_assert_int_eq(utf8_width(0x1F600), 2);  // an emoji
  ck_assert_int_eq(utf8_width(0x200D), 0);   // zero-width joiner
  ck_assert_int_eq(utf8_width(0x1B), 0);
}
END_TEST

UNIT_MAIN("utf8", decodes_as_a_browser, encodes_what_it_decodes, finds_the_valid_prefix, knows_widths)
