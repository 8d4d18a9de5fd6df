/* What the unit tests share: comparing byte strings, and a main() from a list of tests. */
#ifndef FXC_TESTS_UNIT_H
#define FXC_TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>

#include "base/str.h"

/// The Str equals the C string.
#define ck_str(actual, expected)                                                                         \
  do {                                                                                                   \
    Str ck_actual = (actual), ck_expected = str_from(expected);                                          \
    ck_assert_msg(str_eq(ck_actual, ck_expected), "%s is\n%.*s\nnot\n%.*s", #actual, STR_ARG(ck_actual), \
                  STR_ARG(ck_expected));                                                                 \
  } while (0)

/// Runs the tests, each in a process of its own.
static inline int unit_run(const char *name, const TTest *const *tests, size_t count) {
  Suite *suite = suite_create(name);
  TCase *tcase = tcase_create(name);
  tcase_set_timeout(tcase, 30);
  for (size_t i = 0; i < count; i++) tcase_add_test(tcase, tests[i]);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT_MAIN(name, ...)                                        \
  int main(void) {                                                  \
    const TTest *const tests[] = {__VA_ARGS__};                     \
    return unit_run((name), tests, sizeof tests / sizeof tests[0]); \
  }

#endif
