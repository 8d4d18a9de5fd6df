/* The rules for Make and Ninja, as text. That both read them so is tests/scale.mjs' to show, with both. */
#include "workspace/depfile.h"

#include "unit.h"

static Arena arena;

static Str rules(const char *target, const Str *inputs, size_t count) {
  Buf out = {0};
  depfile_put(&out, str_from(target), inputs, count);
  Str text = str_copy(&arena, buf_str(&out));
  buf_free(&out);
  return text;
}

START_TEST(plain) {
  ck_str(rules("out", (const Str[]){STR("a.html"), STR("b/c.fx")}, 2),
         "out: \\\n  a.html \\\n  b/c.fx\na.html:\nb/c.fx:\n");
  ck_str(rules("out", NULL, 0), "out:\n");
}
END_TEST

// "Pathnames with blanks": GNU make's manual, 4.3 (Rule Syntax); Ninja's is its depfile_parser.
START_TEST(escapes) {
  static const char *const paths[][2] = {
      {"a b", "a\\ b"},
      {"a#b", "a\\#b"},
      {"a$b", "a$$b"},
      {"a:b", "a\\:b"},
      {"a\\b", "a\\b"},
      {"a\\ b", "a\\\\\\ b"},
      {"a\\\\#b", "a\\\\\\\\\\#b"},
      {"\xC3\xA4", "\xC3\xA4"},
      {"$ #:", "$$\\ \\#\\:"},
  };
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    Str path = str_from(paths[i][0]);
    Str expected = str_printf(&arena, "x: \\\n  %s\n%s:\n", paths[i][1], paths[i][1]);
    ck_str(rules("x", &path, 1), str_cstr(&arena, expected));
    expected = str_printf(&arena, "%s:\n", paths[i][1]);
    ck_str(rules(paths[i][0], NULL, 0), str_cstr(&arena, expected));
  }
}
END_TEST

UNIT_MAIN("depfile", plain, escapes)
