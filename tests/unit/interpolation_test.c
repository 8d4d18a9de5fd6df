/* Texts with holes, and JSON Pointers. */
#include "ir/interpolation.h"
#include "ir/pointer.h"
#include "unit.h"

static Arena arena;

/// Stretches of text in [], holes in <> with their offset.
static Str shown(const char *text) {
  Interpolation parts = interpolation_read(&arena, str_from(text));
  Str out = STR("");
  for (size_t i = 0; i < parts.len; i++) {
    const InterpolationPart *part = &parts.data[i];
    out = part->hole ? str_printf(&arena, "%.*s<%.*s@%zu>", STR_ARG(out), STR_ARG(part->text), part->at)
                     : str_printf(&arena, "%.*s[%.*s]", STR_ARG(out), STR_ARG(part->text));
  }
  return out;
}

static void expect(const char *text, const char *parts) {
  Str found = shown(text);
  ck_assert_msg(str_eq(found, str_from(parts)), "'%s' gives %.*s, not %s", text, STR_ARG(found), parts);
}

START_TEST(holes_are_paths_in_braces) {
  expect("", "");
  expect("plain", "[plain]");
  expect("{phone}", "<phone@1>");
  expect("/lookup/{phone}?v={config.version}", "[/lookup/]<phone@9>[?v=]<config.version@19>");
  expect("{a}{b-c}{_d1}", "<a@1><b-c@4><_d1@9>");
}
END_TEST

START_TEST(other_braces_are_themselves) {
  expect("{{phone}}", "[{phone}]");
  expect("{{{phone}}}", "[{]<phone@3>[}]");
  expect("{ phone }", "[{ phone }]");
  expect("{\"a\": 1}", "[{\"a\": 1}]");
  expect("{}", "[{}]");
  expect("{1}", "[{1}]");
  expect("{a.}", "[{a.}]");
  expect("{.a}", "[{.a}]");
  expect("{a..b}", "[{a..b}]");
  expect("{phone", "[{phone]");
  expect("phone}", "[phone}]");
  expect("{", "[{]");
  expect("}}", "[}]");
}
END_TEST

static bool is_pointer(const char *text, size_t *at, size_t *length) {
  PointerFault fault = {0};
  bool fine = pointer_check(str_from(text), &fault);
  *at = fault.at;
  *length = fault.length;
  return fine;
}

/* RFC 6901, section 5: all of its examples are pointers. */
START_TEST(the_examples_of_the_standard_are_pointers) {
  static const char *const examples[] = {"",     "/foo", "/foo/0", "/",     "/a~1b", "/c%d",
                                         "/e^f", "/g|h", "/i\\j",  "/k\"l", "/ ",    "/m~0n"};
  size_t at, length;
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
    ck_assert_msg(is_pointer(examples[i], &at, &length), "%s", examples[i]);
}
END_TEST

START_TEST(what_is_no_pointer_is_told_where) {
  size_t at, length;
  ck_assert(!is_pointer("foo/bar", &at, &length));
  ck_assert_uint_eq(at, 0);
  ck_assert_uint_eq(length, 7);
  ck_assert(!is_pointer("#/foo", &at, &length));  // section 6: the form of URI fragments
  ck_assert(!is_pointer("/a/b~", &at, &length));
  ck_assert_uint_eq(at, 4);
  ck_assert_uint_eq(length, 1);
  ck_assert(!is_pointer("/a~2/b", &at, &length));
  ck_assert_uint_eq(at, 2);
  ck_assert_uint_eq(length, 2);
  ck_assert(is_pointer("/~01", &at, &length));  // the name ~1
}
END_TEST

UNIT_MAIN("interpolation", holes_are_paths_in_braces, other_braces_are_themselves,
          the_examples_of_the_standard_are_pointers, what_is_no_pointer_is_told_where)
