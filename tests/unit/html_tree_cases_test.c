/* Runs the tree cases in tests/conformance/tree/, which are in the html5lib format. The expected trees
 * are those of Chromium 156 (DOMParser, innerHTML), scripting disabled. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "../conformance/html5lib_tree.c"

enum { CASES_AT_LEAST = 220, LARGEST_FILE = 1 << 20 };

typedef struct Case {
  Str data, fragment, document;
} Case;

/// Takes the lines up to the next one that begins a section or, in the last section, up to a case.
static Str take_section(Str *rest, bool last) {
  Str whole = *rest;
  while (rest->len && rest->data[0] != '#') {
    if (last && rest->data[0] == '\n' && (rest->len == 1 || rest->data[1] == '#')) break;
    ptrdiff_t end = str_find_char(*rest, '\n');
    *rest = str_skip(*rest, end < 0 ? rest->len : (size_t)end + 1);
  }
  return str_take(whole, whole.len - rest->len);
}

static bool take_heading(Str *rest, Str heading) {
  if (!str_starts(*rest, heading)) return false;
  *rest = str_skip(*rest, heading.len);
  return true;
}

static Str without_newline(Str s) { return str_take(s, s.len ? s.len - 1 : 0); }

static bool take_case(Str *rest, Case *c) {
  *c = (Case){0};
  while (take_heading(rest, STR("\n"))) continue;
  if (!take_heading(rest, STR("#data\n"))) return false;
  c->data = without_newline(take_section(rest, false));
  ck_assert(take_heading(rest, STR("#errors\n")));
  take_section(rest, false);
  if (take_heading(rest, STR("#document-fragment\n")))
    c->fragment = without_newline(take_section(rest, false));
  ck_assert(take_heading(rest, STR("#document\n")));
  c->document = take_section(rest, true);
  return true;
}

static void check_case(Arena *arena, const char *file, const Case *c) {
  Buf got = {0};
  const char *fragment = c->fragment.len ? str_cstr(arena, c->fragment) : NULL;
  html5lib_tree(c->data.data, c->data.len, fragment, false, &got);
  if (!str_eq(buf_str(&got), c->document)) {
    ck_abort_msg("%s: %.*s\nexpected:\n%.*s\ngot:\n%.*s", file, STR_ARG(c->data), STR_ARG(c->document),
                 STR_ARG(buf_str(&got)));
  }
  buf_free(&got);
}

static Str read_cases(Arena *arena, const char *name) {
  FILE *file = fopen(str_cstr(arena, str_printf(arena, "tests/conformance/tree/%s", name)), "rb");
  ck_assert_ptr_nonnull(file);
  char *text = arena_alloc(arena, LARGEST_FILE);
  size_t len = fread(text, 1, LARGEST_FILE, file);
  fclose(file);
  return (Str){text, len};
}

static size_t check_file(const char *name) {
  Arena arena = {0};
  Str rest = read_cases(&arena, name);
  size_t count = 0;
  for (Case c; take_case(&rest, &c); count++) check_case(&arena, name, &c);
  ck_assert_msg(rest.len == 0, "%s: not a case: %.*s", name, STR_ARG(str_take(rest, 60)));
  arena_free(&arena);
  return count;
}

START_TEST(every_case_gives_its_tree) {
  size_t count = 0;
  DIR *folder = opendir("tests/conformance/tree");
  ck_assert_ptr_nonnull(folder);
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (str_ends(str_from(entry->d_name), STR(".dat"))) count += check_file(entry->d_name);
  }
  closedir(folder);
  ck_assert_uint_ge(count, CASES_AT_LEAST);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("cases");
  tcase_add_test(cases, every_case_gives_its_tree);
  Suite *suite = suite_create("html tree cases");
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
