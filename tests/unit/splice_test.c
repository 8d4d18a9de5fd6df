/* Edits of texts, and what a unified diff says of them. The diffs were written down as GNU diff prints them
 * for the same files. */
#include "edit/splice.h"
#include "edit/unified.h"
#include "unit.h"

static Arena arena;
static SplicedText text;
static Splices list;

static void begin(const char *original) {
  size_t length = strlen(original);
  char *bytes = arena_zero(&arena, length + 65);
  memcpy(bytes, original, length);
  splice_begin(&text, &arena, (Str){bytes, length});
  list = (Splices){0};
}

static bool add(uint32_t start, uint32_t end, const char *with) {
  return splice_add(&arena, &list, (Splice){.start = start, .end = end, .text = str_from(with)});
}

static void apply(void) {
  splice_apply(&text, &list);
  list = (Splices){0};
}

START_TEST(edits_in_any_order) {
  begin("0123456789");
  ck_assert(add(8, 9, "eight"));
  ck_assert(add(0, 0, "<"));
  ck_assert(add(3, 5, ""));
  ck_assert(add(10, 10, ">"));
  ck_assert(add(5, 6, "five"));
  apply();
  ck_str(text.current, "<012five67eight9>");
}
END_TEST

START_TEST(edits_that_meet) {
  begin("0123456789");
  ck_assert(add(3, 6, "x"));
  ck_assert(!add(5, 7, "y"));
  ck_assert(!add(2, 4, "y"));
  ck_assert(!add(3, 6, "x"));
  ck_assert(!add(3, 3, "y"));
  ck_assert(!add(6, 6, "y"));
  ck_assert(!add(4, 4, "y"));
  ck_assert(!add(0, 10, "y"));
  ck_assert(add(6, 7, "z"));
  ck_assert(add(2, 3, "w"));
  ck_assert(add(0, 0, "a"));
  ck_assert(!add(0, 0, "b"));
  splice_remove(&list, (Splice){.start = 6});
  apply();
  ck_str(text.current, "a01wx6789");
}
END_TEST

START_TEST(rounds_and_the_way_back) {
  begin("one two three");
  ck_assert(add(4, 7, "2"));
  apply();
  SplicedText before = text;
  ck_assert(add(4, 5, "zwei"));
  ck_assert(add(0, 1, ""));
  apply();
  ck_str(text.current, "ne zwei three");
  Splices changes = splice_changes(&text);
  ck_assert_uint_eq(changes.len, 2);
  ck_assert_uint_eq(changes.data[0].start, 0);
  ck_assert_uint_eq(changes.data[0].end, 1);
  ck_str(changes.data[0].text, "");
  ck_assert_uint_eq(changes.data[1].start, 4);
  ck_assert_uint_eq(changes.data[1].end, 7);
  ck_str(changes.data[1].text, "zwei");
  text = before;
  ck_str(text.current, "one 2 three");
  ck_assert_uint_eq(splice_changes(&text).len, 1);
}
END_TEST

START_TEST(nothing_left) {
  begin("abc");
  ck_assert(add(0, 3, ""));
  apply();
  ck_str(text.current, "");
  ck_assert(add(0, 0, "new"));
  apply();
  ck_str(text.current, "new");
  ck_assert_uint_eq(splice_changes(&text).len, 1);
}
END_TEST

static Str diff(void) {
  static Buf out;
  buf_clear(&out);
  unified_diff(&text, STR("f"), &out);
  return buf_str(&out);
}

START_TEST(diff_of_far_and_near) {
  begin("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n");
  ck_assert(add(0, 1, "A"));
  ck_assert(add(12, 13, "G"));
  ck_assert(add(24, 25, "M"));
  apply();
  ck_str(diff(),
         "--- a/f\n+++ b/f\n@@ -1,13 +1,13 @@\n-a\n+A\n b\n c\n d\n e\n f\n-g\n+G\n h\n i\n j\n k\n "
         "l\n-m\n+M\n");
  begin("a\nb\nc\nd\ne\nf\ng\nh\ni\n");
  ck_assert(add(0, 1, "A"));
  ck_assert(add(16, 17, "I"));
  apply();
  ck_str(diff(),
         "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-a\n+A\n b\n c\n d\n@@ -6,4 +6,4 @@\n f\n g\n h\n-i\n+I\n");
}
END_TEST

START_TEST(diff_of_lines_that_come_and_go) {
  begin("a\nb\nc\nd\ne\n");
  ck_assert(add(4, 4, "x\ny\n"));
  ck_assert(add(6, 8, ""));
  apply();
  ck_str(diff(), "--- a/f\n+++ b/f\n@@ -1,5 +1,6 @@\n a\n b\n+x\n+y\n c\n-d\n e\n");
  begin("");
  ck_assert(add(0, 0, "x\n"));
  apply();
  ck_str(diff(), "--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+x\n");
  begin("x\n");
  ck_assert(add(0, 2, ""));
  apply();
  ck_str(diff(), "--- a/f\n+++ b/f\n@@ -1 +0,0 @@\n-x\n");
}
END_TEST

START_TEST(diff_at_the_end) {
  begin("a\nb");
  ck_assert(add(3, 3, "c"));
  apply();
  ck_str(diff(),
         "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+bc\n\\ No newline at end "
         "of file\n");
  begin("a\nb");
  ck_assert(add(3, 3, "\n"));
  apply();
  ck_str(diff(), "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
  begin("a\nb\n");
  ck_assert(add(4, 4, "c\n"));
  apply();
  ck_str(diff(), "--- a/f\n+++ b/f\n@@ -1,2 +1,3 @@\n a\n b\n+c\n");
  begin("a\n");
  ck_str(diff(), "");
}
END_TEST

START_TEST(diff_of_one_line_twice) {
  begin("one two\nthree\n");
  ck_assert(add(0, 3, "1"));
  ck_assert(add(4, 7, "2"));
  ck_assert(add(8, 13, "3"));
  apply();
  ck_str(diff(), "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-one two\n+1 2\n-three\n+3\n");
}
END_TEST

UNIT_MAIN("splice", edits_in_any_order, edits_that_meet, rounds_and_the_way_back, nothing_left,
          diff_of_far_and_near, diff_of_lines_that_come_and_go, diff_at_the_end, diff_of_one_line_twice)
