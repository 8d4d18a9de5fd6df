/* The tokenizer: what the public suite does not have (spans, flags, processing instructions, steering by
 * the tree builder), and the short way against the states of the standard on random text. */
#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "html/token.h"

static Arena arena;
static Buf dump;

/// A copy whose padding is full of things that a lexer must not use.
static Str padded(const char *bytes, size_t len) {
  static const char junk[] = "<a \"'&=/>-->]]>\r\nA";
  char *copy = arena_alloc(&arena, len + 1 + FILE_PADDING);
  memcpy(copy, bytes, len);
  copy[len] = '\0';
  for (size_t i = 1; i <= FILE_PADDING; i++) copy[len + i] = junk[i % (sizeof junk - 1)];
  return (Str){copy, len};
}

static void put_span(Str text, uint32_t start, uint32_t end) {
  buf_char(&dump, '[');
  buf_put(&dump, str_take(str_skip(text, start), end - start));
  buf_char(&dump, ']');
}

static void put_attrs(Str text, const HtmlToken *token) {
  for (uint32_t i = 0; i < token->attr_count; i++) {
    const HtmlAttr *attr = &token->attrs[i];
    ck_assert_uint_le(attr->name_end, attr->value_start);
    put_span(text, attr->name_start, attr->name_end);
    if (attr->has_value) put_span(text, attr->value_start, attr->value_end);
    buf_printf(&dump, "%u/%u/%u/%u", attr->name_flags, attr->value_flags, (unsigned char)attr->quote,
               attr->known);
  }
}

/// Every field that means something for its kind.
static void put_token(Str text, const HtmlToken *token) {
  static const char *const kinds[] = {"end", "text", "start", "end tag", "comment", "doctype", "pi"};
  buf_printf(&dump, "%s %u-%u f%u ", kinds[token->kind], token->start, token->end, token->flags);
  if (token->kind == HTML_TOKEN_START_TAG || token->kind == HTML_TOKEN_END_TAG) {
    buf_printf(&dump, "t%u s%u ", token->tag, token->self_closing);
    put_attrs(text, token);
  }
  if (token->kind != HTML_TOKEN_END) put_span(text, token->name_start, token->name_end);
  if (token->kind > HTML_TOKEN_END_TAG) put_span(text, token->system_start, token->system_end);
  if (token->kind == HTML_TOKEN_DOCTYPE) {
    buf_printf(&dump, "q%u %u%u%u", token->force_quirks, token->has_name, token->has_public,
               token->has_system);
    put_span(text, token->public_start, token->public_end);
  }
  buf_char(&dump, '\n');
}

/// Stands in for the tree builder.
static void steer(HtmlLexer *lexer, const HtmlToken *token) {
  html_lexer_allow_cdata(lexer, token->tag == HTML_TAG_SVG);
  if (token->kind != HTML_TOKEN_START_TAG) return;
  if (token->tag == HTML_TAG_SCRIPT) html_lexer_set_content_model(lexer, HTML_SCRIPT_DATA, STR_NONE);
  if (token->tag == HTML_TAG_STYLE) html_lexer_set_content_model(lexer, HTML_RAWTEXT, STR_NONE);
  if (token->tag == HTML_TAG_TITLE) html_lexer_set_content_model(lexer, HTML_RCDATA, STR_NONE);
}

/// The tokens of a text as text; also checks that tokens neither overlap nor go backwards.
static Str tokens_by(Str text, const HtmlLexerOption *option, HtmlErrors *errors) {
  HtmlToken token;
  HtmlLexer *lexer = html_lexer_new(&arena, text, errors);
  if (option) html_lexer_option(lexer, *option, true);
  uint32_t last = 0;
  buf_clear(&dump);
  do {
    html_lexer_next(lexer, &token);
    ck_assert_uint_ge(token.start, last);
    ck_assert(token.end > token.start || token.kind == HTML_TOKEN_END);
    ck_assert_uint_le(token.end, text.len);
    last = token.end;
    put_token(text, &token);
    steer(lexer, &token);
  } while (token.kind != HTML_TOKEN_END);
  return str_copy(&arena, buf_str(&dump));
}

static Str tokens(Str text, HtmlErrors *errors) { return tokens_by(text, NULL, errors); }

static void expect(const char *html, const char *expected) {
  Str got = tokens(padded(html, strlen(html)), NULL);
  ck_assert_msg(str_eq(got, str_from(expected)), "%s: got\n%.*sexpected\n%s", html, STR_ARG(got), expected);
}

static HtmlToken first_token(const char *html) {
  HtmlToken token;
  html_lexer_next(html_lexer_new(&arena, padded(html, strlen(html)), NULL), &token);
  return token;
}

static Str span_of(const char *html, uint32_t start, uint32_t end) {
  return str_copy(&arena, (Str){html + start, end - start});
}

START_TEST(a_tag_has_its_spans) {
  const char *html = "<Input TYPE=text  value = 'a&amp;b' data-x checked/>";
  HtmlToken token = first_token(html);
  ck_assert_int_eq(token.kind, HTML_TOKEN_START_TAG);
  ck_assert_int_eq(token.tag, HTML_TAG_INPUT);
  ck_assert(token.self_closing);
  ck_assert_uint_eq(token.flags, HTML_HAS_UPPER);
  ck_assert_uint_eq(token.end, strlen(html));
  ck_assert_uint_eq(token.attr_count, 4);
  const HtmlAttr *attr = token.attrs;
  ck_assert_int_eq(attr[0].known, HTML_ATTR_TYPE);
  ck_assert_int_eq(attr[0].quote, 0);
  ck_assert(str_eq(span_of(html, attr[0].value_start, attr[0].value_end), STR("text")));
  ck_assert_int_eq(attr[1].quote, '\'');
  ck_assert_uint_eq(attr[1].value_flags, HTML_HAS_REFERENCE);
  ck_assert(str_eq(span_of(html, attr[1].value_start, attr[1].value_end), STR("a&amp;b")));
  ck_assert(!attr[2].has_value);
  ck_assert_int_eq(attr[2].known, HTML_ATTR_OTHER);
  ck_assert_int_eq(attr[3].known, HTML_ATTR_CHECKED);
}
END_TEST

START_TEST(text_has_its_flags) {
  ck_assert_uint_eq(first_token(" \n\t\f").flags, 0);
  ck_assert_uint_eq(first_token(" \r\n ").flags, HTML_HAS_CR);
  ck_assert_uint_eq(first_token("\v").flags, HTML_HAS_NONSPACE);
  ck_assert_uint_eq(first_token("                                 x").flags, HTML_HAS_NONSPACE);
  ck_assert_uint_eq(first_token("                   <&\r").flags, 0);
  ck_assert_uint_eq(first_token("&").flags, HTML_HAS_REFERENCE | HTML_HAS_NONSPACE);
  HtmlToken token;
  html_lexer_next(html_lexer_new(&arena, padded("\0 <", 3), NULL), &token);
  ck_assert_uint_eq(token.flags, HTML_HAS_NUL | HTML_HAS_NONSPACE);
  ck_assert_uint_eq(token.end, 2);
}
END_TEST

/// The dump of a document that is one processing instruction or one comment.
static void expect_pi(const char *html, const char *target, const char *data) {
  HtmlToken token = first_token(html);
  ck_assert_msg(token.kind == HTML_TOKEN_PI, "%s", html);
  ck_assert_uint_eq(token.end, strlen(html));
  Str got = span_of(html, token.name_start, token.name_end);
  ck_assert_msg(str_eq(got, str_from(target)), "%s: target %.*s", html, STR_ARG(got));
  got = span_of(html, token.system_start, token.system_end);
  ck_assert_msg(str_eq(got, str_from(data)), "%s: data %.*s", html, STR_ARG(got));
}

START_TEST(processing_instructions) {
  expect_pi("<?hey>", "hey", "");
  expect_pi("<?hey?>", "hey", "");
  expect_pi("<?hey \n\t there=1 ?>", "hey", "there=1 ");
  expect_pi("<?hey?there>", "hey", "?there");
  expect_pi(
      "<?t ??"
      "?>",
      "t",
      "?"
      "?");
  expect_pi("<?something ? >", "something", "? ");
  expect_pi("<?_-x_9 d>", "_-x_9", "d");
  expect_pi("<?UPPER data?>", "UPPER", "data");
  expect_pi("<?xmlx?>", "xmlx", "");
}
END_TEST

static void expect_comment(const char *html, const char *data, const char *code, unsigned at) {
  HtmlErrors errors = {.arena = &arena};
  HtmlToken token;
  html_lexer_next(html_lexer_new(&arena, padded(html, strlen(html)), &errors), &token);
  ck_assert_int_eq(token.kind, HTML_TOKEN_COMMENT);
  Str got = span_of(html, token.system_start, token.system_end);
  ck_assert_msg(str_eq(got, str_from(data)), "%s: %.*s", html, STR_ARG(got));
  ck_assert_uint_eq(errors.list.len, 1);
  ck_assert_str_eq(errors.list.data[0].code, code);
  ck_assert_uint_eq(errors.list.data[0].at, at);
}

START_TEST(what_is_no_processing_instruction) {
  expect_comment("<?xml version='1.0'?>", "?xml version='1.0'?", "disallowed-processing-instruction-target",
                 5);
  expect_comment("<?XML-styleSheet>", "?XML-styleSheet", "disallowed-processing-instruction-target", 16);
  expect_comment("<?lit$1>", "?lit$1", "invalid-processing-instruction-target", 5);
  expect_comment("<?a=b>", "?a=b", "invalid-processing-instruction-target", 3);
  expect_comment("<?1st>", "?1st", "invalid-first-character-of-processing-instruction-target", 2);
  expect_comment("<?>", "?", "invalid-first-character-of-processing-instruction-target", 2);
}
END_TEST

START_TEST(a_processing_instruction_cut_off_is_nothing) {
  static const char *const cut[] = {"<?", "<?start", "<?start ", "<?start data", "<?start ? ?"};
  for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
    HtmlErrors errors = {.arena = &arena};
    HtmlToken token;
    html_lexer_next(html_lexer_new(&arena, padded(cut[i], strlen(cut[i])), &errors), &token);
    ck_assert_int_eq(token.kind, HTML_TOKEN_END);
    ck_assert_uint_eq(errors.list.len, 1);
    ck_assert_str_eq(errors.list.data[0].code, "eof-in-processing-instruction");
  }
}
END_TEST

START_TEST(cdata_only_where_it_is_allowed) {
  Str start = str_printf(&arena, "start 0-5 f0 t%d s0 [svg]\n", HTML_TAG_SVG);
  Str rest = STR("text 5-20 f16 [a<b]\ncomment 20-33 f0 [][[CDATA[c]]]\nend 33-33 f0 \n");
  expect("<svg><![CDATA[a<b]]><![CDATA[c]]>", str_cstr(&arena, str_concat(&arena, start, rest)));
}
END_TEST

START_TEST(the_end_of_script_data) {
  const char *html = "<script>a<!--<script>b</script>c--></sCript >d";
  HtmlErrors errors = {.arena = &arena};
  Str got = tokens(padded(html, strlen(html)), &errors);
  ck_assert(str_find(got, STR("[a<!--<script>b</script>c-->]")) >= 0);
  ck_assert_uint_eq(errors.list.len, 0);
}
END_TEST

/// A tag with `count` attributes, the last of them again the first.
static size_t count_attrs(size_t count, const char *name) {
  Buf html = {0};
  buf_put(&html, STR("<p"));
  for (size_t i = 0; i < count; i++) buf_printf(&html, " %s%zu=1", name, i);
  buf_printf(&html, " %s0=2>", name);
  HtmlToken token;
  Str text = padded(html.data, html.len);
  html_lexer_next(html_lexer_new(&arena, text, NULL), &token);
  ck_assert_int_eq(token.kind, HTML_TOKEN_START_TAG);
  ck_assert_int_eq(text.data[token.attrs[0].value_start], '1');
  buf_free(&html);
  return token.attr_count;
}

START_TEST(duplicates_among_few_and_many) {
  static const size_t counts[] = {1, 2, 15, 16, 17, 18, 100};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    ck_assert_uint_eq(count_attrs(counts[i], "data-"), counts[i]);
    ck_assert_uint_eq(count_attrs(counts[i], "DATA-"), counts[i]);
  }
  ck_assert_uint_eq(count_attrs(200000, "x"), 200000);  // quadratic work would take minutes
  HtmlToken token = first_token("<p class=a CLASS=b id=c Id=d data-x data-X>");
  ck_assert_uint_eq(token.attr_count, 3);
}
END_TEST

START_TEST(names_are_found_and_strangers_are_not) {
  for (int tag = 1; tag < HTML_TAG_COUNT; tag++)
    ck_assert_int_eq(html_tag_find(html_tag_name((HtmlTag)tag)), tag);
  for (int attr = 1; attr < HTML_ATTR_COUNT; attr++) {
    ck_assert_int_eq(html_attr_find(html_attr_name((HtmlAttrName)attr)), attr);
  }
  ck_assert_int_eq(html_tag_find(STR("")), HTML_TAG_OTHER);
  ck_assert_int_eq(html_tag_find(STR("di")), HTML_TAG_OTHER);
  ck_assert_int_eq(html_tag_find(STR("div\0")), HTML_TAG_OTHER);
  ck_assert_int_eq(html_tag_find(STR("DIV")), HTML_TAG_OTHER);
  ck_assert_int_eq(html_attr_find(STR("shadowrootXXlegatesfocus")), HTML_ATTR_OTHER);
  ck_assert_int_eq(html_attr_find(STR("shadowrootdelegatesfocuses")), HTML_ATTR_OTHER);
  ck_assert_int_eq(first_token("<p shadowrootdelegatesfocus>").attrs[0].known,
                   HTML_ATTR_SHADOWROOTDELEGATESFOCUS);
}
END_TEST

static unsigned seed;

static unsigned next_random(unsigned below) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % below;
}

/// Pieces of markup in random order, some cut and some with a byte changed.
static Str random_text(void) {
  static const Str pieces[] = {
      STR("<div class=\"a b\">"),
      STR("</div>"),
      STR("<p>"),
      STR("text &amp; more "),
      STR("&notit; &#x80;"),
      STR("<"),
      STR(">"),
      STR("\""),
      STR("'"),
      STR("="),
      STR("/"),
      STR(" "),
      STR("\r\n"),
      STR("\n    "),
      STR("\0"),
      STR("<a href='x?a=1&b=2' TITLE=t data-foo>"),
      STR("<br/>"),
      STR("<img src=a alt>"),
      STR("<!-- c --!>"),
      STR("<!--"),
      STR("-->"),
      STR("<!DOCTYPE html PUBLIC \"a\" 'b'>"),
      STR("<script>"),
      STR("</script>"),
      STR("<style>"),
      STR("</style "),
      STR("<title>"),
      STR("</TITLE>"),
      STR("<svg>"),
      STR("<![CDATA["),
      STR("]]>"),
      STR("<?pi data?>"),
      STR("<?xml ?>"),
      STR("<unknown-element-name with-a-long-attribute-name=1 >"),
      STR("<x a=1 a=2>"),
      STR("<p shadowrootdelegatesfocus shadowrootmode=open>"),
      STR("<i b = \"c\"d>"),
      STR("\xC3\xA9\xE2\x82\xAC"),
      STR("\v"),
      STR("a long run of plain text that takes several steps of a scan "),
      STR("<b value=\"a long value that takes several steps of a scan &gt; so it must go on\">"),
      STR("<>"),
      STR("</>"),
  };
  Buf html = {0};
  for (unsigned i = next_random(12); i > 0; i--) {
    Str piece = pieces[next_random(sizeof pieces / sizeof *pieces)];
    if (next_random(4) == 0) piece = str_take(piece, next_random((unsigned)piece.len + 1));
    buf_put(&html, piece);
    if (html.len && next_random(6) == 0)
      html.data[next_random((unsigned)html.len)] = "<>=\"'/& \r\0aZ"[next_random(12)];
  }
  Str text = padded(html.data ? html.data : "", html.len);
  buf_free(&html);
  return text;
}

START_TEST(the_short_way_agrees_with_the_states) {
  seed = 1;
  for (int round = 0; round < 20000; round++) {
    HtmlErrors errors = {.arena = &arena};
    HtmlLexerOption states = HTML_LEXER_STRICT_STATES, portable = HTML_LEXER_NARROW;
    Str text = random_text(), quick = tokens(text, NULL), slow = tokens_by(text, &states, NULL);
    Str checked = tokens(text, &errors), narrow = tokens_by(text, &portable, NULL);
    ck_assert_msg(str_eq(quick, slow), "'%.*s':\n%.*s\nby the states:\n%.*s", STR_ARG(text), STR_ARG(quick),
                  STR_ARG(slow));
    ck_assert_msg(str_eq(narrow, slow), "'%.*s' narrow:\n%.*s", STR_ARG(text), STR_ARG(narrow));
    ck_assert_msg(str_eq(slow, checked), "'%.*s' with errors:\n%.*s", STR_ARG(text), STR_ARG(checked));
    for (size_t i = 0; i < errors.list.len; i++) ck_assert_uint_le(errors.list.data[i].at, text.len);
    arena_reset(&arena);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("html lexer");
  TCase *cases = tcase_create("all");
  tcase_set_timeout(cases, 20);
  tcase_add_test(cases, a_tag_has_its_spans);
  tcase_add_test(cases, text_has_its_flags);
  tcase_add_test(cases, processing_instructions);
  tcase_add_test(cases, what_is_no_processing_instruction);
  tcase_add_test(cases, a_processing_instruction_cut_off_is_nothing);
  tcase_add_test(cases, cdata_only_where_it_is_allowed);
  tcase_add_test(cases, the_end_of_script_data);
  tcase_add_test(cases, duplicates_among_few_and_many);
  tcase_add_test(cases, names_are_found_and_strangers_are_not);
  tcase_add_test(cases, the_short_way_agrees_with_the_states);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  buf_free(&dump);
  arena_free(&arena);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
