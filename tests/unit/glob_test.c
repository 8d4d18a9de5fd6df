// Globs against a table. Where the meaning is that of bash's globstar and extended brackets, the
// table says what bash matches; the rest follows from the header.
#include "base/glob.h"

#include "unit.h"

static const struct {
  const char *pattern, *path;
  bool matches;
} cases[] = {
    {"concept/**/*.html", "concept/a.html", true},
    {"concept/**/*.html", "concept/x/y/a.html", true},
    {"concept/**/*.html", "concept/x/y/a.htm", false},
    {"concept/**/*.html", "other/a.html", false},
    {"concept/*.html", "concept/x/a.html", false},
    {"**/archive/**", "archive/x", true},
    {"**/archive/**", "a/b/archive/c/d", true},
    {"**/archive/**", "a/archives/c", false},
    {"**/archive/**", "a/archive", false},
    {"**", "a", true},
    {"**", "a/b/c", true},
    {"a/**/b/**/c", "a/b/b/x/c", true},
    {"a/**/b/**/c", "a/x/c", false},
    {"a**b", "axxb", true},
    {"a**b", "ax/xb", false},
    {"*", "", true},
    {"", "", true},
    {"", "a", false},
    {"a", "", false},
    {"a?c", "abc", true},
    {"a?c",
     "a\xC3\xA4"
     "c",
     true},
    {"a?c", "a/c", false},
    {"?", "", false},
    {"[a-c]x", "bx", true},
    {"[a-c]x", "dx", false},
    {"[!a-c]x", "dx", true},
    {"[^a-c]x", "ax", false},
    {"[]a]", "]", true},
    {"[a-]", "-", true},
    {"[\xC3\xA4-\xC3\xBC]", "\xC3\xB6", true},
    {"[a", "[a", true},
    {"[a", "a", false},
    {"x[/]y", "x/y", false},
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"\\{a,b\\}", "{a,b}", true},
    {"a.{fx,yaml,yml}", "a.yaml", true},
    {"a.{fx,yaml,yml}", "a.json", false},
    {"{a,b{c,d}}e", "bde", true},
    {"{a,b{c,d}}e", "be", false},
    {"{,x}a", "a", true},
    {"{**/,}*.html", "x/y.html", true},
    {"{**/,}*.html", "y.html", true},
    {"{a/**,b}/c", "a/x/y/c", true},
    {"{a,b", "{a,b", true},
    {"a}", "a}", true},
    {"{a}", "a", true},
    {"[{]a,b}", "{a,b}", true},
    {"*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false},
    {"*.html", ".html", true},
    {"a/", "a", false},
    {"a//b", "a/b", false},
};

START_TEST(matches_as_the_table_says) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    ck_assert_msg(glob_match(str_from(cases[i].pattern), str_from(cases[i].path)) == cases[i].matches,
                  "'%s' on '%s' should be %d", cases[i].pattern, cases[i].path, cases[i].matches);
}
END_TEST

START_TEST(finds_the_fixed_prefix) {
  ck_str(glob_fixed_prefix(STR("concept/**/*.html")), "concept/");
  ck_str(glob_fixed_prefix(STR("concept/a*/x")), "concept/");
  ck_str(glob_fixed_prefix(STR("*.html")), "");
  ck_str(glob_fixed_prefix(STR("a/b/c.html")), "a/b/");
  ck_str(glob_fixed_prefix(STR("a/{b,c}/d")), "a/");
}
END_TEST

START_TEST(enters_what_may_hold_a_match) {
  Str pattern = STR("concept/*/{a,b}/*.html");
  ck_assert(glob_may_enter(pattern, STR("concept")));
  ck_assert(glob_may_enter(pattern, STR("concept/x")));
  ck_assert(glob_may_enter(pattern, STR("concept/x/a")));
  ck_assert(glob_may_enter(pattern, STR("")));
  ck_assert(glob_may_enter(pattern, STR(".")));
  ck_assert(!glob_may_enter(pattern, STR("concept/x/c")));
  ck_assert(!glob_may_enter(pattern, STR("concept/x/a/y")));
  ck_assert(!glob_may_enter(pattern, STR("other")));
  ck_assert(glob_may_enter(STR("concept/**"), STR("concept/x/y/z")));
  ck_assert(!glob_may_enter(STR("a.html"), STR("a.html")));
}
END_TEST

// 2^10 = 1,024 combinations are the most; 2^11 never match, not even what the first one would.
START_TEST(bounds_the_alternatives) {
  ck_assert(glob_match(STR("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"), STR("bbbbbbbbbb")));
  ck_assert(!glob_match(STR("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"), STR("aaaaaaaaaaa")));
  ck_assert(!glob_match(STR("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"), STR("aaaaaaaaaa")));
}
END_TEST

// Would take for ever with naive backtracking.
START_TEST(stays_fast_on_hostile_patterns) {
  static char path[4000], pattern[4000];
  for (size_t i = 0; i + 1 < sizeof path; i++) path[i] = i % 2 ? '/' : 'a';
  for (size_t i = 0; i + 4 < sizeof pattern; i += 3) memcpy(pattern + i, "**/", 3);
  ck_assert(!glob_match(str_from(pattern), STR("b")));
  ck_assert(!glob_match(STR("**/a/**/a/**/a/**/a/**/a/**/b"), str_from(path)));
  memset(path, 'a', sizeof path - 1);
  for (size_t i = 0; i + 2 < sizeof pattern; i += 2) memcpy(pattern + i, "a*", 2);
  pattern[sizeof pattern - 2] = 'b';
  ck_assert(!glob_match(str_from(pattern), str_from(path)));
  memset(pattern, '{', sizeof pattern - 1);
  ck_assert(!glob_match(str_from(pattern), str_from(path)));
}
END_TEST

UNIT_MAIN("glob", matches_as_the_table_says, finds_the_fixed_prefix, enters_what_may_hold_a_match,
          bounds_the_alternatives, stays_fast_on_hostile_patterns)
