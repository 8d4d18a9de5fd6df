/* Versions and ranges against npm's semver: data/ranges.tsv was written by it, data/ranges-refused.tsv holds
 * what it refuses, with the offset of the character that a reader would call wrong. */
#include "ir/range.h"

#include <stdio.h>

#include "unit.h"

static FILE *open_data(const char *name) {
  char path[256];
  snprintf(path, sizeof path, "tests/unit/data/%s", name);
  FILE *file = fopen(path, "rb");
  ck_assert_msg(file != NULL, "run from the root of the project: %s", path);
  return file;
}

// The next line's fields, split at tabs; false at the end.
static bool read_fields(FILE *file, char *line, size_t space, Str *fields, size_t count) {
  while (fgets(line, (int)space, file)) {
    if (line[0] == '#') continue;
    line[strcspn(line, "\n")] = 0;
    Str rest = str_from(line);
    for (size_t i = 0; i < count; i++) ck_assert(str_split(&rest, '\t', &fields[i]));
    return true;
  }
  return false;
}

START_TEST(ranges_mean_what_semver_says) {
  FILE *file = open_data("ranges.tsv");
  Arena arena = {0};
  char line[512];
  Str fields[3];
  size_t pairs = 0;
  while (read_fields(file, line, sizeof line, fields, 3)) {
    Range range;
    Version version;
    VersionFault fault;
    ck_assert_msg(range_parse(&arena, fields[0], &range, &fault), "range '%.*s'", STR_ARG(fields[0]));
    ck_assert_msg(version_parse(fields[1], &version, &fault), "version '%.*s'", STR_ARG(fields[1]));
    bool expected = str_eq(fields[2], STR("y"));
    ck_assert_msg(range_matches(&range, &version) == expected, "'%.*s' and %.*s: expected %.*s",
                  STR_ARG(fields[0]), STR_ARG(fields[1]), STR_ARG(fields[2]));
    pairs++;
  }
  ck_assert_uint_ge(pairs, 300);
  fclose(file);
  arena_free(&arena);
}
END_TEST

START_TEST(malformed_ranges_name_the_wrong_character) {
  FILE *file = open_data("ranges-refused.tsv");
  Arena arena = {0};
  char line[512];
  Str fields[2];
  size_t count = 0;
  while (read_fields(file, line, sizeof line, fields, 2)) {
    Range range;
    VersionFault fault = {0};
    ck_assert_msg(!range_parse(&arena, fields[0], &range, &fault), "'%.*s' was accepted", STR_ARG(fields[0]));
    ck_assert_msg(fault.offset == strtoul(fields[1].data, NULL, 10), "'%.*s': offset %u", STR_ARG(fields[0]),
                  fault.offset);
    ck_assert_ptr_nonnull(fault.message);
    count++;
  }
  ck_assert_uint_ge(count, 30);
  fclose(file);
  arena_free(&arena);
}
END_TEST

START_TEST(precedence_is_that_of_semver_11) {
  static const char *const rising[] = {"0.0.0-0",
                                       "0.0.0",
                                       "1.0.0-alpha",
                                       "1.0.0-alpha.1",
                                       "1.0.0-alpha.beta",
                                       "1.0.0-beta",
                                       "1.0.0-beta.2",
                                       "1.0.0-beta.11",
                                       "1.0.0-rc.1",
                                       "1.0.0",
                                       "1.0.1",
                                       "1.2.0",
                                       "1.10.0",
                                       "2.0.0-99999999999999999999",
                                       "2.0.0-a",
                                       "2.0.0"};
  enum { COUNT = sizeof rising / sizeof *rising };
  for (int i = 0; i < COUNT; i++)
    for (int k = 0; k < COUNT; k++) {
      Version a, b;
      VersionFault fault;
      ck_assert(version_parse(str_from(rising[i]), &a, &fault) &&
                version_parse(str_from(rising[k]), &b, &fault));
      int order = version_cmp(&a, &b);
      ck_assert_msg((order > 0) == (i > k) && (order < 0) == (i < k), "%s and %s: %d", rising[i], rising[k],
                    order);
    }
}
END_TEST

static void expect_label(const char *label, const char *expected) {
  Arena arena = {0};
  Version version;
  if (!version_from_label(str_from(label), &version))
    ck_assert_msg(!expected, "%s is no version", label);
  else
    ck_str(version_text(&arena, &version), expected ? expected : "nothing");
  arena_free(&arena);
}

START_TEST(labels_are_versions) {
  expect_label("v2", "2.0.0");
  expect_label("v3-beta", "3.0.0-beta");
  expect_label("stripe-v3", "3.0.0");
  expect_label("v3.1", "3.1.0");
  expect_label("v3.1.4-rc.1", "3.1.4-rc.1");
  expect_label("4", "4.0.0");
  expect_label("latest", NULL);
  expect_label("v", NULL);
  expect_label("", NULL);
  expect_label("v2x", NULL);
}
END_TEST

START_TEST(malformed_versions_name_the_wrong_character) {
  static const struct {
    const char *text;
    uint32_t offset;
  } cases[] = {{"1.2", 3}, {"1.2.x", 4},  {"1.2.3.4", 5}, {"", 0},
               {"v", 1},   {"01.2.3", 1}, {"1.2.3 4", 5}, {" 1.a.0", 3}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Version version;
    VersionFault fault = {0};
    ck_assert_msg(!version_parse(str_from(cases[i].text), &version, &fault), "%s", cases[i].text);
    ck_assert_msg(fault.offset == cases[i].offset, "'%s': offset %u, not %u", cases[i].text, fault.offset,
                  cases[i].offset);
  }
}
END_TEST

START_TEST(ranges_print_their_bounds) {
  static const char *const cases[][2] = {{"^1.2", ">=1.2.0 <2.0.0-0"},
                                         {"~0.2.3", ">=0.2.3 <0.3.0-0"},
                                         {"", "*"},
                                         {"1 - 2.3", ">=1.0.0 <2.4.0-0"},
                                         {"<1 || =2.0.0", "<1.0.0-0 || 2.0.0"}};
  Arena arena = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Range range;
    VersionFault fault;
    ck_assert(range_parse(&arena, str_from(cases[i][0]), &range, &fault));
    ck_str(range_text(&arena, &range), cases[i][1]);
  }
  arena_free(&arena);
}
END_TEST

START_TEST(ranges_move_in_the_manner_of_their_author) {
  static const char *const cases[][3] = {
      {"^2", "3.2.0", "^3"},
      {"^2.1", "3.2.0", "^3.2"},
      {"~2.9.0", "3.2.1", "~3.2.1"},
      {"2.x", "3.2.0", "3.x"},
      {"2.9.x", "3.2.1", "3.2.x"},
      {"2.*", "3.0.0", "3.*"},
      {"2", "3.2.0", "3"},
      {"v2", "3.2.0", "v3"},
      {"=v2.9.0", "3.2.0", "=v3.2.0"},
      {" ^2 ", "3.2.0", "^3"},
      {"^2.0.0-rc.1", "3.2.0", "^3.2.0"},
      {"^0.4", "0.5.1", "^0.5"},
      {"2.9.0+build", "3.2.0", "^3"},
      {">=1 <3", "3.2.0", "^3"},
      {"<=2.9.0", "0.5.1", "^0.5.1"},
      {"1 || 2", "3.2.0", "^3"},
      {"1 - 2.5", "3.2.0", "^3"},
      {"^2", "4.0.0-beta.1", "^4.0.0-beta.1"},
      {"2.x", "4.0.0-beta.1", "^4.0.0-beta.1"},
  };
  Arena arena = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Version to;
    VersionFault fault;
    ck_assert(version_parse(str_from(cases[i][1]), &to, &fault));
    ck_str(range_move(&arena, str_from(cases[i][0]), &to), cases[i][2]);
  }
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("range", ranges_mean_what_semver_says, malformed_ranges_name_the_wrong_character,
          precedence_is_that_of_semver_11, labels_are_versions, malformed_versions_name_the_wrong_character,
          ranges_print_their_bounds, ranges_move_in_the_manner_of_their_author)
