/* Facts of pages: which elements count, and the exact place of every name. */
#include <check.h>
#include <stdlib.h>

#include "diag/diag.h"
#include "html/encoding.h"
#include "html/tree.h"
#include "ir/facts.h"

static Arena arena;
static DiagBag diags;
static Str page;

// The facts of as much of the page as they can come from.
static PageFacts read_reach(const HtmlInput *input) {
  PageFacts facts = {.source = 1};
  FactsOptions none = {0};
  HtmlOptions options = {.settled_from = facts_reach(input->text, &none, NULL)};
  if (!options.settled_from) return facts;
  DiagBag ignored = {.arena = &arena};
  facts_from_html(&facts, html_parse(&arena, input->text, &options), input, &none, &arena, &ignored);
  return facts;
}

static void expect_same(const PageFacts *whole, const PageFacts *part) {
  ck_assert_uint_eq(whole->elements.len, part->elements.len);
  for (size_t i = 0; i < whole->elements.len; i++) {
    const FactElement *a = &whole->elements.data[i], *b = &part->elements.data[i];
    ck_assert(str_eq(a->tag, b->tag) && a->names.len == b->names.len && a->attrs.len == b->attrs.len);
    ck_assert_uint_eq(a->slots.len, b->slots.len);
    for (size_t k = 0; k < a->depends.len; k++)
      ck_assert(a->depends.data[k].on_page == b->depends.data[k].on_page);
  }
}

static PageFacts read_page(const char *html) {
  Arena scratch = {0};
  size_t len = strlen(html);
  char *padded = arena_zero(&arena, len + 128);
  memcpy(padded, html, len);
  page = (Str){padded, len};
  HtmlInput *input = arena_new(&arena, HtmlInput);
  *input = html_decode_bytes(&arena, page);
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(&arena, input->text, &options);
  PageFacts facts = {.source = 1};
  FactsOptions none = {0};
  diags = (DiagBag){.arena = &arena};
  facts_from_html(&facts, tree, input, &none, &arena, &diags);
  PageFacts part = read_reach(input);
  expect_same(&facts, &part);
  arena_free(&scratch);
  return facts;
}

static void expect_text(Str got, const char *expected) {
  ck_assert_msg(str_eq(got, str_from(expected)), "got '%.*s', expected '%s'", STR_ARG(got), expected);
}

// The bytes of the file that a span names.
static void expect_at(Span span, const char *expected) {
  ck_assert_uint_le(span.end, page.len);
  expect_text(str_take(str_skip(page, span.start), span.end - span.start), expected);
}

static void expect_names(const char *html, size_t count, const char *const *names) {
  PageFacts facts = read_page(html);
  size_t seen = 0;
  for (size_t i = 0; i < facts.elements.len; i++)
    for (size_t k = 0; k < facts.elements.data[i].names.len; k++, seen++) {
      ck_assert_uint_lt(seen, count);
      expect_text(facts.elements.data[i].names.data[k].text, names[seen]);
    }
  ck_assert_uint_eq(seen, count);
}

static size_t reach_of(const char *html, const FactsOptions *options) {
  size_t len = strlen(html);
  char *padded = arena_zero(&arena, len + 128);
  memcpy(padded, html, len);
  return facts_reach((Str){padded, len}, options, NULL);
}

START_TEST(reaches_to_the_last_name) {
  FactsOptions none = {0};
  ck_assert_uint_eq(reach_of("<p class=a data-slot=x>data-integratio", &none), 0);
  ck_assert_uint_eq(reach_of("<p DATA-enHance=a>..........................", &none), 8);
  ck_assert_uint_eq(reach_of("<p data-integration=a><b data-slot=x>.", &none), 30);
  ck_assert_uint_eq(reach_of("<p data-integration=a data-depends-on=b>.", &none), 41);
  Str aliases[] = {STR("uses")};
  FactsOptions aliased = {aliases, 1};
  ck_assert_uint_eq(reach_of("<p USES=a>", &aliased), 7);
  ck_assert_uint_eq(reach_of("<p USE=a>", &aliased), 0);
}
END_TEST

START_TEST(later_text_can_move_what_is_there) {
  // The end tag of b, and a frameset, change what the uses in front of them are.
  PageFacts facts = read_page("<a data-integration=a><div><p data-slot=s>x</a>y</div>");
  ck_assert_uint_eq(facts.elements.len, 1);
  ck_assert_uint_eq(facts.elements.data[0].slots.len, 0);
  facts = read_page("<div data-integration=a></div><frameset>");
  ck_assert_uint_eq(facts.elements.len, 0);
  facts = read_page("<div data-integration=a>text</div><frameset>");
  ck_assert_uint_eq(facts.elements.len, 1);
}
END_TEST

START_TEST(finds_what_a_browser_finds) {
  // Attribute names ignore case; template contents and SVG count.
  expect_names(
      "<div DATA-Integration=a></div><template><p data-integration=b></template><svg><g data-integration=c>",
      3, (const char *const[]){"a", "b", "c"});
  // What only looks like a tag does not.
  expect_names(
      "<!-- <p data-integration=a> --><script>'<p data-integration=b>'</script>"
      "<textarea><p data-integration=c></textarea><title><p data-integration=d></title>"
      "<iframe><p data-integration=e></iframe><style><p data-integration=f></style>",
      0, NULL);
  // <tr> outside a table makes no element.
  expect_names("<div><tr data-integration=a></div>", 0, NULL);
  // The template of a shadow root is gone in a browser, but for its content; a second one in a host stays a
  // template.
  expect_names(
      "<div><template shadowrootmode=open data-integration=a><p data-integration=b></template>"
      "<template shadowrootmode=open data-integration=c></template></div>",
      2, (const char *const[]){"b", "c"});
}
END_TEST

START_TEST(counts_a_start_tag_once) {
  expect_names("<p><b data-integration=a>1<p>2", 1, (const char *const[]){"a"});
  expect_names("<b data-integration=a><i><p></b>x</i>", 1, (const char *const[]){"a"});
}
END_TEST

START_TEST(lends_attributes_of_a_second_body_tag) {
  PageFacts facts = read_page("<body><p>x<body data-integration=\"a\">");
  ck_assert_uint_eq(facts.elements.len, 1);
  expect_text(facts.elements.data[0].tag, "body");
  expect_at(facts.elements.data[0].names.data[0].span, "a");
  ck_assert_uint_eq(facts.elements.data[0].names.data[0].span.start, 34);
}
END_TEST

START_TEST(splits_uses_and_ranges) {
  PageFacts facts = read_page("<div data-integration=' pay@^3.1\n geo-map '>");
  FactElement *element = &facts.elements.data[0];
  ck_assert_uint_eq(element->names.len, 2);
  expect_text(element->names.data[0].text, "pay");
  expect_at(element->names.data[0].span, "pay");
  expect_at(element->ranges.data[0].span, "^3.1");
  ck_assert_ptr_null(element->ranges.data[1].text.data);
  expect_at(element->names.data[1].span, "geo-map");
}
END_TEST

START_TEST(places_survive_references) {
  PageFacts facts =
      read_page("<div data-integration='a&#45;b&#x20;&#99;d@&gt;=2' data-depends-on='x&comma;&#x79;z'>");
  FactElement *element = &facts.elements.data[0];
  expect_text(element->names.data[0].text, "a-b");
  expect_at(element->names.data[0].span, "a&#45;b");
  expect_text(element->names.data[1].text, "cd");
  expect_at(element->names.data[1].span, "&#99;d");
  expect_text(element->ranges.data[1].text, ">=2");
  expect_at(element->ranges.data[1].span, "&gt;=2");
  expect_text(element->depends.data[1].name.text, "yz");
  expect_at(element->depends.data[1].name.span, "&#x79;z");
}
END_TEST

// The tree is looked through in two ways: by ids where they are in order, by links where a node was moved.
START_TEST(slots_are_the_same_where_nodes_were_moved) {
  static const char *const pages[] = {
      "<div data-integration=a><p data-integration=b data-slot=1></p>x<!--c--><i data-slot=2></i></div>"
      "<!--d-->y<p data-integration=c><u data-slot=3></u></p><u data-slot=4>",
      "<table><b>moved</b></table>"
      "<div data-integration=a><p data-integration=b data-slot=1></p>x<!--c--><i data-slot=2></i></div>"
      "<!--d-->y<p data-integration=c><u data-slot=3></u></p><u data-slot=4>",
      "<div data-integration=a><p data-integration=b data-slot=1></p></body><!--c--><i data-slot=2></i></div>"
      "<p data-integration=c data-slot=0></body><!--d--><b><u data-slot=3></u></b>",
  };
  static const size_t counts[] = {2, 0, 1};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    PageFacts facts = read_page(pages[i]);
    ck_assert_uint_eq(facts.elements.len, 3);
    for (size_t k = 0; k < 3; k++) ck_assert_uint_eq(facts.elements.data[k].slots.len, counts[k]);
  }
}
END_TEST

START_TEST(slots_belong_to_the_nearest_use) {
  PageFacts facts = read_page(
      "<div data-integration=a><input data-slot=one><p data-integration=b data-slot=two>"
      "<b data-slot=' three '></b></p><i data-slot=four></i></div><u data-slot=five>");
  ck_assert_uint_eq(facts.elements.len, 2);
  FactElement *a = &facts.elements.data[0], *b = &facts.elements.data[1];
  ck_assert_uint_eq(a->slots.len, 3);
  expect_text(a->slots.data[0].name.text, "one");
  expect_text(a->slots.data[0].element, "input");
  expect_text(a->slots.data[1].name.text, "two");
  expect_text(a->slots.data[2].name.text, "four");
  ck_assert_uint_eq(b->slots.len, 1);
  expect_at(b->slots.data[0].name.span, "three");
}
END_TEST

START_TEST(dependencies_on_the_page) {
  PageFacts facts = read_page(
      "<input id=one name=two><p data-field=three><div data-integration=a data-depends-on='one, "
      "two,three,b,c'>"
      "<div data-integration=b>");
  FactElement *a = &facts.elements.data[0];
  ck_assert_uint_eq(a->depends.len, 5);
  for (size_t i = 0; i < 4; i++) ck_assert_msg(a->depends.data[i].on_page, "dependency %zu", i);
  ck_assert(!a->depends.data[4].on_page);
}
END_TEST

static void expect_fault(const char *html, DiagCode code, const char *at) {
  read_page(html);
  ck_assert_msg(diags.list.len == 1, "%zu diagnostics for %s", diags.list.len, html);
  ck_assert_int_eq((int)diags.list.data[0]->code, (int)code);
  expect_at(diags.list.data[0]->span, at);
}

START_TEST(reports_faults_at_their_place) {
  expect_fault("<p data-integration='Address_Validation'>", FX1101, "Address_Validation");
  expect_fault("<p data-integration='ok a--b'>", FX1101, "a--b");
  expect_fault("<p data-integration>", FX1102, "data-integration");
  expect_fault("<p data-integration=''>", FX1102, "data-integration");
  expect_fault("<p data-integration=a data-integration-required=ja>", FX1104, "ja");
  expect_fault("<p data-enhance=a data-enhance-level=huge>", FX1104, "huge");
  expect_fault("<p data-integration=a data-integration-flag='my flag'>", FX1104, "my flag");
  expect_fault("<p data-integration=a data-integration-url='java\nscript:x'>", FX1107, "java\nscript:x");
  expect_fault("<p data-integration=a data-integration-x='b&#1;c'>", FX1107, "&#1;");
  expect_fault("<p data-integration='a@1' data-integration-version=2>", FX1111, "data-integration-version");
  expect_fault("<p data-integration='a b' data-integration-version=2>", FX1111, "data-integration-version");
  expect_fault("<p data-integration='a@^^1'>", FX4003, "^");
}
END_TEST

START_TEST(near_misses_are_silent) {
  read_page(
      "<p data-integration='a1-b2@>=1' data-integration-required=FALSE data-integration-flag=a.b-c "
      "data-integration-version-x=1>"
      "<p data-enhance=x data-enhance-level=basic><p data-integration=a data-integration-version='>=1 <2'>");
  ck_assert_uint_eq(diags.list.len, 0);
}
END_TEST

START_TEST(very_long_names_are_refused) {
  char html[400] = "<p data-integration='";
  size_t end = strlen(html) + 128;
  memset(html + end - 128, 'a', 128);
  memcpy(html + end, "'>", 3);
  read_page(html);
  ck_assert_uint_eq(diags.list.len, 0);
  memcpy(html + end, "a'>", 4);
  read_page(html);
  ck_assert_uint_eq(diags.list.len, 1);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("facts");
  TCase *tests = tcase_create("facts");
  tcase_add_test(tests, finds_what_a_browser_finds);
  tcase_add_test(tests, reaches_to_the_last_name);
  tcase_add_test(tests, later_text_can_move_what_is_there);
  tcase_add_test(tests, counts_a_start_tag_once);
  tcase_add_test(tests, lends_attributes_of_a_second_body_tag);
  tcase_add_test(tests, splits_uses_and_ranges);
  tcase_add_test(tests, places_survive_references);
  tcase_add_test(tests, slots_belong_to_the_nearest_use);
  tcase_add_test(tests, slots_are_the_same_where_nodes_were_moved);
  tcase_add_test(tests, dependencies_on_the_page);
  tcase_add_test(tests, reports_faults_at_their_place);
  tcase_add_test(tests, near_misses_are_silent);
  tcase_add_test(tests, very_long_names_are_refused);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  arena_free(&arena);
  return failed ? 1 : 0;
}
