// Reading, writing and walking files, in a directory of its own that is left behind empty.
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/vec.h"
#include "unit.h"

static Arena arena;
static char root[] = "/tmp/fxc-file-test-XXXXXX";

static Str at(const char *name) { return str_printf(&arena, "%s/%s", root, name); }

static void put(const char *name, const char *text) {
  ck_assert_int_eq(file_make_directories(path_directory(at(name))), 0);
  ck_assert_int_eq(file_write_atomic(at(name), str_from(text)), 0);
}

static void enter(void) { ck_assert_ptr_nonnull(mkdtemp(root)); }

static void leave(void) {
  char command[128];
  snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -r %s", root, root);
  ck_assert_int_eq(system(command), 0);
  arena_free(&arena);
}

START_TEST(reads_what_was_written) {
  enter();
  Str text;
  put("a", "hello\n");
  ck_assert_int_eq(file_read(at("a"), &arena, 0, &text), 0);
  ck_str(text, "hello\n");
  ck_assert_int_eq(text.data[text.len], 0);
  ck_assert_int_eq(text.data[text.len + FILE_PADDING - 1], 0);
  put("empty", "");
  ck_assert_int_eq(file_read(at("empty"), &arena, 0, &text), 0);
  ck_assert_uint_eq(text.len, 0);
  ck_assert_ptr_nonnull(text.data);
  leave();
}
END_TEST

static void reads_in(FileFolder *folder, const char *name, const char *expected) {
  Str text;
  struct stat info;
  ck_assert_int_eq(file_read_in(folder, at(name), &arena, 0, &text), 0);
  ck_str(text, expected);
  ck_assert_int_eq(file_stat_in(folder, at(name), &info), 0);
  ck_assert_int_eq(info.st_size, (off_t)strlen(expected));
}

START_TEST(reads_by_way_of_the_folder) {
  enter();
  FileFolder folder = {0};
  Str text;
  struct stat info;
  put("a/x", "ax");
  put("a/y", "a, y");
  put("b/x", "b");
  put("top", "t");
  reads_in(&folder, "a/x", "ax");
  reads_in(&folder, "a/y", "a, y");
  int held = folder.fd;
  ck_assert_int_eq(file_read_in(&folder, at("a/z"), &arena, 0, &text), ENOENT);
  ck_assert_int_eq(file_stat_in(&folder, at("a/z"), &info), ENOENT);
  ck_assert_int_eq(folder.fd, held);
  reads_in(&folder, "b/x", "b");
  reads_in(&folder, "top", "t");
  ck_assert_int_eq(file_read_in(&folder, at("c/x"), &arena, 0, &text), ENOENT);
  ck_assert_int_eq(file_read_in(&folder, at("top/x"), &arena, 0, &text), ENOTDIR);
  ck_assert_int_eq(file_read_in(&folder, at("a"), &arena, 0, &text), EISDIR);
  ck_assert_int_eq(file_read_in(&folder, STR(""), &arena, 0, &text), ENOENT);
  reads_in(NULL, "a/x", "ax");
  ck_assert_int_eq(chdir(root), 0);
  ck_assert_int_eq(file_read_in(&folder, STR("top"), &arena, 0, &text), 0);
  ck_str(text, "t");
  ck_assert_int_eq(file_read_in(&folder, STR("/dev/null"), &arena, 0, &text), ENOTSUP);
  file_leave(&folder);
  ck_assert_int_eq(fcntl(held, F_GETFD), -1);
  ck_assert_int_eq(chdir("/"), 0);
  leave();
}
END_TEST

START_TEST(reads_files_that_do_not_know_their_size) {
  Str text;
  ck_assert_int_eq(file_read(STR("/proc/self/status"), &arena, 0, &text), 0);
  ck_assert(str_starts(text, STR("Name:")));
  ck_assert_int_eq(file_read(STR("/proc/self/status"), &arena, 10, &text), EFBIG);
  arena_free(&arena);
}
END_TEST

START_TEST(limits_are_exact) {
  enter();
  Str text;
  put("five", "12345");
  ck_assert_int_eq(file_read(at("five"), &arena, 5, &text), 0);
  ck_assert_int_eq(file_read(at("five"), &arena, 4, &text), EFBIG);
  ck_assert_uint_eq(text.len, 0);
  leave();
}
END_TEST

START_TEST(says_why_it_cannot_read) {
  enter();
  Str text;
  char pipe[64];
  ck_assert_int_eq(file_read(at("missing"), &arena, 0, &text), ENOENT);
  ck_assert_int_eq(file_read(str_from(root), &arena, 0, &text), EISDIR);
  ck_assert_int_eq(file_read(STR(""), &arena, 0, &text), ENOENT);
  ck_assert_int_eq(file_read(STR("a\0b"), &arena, 0, &text), EINVAL);
  char *longest = arena_alloc(&arena, 5000);
  memset(longest, 'x', 5000);
  ck_assert_int_eq(file_read((Str){longest, 5000}, &arena, 0, &text), ENAMETOOLONG);
  snprintf(pipe, sizeof pipe, "%s/pipe", root);
  ck_assert_int_eq(mkfifo(pipe, 0600), 0);
  ck_assert_int_eq(file_read(str_from(pipe), &arena, 0, &text), ENOTSUP);  // and does not wait for a writer
  leave();
}
END_TEST

START_TEST(replaces_whole_and_keeps_permissions) {
  enter();
  Str text;
  struct stat info;
  put("script", "old");
  ck_assert_int_eq(chmod(str_cstr(&arena, at("script")), 0750), 0);
  put("script", "new and longer");
  ck_assert_int_eq(file_read(at("script"), &arena, 0, &text), 0);
  ck_str(text, "new and longer");
  ck_assert_int_eq(stat(str_cstr(&arena, at("script")), &info), 0);
  ck_assert_int_eq(info.st_mode & 07777, 0750);
  leave();
}
END_TEST

START_TEST(a_failed_write_leaves_nothing) {
  enter();
  ck_assert_int_eq(file_make_directories(at("taken/by/directory")), 0);
  ck_assert_int_ne(file_write_atomic(at("taken"), STR("x")), 0);  // no rename over a full directory
  ck_assert_int_eq(file_write_atomic(at("no/such/place"), STR("x")), ENOENT);
  ck_assert_int_eq(rmdir(str_cstr(&arena, at("taken/by/directory"))), 0);
  ck_assert_int_eq(rmdir(str_cstr(&arena, at("taken/by"))), 0);
  ck_assert_int_eq(rmdir(str_cstr(&arena, at("taken"))), 0);
  ck_assert_int_eq(rmdir(root), 0);  // empty: the temporary file is gone
  arena_free(&arena);
}
END_TEST

START_TEST(a_link_is_replaced_not_followed) {
  enter();
  Str text;
  put("target", "precious");
  ck_assert_int_eq(symlink("target", str_cstr(&arena, at("link"))), 0);
  put("link", "ours");
  ck_assert_int_eq(file_read(at("target"), &arena, 0, &text), 0);
  ck_str(text, "precious");
  leave();
}
END_TEST

// As root, a rename would take /dev/null away from everybody.
START_TEST(a_pipe_is_written_to_not_replaced) {
  enter();
  struct stat info;
  char read_back[8] = "", *pipe = str_cstr(&arena, at("pipe"));
  ck_assert_int_eq(mkfifo(pipe, 0600), 0);
  int reader = open(pipe, O_RDONLY | O_NONBLOCK);
  ck_assert_int_ge(reader, 0);
  put("pipe", "told");
  ck_assert_int_eq(read(reader, read_back, sizeof read_back), 4);
  ck_assert_str_eq(read_back, "told");
  ck_assert_int_eq(stat(pipe, &info), 0);
  ck_assert(S_ISFIFO(info.st_mode));
  close(reader);
  leave();
}
END_TEST

// Whoever guesses the temporary file's name and lays a link there gains nothing.
START_TEST(a_planted_link_is_not_written_through) {
  enter();
  Str text;
  put("target", "precious");
  for (int i = 0; i < 20; i++) {
    Str planted = str_printf(&arena, "%s/.fxc-%ld-%d.tmp", root, (long)getpid(), i);
    ck_assert_int_eq(symlink("target", planted.data), 0);
  }
  put("file", "ours");
  ck_assert_int_eq(file_read(at("target"), &arena, 0, &text), 0);
  ck_str(text, "precious");
  ck_assert_int_eq(file_read(at("file"), &arena, 0, &text), 0);
  ck_str(text, "ours");
  leave();
}
END_TEST

START_TEST(makes_directories) {
  enter();
  ck_assert_int_eq(file_make_directories(at("a/b/c/")), 0);
  ck_assert_int_eq(file_make_directories(at("a/b/c")), 0);
  ck_assert(file_is_directory(at("a/b/c")));
  put("file", "");
  ck_assert(file_exists(at("file")) && !file_is_directory(at("file")));
  ck_assert_int_eq(file_make_directories(at("file")), ENOTDIR);
  ck_assert_int_eq(file_make_directories(at("file/below")), ENOTDIR);
  ck_assert(!file_exists(at("nothing")));
  leave();
}
END_TEST

typedef struct Seen {
  char text[1024];
  size_t len, most;
} Seen;

static bool see(void *context, Str path, const struct stat *info) {
  ck_assert(!S_ISDIR(info->st_mode));
  Seen *seen = context;
  seen->len +=
      (size_t)snprintf(seen->text + seen->len, sizeof seen->text - seen->len, "%.*s ", STR_ARG(path));
  return seen->most == 0 || --seen->most > 0;
}

static bool enter_all(void *context, Str path) {
  (void)context, (void)path;
  return true;
}

static const char *walked(FileEnter *enters, size_t most, int expected) {
  static Seen seen;
  seen = (Seen){.most = most};
  Str failed;
  ck_assert_int_eq(file_walk(str_from(root), see, enters, &seen, &arena, &failed), expected);
  return seen.text;
}

// Byte order: upper case before lower, '-' and '.' before '/', so that "a-b" comes before "a"'s files
// only where the names say so: the directory "a" sorts before the file "a-b".
START_TEST(walks_in_byte_order) {
  enter();
  const char *names[] = {"b.html",      "a/z.html",       "a-b",      "B",
                         "a/.hidden/x", "node_modules/m", "\xC3\xA4", "a/deep/er/f"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) put(names[i], "");
  ck_assert_str_eq(walked(NULL, 0, 0), "B a/deep/er/f a/z.html a-b b.html \xC3\xA4 ");
  ck_assert_str_eq(walked(enter_all, 0, 0),
                   "B a/.hidden/x a/deep/er/f a/z.html a-b b.html node_modules/m \xC3\xA4 ");
  ck_assert_str_eq(walked(NULL, 2, 0), "B a/deep/er/f ");
  leave();
}
END_TEST

typedef struct SeenPaths {
  Buf text;
  size_t most;
} SeenPaths;

static bool see_path(void *context, Str path, const struct stat *info) {
  SeenPaths *seen = context;
  (void)info;
  buf_put(&seen->text, path);
  buf_char(&seen->text, '\n');
  return seen->most == 0 || --seen->most > 0;
}

static bool enter_most(void *context, Str path) {
  (void)context;
  return !str_ends(path, STR("7"));
}

static Buf walked_on(size_t threads, size_t most) {
  SeenPaths seen = {.most = most};
  Str failed;
  ck_assert_int_eq(file_walk_on(threads, str_from(root), see_path, enter_most, &seen, &arena, &failed), 0);
  return seen.text;
}

// More folders than are listed at once, some with folders of their own, one that is not entered in ten.
START_TEST(threads_see_the_same) {
  enter();
  char name[64];
  for (int i = 0; i < 100; i++) {
    for (int k = 0; k < 12; k++) {
      snprintf(name, sizeof name, i % 25 ? "d%d/f%d" : "d%d/e%d/g", i, k);
      if (i % 25 == 0 || k < 2) put(name, "");
    }
  }
  put("d3/later", "");
  put("c", "");
  for (size_t most = 0; most < 300; most = 3 * most + 1) {
    Buf one = walked_on(1, most), many = walked_on(4, most);
    ck_assert(str_eq(buf_str(&one), buf_str(&many)));
    if (most == 0) ck_assert_uint_gt(one.len, 200 * 5);
    if (most == 0) ck_assert_int_lt(str_find(buf_str(&one), STR("d17/")), 0);
    buf_free(&one);
    buf_free(&many);
  }
  leave();
}
END_TEST

START_TEST(follows_links_to_files_only) {
  enter();
  put("real/f", "x");
  ck_assert_int_eq(symlink("real", str_cstr(&arena, at("dirlink"))), 0);
  ck_assert_int_eq(symlink("real/f", str_cstr(&arena, at("filelink"))), 0);
  ck_assert_int_eq(symlink("nowhere", str_cstr(&arena, at("dangling"))), 0);
  ck_assert_int_eq(symlink("..", str_cstr(&arena, at("real/loop"))), 0);
  ck_assert_int_eq(mkfifo(str_cstr(&arena, at("pipe")), 0600), 0);
  ck_assert_str_eq(walked(NULL, 0, 0), "dangling filelink pipe real/f ");
  leave();
}
END_TEST

START_TEST(reports_the_first_directory_that_fails) {
  enter();
  Str failed;
  Seen seen = {0};
  ck_assert_int_eq(file_walk(at("missing"), see, NULL, &seen, &arena, &failed), ENOENT);
  ck_assert(str_eq(failed, at("missing")));
  char deep[2048] = "d";
  for (size_t i = 0; i < 210; i++) memcpy(deep + 1 + 2 * i, "/d", 3);
  ck_assert_int_eq(file_make_directories(at(deep)), 0);
  put("e/f", "");
  ck_assert_str_eq(walked(NULL, 0, ENAMETOOLONG), "e/f ");  // goes on behind it
  leave();
}
END_TEST

static void check_join(const char *a, const char *b, const char *expected) {
  ck_str(path_join(&arena, str_from(a), str_from(b)), expected);
}

START_TEST(joins_paths) {
  check_join("a", "b", "a/b");
  check_join("a/", "b", "a/b");
  check_join("a", "/b", "/b");
  check_join(".", "b", "b");
  check_join("", "b", "b");
  check_join("a", ".", "a");
  check_join("a", "", "a");
  check_join("", "", ".");
  check_join("/", "b", "/b");
  arena_free(&arena);
}
END_TEST

START_TEST(takes_paths_apart) {
  ck_str(path_directory(STR("a/b/c")), "a/b");
  ck_str(path_directory(STR("c")), ".");
  ck_str(path_directory(STR("/c")), "/");
  ck_str(path_base(STR("a/b/c")), "c");
  ck_str(path_base(STR("c")), "c");
}
END_TEST

// Expectations as Python's os.path.normpath and relpath give them.
START_TEST(normalises_paths) {
  static const char *const cases[][2] = {
      {"a/./b//c/", "a/b/c"}, {"a/../b", "b"}, {"../a", "../a"}, {"/../a", "/a"},
      {"a/..", "."},          {"", "."},       {"/", "/"},       {"a/../../b", "../b"},
      {"../../x", "../../x"}, {"./a", "a"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    ck_str(path_normal(&arena, str_from(cases[i][0])), cases[i][1]);
  arena_free(&arena);
}
END_TEST

START_TEST(relates_paths) {
  static const char *const cases[][3] = {
      {"a/b", "a/c", "../c"}, {"a", "a/b/c", "b/c"},    {"a/b", "a", ".."},          {"a", "a", "."},
      {"", "x", "x"},         {"/p/q", "/p/r", "../r"}, {"..", "../x", "x"},         {"../b", "a", "a"},
      {"/a", "b", "b"},       {"ab", "a", "../a"},      {"a/b/c", "d", "../../../d"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    ck_str(path_relative(&arena, str_from(cases[i][0]), str_from(cases[i][1])), cases[i][2]);
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("file", reads_what_was_written, reads_by_way_of_the_folder, reads_files_that_do_not_know_their_size,
          limits_are_exact, says_why_it_cannot_read, replaces_whole_and_keeps_permissions,
          a_failed_write_leaves_nothing, a_link_is_replaced_not_followed, a_pipe_is_written_to_not_replaced,
          a_planted_link_is_not_written_through, makes_directories, walks_in_byte_order, threads_see_the_same,
          follows_links_to_files_only, reports_the_first_directory_that_fails, joins_paths, takes_paths_apart,
          normalises_paths, relates_paths)
