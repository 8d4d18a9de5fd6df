/* The short way of tree construction against the rules of the standard, and the ways of different processors
 * against each other: random pieces of markup, of which every tree must be the same to the last place. */
#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "html/dump.h"
#include "html/tree.h"

static Arena arena;
static unsigned seed;

static unsigned next_random(unsigned below) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % below;
}

static const char *const pieces[] = {"<div>",
                                     "</div>",
                                     "<p>",
                                     "</p>",
                                     "<a href=x>",
                                     "</a>",
                                     "<b>",
                                     "<b>",
                                     "</b>",
                                     "<i class=\"k\">",
                                     "</i>",
                                     "<code>",
                                     "</code>",
                                     "<li>",
                                     "</li>",
                                     "<ul>",
                                     "</ul>",
                                     "<dd>",
                                     "<dt>",
                                     "</dd>",
                                     "<table>",
                                     "<tr>",
                                     "<td>",
                                     "</td>",
                                     "</tr>",
                                     "</table>",
                                     "<caption>",
                                     "<table>\n<tbody>\n<tr>\n<td>",
                                     "</td>\n<td>",
                                     "</td>\n</tr>\n<tr>\n<th>",
                                     "</th> ",
                                     "</tr> ",
                                     "<tr> ",
                                     "<td> ",
                                     " <tr>\n< ",
                                     "text",
                                     " ",
                                     "\n  ",
                                     "&amp;",
                                     "&#32;",
                                     "\r\n",
                                     "<svg>",
                                     "</svg>",
                                     "<desc>",
                                     "<template>",
                                     "</template>",
                                     "<select>",
                                     "<option>",
                                     "</option>",
                                     "</select>",
                                     "<selectedcontent>",
                                     "<button>",
                                     "</button>",
                                     "<h1>",
                                     "</h1>",
                                     "<h2>",
                                     "</h2>",
                                     "<form>",
                                     "</form>",
                                     "<input type=hidden>",
                                     "<img alt='a&b'>",
                                     "<br>",
                                     "</br>",
                                     "<pre>\n",
                                     "</pre>",
                                     "<textarea>\n",
                                     "</textarea>",
                                     "<span a=1 b=2>",
                                     "</span>",
                                     "<x-y Z=1>",
                                     "</x-y>",
                                     "<nobr>",
                                     "</nobr>",
                                     "<object>",
                                     "</object>",
                                     "<!--c-->",
                                     "<frameset>",
                                     "<body id=b>",
                                     "</body>",
                                     "<",
                                     "a run of text that is longer than two blocks of thirty-two bytes each"};

static Str random_text(void) {
  static const char *const starts[] = {"", "<!DOCTYPE html><body>", "<table><tr><td>", "<ul><li>"};
  Buf out = {0};
  buf_put(&out, str_from(starts[next_random(4)]));
  for (unsigned count = next_random(40); count; count--) {
    if (next_random(30) == 0) buf_char(&out, '\0');
    buf_put(&out, str_from(pieces[next_random(sizeof pieces / sizeof *pieces)]));
  }
  char *text = arena_zero(&arena, out.len + FILE_PADDING);
  if (out.len) memcpy(text, out.data, out.len);
  Str padded = {text, out.len};
  buf_free(&out);
  return padded;
}

static void put_attrs(Buf *out, const HtmlTree *tree, HtmlNodeId id) {
  for (uint32_t i = 0; i < html_element_attr_count(tree, id); i++) {
    const HtmlAttr *attr = html_element_attr_raw(tree, id, i);
    buf_printf(out, " %u-%u=%u-%u %u", attr->name_start, attr->name_end, attr->value_start, attr->value_end,
               attr->known);
  }
}

/// The tree, and the place of every node in the order of their making.
static Str form(Str text, const HtmlOptions *options) {
  Buf out = {0};
  const HtmlTree *tree = html_parse(&arena, text, options);
  html_dump(tree, &arena, &out);
  for (HtmlNodeId id = HTML_DOCUMENT_NODE + 1; id < html_node_count(tree); id++) {
    const HtmlNode *node = html_node(tree, id);
    uint32_t start = 0, end = 0;
    if (node->kind == HTML_ELEMENT)
      html_element_start_tag(tree, id, &start, &end);
    else if (node->kind != HTML_CONTENT)
      html_node_span(tree, id, &start, &end);
    buf_printf(&out, "%u %u %u %u-%u", id, node->parent, node->flags & HTML_NODE_MOVED, start, end);
    if (node->kind == HTML_ELEMENT) put_attrs(&out, tree, id);
    buf_char(&out, '\n');
  }
  uint32_t at = 0;
  buf_printf(&out, "%d", html_tree_limit_hit(tree, &at));
  Str copy = str_copy(&arena, buf_str(&out));
  buf_free(&out);
  return copy;
}

static void expect_same(const char *way, Str text, Str got, Str expected) {
  ck_assert_msg(str_eq(got, expected), "%s: '%.*s':\n%.*s\nby the rules:\n%.*s", way, STR_ARG(text),
                STR_ARG(got), STR_ARG(expected));
}

START_TEST(short_cuts_make_the_same_tree) {
  static const char *const contexts[] = {"", "", "", "td", "template", "select", "svg desc"};
  for (seed = 1; seed <= 4000; seed++) {
    unsigned kept = seed;
    Str text = random_text();
    HtmlOptions options = {.fragment_context = str_from(contexts[next_random(7)])};
    if (next_random(8) == 0) options.max_nodes = 4 + next_random(20);
    HtmlOptions strict = options, narrow = options;
    strict.strict = narrow.narrow = true;
    Str expected = form(text, &strict);
    expect_same("as it is", text, form(text, &options), expected);
    expect_same("narrow", text, form(text, &narrow), expected);
    arena_reset(&arena);
    seed = kept;
  }
}
END_TEST

START_TEST(parsing_ends_where_it_may) {
  Str text = STR("<!DOCTYPE html><p>a<b>c</b></p><p title=x>d</p><i>e</i>");
  char *copy = arena_zero(&arena, text.len + FILE_PADDING);
  memcpy(copy, text.data, text.len);
  HtmlOptions options = {.settled_from = 32};
  const HtmlTree *tree = html_parse(&arena, (Str){copy, text.len}, &options);
  // The doctype, html, head, body, p, b, and the second p, whose start tag ends behind the place; but no
  // text.
  ck_assert_uint_eq(html_node_count(tree), 2 + 7);
  options.max_nodes = 4;
  uint32_t at = 0, whole_at = 0;
  ck_assert(html_tree_limit_hit(html_parse(&arena, (Str){copy, text.len}, &options), &at));
  options.settled_from = 0;
  ck_assert(html_tree_limit_hit(html_parse(&arena, (Str){copy, text.len}, &options), &whole_at));
  ck_assert_uint_eq(at, whole_at);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("html quick");
  TCase *cases = tcase_create("all");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, short_cuts_make_the_same_tree);
  tcase_add_test(cases, parsing_ends_where_it_may);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  arena_free(&arena);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
