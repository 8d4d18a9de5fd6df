/* Regular expressions against those of Node.js (data/regexes.tsv was written by it), and in linear time. */
#include "base/regex.h"

#include <stdio.h>

#include "unit.h"

START_TEST(means_what_javascript_says) {
  FILE *file = fopen("tests/unit/data/regexes.tsv", "rb");
  ck_assert_msg(file != NULL, "run from the root of the project");
  Arena arena = {0};
  char line[512];
  size_t lines = 0;
  while (fgets(line, sizeof line, file)) {
    if (line[0] == '#') continue;
    line[strcspn(line, "\n")] = 0;
    Str rest = str_from(line), pattern, text, verdict;
    ck_assert(str_split(&rest, '\t', &pattern) && str_split(&rest, '\t', &text) &&
              str_split(&rest, '\t', &verdict));
    RegexFault fault = {0};
    Regex *regex = regex_compile(&arena, pattern, &fault);
    ck_assert_msg((regex != NULL) == !str_eq(verdict, STR("-")), "/%.*s/: %s", STR_ARG(pattern),
                  fault.message);
    if (regex)
      ck_assert_msg(regex_matches(regex, text, &arena) == str_eq(verdict, STR("y")),
                    "/%.*s/ on '%.*s' is not %.*s", STR_ARG(pattern), STR_ARG(text), STR_ARG(verdict));
    arena_reset(&arena);
    lines++;
  }
  fclose(file);
  arena_free(&arena);
  ck_assert_uint_gt(lines, 1000);
}
END_TEST

static RegexFault refused(const char *pattern) {
  Arena arena = {0};
  RegexFault fault = {0};
  ck_assert_msg(!regex_compile(&arena, str_from(pattern), &fault), "/%s/", pattern);
  ck_assert(fault.message && fault.start <= fault.end && fault.end <= strlen(pattern));
  arena_free(&arena);
  return fault;
}

START_TEST(says_what_is_wrong_and_where) {
  RegexFault set = refused("ab[cd"), group = refused("a(?:b"), none = refused("a|*");
  ck_assert(set.start == 2 && !set.beyond);
  ck_assert(group.start == 1 && !group.beyond);
  ck_assert(none.start == 2 && none.end == 3 && !none.beyond);
  ck_assert(refused("(?=a)b").beyond && refused("(?<!a)b").beyond && refused("(a)\\1").beyond);
  ck_assert(refused("((a{100}){100}){100}").beyond && refused("a{30000}").beyond);
}
END_TEST

START_TEST(takes_linear_time) {
  Arena arena = {0};
  RegexFault fault;
  Regex *regex = regex_compile(&arena, STR("^(a+)+(a|aa)*(.*a){8}$"), &fault);
  char *text = arena_alloc(&arena, 200000);
  memset(text, 'a', 200000);
  text[199999] = '\n';
  ck_assert(regex && !regex_matches(regex, (Str){text, 200000}, &arena));
  ck_assert(regex_matches(regex, (Str){text, 199999}, &arena));
  arena_free(&arena);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {means_what_javascript_says, says_what_is_wrong_and_where, takes_linear_time};
  return unit_run("regex", tests, sizeof tests / sizeof *tests);
}
