/* .env files. What is expected is what util.parseEnv() of Node.js 20.20 gives for the same text, but for tabs
 * and the line without '='. */
#include "base/dotenv.h"

#include "unit.h"

static const char text[] =
    "# comment\nA=1\nexport B = two words  # comment\nC=\"a\\nb\" # "
    "x\nD='a\\nb'\nE=`x\"y'z`\nF=\"multi\nline\"\n"
    "G=ab#cd\nH=\n K\t=\ttab\r\nL='#not comment'\nnope\nN=a=b=c\nO_P=3\nA=2\nI=\"unclosed\n";

START_TEST(means_what_node_says) {
  static const char *const expected[][2] = {
      {"A", "2"},           {"B", "two words"}, {"C", "a\nb"},       {"D", "a\\nb"}, {"E", "x\"y'z"},
      {"F", "multi\nline"}, {"G", "ab"},        {"H", ""},           {"K", "tab"},   {"L", "#not comment"},
      {"N", "a=b=c"},       {"O_P", "3"},       {"I", "\"unclosed"},
  };
  Arena arena = {0};
  DotenvEntries entries = {0};
  dotenv_read(&arena, str_from(text), &entries);
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const DotenvEntry *entry = dotenv_find(&entries, str_from(expected[i][0]));
    ck_assert_msg(entry != NULL, "%s", expected[i][0]);
    ck_str(entry->value, expected[i][1]);
    Str place = str_span(text + entry->start, text + entry->end);
    ck_str(place, expected[i][0]);
  }
  ck_assert_uint_eq(entries.len, sizeof expected / sizeof *expected + 1);  // A stands twice
  ck_assert(!dotenv_find(&entries, STR("nope")) && !dotenv_find(&entries, STR("export")));
  arena_free(&arena);
}
END_TEST

static const char windows[] =
    "\xEF\xBB\xBFKEY=\"one\r\ntwo\"\r\nexport  PLAIN=three\t\r\n\r\nLAST='four\r\nfive' # six\r\n";

START_TEST(files_of_windows_mean_the_same) {
  static const char *const expected[][2] = {{"KEY", "one\ntwo"}, {"PLAIN", "three"}, {"LAST", "four\nfive"}};
  Arena arena = {0};
  DotenvEntries entries = {0};
  dotenv_read(&arena, str_from(windows), &entries);
  ck_assert_uint_eq(entries.len, 3);
  for (size_t i = 0; i < 3; i++) {
    ck_str(entries.data[i].name, expected[i][0]);
    ck_str(entries.data[i].value, expected[i][1]);
    ck_str(str_span(windows + entries.data[i].start, windows + entries.data[i].end), expected[i][0]);
  }
  arena_free(&arena);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {means_what_node_says, files_of_windows_mean_the_same};
  return unit_run("dotenv", tests, sizeof tests / sizeof *tests);
}
