// Diagnostics as they are printed. Every expectation was written by hand from what the text says
// about bytes, lines and columns, and from how a terminal shows it.
#include "diag/report.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#include "unit.h"

static Arena arena;
static DiagBag bag;
static Sources *sources;
static SourceId page;
static Str page_text;

static SourceId add_file(const char *path, Str text) {
  SourceId id = sources_add(sources, str_from(path), str_from(path));
  sources_set_text(sources, id, text);
  return id;
}

static void start(Str text) {
  bag = (DiagBag){.arena = &arena};
  sources = sources_new();
  page_text = text;
  page = add_file("a.html", text);
}

// The n-th place (from 0) of `needle` in the page.
static Span nth(const char *needle, int n) {
  size_t from = 0;
  for (;; n--) {
    ptrdiff_t hit = str_find(str_skip(page_text, from), str_from(needle));
    ck_assert_int_ge(hit, 0);
    from += (size_t)hit;
    if (n == 0) return (Span){page, (uint32_t)from, (uint32_t)(from + strlen(needle))};
    from++;
  }
}

static Span span_of(const char *needle) { return nth(needle, 0); }

static Str rendered(DiagFormat format, bool color, const DiagPolicy *policy) {
  static Buf out;
  buf_clear(&out);
  DiagOutput output = {.format = format, .color = color, .out = &out};
  diag_render(&bag, policy, sources, &output);
  buf_char(&out, '\0');
  out.len--;
  return buf_str(&out);
}

static void check(DiagFormat format, const char *expected) {
  DiagPolicy policy = {0};
  diag_sort(&bag, sources);
  diag_apply(&policy, &bag);
  ck_str(rendered(format, false, &policy), expected);
  sources_free(sources);
  arena_free(&arena);
}

#define check_text(expected) check(DIAG_TEXT, expected)

static void add_all_parts(void) {
  SourceId manifest = add_file("integrations/payment-processing.yaml", STR("payment-processing:\n"));
  Span name = span_of("payment-procesing");
  Diag *d = diag_add(&bag, FX2001, name, "no manifest declares the integration '%s'", "payment-procesing");
  diag_label(d, name, "used here");
  diag_note(d, (Span){manifest, 0, 18}, "a similar name is declared here");
  diag_help(d, "did you mean '%s'?", "payment-processing");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, name, STR("payment-processing"), "replace with '%s'",
           "payment-processing");
}

static const char twelve_lines[] =
    "\n\n\n\n\n\n\n\n\n\n\n  <div data-integration=\"payment-procesing\" class=\"pay\">\n";

START_TEST(prints_all_parts) {
  start(str_from(twelve_lines));
  add_all_parts();
  check_text(
      "a.html:12:26: error: no manifest declares the integration 'payment-procesing' [FX2001]\n"
      "   12 |   <div data-integration=\"payment-procesing\" class=\"pay\">\n"
      "      |                          ^~~~~~~~~~~~~~~~~ used here\n"
      "integrations/payment-processing.yaml:1:1: note: a similar name is declared here\n"
      "      = help: did you mean 'payment-processing'?\n"
      "      = fix: replace with 'payment-processing'\n");
}
END_TEST

START_TEST(prints_gcc_lines_alone) {
  start(str_from(twelve_lines));
  add_all_parts();
  check(DIAG_GCC,
        "a.html:12:26: error: no manifest declares the integration 'payment-procesing' [FX2001]\n"
        "integrations/payment-processing.yaml:1:1: note: a similar name is declared here\n");
}
END_TEST

START_TEST(places_whole_files_and_nothing) {
  start(STR("x\n"));
  diag_add(&bag, FX2012, span_file(page), "all of it");
  diag_add(&bag, FX8002, SPAN_NONE, "no project here");
  check_text(
      "fxc: error: no project here [FX8002]\n"
      "a.html:1:1: warning: all of it [FX2012]\n");
}
END_TEST

START_TEST(aligns_tabs_and_wide_characters) {
  start(STR(
      "\ta=\xE6\x97\xA5\xE6\x9C\xAC x=\"1\"\n"));  // a tab to column 8, then two ideographs of two columns
  diag_add(&bag, FX1104, span_of("x="), "m");
  check_text(
      "a.html:1:11: error: m [FX1104]\n"
      "    1 |         a=\xE6\x97\xA5\xE6\x9C\xAC x=\"1\"\n"
      "      |                ^~\n");
}
END_TEST

START_TEST(underlines_wide_characters_wholly) {
  start(
      STR("ab\xE6\x97\xA5"
          "e\xCC\x81z\n"));  // the accent stands on the e
  diag_add(&bag, FX1104, span_of("\xE6\x97\xA5"), "m");
  diag_add(&bag, FX1104, span_of("z"), "m");
  check_text(
      "a.html:1:3: error: m [FX1104]\n"
      "    1 | ab\xE6\x97\xA5"
      "e\xCC\x81z\n"
      "      |   ^~\n"
      "a.html:1:9: error: m [FX1104]\n"
      "    1 | ab\xE6\x97\xA5"
      "e\xCC\x81z\n"
      "      |      ^\n");
}
END_TEST

START_TEST(escapes_what_speaks_to_terminals) {
  start(STR("\x1b[2J\xFF\xC2\x85\xE2\x80\xAE x\n"));
  diag_add(&bag, FX1101, span_of("x"), "bad name '%s'", "\x1b]0;t\x07\n\t\xFF\xEF\xBB\xBF");
  check_text(
      "a.html:1:12: error: bad name '\\x1b]0;t\\x07\\n\\t\\xff\\u{feff}' [FX1101]\n"
      "    1 | \\x1b[2J\\xff\\u{85}\\u{202e} x\n"
      "      |                           ^\n");  // behind 4 + 3 + 4 + 6 + 8 + 1 columns
}
END_TEST

START_TEST(hides_carriage_returns_and_byte_order_marks) {
  start(STR("\xEF\xBB\xBF<p>\r\n<q>\r\n"));
  diag_add(&bag, FX1104, span_of("<p>"), "m");      // the mark counts as three bytes
  diag_add(&bag, FX1104, span_of("<q>\r\n"), "n");  // the line's end is not underlined
  check_text(
      "a.html:1:4: error: m [FX1104]\n"
      "    1 | <p>\n"
      "      | ^~~\n"
      "a.html:2:1: error: n [FX1104]\n"
      "    2 | <q>\n"
      "      | ^~~\n");
}
END_TEST

START_TEST(points_behind_the_end) {
  start(STR("ab\ncd"));
  diag_add(&bag, FX2004, (Span){page, 5, 5}, "unexpected end of file");
  diag_add(&bag, FX2004, (Span){page, 900, 950}, "far behind");
  diag_add(&bag, FX2004, (Span){page, 2, 2}, "at the end of a line");
  check_text(
      "a.html:1:3: error: at the end of a line [FX2004]\n"
      "    1 | ab\n"
      "      |   ^\n"
      "a.html:2:3: error: unexpected end of file [FX2004]\n"
      "    2 | cd\n"
      "      |   ^\n"
      "a.html:2:3: error: far behind [FX2004]\n"
      "    2 | cd\n"
      "      |   ^\n");
}
END_TEST

START_TEST(points_at_empty_lines) {
  start(STR("a\n\nb\n"));
  diag_add(&bag, FX2004, (Span){page, 2, 3}, "m");
  check_text(
      "a.html:2:1: error: m [FX2004]\n"
      "    2 |\n"
      "      | ^\n");
}
END_TEST

START_TEST(shows_the_ends_of_long_spans) {
  start(STR("one {\n  two\n  three\n} four\n"));
  Diag *d = diag_add(&bag, FX2004, (Span){page, 4, 21}, "m");  // from the brace to the brace
  diag_label(d, d->span, "this block");
  check_text(
      "a.html:1:5: error: m [FX2004]\n"
      "    1 | one {\n"
      "      |     ^\n"
      "  ... |\n"
      "    4 | } four\n"
      "      | ~ this block\n");
}
END_TEST

START_TEST(stacks_labels_of_one_line) {
  start(STR("<a x=1 y=2 x=3>\n"));
  Diag *d = diag_add(&bag, FX1104, nth("x=", 1), "m");
  diag_label(d, d->span, "again");
  diag_label(d, span_of("x="), "first");
  diag_label(d, span_of("<a"), "tag");
  check_text(
      "a.html:1:12: error: m [FX1104]\n"
      "    1 | <a x=1 y=2 x=3>\n"
      "      | ~~ ~~      ^~ again\n"
      "      | |  |\n"
      "      | |  first\n"
      "      | tag\n");
}
END_TEST

START_TEST(labels_other_lines_and_files) {
  start(STR("aa\nbb\ncc\ndd\nee\n"));
  SourceId other = add_file("b.html", STR("zz\n"));
  Diag *d = diag_add(&bag, FX1104, span_of("dd"), "m");
  diag_label(d, span_of("aa"), "before");
  diag_label(d, span_of("ee"), "behind");
  diag_label(d, (Span){other, 1, 2}, "elsewhere");
  check_text(
      "a.html:4:1: error: m [FX1104]\n"
      "    1 | aa\n"
      "      | ~~ before\n"
      "  ... |\n"
      "    4 | dd\n"
      "      | ^~\n"
      "    5 | ee\n"
      "      | ~~ behind\n"
      "b.html:1:2: note: elsewhere\n"
      "    1 | zz\n"
      "      |  ~\n");
}
END_TEST

START_TEST(overlapping_labels_hang) {
  start(STR("<a href=x>\n"));
  Diag *d = diag_add(&bag, FX1104, span_of("href"), "m");
  diag_label(d, d->span, "name");
  diag_label(d, span_of("<a href=x>"), "tag");
  check_text(
      "a.html:1:4: error: m [FX1104]\n"
      "    1 | <a href=x>\n"
      "      | ~~~^~~~~~~\n"
      "      | |  |\n"
      "      | |  name\n"
      "      | tag\n");
}
END_TEST

// 100 x: 79 of them and an ellipsis.
START_TEST(cuts_long_lines_on_the_right) {
  char line[101];
  memset(line, 'x', 100);
  memcpy(line, "<a", 2);
  line[100] = '\n';
  start((Str){line, sizeof line});
  diag_add(&bag, FX1104, span_of("<a"), "m");
  char expected[256];
  snprintf(expected, sizeof expected,
           "a.html:1:1: error: m [FX1104]\n    1 | %.79s\xE2\x80\xA6\n      | ^~\n", line);
  check_text(expected);
}
END_TEST

// The mark is far along: an ellipsis, 24 columns before the mark, 78 in all, an ellipsis.
START_TEST(windows_long_lines) {
  char line[1001];
  for (int i = 0; i < 1000; i++) line[i] = (char)('0' + i % 10);
  memcpy(line + 500, "MARK", 4);
  line[1000] = '\n';
  start((Str){line, sizeof line});
  Diag *d = diag_add(&bag, FX1104, span_of("MARK"), "m");
  diag_label(d, (Span){page, 10, 12}, "far away");
  char expected[512];
  snprintf(expected, sizeof expected,
           "a.html:1:501: error: m [FX1104]\n"
           "    1 | \xE2\x80\xA6%.78s\xE2\x80\xA6\n"
           "      | %*s^~~~\n"
           "a.html:1:11: note: far away\n",
           line + 476, 25, "");
  check_text(expected);
}
END_TEST

START_TEST(windows_the_end_of_long_lines) {
  char line[200];
  memset(line, '.', sizeof line);
  memcpy(line + 196, "END", 3);
  line[199] = '\n';
  start((Str){line, sizeof line});
  diag_add(&bag, FX1104, span_of("END"), "m");
  char expected[512];  // an ellipsis and the last 79 columns
  snprintf(expected, sizeof expected,
           "a.html:1:197: error: m [FX1104]\n"
           "    1 | \xE2\x80\xA6%.79s\n"
           "      | %*s^~~\n",
           line + 120, 77, "");
  check_text(expected);
}
END_TEST

START_TEST(cuts_quoted_input_in_messages) {
  static char name[5001];
  memset(name, 'n', 5000);
  start(STR("x\n"));
  diag_add(&bag, FX1101, span_file(page), "'%s' isn't a name, it's long", name);
  char expected[256];
  snprintf(expected, sizeof expected,
           "a.html:1:1: error: '%.79s\xE2\x80\xA6' isn't a name, it's long [FX1101]\n", name);
  check_text(expected);
}
END_TEST

START_TEST(survives_a_file_that_is_gone) {
  start(STR("x"));
  SourceId gone = sources_add(sources, STR("no/such/file"), STR("no/such/file"));
  Diag *d = diag_add(&bag, FX8001, (Span){gone, 5, 9}, "m");
  diag_label(d, (Span){gone, 7, 8}, "label");
  check_text(
      "no/such/file:1:1: error: m [FX8001]\n"
      "no/such/file:1:1: note: label\n");
}
END_TEST

START_TEST(widens_the_gutter) {
  static char text[200001];
  for (size_t i = 0; i < 200000; i++) text[i] = '\n';
  text[123455] = 'x';
  start((Str){text, 200000});
  diag_add(&bag, FX1104, (Span){page, 123455, 123456}, "m");
  check_text(
      "a.html:123456:1: error: m [FX1104]\n"
      "123456 | x\n"
      "       | ^\n");
}
END_TEST

START_TEST(sorts_by_path_place_and_code) {
  start(STR("abcdef"));
  SourceId first = add_file("A.html", STR("xyz"));  // added later, sorts earlier
  diag_add(&bag, FX1105, (Span){page, 3, 4}, "3");
  diag_add(&bag, FX1104, (Span){page, 3, 4}, "4");
  diag_add(&bag, FX1104, (Span){page, 1, 2}, "2");
  diag_add(&bag, FX1104, (Span){first, 2, 3}, "1");
  diag_add(&bag, FX1104, (Span){page, 1, 2}, "2");  // the same once more
  check(DIAG_GCC,
        "A.html:1:3: error: 1 [FX1104]\n"
        "a.html:1:2: error: 2 [FX1104]\n"
        "a.html:1:4: error: 4 [FX1104]\n"
        "a.html:1:4: error: 3 [FX1105]\n");
}
END_TEST

START_TEST(joined_bags_stand_alone) {
  start(STR("abcdef"));
  Arena job = {0};
  DiagBag of_job = {.arena = &job};
  Diag *d = diag_add(&of_job, FX1104, (Span){page, 1, 2}, "message %d", 1);
  diag_label(d, d->span, "label");
  diag_note(d, SPAN_NONE, "note");
  diag_help(d, "help");
  DiagFix *fix = diag_fix(d, DIAG_MAYBE, d->span, STR("B"), "write '%s'", "B");
  diag_fix_edit(d, fix, (Span){page, 4, 4}, STR("E"));
  diag_join(&bag, &of_job);
  arena_free(&job);
  ck_assert_uint_eq(bag.list.data[0]->fixes.data[0].edits.len, 2);
  ck_str(bag.list.data[0]->fixes.data[0].edits.data[1].text, "E");
  check_text(
      "a.html:1:2: error: message 1 [FX1104]\n"
      "    1 | abcdef\n"
      "      |  ^ label\n"
      "      = note: note\n"
      "      = help: help\n"
      "      = fix: write 'B' (only with --unsafe)\n");
}
END_TEST

START_TEST(stops_at_max_errors) {
  start(STR("abcdef"));
  for (uint32_t i = 1; i < 5; i++) diag_add(&bag, FX1104, (Span){page, i, i}, "m");
  diag_add(&bag, FX1301, (Span){page, 5, 5}, "w");
  DiagPolicy policy = {.max_errors = 2};
  DiagTotals totals = diag_apply(&policy, &bag);
  ck_assert_uint_eq(totals.errors, 4);
  ck_assert_uint_eq(totals.warnings, 1);
  ck_str(rendered(DIAG_GCC, false, &policy),
         "a.html:1:2: error: m [FX1104]\n"
         "a.html:1:3: error: m [FX1104]\n"
         "a.html:1:6: warning: w [FX1301]\n"
         "fxc: 2 more errors not shown\n");
  Str json = rendered(DIAG_JSON, false, &policy);
  size_t lines = 0;
  for (size_t i = 0; i < json.len; i++) lines += json.data[i] == '\n';
  ck_assert_uint_eq(lines, 5);
  sources_free(sources);
  arena_free(&arena);
}
END_TEST

// What is left when the colours are taken out is the plain text.
START_TEST(colors_change_nothing_else) {
  start(str_from(twelve_lines));
  add_all_parts();
  DiagPolicy policy = {0};
  Buf plain = {0}, stripped = {0};
  buf_put(&plain, rendered(DIAG_TEXT, false, &policy));
  Str colored = rendered(DIAG_TEXT, true, &policy);
  ck_assert_uint_gt(colored.len, plain.len);
  for (size_t i = 0; i < colored.len; i++) {
    if (colored.data[i] == '\x1b')
      while (colored.data[i] != 'm') i++;
    else
      buf_char(&stripped, colored.data[i]);
  }
  ck_assert(str_eq(buf_str(&plain), buf_str(&stripped)));
  buf_free(&plain);
  buf_free(&stripped);
  sources_free(sources);
  arena_free(&arena);
}
END_TEST

static const cJSON *member(const cJSON *object, const char *name) {
  const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
  ck_assert_msg(found != NULL, "no member '%s'", name);
  return found;
}

static void check_point(const cJSON *range, const char *end, int line, int column, int byte) {
  const cJSON *point = member(range, end);
  ck_assert_int_eq(member(point, "line")->valueint, line);
  ck_assert_int_eq(member(point, "column")->valueint, column);
  ck_assert_int_eq(member(point, "byte")->valueint, byte);
}

START_TEST(json_has_every_part) {
  start(str_from(twelve_lines));
  add_all_parts();
  DiagPolicy policy = {0};
  Str text = rendered(DIAG_JSON, false, &policy);
  cJSON *root = cJSON_ParseWithLength(text.data, text.len);
  ck_assert_ptr_nonnull(root);
  ck_assert_str_eq(member(root, "code")->valuestring, "FX2001");
  ck_assert_str_eq(member(root, "severity")->valuestring, "error");
  ck_assert(cJSON_IsNull(member(root, "flag")));
  ck_assert_str_eq(member(root, "stage")->valuestring, "validation");
  ck_assert_str_eq(member(root, "file")->valuestring, "a.html");
  check_point(member(root, "range"), "start", 12, 26, 36);
  check_point(member(root, "range"), "end", 12, 43, 53);
  ck_assert_str_eq(member(cJSON_GetArrayItem(member(root, "labels"), 0), "message")->valuestring,
                   "used here");
  const cJSON *note = cJSON_GetArrayItem(member(root, "notes"), 0);
  ck_assert_str_eq(member(note, "file")->valuestring, "integrations/payment-processing.yaml");
  check_point(member(note, "range"), "end", 1, 19, 18);
  const cJSON *fix = cJSON_GetArrayItem(member(root, "fixes"), 0);
  ck_assert_str_eq(member(fix, "applicability")->valuestring, "machine-applicable");
  const cJSON *edit = cJSON_GetArrayItem(member(fix, "edits"), 0);
  ck_assert_str_eq(member(edit, "text")->valuestring, "payment-processing");
  check_point(member(edit, "range"), "start", 12, 26, 36);
  ck_assert_str_eq(cJSON_GetArrayItem(member(root, "helps"), 0)->valuestring,
                   "did you mean 'payment-processing'?");
  cJSON_Delete(root);
  sources_free(sources);
  arena_free(&arena);
}
END_TEST

START_TEST(json_is_json_whatever_the_input) {
  start(STR("x\n"));
  diag_add(&bag, FX1301, SPAN_NONE, "\"\\\x01\n\xFF\xC3\xA4\x7F");
  check(DIAG_JSON,
        "{\"code\":\"FX1301\",\"severity\":\"warning\",\"flag\":\"inline-script\",\"stage\":\"concept\","
        "\"message\":\"\\\"\\\\\\u0001\\n\xEF\xBF\xBD\xC3\xA4\\u007f\",\"file\":null,\"range\":null,"
        "\"labels\":[],\"notes\":[],\"helps\":[],\"fixes\":[]}\n");
}
END_TEST

// Ten thousand diagnostics in one line of ten megabytes: linear, or the time runs out.
START_TEST(many_diagnostics_in_a_minified_file) {
  size_t size = 10 * 1000 * 1000;
  char *text = malloc(size);
  memset(text, 'x', size);
  start((Str){text, size});
  for (uint32_t i = 0; i < 10000; i++) diag_add(&bag, FX1104, (Span){page, i * 1000, i * 1000 + 5}, "m");
  DiagPolicy policy = {0};
  diag_sort(&bag, sources);
  ck_assert_uint_gt(rendered(DIAG_TEXT, false, &policy).len, 10000 * 100);
  ck_assert_uint_gt(rendered(DIAG_JSON, false, &policy).len, 10000 * 100);
  free(text);
  sources_free(sources);
  arena_free(&arena);
}
END_TEST

START_TEST(safe_text_is_cut) {
  Buf out = {0};
  diag_put_safe(&out, STR("abcdef"), 6);
  buf_char(&out, '|');
  diag_put_safe(&out, STR("abcdefg"), 6);
  buf_char(&out, '|');
  diag_put_safe(&out, STR("\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5"), 4);  // six columns into four
  ck_str(buf_str(&out), "abcdef|abcde\xE2\x80\xA6|\xE6\x97\xA5\xE2\x80\xA6");
  buf_free(&out);
}
END_TEST

UNIT_MAIN("diag", prints_all_parts, prints_gcc_lines_alone, places_whole_files_and_nothing,
          aligns_tabs_and_wide_characters, underlines_wide_characters_wholly,
          escapes_what_speaks_to_terminals, hides_carriage_returns_and_byte_order_marks,
          points_behind_the_end, points_at_empty_lines, shows_the_ends_of_long_spans,
          stacks_labels_of_one_line, labels_other_lines_and_files, overlapping_labels_hang,
          cuts_long_lines_on_the_right, windows_long_lines, windows_the_end_of_long_lines,
          cuts_quoted_input_in_messages, survives_a_file_that_is_gone, widens_the_gutter,
          sorts_by_path_place_and_code, joined_bags_stand_alone, stops_at_max_errors,
          colors_change_nothing_else, json_has_every_part, json_is_json_whatever_the_input,
          many_diagnostics_in_a_minified_file, safe_text_is_cut)
