/* Response files. What words a text has is what `sh` makes of it (POSIX XCU 2.2), as long as nothing in it is
 * expanded. */
#include "commands/response.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "unit.h"

static Arena arena;

static void enter_folder(void) {
  char folder[] = "/tmp/fxc-response-XXXXXX";
  ck_assert_ptr_nonnull(mkdtemp(folder));
  ck_assert_int_eq(chdir(folder), 0);
}

static void put(const char *path, Str text) { ck_assert_int_eq(file_write_atomic(str_from(path), text), 0); }

// The words, each in brackets; the error behind them.
static Str read_file(const char *argument) {
  ResponseWords words = {0};
  Str error = STR(""), text = STR("");
  response_add(&arena, str_from(argument), &words, &error);
  for (size_t i = 0; i < words.len; i++)
    text = str_printf(&arena, "%.*s[%.*s]", STR_ARG(text), STR_ARG(words.data[i]));
  return str_concat(&arena, text, error);
}

START_TEST(words_are_those_of_a_shell) {
  static const char *const texts[] = {
      "a b\tc\r\nd\n\n e ",
      "'a b' \"c d\" e\\ f",
      "a'b'\"c\"d ''x \"\"",
      "'a\\b' \"a\\b\" a\\b",
      "\"a\\\"b\" \"a\\\\b\" 'it'\\''s'",
      "a\\\nb \"c\\\nd\" 'e\\\nf'",
      "\"it's\" 'say \"hi\"'",
      "a=\"b c\" --x='d e' -- f",
      "\xC3\xA4 '\xE2\x82\xAC \xF0\x9F\x98\x80'",
  };
  enter_folder();
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    put("words", str_from(texts[i]));
    // Carriage returns are blanks here and not to a shell.
    Str script = str_printf(&arena, "printf '[%%s]' %s", texts[i]);
    for (size_t c = 0; c < script.len; c++)
      if (script.data[c] == '\r' || (script.data[c] == '\n' && (!c || script.data[c - 1] != '\\')))
        ((char *)script.data)[c] = ' ';
    put("script", script);
    FILE *shell = popen("sh script", "r");
    char expected[256] = {0};
    size_t len = fread(expected, 1, sizeof expected - 1, shell);
    ck_assert(len > 0 && pclose(shell) == 0);
    ck_str(read_file("@words"), expected);
  }
}
END_TEST

START_TEST(files_in_files) {
  enter_folder();
  put("one", STR("a @two @ b@two"));
  put("two", STR("x '@three'\ny"));
  put("three", STR(""));
  ck_str(read_file("@one"), "[a][x][y][@][b@two]");
  ck_str(read_file("@"), "[@]");
  ck_str(read_file("one"), "[one]");
}
END_TEST

START_TEST(what_cannot_be_read) {
  enter_folder();
  put("missing", STR("a @none b"));
  put("open", STR("a 'b c"));
  put("escaped", STR("a\\"));
  ck_str(read_file("@none"), "cannot read the response file 'none': No such file or directory");
  ck_str(read_file("@missing"), "[a]cannot read the response file 'none': No such file or directory");
  ck_str(read_file("@."), "cannot read the response file '.': Is a directory");
  ck_str(read_file("@open"), "[a]a quote is not closed in the response file 'open'");
  ck_str(read_file("@escaped"), "[a\\]");
}
END_TEST

// Each names the next a thousand times: more words than anybody could count.
START_TEST(files_that_name_each_other) {
  enter_folder();
  put("self", STR("a @self"));
  ck_str(read_file("@self"), "[a][a][a][a][a][a][a][a]response files nest too deeply at '@self'");
  for (int c = 'a'; c < 'g'; c++) {
    Buf text = {0};
    for (int i = 0; i < 1000; i++) buf_printf(&text, "@%c\n", c + 1);
    put((char[]){(char)c, 0}, buf_str(&text));
    buf_free(&text);
  }
  put("g", STR(""));
  ck_str(read_file("@a"), "response files nest too deeply at '@g'");
}
END_TEST

START_TEST(a_hundred_thousand_words) {
  enter_folder();
  Buf text = {0};
  for (int i = 0; i < 100 * 1000; i++) buf_printf(&text, "'objects/page %d.fxo'\n", i);
  put("many", buf_str(&text));
  buf_free(&text);
  ResponseWords words = {0};
  Str error = STR("");
  ck_assert(response_add(&arena, STR("@many"), &words, &error));
  ck_assert_uint_eq(words.len, 100 * 1000);
  ck_str(words.data[0], "objects/page 0.fxo");
  ck_str(words.data[99999], "objects/page 99999.fxo");
}
END_TEST

UNIT_MAIN("response", words_are_those_of_a_shell, files_in_files, what_cannot_be_read,
          files_that_name_each_other, a_hundred_thousand_words)
