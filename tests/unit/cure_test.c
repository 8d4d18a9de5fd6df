/* Ranges that hold one more release, in the manner of their author. What is expected follows from
 * node-semver's meaning of the ranges: each holds the wanted version, and the first is the most natural. */
#include "passes/cure_range.h"

#include "unit.h"

typedef struct RangeCase {
  const char *old, *wanted;
  CureManner manner;
  bool tight;
  const char *first;
} RangeCase;

static const RangeCase cases[] = {
    // the operator is widened where that is enough
    {"1.2.0", "1.4.1", CURE_MOVE, false, "^1.2.0"},
    {"~1.2", "1.4.1", CURE_MOVE, false, "^1.2"},
    {"~1.2", "1.4.1", CURE_WIDEN, false, "^1.2"},
    {"1.2.x", "1.4.1", CURE_WIDEN, false, "^1.2"},
    // an older release of the same major
    {"^1.4.0", "1.2.0", CURE_MOVE, false, "^1.2.0"},
    // another major: what is asked for moves, what is true is widened, the older first
    {"^1", "2.3.0", CURE_MOVE, false, "^2"},
    {"^1", "2.3.0", CURE_WIDEN, false, "^1 || ^2"},
    {"^2", "1.4.0", CURE_WIDEN, false, "^1 || ^2"},
    {"^2.1", "1.4.0", CURE_WIDEN, false, "^1.4 || ^2.1"},
    {"^1", "2.3.0", CURE_WIDEN, true, "^1||^2"},
    {"1.x", "2.3.0", CURE_MOVE, false, "2.x"},
    // before 1.0.0 the minor tells releases apart
    {"^0.2", "0.3.4", CURE_WIDEN, false, "^0.2 || ^0.3"},
    // lists and spans of versions are left as they are
    {">=1 <2", "2.3.0", CURE_WIDEN, false, ">=1 <2 || ^2"},
    {"^1 || ^2", "3.0.0", CURE_WIDEN, false, "^1 || ^2 || ^3"},
    // a prerelease is only in a range that names one
    {"^1", "2.0.0-beta.1", CURE_WIDEN, false, "^1 || ^2.0.0-beta.1"},
};

static Version version_of(const char *text) {
  Version version;
  VersionFault fault;
  ck_assert(version_parse(str_from(text), &version, &fault));
  return version;
}

START_TEST(the_first_range_is_the_most_natural) {
  const RangeCase *one = &cases[_i];
  Arena arena = {0};
  Str ranges[CURE_RANGES];
  Version wanted = version_of(one->wanted);
  size_t count = cure_ranges(&arena, str_from(one->old), &wanted, one->manner, one->tight, ranges);
  ck_assert_uint_gt(count, 0);
  ck_str(ranges[0], one->first);
  for (size_t i = 0; i < count; i++) {
    Range range;
    VersionFault fault;
    ck_assert(range_parse(&arena, ranges[i], &range, &fault));
    ck_assert_msg(range_matches(&range, &wanted), "%.*s", STR_ARG(ranges[i]));
    ck_assert(!one->tight || str_find_char(ranges[i], ' ') < 0);
  }
  arena_free(&arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("cure");
  TCase *tcase = tcase_create("cure");
  tcase_add_loop_test(tcase, the_first_range_is_the_most_natural, 0, sizeof cases / sizeof *cases);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
