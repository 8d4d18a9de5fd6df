// YAML events: spans in bytes, anchors and merge keys, recovery after an error, limits.
#include "yaml/yaml.h"

#include "base/buf.h"

#include "unit.h"

static void put_tree(const DocEvents *doc, uint32_t at, Buf *out) {
  const DocNode *node = doc_node(doc, at);
  if (node->kind == DOC_SCALAR) {
    static const char *const quotes[] = {"", "'", "\"", "|"};
    buf_printf(out, "%s%.*s", quotes[node->style], STR_ARG(node->text));
    return;
  }
  buf_char(out, node->kind == DOC_MAP ? '{' : '[');
  for (uint32_t child = at + 1; child < node->next; child = doc_node(doc, child)->next) {
    if (child > at + 1) buf_char(out, ' ');
    put_tree(doc, child, out);
  }
  buf_char(out, node->kind == DOC_MAP ? '}' : ']');
}

/// All documents on one line, or every diagnostic as "CODE start-end message".
static Str read(Arena *arena, Str text) {
  DiagBag bag = {.arena = arena};
  DocEvents doc;
  Buf out = {0};
  bool good = yaml_events(arena, 1, text, &bag, &doc);
  ck_assert(good == (bag.list.len == 0));
  for (size_t i = 0; good && i < doc.roots.len; i++) {
    if (i) buf_put(&out, STR(" --- "));
    put_tree(&doc, doc.roots.data[i], &out);
  }
  for (size_t i = 0; i < bag.list.len; i++) {
    const Diag *d = bag.list.data[i];
    buf_printf(&out, "%s%s %u-%u %.*s", i ? "\n" : "", diag_info(d->code)->name, d->span.start, d->span.end,
               STR_ARG(d->message));
  }
  Str result = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return result;
}

typedef struct Case {
  const char *text, *expected;
} Case;

static void check(const Case *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    Arena arena = {0};
    ck_str(read(&arena, str_from(cases[i].text)), cases[i].expected);
    arena_free(&arena);
  }
}

static const Case trees[] = {
    {"", ""},
    {"# only a comment\n", ""},
    {"a: 1\nb: [x, 'y', \"z\"]\nc: {d: }\n", "{a 1 b [x 'y \"z] c {d }}"},
    {"a: |\n  one\n  two\n", "{a |one\ntwo\n}"},
    {"a: >-\n  one\n  two\n", "{a |one two}"},
    {"---\na: 1\n---\nb: 2\n", "{a 1} --- {b 2}"},
    {"\xEF\xBB\xBF"
     "a: 1\n",
     "{a 1}"},
    {"a: 1\r\nb: 2\r\n", "{a 1 b 2}"},
    {"a: !!str 5\n", "{a |5}"},
    {"a: &x [1, 2]\nb: *x\n", "{a [1 2] b [1 2]}"},
    {"a: &x {k: 1}\nb: &y {<<: *x, l: 2}\nc: {<<: *y}\n", "{a {k 1} b {k 1 l 2} c {l 2 k 1}}"},
    {"x: &x {k: 1, l: 1}\ny: &y {k: 2, m: 2}\nz: {l: 0, <<: [*x, *y]}\n",
     "{x {k 1 l 1} y {k 2 m 2} z {l 0 k 1 m 2}}"},
    {"a: {'<<': 1}\n", "{a {'<< 1}}"},
    {"a: &x 1\nb: &x 2\nc: *x\n", "{a 1 b 2 c 2}"},
};

START_TEST(documents_become_trees) { check(trees, sizeof trees / sizeof *trees); }
END_TEST

static const Case faults[] = {
    {"a: [1, 2\nb: 3\n", "FX2005 3-4 the '[' that opens here is not closed where it should be"},
    {"a: \"x\nb: 3\nc: \"y\n",
     "FX2005 3-4 the quote that opens here is never closed\nFX2005 14-15 the quote that opens here is never "
     "closed"},
    {"a:\n\tb: 1\n", "FX2005 3-4 a tab cannot indent YAML"},
    {"a: b: c\n", "FX2005 4-5 a second ': ' in one line"},
    {"a: *x\n", "FX2005 3-5 no anchor is named '&x' above this alias"},
    {"a: &x [*x]\n", "FX2005 7-9 the alias '*x' stands inside what it repeats"},
    {"? [a]\n: 1\n", "FX2005 2-5 a key must be a text"},
    {": 1\n", "FX2005 0-3 a name is missing before ':'"},
    {"a: {<<: 1}\n", "FX2005 8-9 '<<' merges maps, and this is none"},
    {"a: \xFF\n", "FX8005 3-4 the byte 0xFF is not UTF-8"},
    {"\xFF\xFE"
     "a",
     "FX8005 0-0 the file is UTF-16, and only UTF-8 is read here"},
    {"é: ü\nx: @a\n", "FX2005 10-11 an unquoted value cannot start with '@'"},
    {"\xEF\xBB\xBFx: `\n", "FX2005 6-7 an unquoted value cannot start with '`'"},
    {"a: 1\nlabel:x\nb: 2\n", "FX2005 10-11 a space is missing behind ':'"},
};

START_TEST(faults_are_told_in_plain_words) { check(faults, sizeof faults / sizeof *faults); }
END_TEST

START_TEST(spans_are_bytes_of_the_file) {
  static const char *const texts[] = {"k: é # ü\nz: [ä, 'ö', \"ü\"]\nb: |\n  é\nw: end\n",
                                      "\xEF\xBB\xBF\xF0\x9F\x98\x80: \"\xF0\x9F\x98\x80\"\r\nw: end\r\n",
                                      "a: &x é\nw: end\n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    Arena arena = {0};
    DiagBag bag = {.arena = &arena};
    DocEvents doc;
    Str text = str_from(texts[i]);
    ck_assert(yaml_events(&arena, 1, text, &bag, &doc));
    for (uint32_t n = 0; n < doc.nodes.len; n++) {
      const DocNode *node = doc_node(&doc, n);
      Str raw = str_take(str_skip(text, node->start), node->end - node->start);
      if (node->kind == DOC_SCALAR && node->style == DOC_PLAIN) ck_assert(str_eq(raw, node->text));
      if (node->kind == DOC_SCALAR && (node->style == DOC_SINGLE || node->style == DOC_DOUBLE))
        ck_assert(str_eq(str_take(str_skip(raw, 1), raw.len - 2), node->text));
    }
    ptrdiff_t end = str_find(text, STR("end"));
    ck_assert_uint_eq(doc_node(&doc, 0)->end, (uint32_t)end + 3);
    arena_free(&arena);
  }
}
END_TEST

/// Every character of the decoded text has its place in the raw text.
START_TEST(places_inside_scalars) {
  static const struct {
    const char *text, *part, *raw;
  } cases[] = {
      {"a: \"x\\ty\\u00e9z w\"", "w", "w"},   {"a: \"\\U0001F600 \\x41b\"", "A", "\\x41"},
      {"a: 'it''s here'", "here", "here"},    {"a: 'it''s'", "'", "''"},
      {"a: plain text", "text", "text"},      {"a: |\n    one\n    two\n", "two", "two"},
      {"a: >\n  one\n  two\n", "two", "two"}, {"a: \"one\n  two\"", "two", "two"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena arena = {0};
    DiagBag bag = {.arena = &arena};
    DocEvents doc;
    Str text = str_from(cases[i].text), part = str_from(cases[i].part);
    ck_assert(yaml_events(&arena, 1, text, &bag, &doc));
    const DocNode *value = doc_node(&doc, 2);
    size_t from = (size_t)str_find(value->text, part);
    Span span = doc_inner_span(&doc, value, from, from + part.len);
    ck_str(str_take(str_skip(text, span.start), span.end - span.start), cases[i].raw);
    arena_free(&arena);
  }
}
END_TEST

static Str repeated(Arena *arena, const char *head, const char *unit, size_t count, const char *tail) {
  Buf out = {0};
  buf_put(&out, str_from(head));
  for (size_t i = 0; i < count; i++) buf_put(&out, str_from(unit));
  buf_put(&out, str_from(tail));
  Str text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return text;
}

START_TEST(limits_hold) {
  Arena arena = {0};
  ck_str(read(&arena, repeated(&arena, "a: ", "[", 100000, "")),
         "FX8006 130-131 maps and lists are nested more than 128 levels deep");
  Str bomb =
      STR("a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c "
          "[*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
          "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: "
          "[*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n");
  ck_assert(str_starts(read(&arena, bomb), STR("FX8006 ")));
  // Merging the same map again and again copies nothing and still has an end.
  Str keys = repeated(&arena, "m: &m {", "", 0, "");
  Buf out = {0};
  buf_put(&out, keys);
  for (int i = 0; i < 2000; i++) buf_printf(&out, "k%d: 1, ", i);
  buf_put(&out, STR("}\nn: {<<: ["));
  for (int i = 0; i < 2000; i++) buf_put(&out, STR("*m,"));
  buf_put(&out, STR("]}\n"));
  ck_assert(str_starts(read(&arena, buf_str(&out)), STR("FX8006 ")));
  buf_free(&out);
  arena_free(&arena);
}
END_TEST

static void note_key(void *context, Str name, Span span) {
  buf_printf(context, "%.*s@%u ", STR_ARG(name), span.start);
}

START_TEST(broken_files_still_name_what_they_declare) {
  Buf out = {0};
  yaml_top_keys(1, STR("# a: b\none:\n  in: 1\ntwo: \"x\nthree:x\n- four: 1\nfive:"), note_key, &out);
  ck_str(buf_str(&out), "one@7 two@20 five@46 ");
  buf_free(&out);
}
END_TEST

/// Each comment as "start-end text".
static Str comments_of(Arena *arena, Str text) {
  Comments comments;
  Buf out = {0};
  yaml_comments(arena, text, &comments);
  for (size_t i = 0; i < comments.len; i++)
    buf_printf(&out, "%s%u-%u %.*s", i ? "\n" : "", comments.data[i].start, comments.data[i].end,
               STR_ARG(comments.data[i].text));
  Str result = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return result;
}

static const Case comment_cases[] = {
    {"a: 1\n", ""},
    {"# one\na: 1 # two\n#three  \n", "0-5 one\n11-16 two\n17-25 three"},
    {"a: 'x # y' # z\nb: x#y\nc: \"# \\\" #\"\n", "11-14 z"},
    {"a: |  # head\n  # text\n  b\n# tail", "6-12 head\n26-32 tail"},
    {"a: >-\n  # text\n# tail\n", "15-21 tail"},
    {"é: 1 # ü\r\nb: &x # y\r\n  2\r\n", "6-10 ü\n18-21 y"},
    {"\xEF\xBB\xBF# a\n{b: [1, # c\n  2], # d\n #\n}\n", "3-6 a\n15-18 c\n25-28 d\n30-31 "},
    {"%YAML 1.1 # a\n--- # b\nx: !!str # c\n  y\n... # d\n# e\n---\n",
     "10-13 a\n18-21 b\n31-34 c\n43-46 d\n47-50 e"},
    {"#   two more\n#! x\n##\n", "0-12   two more\n13-17 ! x\n18-20 #"},
};

START_TEST(comments_stand_between_tokens) {
  for (size_t i = 0; i < sizeof comment_cases / sizeof *comment_cases; i++) {
    Arena arena = {0};
    ck_str(comments_of(&arena, str_from(comment_cases[i].text)), comment_cases[i].expected);
    arena_free(&arena);
  }
}
END_TEST

UNIT_MAIN("yaml", documents_become_trees, faults_are_told_in_plain_words, spans_are_bytes_of_the_file,
          places_inside_scalars, limits_hold, broken_files_still_name_what_they_declare,
          comments_stand_between_tokens)
