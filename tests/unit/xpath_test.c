/* Patterns over pages: what they find beside what the XPath Recommendation and the tree of a browser say,
 * what is refused and where, and that none runs without bound. */
#include "html/xpath.h"

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "html/encoding.h"
#include "html/xpath_run.h"

static Arena arena;

static HtmlTree *tree_of(Str html) {
  char *padded = arena_zero(&arena, html.len + 128);
  memcpy(padded, html.data, html.len);
  return html_parse(&arena, html_decode_bytes(&arena, (Str){padded, html.len}).text, &(HtmlOptions){0});
}

static XpathOutcome run(const HtmlTree *tree, const char *pattern, XpathMatches *found) {
  XpathFault fault;
  Str text = str_copy(&arena, str_from(pattern));
  ck_assert_msg(xpath_check(&arena, text, &fault), "%s: %.*s", pattern, STR_ARG(fault.message));
  XpathEngine *engine = xpath_engine_new(&text, 1);
  XpathOutcome outcome = xpath_find(engine, xml_tree(tree, &arena), 0, &arena, found);
  xpath_engine_free(engine);
  return outcome;
}

// The ids of the elements found, or their names where they have none, in order.
static void expect(const char *html, const char *pattern, const char *expected) {
  HtmlTree *tree = tree_of(str_from(html));
  XpathMatches found = {0};
  Str list = STR("");
  ck_assert_int_eq(run(tree, pattern, &found), XPATH_DONE);
  for (size_t i = 0; i < found.len; i++) {
    HtmlAttribute id;
    bool has = html_element_find_attr(tree, found.data[i], STR("id"), &arena, &id);
    Str name = has ? id.value : html_element_name(tree, found.data[i]);
    list = str_printf(&arena, "%.*s%s%.*s", STR_ARG(list), i ? " " : "", STR_ARG(name));
  }
  ck_assert_msg(str_eq(list, str_from(expected)), "%s: got '%.*s', expected '%s'", pattern, STR_ARG(list),
                expected);
}

START_TEST(finds_what_the_recommendation_says) {
  static const char page[] =
      "<!DOCTYPE html><title>T</title><body><form id=f><label id=l for=a>Street &amp; city</label>"
      "<input id=a name=address1 TYPE=text><input id=b name=phone><p id=p>One <b id=c>two</b> "
      "three</p></form>";
  expect(page, "//input[contains(@name,'address')]", "a");
  expect(page, "//*[@id='l'][.='Street & city']", "l");
  expect(page, "/html/body/form/*[last()]", "p");
  expect(page, "//input[@type='text']|//b", "a c");
  expect(page, "//b/ancestor::*[@id]", "f p");
  expect(page, "//p[normalize-space()='One two three']", "p");
  expect(page, "//input[preceding-sibling::label and following-sibling::p]", "a b");
  expect(page, "//input[position() = 2 or @name = 'address1']", "a b");
  expect(page, "//input[not(@type)]/@name", "b");
  expect(page, "//p/text()", "p");
  expect(page, "//form[count(input) * 2 = 4 and 7 mod 4 = 3 and 6 div 3 = 2]", "f");
  expect(page, "//label[string-length(substring-after(., '& ')) = 4]", "l");
  expect(page, "//INPUT", "");
  expect(page, "/", "");
}
END_TEST

START_TEST(sees_the_tree_of_a_browser) {
  expect("<table id=t><tr id=r><td id=d>x", "//tbody/tr", "r");
  expect("<!-- <i id=a> --><textarea><i id=b></textarea><i id=c>", "//i", "c");
  expect("<template id=t><i id=a></i></template>", "//template/i", "a");
  expect("<div id=h><template shadowrootmode=open><i id=a></i></template></div>", "//div[not(template)]/i",
         "a");
  expect("<svg id=s><linearGradient id=g><a xlink:href='#x' id=a>",
         "//svg/linearGradient/a[@xlink:href='#x']", "a");
  expect("<svg><path id=p d=M0></svg><math><mi id=m>x", "//path | //mi", "p m");
  expect("<p>a<!--b-->c", "//p[comment()='b'][text()[2]='c']", "p");
  expect("<b id=b><p id=p>x</b>y</p>", "//b", "b");  // the clone in <p> has the same start tag
}
END_TEST

static void refuse(const char *pattern, const char *part, const char *message) {
  XpathFault fault = {0};
  ck_assert_msg(!xpath_check(&arena, str_from(pattern), &fault), "%s is accepted", pattern);
  Str found = str_take(str_skip(str_from(pattern), fault.start), fault.end - fault.start);
  ck_assert_msg(str_eq(found, str_from(part)), "%s: at '%.*s'", pattern, STR_ARG(found));
  ck_assert_msg(str_find(fault.message, str_from(message)) >= 0, "%s: %.*s", pattern, STR_ARG(fault.message));
}

START_TEST(refuses_what_is_unsafe_or_wrong) {
  refuse("document('x')//a", "document", "not allowed");
  refuse("//a[id('x')]", "id", "not allowed");
  refuse("//a[. = $x]", "$x", "no variables");
  refuse("//a[upper-case(.) = 'X']", "upper-case", "no function");
  refuse("//a[ext:f(.)]", "ext:f", "no function");
  refuse("/descendants::a", "descendants", "no axis");
  refuse("//namespace::*", "namespace", "not allowed");
  refuse("//svg:*", "svg:*", "no prefix");
  refuse("//a[contains(@x)]", "contains", "takes 2 arguments, not 1");
  refuse("//a[concat('x')]", "concat", "takes 2 or more arguments, not 1");
  refuse("//a[last(1)]", "last", "takes 0 arguments, not 1");
  refuse("//a[substring('x', 1, 2, 3)]", "substring", "takes 2 to 3 arguments, not 4");
  refuse("//a[", "", "does not go on");
  refuse("//a[@b", "", "expected ']'");
  refuse("//a]", "]", "does not go on");
  refuse("//a['x]", "", "no closing quote");
  refuse("'x'", "", "not elements");
  refuse("string(//a) = 'x'", "", "not elements");
  refuse("  ", "", "empty");
}
END_TEST

START_TEST(refuses_what_is_too_large) {
  Str deep = STR("//a"), wide = STR("//a");
  for (int i = 0; i < 101; i++) deep = str_printf(&arena, "%.*s[b", STR_ARG(deep));
  for (int i = 0; i < 1400; i++) wide = str_printf(&arena, "%.*s//a", STR_ARG(wide));
  XpathFault fault = {0};
  ck_assert(!xpath_check(&arena, deep, &fault) && str_find(fault.message, STR("too deeply")) >= 0);
  ck_assert(!xpath_check(&arena, wide, &fault) && str_find(fault.message, STR("longer")) >= 0);
}
END_TEST

// An item of a large page: as many levels, siblings or attributes as there is text.
static HtmlTree *large(const char *start, const char *item, size_t count) {
  Buf text = {0};
  buf_printf(&text, "<!DOCTYPE html><title>x</title><body>%s", start);
  for (size_t i = 0; i < count; i++) buf_printf(&text, item, i);
  HtmlTree *tree = tree_of(buf_str(&text));
  buf_free(&text);
  return tree;
}

START_TEST(no_pattern_runs_without_bound) {
  static const char *const patterns[] = {
      "//*[count(//*) > 1]",
      "//*[contains(string(/),'q')]",
      "//*[/ < 3]",
      "//*[3 > (/)]",
      "//*[. = following::*]",
      "//li/following-sibling::li[1]",
      "//li/@a/.. | //div/@a/..",
      "//*[-/ < 1]",
      "//li[1 < @a/../..]",
      "//*[//@a = //@b]",
  };
  HtmlTree *wide = large("<ul>", "<li a=%zu b=x>y", 60000), *deep = large("", "<div a=%zu b=x>y", 15000);
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    XpathMatches found = {0};
    XpathOutcome a = run(wide, patterns[i], &found), b = run(deep, patterns[i], &found);
    ck_assert_msg(a == XPATH_TOO_LONG || b == XPATH_TOO_LONG, "%s", patterns[i]);
  }
}
END_TEST

START_TEST(what_is_linear_is_not_bounded) {
  HtmlTree *wide = large("<ul>", "<li a=%zu b=x>y", 60000);
  XpathMatches found = {0};
  ck_assert_int_eq(run(wide, "//li[contains(@a, '99')][not(ancestor::*[@data-integration])]/@b", &found),
                   XPATH_DONE);
  ck_assert_uint_gt(found.len, 1000);
}
END_TEST

START_TEST(costs_are_told_by_tokens) {
  static const struct {
    const char *pattern;
    unsigned costs;
  } cases[] = {
      {"//a[@b = 'c']", 0},
      {"//a[contains(., 'x')]/b/@c", 0},
      {"//a[last() - 1][position() * 2 < 7 or true()]", 0},
      {"//a[string(.) = 'x' and -1 < count(b)]", 0},
      {"//a[. = 'x']", XPATH_READS},
      {"//a['x' = b]", XPATH_READS},
      {"//a[(b) < 1]", XPATH_READS},
      {"//a[text() = 'x']", XPATH_READS},
      {"//a[b * 2]", XPATH_READS},
      {"//a[@b = @*]", XPATH_READS},
      {"//a/..", XPATH_MERGES},
      {"//a//b", XPATH_MERGES},
      {"//a | //b", XPATH_MERGES},
      {"//a/ancestor::b", XPATH_MERGES},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    ck_assert_msg(xpath_costs(str_from(cases[i].pattern)) == cases[i].costs, "%s", cases[i].pattern);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("xpath");
  TCase *tests = tcase_create("xpath");
  tcase_set_timeout(tests, 120);
  tcase_add_test(tests, finds_what_the_recommendation_says);
  tcase_add_test(tests, sees_the_tree_of_a_browser);
  tcase_add_test(tests, refuses_what_is_unsafe_or_wrong);
  tcase_add_test(tests, refuses_what_is_too_large);
  tcase_add_test(tests, no_pattern_runs_without_bound);
  tcase_add_test(tests, what_is_linear_is_not_bounded);
  tcase_add_test(tests, costs_are_told_by_tokens);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  arena_free(&arena);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
