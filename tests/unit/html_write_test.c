/* Writing a tree as HTML, and whether what was written reads back as the same tree. */
#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "html/serialize.h"
#include "html/tree.h"

static Arena arena;

static void setup(void) { arena = (Arena){0}; }
static void teardown(void) { arena_free(&arena); }

static const HtmlTree *parse(const char *text) {
  size_t len = strlen(text);
  char *copy = arena_zero(&arena, len + FILE_PADDING);
  memcpy(copy, text, len);
  return html_parse(&arena, (Str){copy, len}, NULL);
}

static HtmlNodeId find(const HtmlTree *tree, const char *name) {
  HtmlNodeId id = HTML_DOCUMENT_NODE;
  while ((id = html_next_in(tree, HTML_DOCUMENT_NODE, id))) {
    const HtmlNode *node = html_node(tree, id);
    if (node->kind == HTML_ELEMENT && str_eq(html_element_name(tree, id), str_from(name))) return id;
  }
  return HTML_NO_NODE;
}

static void assert_written(const char *text, const char *expected) {
  const HtmlTree *tree = parse(text);
  Buf out = {0};
  html_serialize(tree, find(tree, "body"), &arena, &out);
  ck_assert_msg(str_eq(buf_str(&out), str_from(expected)), "%s\ngives    %.*s\nexpected %s", text,
                STR_ARG(buf_str(&out)), expected);
  buf_free(&out);
}

START_TEST(text_and_attributes_are_escaped) {
  assert_written("<p id=a title='\"&amp;<>'>x &lt; \"y\" &nbsp;z",
                 "<p id=\"a\" title=\"&quot;&amp;&lt;&gt;\">"
                 "x &lt; \"y\" &nbsp;z</p>");
}
END_TEST

START_TEST(raw_text_is_not) {
  assert_written("<body><script>a<b&c</script><style>a>b</style><xmp>a&b</xmp>",
                 "<script>a<b&c</script><style>a>b</style><xmp>a&b</xmp>");
  assert_written("<body><noscript>a&lt;</noscript><textarea>&lt;</textarea>",
                 "<noscript>a&lt;</noscript><textarea>&lt;</textarea>");
}
END_TEST

START_TEST(void_elements_have_no_end_tag) {
  assert_written("a<br><img src=x><input><hr><wbr>b</p>", "a<br><img src=\"x\"><input><hr><wbr>b<p></p>");
}
END_TEST

START_TEST(templates_comments_and_instructions_are_written) {
  assert_written("<body><template><tr></template><!--c--><?a b?>",
                 "<template><tr></tr></template><!--c--><?a b?>");
}
END_TEST

START_TEST(foreign_names_are_written_as_adjusted) {
  assert_written("<svg viewbox=1 xlink:href=a xmlns=n><foreignobject/><style>a&lt;b</style>",
                 "<svg viewBox=\"1\" xlink:href=\"a\" xmlns=\"n\"><foreignObject></foreignObject>"
                 "<style>a&lt;b</style></svg>");
}
END_TEST

START_TEST(what_html_cannot_write_is_found) {
  static const char *const lost[] = {
      "<form><div></form><form>x",
      "<form><object></form><form>x",
      "<a><table><a>x",
      "<pre>\n\nx",
      "x&#13;y",
      "<p title='a&#13;b'>",
      "<script><!--<script>",
      "<plaintext>x",
      "<!DOCTYPE html PUBLIC '-//IETF//DTD HTML//'><p>a<table>",
  };
  for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
    HtmlNodeId at = HTML_NO_NODE;
    ck_assert_msg(!html_tree_survives_writing(parse(lost[i]), &at), "survives: %s", lost[i]);
    ck_assert_uint_ne(at, HTML_NO_NODE);
  }
}
END_TEST

START_TEST(what_html_can_write_survives) {
  static const char *const kept[] = {
      "<!DOCTYPE html><title>a</title><p>x<b>y</b><table><td>1</table><select><option>a</select>",
      "<p><b>a<p>b",
      "<b>a<p>b</b>c",
      "<p>a<table>b",
      "<table>x<tr><td>y",
      "<!-- a -- b --><svg><g/></svg><math><mi>x</math>",
      "<template><td>x</template><?a b?>",
      "<frameset><frame></frameset>",
      "<pre>\nx</pre>a\r\nb&amp;c",
      "<select><button><selectedcontent></button><option>a",
  };
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
    ck_assert_msg(html_tree_survives_writing(parse(kept[i]), NULL), "is lost: %s", kept[i]);
}
END_TEST

START_TEST(the_offender_is_the_first_node_that_differs) {
  const HtmlTree *tree = parse("<p>a</p><form><div></form><form id=inner>x");
  HtmlNodeId at;
  ck_assert(!html_tree_survives_writing(tree, &at));
  HtmlAttribute id;
  ck_assert_uint_eq(html_node(tree, at)->kind, HTML_ELEMENT);
  ck_assert(html_element_find_attr(tree, at, STR("id"), &arena, &id));
  ck_assert(str_eq(id.value, STR("inner")));
}
END_TEST

int main(void) {
  TCase *write = tcase_create("write");
  tcase_add_checked_fixture(write, setup, teardown);
  tcase_add_test(write, text_and_attributes_are_escaped);
  tcase_add_test(write, raw_text_is_not);
  tcase_add_test(write, void_elements_have_no_end_tag);
  tcase_add_test(write, templates_comments_and_instructions_are_written);
  tcase_add_test(write, foreign_names_are_written_as_adjusted);
  tcase_add_test(write, what_html_cannot_write_is_found);
  tcase_add_test(write, what_html_can_write_survives);
  tcase_add_test(write, the_offender_is_the_first_node_that_differs);
  Suite *suite = suite_create("html write");
  suite_add_tcase(suite, write);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
