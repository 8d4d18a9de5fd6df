/* The HTML tree's own promises: places, clones, lent attributes, depth, bounds, walks. */
#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "html/tree.h"

static Arena arena;

static void setup(void) { arena = (Arena){0}; }
static void teardown(void) { arena_free(&arena); }

static Str padded(Str text) {
  char *copy = arena_zero(&arena, text.len + FILE_PADDING);
  if (text.len) memcpy(copy, text.data, text.len);
  return (Str){copy, text.len};
}

static const HtmlTree *parse(const char *text) { return html_parse(&arena, padded(str_from(text)), NULL); }

/// The nth element with that name in document order; HTML_NO_NODE when there are fewer.
static HtmlNodeId nth(const HtmlTree *tree, const char *name, int n) {
  HtmlNodeId id = HTML_DOCUMENT_NODE;
  while ((id = html_next_in(tree, HTML_DOCUMENT_NODE, id))) {
    bool match =
        html_node(tree, id)->kind == HTML_ELEMENT && str_eq(html_element_name(tree, id), str_from(name));
    if (match && n-- == 0) return id;
  }
  return HTML_NO_NODE;
}

static void assert_str(Str got, const char *expected) {
  ck_assert_msg(str_eq(got, str_from(expected)), "got '%.*s', expected '%s'", STR_ARG(got), expected);
}

/// What lies at the element's start tag in the text.
static void assert_tag(const HtmlTree *tree, HtmlNodeId id, const char *expected) {
  uint32_t start, end;
  ck_assert_uint_ne(id, HTML_NO_NODE);
  ck_assert(html_element_start_tag(tree, id, &start, &end));
  assert_str(str_span(html_tree_text(tree).data + start, html_tree_text(tree).data + end), expected);
}

static bool has_flag(const HtmlTree *tree, HtmlNodeId id, int flag) {
  return html_node(tree, id)->flags & flag;
}

START_TEST(elements_know_their_start_tags) {
  const HtmlTree *tree = parse("<!DOCTYPE html><p id='a'>x<br/><My-Tag\n>y");
  assert_tag(tree, nth(tree, "p", 0), "<p id='a'>");
  assert_tag(tree, nth(tree, "br", 0), "<br/>");
  assert_tag(tree, nth(tree, "my-tag", 0), "<My-Tag\n>");
}
END_TEST

START_TEST(implied_elements_have_no_start_tag) {
  static const char *const implied[] = {"html", "head", "body", "tbody", "tr", "br", "p"};
  const HtmlTree *tree = parse("<table><td>x</table></br></p>");
  for (size_t i = 0; i < sizeof implied / sizeof *implied; i++) {
    uint32_t start, end;
    HtmlNodeId id = nth(tree, implied[i], 0);
    ck_assert_uint_ne(id, HTML_NO_NODE);
    ck_assert_msg(!html_element_start_tag(tree, id, &start, &end), "%s", implied[i]);
    ck_assert(has_flag(tree, id, HTML_NODE_IMPLIED));
    ck_assert_uint_eq(html_element_attr_count(tree, id), 0);
  }
}
END_TEST

START_TEST(one_of_many_elements_of_a_tag_is_no_clone) {
  const HtmlTree *tree = parse("<p><b id=x>1<p>2<p>3");
  ck_assert(!has_flag(tree, nth(tree, "b", 0), HTML_NODE_CLONE));
  for (int i = 1; i < 3; i++) {
    HtmlNodeId clone = nth(tree, "b", i);
    assert_tag(tree, clone, "<b id=x>");
    ck_assert(has_flag(tree, clone, HTML_NODE_CLONE));
    assert_str(html_element_attr(tree, clone, 0, &arena).value, "x");
  }
  ck_assert_uint_eq(nth(tree, "b", 3), HTML_NO_NODE);
}
END_TEST

START_TEST(adopted_elements_are_clones_and_moved) {
  const HtmlTree *tree = parse("<a href=u>x<div>y</a>z");
  ck_assert(!has_flag(tree, nth(tree, "a", 0), HTML_NODE_CLONE));
  ck_assert(has_flag(tree, nth(tree, "a", 1), HTML_NODE_CLONE));
  ck_assert(has_flag(tree, nth(tree, "div", 0), HTML_NODE_MOVED));
}
END_TEST

START_TEST(fostered_elements_are_moved) {
  const HtmlTree *tree = parse("<table><i>x</i><tr><td><u>");
  ck_assert(has_flag(tree, nth(tree, "i", 0), HTML_NODE_MOVED));
  ck_assert(!has_flag(tree, nth(tree, "u", 0), HTML_NODE_MOVED));
}
END_TEST

START_TEST(selectedcontent_shows_clones) {
  const HtmlTree *tree = parse(
      "<select><button><selectedcontent>old</selectedcontent></button><option>a"
      "<option selected>b<i>c</i>");
  HtmlNodeId mirror = nth(tree, "selectedcontent", 0);
  assert_str(html_text(tree, html_node(tree, mirror)->first_child, &arena), "b");
  ck_assert(has_flag(tree, nth(tree, "i", 0), HTML_NODE_CLONE));
  ck_assert_uint_eq(html_node(tree, nth(tree, "i", 0))->parent, mirror);
  ck_assert(!has_flag(tree, nth(tree, "i", 1), HTML_NODE_CLONE));
}
END_TEST

static void assert_lent(const HtmlTree *tree, HtmlNodeId element, const char *name, const char *value,
                        size_t at) {
  HtmlAttribute attr;
  ck_assert(html_element_find_attr(tree, element, str_from(name), &arena, &attr));
  assert_str(attr.value, value);
  ck_assert_uint_eq(attr.name_start, at);
}

START_TEST(later_tags_lend_attributes_with_their_place) {
  const char *text = "<html A=1><body b=2><p><html a=3 c=4><body b=5 d=6><html e=7 c=8>";
  const HtmlTree *tree = parse(text);
  HtmlNodeId html = nth(tree, "html", 0), body = nth(tree, "body", 0);
  ck_assert_uint_eq(html_element_attr_count(tree, html), 3);
  assert_lent(tree, html, "a", "1", 6);
  assert_lent(tree, html, "c", "4", (size_t)(strstr(text, "c=4") - text));
  assert_lent(tree, html, "e", "7", (size_t)(strstr(text, "e=7") - text));
  ck_assert_uint_eq(html_element_attr_count(tree, body), 2);
  assert_lent(tree, body, "d", "6", (size_t)(strstr(text, "d=6") - text));
  assert_tag(tree, html, "<html A=1>");
}
END_TEST

START_TEST(implied_elements_can_borrow) {
  const HtmlTree *tree = parse("x<body id=b>");
  uint32_t start, end;
  assert_lent(tree, nth(tree, "body", 0), "id", "b", 7);
  ck_assert(!html_element_start_tag(tree, nth(tree, "body", 0), &start, &end));
}
END_TEST

START_TEST(attributes_are_decoded_and_adjusted) {
  const HtmlTree *tree =
      parse("<svg viewbox='0 &amp; 1' xlink:href=u DATA-x=\"a\r\nb\"></svg><math viewbox=1>");
  HtmlNodeId svg = nth(tree, "svg", 0);
  HtmlAttribute box = html_element_attr(tree, svg, 0, &arena), link = html_element_attr(tree, svg, 1, &arena);
  assert_str(box.name, "viewBox");
  assert_str(box.value, "0 & 1");
  assert_str(box.raw, "0 &amp; 1");
  assert_str(link.prefix, "xlink");
  assert_str(link.name, "href");
  assert_str(html_element_attr(tree, svg, 2, &arena).value, "a\nb");
  ck_assert(!html_element_find_attr(tree, svg, STR("href"), &arena, &box));
  assert_str(html_element_attr(tree, nth(tree, "math", 0), 0, &arena).name, "viewbox");
}
END_TEST

START_TEST(text_joins_over_what_was_dropped) {
  const HtmlTree *tree = parse("<div>a &lt; b</x>c\r\n<table>d<tr>e</table>");
  HtmlNodeId text = html_node(tree, nth(tree, "div", 0))->first_child;
  uint32_t start, end;
  assert_str(html_text(tree, text, &arena), "a < bc\nde");
  html_node_span(tree, text, &start, &end);
  assert_str(str_span(html_tree_text(tree).data + start, html_tree_text(tree).data + end), "a &lt; b");
}
END_TEST

START_TEST(doctypes_comments_and_instructions_can_be_read) {
  const HtmlTree *tree = parse("<!DOCTYPE HTML PUBLIC 'p' 's'><!--a\r\nb--><?go there?>");
  HtmlNodeId id = html_node(tree, HTML_DOCUMENT_NODE)->first_child;
  Str public_id, system_id;
  assert_str(html_node_name(tree, id, &arena), "html");
  ck_assert(html_doctype_ids(tree, id, &arena, &public_id, &system_id));
  assert_str(public_id, "p");
  assert_str(system_id, "s");
  id = html_node(tree, id)->next;
  assert_str(html_text(tree, id, &arena), "a\nb");
  id = html_node(tree, id)->next;
  ck_assert_uint_eq(html_node(tree, id)->kind, HTML_PI);
  assert_str(html_node_name(tree, id, &arena), "go");
  assert_str(html_text(tree, id, &arena), "there");
}
END_TEST

START_TEST(quirks_follow_the_doctype) {
  static const struct {
    const char *doctype;
    HtmlQuirks quirks;
  } cases[] = {
      {"<!DOCTYPE html>", HTML_NO_QUIRKS},
      {"<p>", HTML_QUIRKS},
      {"<!DOCTYPE htm>", HTML_QUIRKS},
      {"<!doctype html public '-//w3c//dtd html 4.01 frameset//en'>", HTML_QUIRKS},
      {"<!doctype html public '-//w3c//dtd html 4.01 frameset//en' 'x'>", HTML_LIMITED_QUIRKS},
      {"<!doctype html public '-//W3C//DTD XHTML 1.0 Transitional//EN' ''>", HTML_LIMITED_QUIRKS},
      {"<!doctype html public '-//W3C//DTD HTML 4.01//EN'>", HTML_NO_QUIRKS},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    ck_assert_msg(html_tree_quirks(parse(cases[i].doctype)) == cases[i].quirks, "%s", cases[i].doctype);
}
END_TEST

START_TEST(shadow_roots_are_told_from_templates) {
  static const char *const modes[] = {"open", "", "closed", "", ""};
  const HtmlTree *tree = parse(
      "<div><template shadowrootmode=OPEN>a</template><template shadowrootmode=closed></template></div>"
      "<x-a><template shadowrootmode=closed></template></x-a><ul><template "
      "shadowrootmode=open></template></ul>"
      "<p><template shadowrootmode=no></template>");
  for (int i = 0; i < 5; i++) assert_str(html_shadow_mode(tree, nth(tree, "template", i)), modes[i]);
  HtmlNodeId content = html_template_content(tree, nth(tree, "template", 0));
  ck_assert_uint_eq(html_node(tree, content)->kind, HTML_CONTENT);
  ck_assert_uint_eq(html_template_content(tree, nth(tree, "div", 0)), HTML_NO_NODE);
  ck_assert(html_tree_may_have_shadow(tree));
  ck_assert(html_tree_may_have_shadow(parse("<div><template ShadowRootMode=open></template></div>")));
  ck_assert(!html_tree_may_have_shadow(parse("<div shadowrootmode=open><template></template></div>")));
}
END_TEST

START_TEST(ids_are_in_order_unless_nodes_were_moved) {
  ck_assert(html_tree_in_order(parse("<head></head><link><p>a<b>b</b></p></body><!--c--><i>d</i>")));
  ck_assert(html_tree_in_order(parse("<p><b>a<p>b")));  // a clone does not count
  ck_assert(!html_tree_in_order(parse("<table><p>a")));
  ck_assert(!html_tree_in_order(parse("<b><p>a</b>b</p>")));
  ck_assert(!html_tree_in_order(parse("<p></p><frameset>")));
  ck_assert(!html_tree_in_order(parse("<p></p><body class=a>")));
}
END_TEST

START_TEST(walks_stay_inside_their_root) {
  const HtmlTree *tree = parse("<div><i></i><b><u></u></b></div><s></s>");
  HtmlNodeId div = nth(tree, "div", 0), b = nth(tree, "b", 0), u = nth(tree, "u", 0);
  ck_assert_uint_eq(html_next_in(tree, div, nth(tree, "i", 0)), b);
  ck_assert_uint_eq(html_next_in(tree, div, b), u);
  ck_assert_uint_eq(html_next_in(tree, div, u), HTML_NO_NODE);
  ck_assert_uint_eq(html_skip_in(tree, div, b), HTML_NO_NODE);
  ck_assert_uint_eq(html_skip_in(tree, HTML_DOCUMENT_NODE, b), nth(tree, "s", 0));
  ck_assert_uint_eq(html_next_in(tree, u, u), HTML_NO_NODE);
}
END_TEST

static void put_many(Buf *out, const char *part, size_t n) {
  for (size_t i = 0; i < n; i++) buf_put(out, str_from(part));
}

/// Parses what the buffer holds, and frees it.
static const HtmlTree *parse_buf(Buf *buf, const HtmlOptions *options) {
  Str text = padded(buf_str(buf));
  buf_free(buf);
  return html_parse(&arena, text, options);
}

START_TEST(depth_costs_nothing) {
  static const char *const parts[] = {
      "<div>",       "<b>",      "<span>",          "<table><td>", "<template>",
      "<svg><desc>", "<ul><li>", "<b><blockquote>", "<x-y>",       "<button><p><table>"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    Buf buf = {0};
    put_many(&buf, parts[i], 100000);
    const HtmlTree *tree = parse_buf(&buf, NULL);
    ck_assert_msg(!html_tree_limit_hit(tree, NULL), "%s", parts[i]);
    ck_assert_uint_gt(html_node_count(tree), 100000);
    arena_reset(&arena);
  }
}
END_TEST

START_TEST(questions_to_a_deep_stack_cost_nothing) {
  static const char *const parts[] = {"</b>",   "<li></li>", "<p><i></p></i>", "<table></table>",
                                      "</x-y>", "<a></a>"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    Buf buf = {0};
    put_many(&buf, "<li><section>", 1);
    put_many(&buf, "<div>", 50000);
    put_many(&buf, parts[i], 50000);
    ck_assert_msg(!html_tree_limit_hit(parse_buf(&buf, NULL), NULL), "%s", parts[i]);
    arena_reset(&arena);
  }
}
END_TEST

/// Each paragraph opens all the <b> before it again: n * n / 2 clones.
static Buf quadratic(size_t n) {
  Buf buf = {0};
  for (size_t i = 0; i < n; i++) buf_printf(&buf, "<p><b x%zu>", i);
  return buf;
}

START_TEST(clones_are_bounded) {
  Buf many = quadratic(5500), few = quadratic(100), bounded = quadratic(100);
  size_t bytes = many.len;
  uint32_t at = 0;
  const HtmlTree *tree = parse_buf(&many, NULL);
  ck_assert(html_tree_limit_hit(tree, &at));
  ck_assert_uint_gt(at, 0);
  ck_assert_uint_lt(at, bytes);
  ck_assert_uint_lt(html_node_count(tree), bytes + 1010000);
  ck_assert(!html_tree_limit_hit(parse_buf(&few, NULL), &at));
  ck_assert(html_tree_limit_hit(parse_buf(&bounded, &(HtmlOptions){.max_nodes = 1000}), &at));
}
END_TEST

START_TEST(walks_that_input_can_lengthen_are_bounded) {
  Buf buf = {0};
  put_many(&buf, "<b>", 1);
  put_many(&buf, "<div>", 100000);
  put_many(&buf, "</b>", 100000);
  ck_assert(html_tree_limit_hit(parse_buf(&buf, NULL), NULL));
}
END_TEST

START_TEST(a_fragment_is_the_documents_children) {
  HtmlOptions options = {.fragment_context = STR("tr")};
  const HtmlTree *tree = html_parse(&arena, padded(STR("<td>a<td>b")), &options);
  HtmlNodeId first = html_node(tree, HTML_DOCUMENT_NODE)->first_child;
  assert_str(html_element_name(tree, first), "td");
  ck_assert_uint_eq(html_node(tree, first)->parent, HTML_DOCUMENT_NODE);
  ck_assert_uint_ne(html_node(tree, first)->next, HTML_NO_NODE);
}
END_TEST

static void add_tests(TCase *tree) {
  tcase_add_test(tree, elements_know_their_start_tags);
  tcase_add_test(tree, implied_elements_have_no_start_tag);
  tcase_add_test(tree, one_of_many_elements_of_a_tag_is_no_clone);
  tcase_add_test(tree, adopted_elements_are_clones_and_moved);
  tcase_add_test(tree, fostered_elements_are_moved);
  tcase_add_test(tree, selectedcontent_shows_clones);
  tcase_add_test(tree, later_tags_lend_attributes_with_their_place);
  tcase_add_test(tree, implied_elements_can_borrow);
  tcase_add_test(tree, attributes_are_decoded_and_adjusted);
  tcase_add_test(tree, text_joins_over_what_was_dropped);
  tcase_add_test(tree, doctypes_comments_and_instructions_can_be_read);
  tcase_add_test(tree, quirks_follow_the_doctype);
  tcase_add_test(tree, shadow_roots_are_told_from_templates);
  tcase_add_test(tree, ids_are_in_order_unless_nodes_were_moved);
  tcase_add_test(tree, walks_stay_inside_their_root);
  tcase_add_test(tree, depth_costs_nothing);
  tcase_add_test(tree, questions_to_a_deep_stack_cost_nothing);
  tcase_add_test(tree, clones_are_bounded);
  tcase_add_test(tree, walks_that_input_can_lengthen_are_bounded);
  tcase_add_test(tree, a_fragment_is_the_documents_children);
}

int main(void) {
  TCase *tree = tcase_create("tree");
  tcase_add_checked_fixture(tree, setup, teardown);
  tcase_set_timeout(tree, 30);
  add_tests(tree);
  Suite *suite = suite_create("html tree");
  suite_add_tcase(suite, tree);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
