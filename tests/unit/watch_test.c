/* Which names ask for a build, and what the kernel's events about them come to. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/journal.h"
#include "unit.h"
#include "watch/poll.h"
#include "watch/queue.h"

static Arena arena;
static char home[] = "/tmp/fxc-watch-unit-XXXXXX";

static void put(const char *path, const char *text) {
  Str folder = path_directory(str_from(path));
  ck_assert_int_eq(file_make_directories(folder), 0);
  ck_assert_int_eq(file_write_new(str_from(path), str_from(text)), 0);
}

// A project in a folder of its own, which is the current one from here on.
static void begin(void) {
  ck_assert(mkdtemp(home) != NULL);
  ck_assert_int_eq(chdir(home), 0);
  ck_assert_int_eq(setenv("FXC_STDLIB", "/nonexistent", 1), 0);
  put("concept/a.html", "<p>a");
  put("concept/drafts/b.html", "<p>b");
  put("integrations/x.fx", "");
  put("project.fx", "project {\n  exclude \"concept/drafts/**\"\n}\n");
}

static void finish(void) {
  ck_assert_int_eq(chdir("/"), 0);
  journal_delete_tree(str_from(home));
}

static bool takes(const WatchRules *rules, const char *path, bool folder) {
  return watch_rules_take(rules, &arena, str_from(path), folder);
}

START_TEST(names_that_count) {
  Request request = {0};
  begin();
  const WatchRules *rules = watch_rules(&arena, &request);
  ck_assert(takes(rules, "concept/a.html", false));
  ck_assert(takes(rules, "concept/new/deep.html", false));
  ck_assert(takes(rules, "integrations/y.yaml", false));
  ck_assert(takes(rules, "views/v.fx", false));
  ck_assert(takes(rules, "concept", true));
  ck_assert(takes(rules, "concept/any/depth", true));
  ck_assert(!takes(rules, "concept/drafts/b.html", false));
  ck_assert(!takes(rules, "concept/a.html~", false));
  ck_assert(!takes(rules, "concept/.#a.html", false));
  ck_assert(!takes(rules, "README.md", false));
  ck_assert(!takes(rules, "src", true));
  ck_assert(!takes(rules, "concept/.git", true));
  ck_assert(!takes(rules, "concept/node_modules", true));
  ck_str(rules->lock, "fx.lock");
  ck_str(rules->overrides, "generated/runtime-overrides.json");
  finish();
}
END_TEST

START_TEST(staging_is_no_folder_of_the_project) {
  Request request = {0};
  begin();
  put("project.fx", "project {\n  concept \"**/*.html\"\n}\n");
  const WatchRules *rules = watch_rules(&arena, &request);
  ck_assert(takes(rules, "anything", true));
  ck_assert(!takes(rules, "generated.fx-stage.17", true));
  ck_assert(!takes(rules, "generated.fx-commit", true));
  finish();
}
END_TEST

START_TEST(libraries) {
  ck_assert(watch_rules_take_library(STR("deep/x.yml"), false));
  ck_assert(watch_rules_take_library(STR("deep/folder"), true));
  ck_assert(!watch_rules_take_library(STR("deep/x.html"), false));
  ck_assert(!watch_rules_take_library(STR("deep/.hidden"), true));
}
END_TEST

START_TEST(what_is_missing_is_a_name_above) {
  begin();
  WatchPlace place = watch_nearest(&arena, STR("concept/not/there/yet"));
  ck_str(place.folder, "concept");
  ck_str(place.name, "not");
  place = watch_nearest(&arena, STR("nowhere/x"));
  ck_str(place.folder, ".");
  ck_str(place.name, "nowhere");
  finish();
}
END_TEST

static WatchNews read_inputs(const WatchQueue *queue) {
  WatchNews news = {.arena = &arena};
  watch_queue_read_inputs(queue, &news);
  return news;
}

START_TEST(events_of_inputs) {
  Request request = {0};
  WatchQueue queue;
  begin();
  ck_assert_int_eq(watch_queue_inputs(&queue, &request), 0);
  ck_assert_uint_eq(read_inputs(&queue).changes, 0);
  put("README.md", "x");
  put("concept/a.html~", "x");
  put("concept/drafts/b.html", "x");
  put("generated/pages/a.tsx", "x");
  WatchNews news = read_inputs(&queue);
  ck_assert(!news.changes && !news.structure && !news.own);
  put("concept/a.html", "y");
  news = read_inputs(&queue);
  ck_assert(news.changes && !news.structure);
  put("concept/new/c.html", "z");
  news = read_inputs(&queue);
  ck_assert(news.changes && news.structure);
  put("fx.lock", "x");
  news = read_inputs(&queue);
  ck_assert(!news.changes && news.own);
  put("project.fx", "project { }\n");
  news = read_inputs(&queue);
  ck_assert(news.changes && news.structure);
  ck_assert_int_eq(symlink("a.html", "concept/link.html"), 0);
  news = read_inputs(&queue);
  ck_assert(news.changes && news.structure);
  ck_assert_int_eq(rename("concept", "away"), 0);
  ck_assert(read_inputs(&queue).structure);
  watch_queue_close(&queue);
  finish();
}
END_TEST

START_TEST(events_of_outputs) {
  Request request = {0};
  WatchQueue queue;
  begin();
  put("generated/pages/a.tsx", "x");
  put("generated/pages/b.tsx", "x");
  ck_assert_int_eq(watch_queue_outputs(&queue, watch_rules(&arena, &request)), 0);
  put("generated/pages/a.tsx", "y");  // as a build does, or a person
  put("generated.fx-stage.1/x", "y");
  WatchNews news = {.arena = &arena};
  watch_queue_read_outputs(&queue, &news);
  ck_assert(!news.gone.len && !news.structure && !news.own && !news.changes);
  ck_assert_int_eq(unlink("generated/pages/b.tsx"), 0);
  watch_queue_read_outputs(&queue, &news);
  ck_assert_uint_eq(news.gone.len, 1);
  ck_str(news.gone.data[0], "generated/pages/b.tsx");
  put("generated/runtime-overrides.json", "{}");
  watch_queue_read_outputs(&queue, &news);
  ck_assert(news.own && news.gone.len == 1);
  ck_assert_int_eq(rename("generated", "generated-old"), 0);
  watch_queue_read_outputs(&queue, &news);
  ck_assert(news.structure);
  watch_queue_close(&queue);
  finish();
}
END_TEST

START_TEST(looking) {
  Request request = {0};
  begin();
  const WatchRules *rules = watch_rules(&arena, &request);
  Digest before = watch_poll_inputs(rules);
  put("README.md", "x");
  ck_assert(!!digest_same(before, watch_poll_inputs(rules)));
  struct stat info;
  ck_assert_int_eq(stat("concept/a.html", &info), 0);
  ck_assert_int_eq(unlink("concept/a.html"), 0);
  put("concept/a.html", "<p>b");  // the size stays
  struct timespec times[2] = {info.st_atim, info.st_mtim};
  ck_assert_int_eq(utimensat(AT_FDCWD, "concept/a.html", times, 0), 0);
  Digest after = watch_poll_inputs(rules);
  ck_assert(!digest_same(before, after));
  ck_assert_int_eq(unlink("concept/a.html"), 0);
  ck_assert(!digest_same(after, watch_poll_inputs(rules)));
  Digest outputs = watch_poll_outputs(rules), none = watch_poll_file(STR("generated/x"));
  put("generated/x", "");
  ck_assert(!digest_same(outputs, watch_poll_outputs(rules)));
  ck_assert(!digest_same(none, watch_poll_file(STR("generated/x"))));
  finish();
}
END_TEST

START_TEST(neighbours_of_the_dead) {
  begin();
  char own[64], *gone = ".fxc-999999999-0.tmp";  // beyond the largest number of a process
  snprintf(own, sizeof own, ".fxc-%ld-0.tmp", (long)getpid());
  put(own, "");
  put(gone, "");
  put(".fxc-999999999-0.txt", "");
  put(".fxc-x-0.tmp", "");
  file_sweep(STR("."));
  ck_assert(!file_exists(str_from(gone)));
  ck_assert(file_exists(str_from(own)));
  ck_assert(file_exists(STR(".fxc-999999999-0.txt")) && file_exists(STR(".fxc-x-0.tmp")));
  finish();
}
END_TEST

UNIT_MAIN("watch", names_that_count, staging_is_no_folder_of_the_project, libraries,
          what_is_missing_is_a_name_above, events_of_inputs, events_of_outputs, looking,
          neighbours_of_the_dead)
