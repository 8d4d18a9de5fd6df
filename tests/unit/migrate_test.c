/* Migrations: ranges in the style of their author, edits traced back to the file, and files that are written
 * all or none. The ranges are those that node-semver's README explains. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "edit/range_style.h"
#include "unit.h"
#include "workspace/edit_files.h"

static Arena arena;

/* Ranges */

static Version version(const char *text) {
  Version read;
  VersionFault fault;
  ck_assert(version_parse(str_from(text), &read, &fault));
  return read;
}

static void ck_moves(const char *from, const char *to, const char *old, const char *expected) {
  Version a = version(from), b = version(to);
  Str moved = range_style(&arena, str_from(old), &a, &b, false);
  ck_str(moved, expected);
  ck_assert_msg(range_holds(&arena, moved, &b), "'%s' does not hold %s", expected, to);
}

START_TEST(keeps_the_style) {
  ck_moves("2.9.0", "3.2.0", "^2", "^3");
  ck_moves("2.9.0", "3.2.0", "^2.1.3", "^3.2.0");
  ck_moves("2.9.0", "3.2.0", "~>2.9", "~>3.2");
  ck_moves("2.9.0", "3.2.0", "2.9.X", "3.2.X");
  ck_moves("2.9.0", "3.2.0", "v2.9.0", "v3.2.0");
  ck_moves("2.9.0", "3.2.0", ">=2 <3", ">=3 <4");
  ck_moves("2.9.0", "3.2.0", "<3.0.0-0", "<4.0.0-0");
  ck_moves("2.9.0", "3.2.0", "<=2.9", "<=3.2");
  ck_moves("0.4.2", "0.5.0", "^0.4.1", "^0.5.0");
  ck_moves("0.4.2", "0.5.0", "0.4.x", "0.5.x");
}
END_TEST

START_TEST(falls_back_on_a_caret) {
  ck_moves("2.9.0", "3.2.0", "2.1 - 2.9", "^3.2.0");
  ck_moves("2.9.0", "3.2.0", ">2.1 <2.10", "^3.2.0");
  ck_moves("0.4.2", "0.5.0", "0.4 - 0.4.9", "^0.5.0");
}
END_TEST

// A prerelease is held only by who names it.
START_TEST(names_a_prerelease) {
  ck_moves("3.2.0", "4.0.0-beta.1", "^3", "^4.0.0-beta.1");
  ck_moves("3.2.0", "4.0.0-beta.1", "^3.1.0", "^4.0.0-beta.1");
  ck_moves("3.2.0", "4.0.0-beta.1", "3.x", "^4.0.0-beta.1");
  ck_moves("3.2.0", "4.0.0-beta.1", "=3.2.0", "=4.0.0-beta.1");
  ck_moves("4.0.0-beta.1", "4.1.0", "4.0.0-beta.1", "4.1.0");
}
END_TEST

START_TEST(keeps_other_alternatives) {
  ck_moves("2.9.0", "3.2.0", "^1||^2", "^1||^3");
  ck_moves("2.9.0", "3.2.0", "2 || 2.9.0", "3 || 3.2.0");
  ck_moves("2.9.0", "3.2.0", "^2 || 2.x || ^2.1", "^3 || 3.x || ^3.2");
  ck_moves("2.9.0", "3.2.0", "^2 || ^2", "^3");
}
END_TEST

START_TEST(widens) {
  Version from = version("2.9.0"), to = version("3.2.0");
  ck_str(range_style(&arena, STR("^2"), &from, &to, true), "^2 || ^3");
  ck_str(range_style(&arena, STR("1.x||~2.9"), &from, &to, true), "1.x||~2.9||~3.2");
}
END_TEST

/* Places */

static void edit(SplicedText *text, uint32_t start, uint32_t end, const char *put) {
  Splices list = {0};
  ck_assert(splice_add(&arena, &list, (Splice){start, end, str_from(put), 0}));
  splice_apply(text, &list);
}

static void ck_origin(const SplicedText *text, uint32_t at, uint32_t start, uint32_t end) {
  Splice origin = splice_origin(text, at);
  ck_assert_uint_eq(origin.start, start);
  ck_assert_uint_eq(origin.end, end);
}

START_TEST(traces_places_back) {
  static char padded[8 + FILE_PADDING + 1] = "abcdefgh";
  SplicedText text;
  splice_begin(&text, &arena, (Str){padded, 8});
  edit(&text, 2, 4, "XYZ");  // abXYZefgh
  edit(&text, 7, 8, "");     // abXYZefh
  ck_str(text.current, "abXYZefh");
  ck_origin(&text, 1, 1, 1);
  ck_origin(&text, 2, 2, 4);
  ck_origin(&text, 4, 2, 4);
  ck_origin(&text, 5, 4, 4);
  ck_origin(&text, 7, 7, 7);
  ck_origin(&text, 8, 8, 8);
}
END_TEST

/* All or none. This renameat() is the one that fxc calls; it fails at the call that a test chooses. */

static int calls, failing;

int renameat(int from_directory, const char *from, int to_directory, const char *to) {
  if (++calls == failing) {
    errno = ENOSPC;
    return -1;
  }
  return (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, 0);
}

static char root[] = "/tmp/fxc-migrate-XXXXXX";
static const char *const names[] = {"a.yaml", "b.yaml", "c.yaml"};

static void begin(EditFiles *files, Compilation *compilation) {
  static Request request;
  ck_assert_ptr_nonnull(mkdtemp(root));
  ck_assert_int_eq(chdir(root), 0);
  *compilation = (Compilation){.sources = sources_new(), .project = {.root = STR(".")}};
  compilation->diags.arena = &compilation->arena;
  *files = edit_files(&arena, &request);
  for (size_t i = 0; i < 3; i++) {
    ck_assert_int_eq(file_write_new(str_from(names[i]), STR("old\n")), 0);
    SourceId source = sources_add(compilation->sources, str_from(names[i]), str_from(names[i]));
    EditFile *file = edit_file(files, compilation, source);
    ck_assert_ptr_null(file->why);
    ck_assert(splice_add(&arena, &file->edits, (Splice){0, 3, STR("new"), 0}));
  }
  edit_apply(files);
}

static void ck_files(const char *content) {
  Str text;
  for (size_t i = 0; i < 3; i++) {
    ck_assert_int_eq(file_read(str_from(names[i]), &arena, 0, &text), 0);
    ck_str(text, content);
  }
  FILE *listing = popen("ls -A", "r");
  char left[256] = "";
  size_t length = fread(left, 1, sizeof left - 1, listing);
  left[length] = '\0';
  pclose(listing);
  ck_assert_str_eq(left, "a.yaml\nb.yaml\nc.yaml\n");  // nothing temporary stays
}

START_TEST(writes_all) {
  EditFiles files;
  Compilation compilation;
  begin(&files, &compilation);
  ck_assert_uint_eq(edit_write_all(&files, "fxc migrate", &compilation), 3);
  ck_files("new\n");
  ck_assert(!compilation.system_failed);
  compilation_free(&compilation);
}
END_TEST

static void fail_at(int call) {
  EditFiles files;
  Compilation compilation;
  begin(&files, &compilation);
  calls = 0;
  failing = call;
  ck_assert_uint_eq(edit_write_all(&files, "fxc migrate", &compilation), 0);
  ck_files("old\n");
  ck_assert(compilation.system_failed);
  ck_assert_uint_eq(compilation.diags.list.len, 1);
  ck_assert(compilation.diags.list.data[0]->code == FX8003);
  compilation_free(&compilation);
}

START_TEST(writes_none_when_the_first_fails) { fail_at(1); }
END_TEST

START_TEST(writes_none_when_the_last_fails) { fail_at(3); }
END_TEST

START_TEST(writes_none_when_one_has_changed) {
  EditFiles files;
  Compilation compilation;
  begin(&files, &compilation);
  ck_assert_int_eq(file_write_atomic(STR("c.yaml"), STR("other\n")), 0);
  ck_assert_uint_eq(edit_write_all(&files, "fxc migrate", &compilation), 0);
  ck_assert_int_eq(file_write_atomic(STR("c.yaml"), STR("old\n")), 0);
  ck_files("old\n");
  compilation_free(&compilation);
}
END_TEST

UNIT_MAIN("migrate", keeps_the_style, falls_back_on_a_caret, names_a_prerelease, keeps_other_alternatives,
          widens, traces_places_back, writes_all, writes_none_when_the_first_fails,
          writes_none_when_the_last_fails, writes_none_when_one_has_changed)
