// Strict JSON: what RFC 8259 allows is read, everything else is refused, each with a place.
#include "json/json.h"

#include "base/buf.h"

#include "unit.h"

typedef struct Text {
  const char *data;
  size_t len;
} Text;
#define T(literal) \
  { literal, sizeof(literal) - 1 }

static const Text good[] = {
    T("[]"),
    T("{}"),
    T(" [ ] "),
    T("null"),
    T("true"),
    T("false"),
    T("0"),
    T("-0"),
    T("-1"),
    T("123.456e-78"),
    T("1E22"),
    T("1e+2"),
    T("[1,2,3]"),
    T("{\"a\":1}"),
    T("{\"\":0}"),
    T("{\"a\":{\"b\":[{}]}}"),
    T("\"\""),
    T("\"a\""),
    T("\"\\u0000\""),
    T("\"\\u0060\\u012a\\u12AB\""),
    T("\"\\uD801\\udc37\""),
    T("\"\\uDBFF\\uDFFF\""),
    T("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
    T("\"\xE2\x82\xAC\xF0\x9D\x84\x9E\""),
    T("\"\x7F\""),
    T("\"\xE2\x80\xA8\""),
    T("\"\\uFFFF\""),
    T("[\"asd \"]"),
    T("\t[\n\r1 ]\n"),
    T("[[] ]"),
    T("{\"a\":\"b\",\"a\":\"b\"}"),
    T("[0e1]"),
    T("[0e+1]"),
    T("[20e1]"),
    T("[123e65]"),
    T("\xEF\xBB\xBF{}"),
};

static const Text bad[] = {
    T(""),
    T(" "),
    T("["),
    T("]"),
    T("{"),
    T("}"),
    T("[1,]"),
    T("[,1]"),
    T("[1,,2]"),
    T("[1 2]"),
    T("[1;2]"),
    T("[1}"),
    T("{]"),
    T("{\"a\"}"),
    T("{\"a\":}"),
    T("{\"a\" 1}"),
    T("{\"a\":1,}"),
    T("{,}"),
    T("{a:1}"),
    T("{1:1}"),
    T("{'a':1}"),
    T("{\"a\":1 \"b\":2}"),
    T("{\"a\":1}}"),
    T("1 2"),
    T("[1]x"),
    T("True"),
    T("nul"),
    T("truee"),
    T("NaN"),
    T("Infinity"),
    T("-Infinity"),
    T("undefined"),
    T("01"),
    T("-01"),
    T("+1"),
    T(".5"),
    T("1."),
    T("1.e1"),
    T("1e"),
    T("1e+"),
    T("0x1"),
    T("-"),
    T("--1"),
    T("1_000"),
    T("2.e3"),
    T("0.1.2"),
    T("1eE2"),
    T("\""),
    T("\"a"),
    T("\"a\nb\""),
    T("\"\t\""),
    T("\"\x1f\""),
    T("\"a\0b\""),
    T("\"\\x41\""),
    T("\"\\u12\""),
    T("\"\\u12G4\""),
    T("\"\\'\""),
    T("\"\\"),
    T("\"\\uD800\""),
    T("\"\\uD800\\n\""),
    T("\"\\uDC00\""),
    T("\"\\uD800\\uD800\""),
    T("'a'"),
    T("// x\n1"),
    T("/* x */ 1"),
    T("1 # x"),
    T("\0"),
    T("[1]\0"),
    T("\xC3"),
    T("\"\xC3\x28\""),
    T("\"\xED\xA0\x80\""),
    T("[\x0B]"),
    T("\xC2\xA0[]"),
    T("*"),
    T("[\"a\",\n4\n,1,"),
    T("{\"a\":/*b*/1}"),
    T("<null>"),
    T("\\u0041"),
    T("\"a\\"),
    T("[\"\\u00"),
};

static bool read(Arena *arena, Str text, DiagBag *bag, DocEvents *doc) {
  *bag = (DiagBag){.arena = arena};
  return json_events(arena, 1, str_copy(arena, text), bag, doc);
}

START_TEST(valid_texts_are_read) {
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    Arena arena = {0};
    DiagBag bag;
    DocEvents doc;
    ck_assert_msg(read(&arena, (Str){good[i].data, good[i].len}, &bag, &doc), "%s: %s", good[i].data,
                  bag.list.len ? bag.list.data[0]->message.data : "");
    arena_free(&arena);
  }
}
END_TEST

START_TEST(invalid_texts_are_refused_at_a_place) {
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    Arena arena = {0};
    DiagBag bag;
    DocEvents doc;
    ck_assert_msg(!read(&arena, (Str){bad[i].data, bad[i].len}, &bag, &doc), "%s", bad[i].data);
    ck_assert_msg(bag.list.len >= 1, "%s", bad[i].data);
    Span span = bag.list.data[0]->span;
    ck_assert_msg(span.start <= span.end && span.end <= bad[i].len, "%s: %u-%u", bad[i].data, span.start,
                  span.end);
    arena_free(&arena);
  }
}
END_TEST

/// Every prefix of a valid object is invalid, and nothing reads behind its end.
START_TEST(prefixes_are_refused) {
  Str text = STR("{\"a\\u00e9\": [1.5e+3, true, null, {\"b\": \"\\ud83d\\ude00\"}]}");
  for (size_t n = 0; n < text.len; n++) {
    Arena arena = {0};
    DiagBag bag;
    DocEvents doc;
    ck_assert_msg(!read(&arena, str_take(text, n), &bag, &doc), "%zu", n);
    arena_free(&arena);
  }
}
END_TEST

START_TEST(texts_are_decoded_and_spans_are_bytes) {
  Arena arena = {0};
  DiagBag bag;
  DocEvents doc;
  Str text = STR("{\"k\": [\"\\ud83d\\ude00\\u00e9\\n\", -1.5]}");
  ck_assert(read(&arena, text, &bag, &doc));
  ck_assert_uint_eq(doc.nodes.len, 5);
  ck_str(doc_node(&doc, 3)->text, "\xF0\x9F\x98\x80\xC3\xA9\n");
  ck_str(doc_node(&doc, 4)->text, "-1.5");
  ck_assert_uint_eq(doc_node(&doc, 0)->count, 1);
  ck_assert_uint_eq(doc_node(&doc, 2)->count, 2);
  ck_assert_uint_eq(doc_node(&doc, 2)->next, 5);
  ck_str(
      str_take(str_skip(text, doc_node(&doc, 2)->start), doc_node(&doc, 2)->end - doc_node(&doc, 2)->start),
      "[\"\\ud83d\\ude00\\u00e9\\n\", -1.5]");
  Span inner = doc_inner_span(&doc, doc_node(&doc, 3), 4, 6);
  ck_str(str_take(str_skip(text, inner.start), inner.end - inner.start), "\\u00e9");
  arena_free(&arena);
}
END_TEST

START_TEST(depth_is_bounded) {
  Arena arena = {0};
  DiagBag bag;
  DocEvents doc;
  char text[300];
  memset(text, '[', 128);
  memset(text + 128, ']', 128);
  ck_assert(read(&arena, (Str){text, 256}, &bag, &doc));
  memset(text, '[', 129);
  memset(text + 129, ']', 129);
  ck_assert(!read(&arena, (Str){text, 258}, &bag, &doc));
  ck_assert_int_eq(bag.list.data[0]->code, FX8006);
  ck_assert_uint_eq(bag.list.data[0]->span.start, 128);
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("json", valid_texts_are_read, invalid_texts_are_refused_at_a_place, prefixes_are_refused,
          texts_are_decoded_and_spans_are_bytes, depth_is_bounded)
