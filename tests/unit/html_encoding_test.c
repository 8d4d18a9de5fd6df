/* Encodings: which one a page is in, its text, and the way back to the file's bytes. Expected texts come
 * from ICU (TextDecoder) and the indexes of the Encoding Standard. */
#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "html/encoding.h"
#include "html/encoding_table.h"

static Arena arena;

static Str padded(Str s) {
  char *copy = arena_zero(&arena, s.len + FILE_PADDING + 1);
  memcpy(copy, s.data, s.len);
  return (Str){copy, s.len};
}

static void expect_encoding(Str bytes, const char *encoding, HtmlEncodingSource source) {
  HtmlInput input = html_decode_bytes(&arena, padded(bytes));
  ck_assert_msg(strcmp(input.encoding, encoding) == 0 && input.source == source, "%.*s: %s by %d",
                STR_ARG(bytes), input.encoding, (int)input.source);
}

#define DECLARES(html, encoding) expect_encoding(STR(html), encoding, HTML_ENCODING_META)
#define DECLARES_NOTHING(html) expect_encoding(STR(html), "UTF-8", HTML_ENCODING_UTF8)

START_TEST(byte_order_marks) {
  expect_encoding(STR("\xEF\xBB\xBF<meta charset=koi8-r>"), "UTF-8", HTML_ENCODING_BOM);
  expect_encoding(STR("\xFE\xFF\0a"), "UTF-16BE", HTML_ENCODING_BOM);
  expect_encoding(STR("\xFF\xFE"
                      "a\0"),
                  "UTF-16LE", HTML_ENCODING_BOM);
  HtmlInput input = html_decode_bytes(&arena, padded(STR("\xEF\xBB\xBF"
                                                         "ab")));
  ck_assert(str_eq(input.text, STR("ab")));
  ck_assert_uint_eq(html_file_offset(&input, 1), 4);
  ck_assert_uint_eq(html_text_offset(&input, 4), 1);
  ck_assert_uint_eq(html_text_offset(&input, 1), 0);
}
END_TEST

START_TEST(declared_by_meta) {
  DECLARES("<meta charset=koi8-r>", "KOI8-R");
  DECLARES("<META CHARSET = ' Windows-1251 '>", "windows-1251");
  DECLARES("<meta/charset=\"latin1\"/>", "windows-1252");
  DECLARES("<p title='<meta charset=koi8-r>'><meta charset=utf-8>", "UTF-8");
  DECLARES("<!-- <meta charset=koi8-r> --><meta charset=utf-8>", "UTF-8");
  DECLARES("<!--><meta charset=koi8-r>-->", "KOI8-R");
  DECLARES("<meta charset=utf-16be>", "UTF-8");
  DECLARES("<meta charset=x-user-defined>", "windows-1252");
  DECLARES("<meta charset=nonsense><meta charset=koi8-r>", "KOI8-R");
  DECLARES("<meta charset=koi8-r charset=utf-8>", "KOI8-R");
  DECLARES("<meta http-equiv=content-type content='text/html; charset = \"sjis\"'>", "Shift_JIS");
  DECLARES("<meta content='x;charset=big5;y' http-equiv=Content-Type>", "Big5");
  DECLARES("<meta http-equiv=content-type content='charset; charset=gbk'>", "GBK");
  DECLARES("<meta content='charset=big5' charset=euc-kr>", "EUC-KR");
  DECLARES("<?xml version='1.0' encoding=\"iso-8859-5\"?>", "ISO-8859-5");
  DECLARES("<?xml encoding='koi8-u'?><meta charset=utf-8>", "UTF-8");
  expect_encoding(STR("<\0?\0x\0m\0l\0"), "UTF-16LE", HTML_ENCODING_META);
}
END_TEST

START_TEST(declared_by_nothing) {
  DECLARES_NOTHING("");
  DECLARES_NOTHING("<meta charset=koi8-r");
  DECLARES_NOTHING("<metacharset=koi8-r>");
  DECLARES_NOTHING("<meta content='charset=koi8-r'>");
  DECLARES_NOTHING("<meta http-equiv=refresh content='charset=koi8-r'>");
  DECLARES_NOTHING("<meta http-equiv=content-type content='charset=\"koi8-r'>");
  DECLARES_NOTHING("</p a='<meta charset=koi8-r>'>");
  DECLARES_NOTHING("<!x <meta charset=koi8-r>");
  expect_encoding(STR("gr\xFC\xDF"), "windows-1252", HTML_ENCODING_GUESSED);
  HtmlInput input = html_decode_bytes(&arena, padded(STR("<meta charset=Nonsense>\xFC")));
  ck_assert(str_eq(input.label, STR("nonsense")));
  ck_assert_int_eq(input.source, HTML_ENCODING_GUESSED);
  char *late = arena_zero(&arena, 1100);
  memset(late, ' ', 1010);
  memcpy(late + 1010, "<meta charset=koi8-r>", 21);
  expect_encoding((Str){late, 1031}, "UTF-8", HTML_ENCODING_UTF8);
}
END_TEST

/// Decodes by a label, without the meta element that declares it.
static HtmlInput decode(const char *label, Str bytes) {
  Str head = str_printf(&arena, "<meta charset=%s>", label);
  HtmlInput input = html_decode_bytes(&arena, padded(str_concat(&arena, head, bytes)));
  input.text = str_skip(input.text, head.len);
  return input;
}

static void expect_text(const char *label, Str bytes, const char *expected) {
  HtmlInput input = decode(label, bytes);
  ck_assert_msg(str_eq(input.text, str_from(expected)), "%s: got '%.*s'", label, STR_ARG(input.text));
}

START_TEST(single_bytes) {
  expect_text("windows-1252", STR("\x80\x81\xE9\xFF"), "\u20AC\xC2\x81\u00E9\u00FF");
  expect_text("iso-8859-1", STR("\x93\x94"), "\u201C\u201D");
  expect_text("windows-1251", STR("\xCF\xF0\xE8\xE2\xE5\xF2\x98"), "Привет\xC2\x98");
  expect_text("koi8-r", STR("\xF0\xD2\xC9\xD7\xC5\xD4"), "Привет");
  expect_text("ibm866", STR("\x8F\xE0\xA8\xA2\xA5\xE2"), "Привет");
  expect_text("iso-8859-7", STR("\xC3\xE5\xE9\xDC\xA4"), "Γειά€");
  expect_text("iso-8859-8-i", STR("\xF9\xEC\xE5\xED\xA1"), "שלום\uFFFD");
  expect_text("windows-874", STR("\xCA\xC7\xD1\xCA\xB4\xD5"), "สวัสดี");
  expect_text("macintosh", STR("\x8A\xDB"), "ä€");
}
END_TEST

START_TEST(multiple_bytes) {
  expect_text("gbk", STR("\xC4\xE3\xBA\xC3\x80\xC4"), "你好€\uFFFD");
  expect_text("gb18030", STR("\x94\x39\xDA\x33"), "\U0001F4A9");
  expect_text("big5", STR("\xA7\x41\xA6\x6E\x88\x62\x61"), "你好\u00CA\u0304a");
  expect_text("shift_jis", STR("\x93\xFA\x96\x7B\xB1\x5C\xA0"), "日本ｱ\\\uFFFD");
  expect_text("euc-jp", STR("\xC6\xFC\xCB\xDC\x8E\xB1\xF9\xA5"), "日本ｱ蓜");
  expect_text("iso-2022-jp", STR("\x1B$BF|K\\\x1B(J\\\x1B(I1\x1B(B\\"), "日本¥ｱ\\");
  expect_text("euc-kr", STR("\xB0\xA1\x81\x41\xC9\xA1"), "가갂\uFFFD");
  expect_text("euc-kr", STR("\xB0<"), "\uFFFD<");
  expect_text("replacement", STR("abc"), "");
}
END_TEST

START_TEST(ill_formed_utf8) {
  HtmlInput input = decode("utf-8", STR("a\xC3(\xE2\x82<\xF0\x9F\x98\xED\xA0\x80\xC0\xAFz"));
  ck_assert(str_eq(input.text, STR("a\uFFFD(\uFFFD<\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDz")));
  ck_assert_uint_eq(input.malformed, 8);
  size_t head = sizeof "<meta charset=utf-8>" - 1;
  ck_assert_uint_eq(html_file_offset(&input, (uint32_t)head + 4), head + 2);    // "("
  ck_assert_uint_eq(html_file_offset(&input, (uint32_t)head + 8), head + 5);    // "<"
  ck_assert_uint_eq(html_file_offset(&input, (uint32_t)head + 27), head + 14);  // "z"
  ck_assert_uint_eq(html_text_offset(&input, (uint32_t)head + 2), head + 4);
  ck_assert_uint_eq(html_text_offset(&input, (uint32_t)head + 5), head + 8);
  ck_assert_uint_eq(html_text_offset(&input, (uint32_t)head + 14), head + 27);
}
END_TEST

START_TEST(utf16) {
  HtmlInput input = html_decode_bytes(&arena, padded(STR("\xFF\xFE"
                                                         "<\0\xAC\x20\x3D\xD8\x00\xDE>\0\0\xDC"
                                                         "a\0x")));
  ck_assert(str_eq(input.text, STR("<\u20AC\U0001F600>\uFFFDa\uFFFD")));
  static const uint32_t text[] = {0, 1, 4, 8, 9, 12, 13, 16}, file[] = {2, 4, 6, 10, 12, 14, 16, 17};
  for (size_t i = 0; i < 8; i++) {
    ck_assert_uint_eq(html_file_offset(&input, text[i]), file[i]);
    ck_assert_uint_eq(html_text_offset(&input, file[i]), text[i]);
  }
  input = html_decode_bytes(&arena, padded(STR("\xFE\xFF\0<\xD8\x3D")));
  ck_assert(str_eq(input.text, STR("<\uFFFD")));
  ck_assert_uint_eq(input.malformed, 1);
}
END_TEST

START_TEST(offsets_of_a_legacy_page) {
  HtmlInput input = decode("windows-1252", STR("a\x80"
                                               "b\xE9\xE8"
                                               "c"));
  uint32_t head = sizeof "<meta charset=windows-1252>" - 1;
  static const uint32_t text[] = {0, 1, 4, 5, 7, 9, 10};
  for (uint32_t i = 0; i < 7; i++) {
    ck_assert_uint_eq(html_file_offset(&input, head + text[i]), head + i);
    ck_assert_uint_eq(html_text_offset(&input, head + i), head + text[i]);
  }
}
END_TEST

static void expect_bytes(const char *encoding, Str text, Str bytes) {
  HtmlInput input = {.encoding = encoding};
  Str encoded;
  ck_assert(html_encode(&arena, &input, text, &encoded));
  ck_assert_msg(str_eq(encoded, bytes), "%s", encoding);
}

static void expect_no_bytes(const char *encoding, Str text) {
  HtmlInput input = {.encoding = encoding};
  Str encoded;
  ck_assert(!html_encode(&arena, &input, text, &encoded));
}

START_TEST(the_way_back_to_bytes) {
  expect_bytes("UTF-8", STR("a\u20AC"), STR("a\xE2\x82\xAC"));
  expect_bytes("UTF-16LE", STR("<\u20AC\U0001F600"), STR("<\0\xAC\x20\x3D\xD8\x00\xDE"));
  expect_bytes("UTF-16BE", STR("\u20AC\U0001F600"), STR("\x20\xAC\xD8\x3D\xDE\x00"));
  expect_bytes("windows-1252", STR("a\u20AC\u00E9"), STR("a\x80\xE9"));
  expect_bytes("KOI8-R", STR("\u0434"), STR("\xC4"));
  expect_bytes("Shift_JIS", STR("name"), STR("name"));
  expect_no_bytes("windows-1252", STR("\u0434"));
  expect_no_bytes("Shift_JIS", STR("\u00E9"));
  expect_no_bytes("ISO-2022-JP", STR("a"));
}
END_TEST

// Where the Encoding Standard's indexes and the C library differ.
START_TEST(second_places) {
  Str text = decode("big5", STR("\x8E\x69\xA1\x45\xA2\x44")).text;
  ck_assert(str_ends(text, STR("\u7BB8\u2027\uFFE5")));
  ck_assert(str_ends(decode("euc-jp", STR("\x8F\xA2\xC3")).text, STR("\u00A6")));
  ck_assert(str_ends(decode("gbk", STR("\xA3\xA0")).text, STR("\u3000")));
}
END_TEST

START_TEST(labels) {
  ck_assert_int_eq(encoding_of_label(STR("\t UTF8 ")), ENCODING_UTF_8);
  ck_assert_int_eq(encoding_of_label(STR("utf")), ENCODING_NONE);
  ck_assert_int_eq(encoding_of_label(STR("utf-8\0")), ENCODING_NONE);
  ck_assert_int_eq(encoding_of_label(STR("")), ENCODING_NONE);
  size_t count = 0;
#define LABEL(label, encoding)                                          \
  ck_assert_int_eq(encoding_of_label(STR(label)), ENCODING_##encoding); \
  count++;
#include "encoding_labels.def"
#undef LABEL
  ck_assert_uint_eq(count, 228);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("html encodings");
  TCase *cases = tcase_create("all");
  tcase_add_test(cases, byte_order_marks);
  tcase_add_test(cases, declared_by_meta);
  tcase_add_test(cases, declared_by_nothing);
  tcase_add_test(cases, single_bytes);
  tcase_add_test(cases, multiple_bytes);
  tcase_add_test(cases, ill_formed_utf8);
  tcase_add_test(cases, utf16);
  tcase_add_test(cases, offsets_of_a_legacy_page);
  tcase_add_test(cases, the_way_back_to_bytes);
  tcase_add_test(cases, second_places);
  tcase_add_test(cases, labels);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  arena_free(&arena);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
