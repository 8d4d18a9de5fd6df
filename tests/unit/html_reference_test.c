/* Character references and decoding on demand. Expected values are the standard's (13.2.5.72 to 80). */
#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "html/entity.h"
#include "html/reference.h"

static Arena arena;

static Str padded(Str s) {
  char *copy = arena_zero(&arena, s.len + FILE_PADDING + 1);
  memcpy(copy, s.data, s.len);
  return (Str){copy, s.len};
}

static void expect(Str raw, bool in_attribute, Str expected) {
  const uint8_t all = HTML_HAS_REFERENCE | HTML_HAS_CR | HTML_HAS_NUL;
  Str got = html_decode(&arena, padded(raw), all, in_attribute, true);
  ck_assert_msg(str_eq(got, expected), "%.*s: got '%.*s', not '%.*s'", STR_ARG(raw), STR_ARG(got),
                STR_ARG(expected));
}

#define TEXT(raw, expected) expect(STR(raw), false, STR(expected))
#define ATTRIBUTE(raw, expected) expect(STR(raw), true, STR(expected))

START_TEST(names) {
  TEXT("a&amp;b", "a&b");
  TEXT("&notit;", "\xC2\xACit;");
  TEXT("&notin;", "\xE2\x88\x89");
  TEXT("&ampamp;", "&amp;");
  TEXT("&unknown;", "&unknown;");
  TEXT("&", "&");
  TEXT("&;", "&;");
  TEXT("&&lt", "&<");
  TEXT("&nGt;", "\xE2\x89\xAB\xE2\x83\x92");
  TEXT("&AMP", "&");
  TEXT("&CounterClockwiseContourIntegral;", "\xE2\x88\xB3");
}
END_TEST

START_TEST(names_in_attributes) {
  ATTRIBUTE("?a=1&amp=2", "?a=1&amp=2");
  ATTRIBUTE("?a&ampb", "?a&ampb");
  ATTRIBUTE("?a&amp;b", "?a&b");
  ATTRIBUTE("?a&amp", "?a&");
  ATTRIBUTE("&notit;", "&notit;");
  ATTRIBUTE("&not-", "\xC2\xAC-");
}
END_TEST

START_TEST(numbers) {
  TEXT("&#65;&#x41;&#X4a;", "AAJ");
  TEXT("&#65 &#x41g", "A Ag");
  TEXT("&#;&#x;&#xg", "&#;&#x;&#xg");
  TEXT("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  TEXT("&#x80;&#x9F;&#x81;", "\xE2\x82\xAC\xC5\xB8\xC2\x81");
  TEXT("&#x1F600;&#xFFFE;", "\xF0\x9F\x98\x80\xEF\xBF\xBE");
  TEXT("&#13;", "\r");
}
END_TEST

START_TEST(line_breaks_and_nul) {
  TEXT("a\r\nb\rc\n\rd\r", "a\nb\nc\n\nd\n");
  TEXT("a\0b",
       "a\xEF\xBF\xBD"
       "b");
  Str dropped = html_decode(&arena, padded(STR("a\0b\0")), HTML_HAS_NUL, false, false);
  ck_assert(str_eq(dropped, STR("ab")));
  Str raw = padded(STR("&amp;\r"));
  ck_assert_ptr_eq(html_decode(&arena, raw, HTML_HAS_NONSPACE, false, true).data, raw.data);
  ck_assert(str_eq(html_decode(&arena, raw, HTML_HAS_CR, false, true), STR("&amp;\n")));
  ck_assert(str_eq(html_decode_name(&arena, padded(STR("aZ\0\xC3\x84")), HTML_HAS_UPPER | HTML_HAS_NUL),
                   STR("az\xEF\xBF\xBD\xC3\x84")));
}
END_TEST

static void expect_errors(const char *raw, bool in_attribute, const char *expected) {
  HtmlErrors errors = {.arena = &arena};
  Str text = padded(str_from(raw)), got = STR("");
  html_reference_check(&errors, text.data, text.data, text.data + text.len, in_attribute);
  for (size_t i = 0; i < errors.list.len; i++) {
    got = str_printf(&arena, "%.*s%s@%u ", STR_ARG(got), errors.list.data[i].code, errors.list.data[i].at);
  }
  ck_assert_msg(str_eq(got, str_from(expected)), "%s: %.*s", raw, STR_ARG(got));
}

START_TEST(errors) {
  expect_errors("&amp; &x", false, "");
  expect_errors("x&amp", false, "missing-semicolon-after-character-reference@5 ");
  expect_errors("&foo;", false, "unknown-named-character-reference@4 ");
  expect_errors("&amp=", true, "");
  expect_errors("&#", false, "absence-of-digits-in-numeric-character-reference@2 ");
  expect_errors("&#x", false, "absence-of-digits-in-numeric-character-reference@3 ");
  expect_errors("&#x80", false,
                "missing-semicolon-after-character-reference@5 control-character-reference@5 ");
  expect_errors("&#9;&#0;", false, "null-character-reference@8 ");
}
END_TEST

START_TEST(every_name_of_the_table_is_found) {
  static const HtmlEntity table[] = {
#define ENTITY(name, first, second) {name, sizeof(name) - 1, {first, second}},
#include "html_entities.def"
#undef ENTITY
  };
  size_t count = sizeof table / sizeof *table;
  ck_assert_uint_eq(count, 2231);
  for (size_t i = 0; i < count; i++) {
    Str name = str_from(table[i].name);
    const HtmlEntity *found = html_entity_longest(name);
    ck_assert_ptr_nonnull(found);
    ck_assert_uint_eq(found->len, name.len);
    ck_assert_uint_eq(found->code[0], table[i].code[0]);
    ck_assert_uint_eq(found->code[1], table[i].code[1]);
    if (i) ck_assert_int_lt(str_cmp(str_from(table[i - 1].name), name), 0);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("html references");
  TCase *cases = tcase_create("all");
  tcase_add_test(cases, names);
  tcase_add_test(cases, names_in_attributes);
  tcase_add_test(cases, numbers);
  tcase_add_test(cases, line_breaks_and_nul);
  tcase_add_test(cases, errors);
  tcase_add_test(cases, every_name_of_the_table_is_found);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  arena_free(&arena);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
