/* A page without facts is known by its bytes alone: never when it has one, in whatever encoding it is; and
 * never when something is to be said of its encoding. */
#include "base/file.h"
#include "diag/diag.h"
#include "html/encoding_table.h"
#include "html/tree.h"
#include "ir/facts.h"
#include "unit.h"

static Arena arena;

static Str padded(const char *bytes, size_t len) {
  char *copy = arena_zero(&arena, len + FILE_PADDING);
  memcpy(copy, bytes, len);
  return (Str){copy, len};
}

#define PAGE(literal) padded(literal, sizeof(literal) - 1)

static size_t count_uses(Str bytes, const FactsOptions *options) {
  HtmlInput input = html_decode_bytes(&arena, bytes);
  HtmlTree *tree = html_parse(&arena, input.text, &(HtmlOptions){0});
  PageFacts facts = {.source = 1};
  DiagBag diags = {.arena = &arena};
  facts_from_html(&facts, tree, &input, options, &arena, &diags);
  return facts.elements.len;
}

static bool absent(Str bytes, Str alias) {
  FactsOptions options = {&alias, alias.len != 0};
  bool none = facts_absent(&arena, bytes, &options, NULL);
  if (none) ck_assert_uint_eq(count_uses(bytes, &options), 0);
  return none;
}

START_TEST(nothing_there) {
  ck_assert(absent(PAGE(""), STR("")));
  ck_assert(
      absent(PAGE("<p data-slot=a data-depends-on=b data-in=c data-enhanc>data-integratio n"), STR("")));
  ck_assert(absent(PAGE("<meta charset=utf-8>gr\xC3\xBC\xC3\x9F"), STR("")));
  ck_assert(absent(PAGE("<meta charset=latin1>gr\xFC\xDF"), STR("")));
  ck_assert(absent(PAGE("gr\xC3\xBC\xC3\x9F"), STR("")));
  ck_assert(absent(PAGE("\xEF\xBB\xBFgr\xC3\xBC\xC3\x9F"), STR("")));
  ck_assert(absent(PAGE("<p data-widge>"), STR("data-widget")));
}
END_TEST

START_TEST(something_there) {
  ck_assert(!absent(PAGE("<p data-integration=a>"), STR("")));
  ck_assert(!absent(PAGE("<p DATA-EnHance=a>"), STR("")));
  ck_assert(!absent(PAGE("<p data-integration"), STR("")));  // the end of the text
  ck_assert(!absent(PAGE("<p Data-Widget=a>"), STR("data-widget")));
  ck_assert(!absent(PAGE("<p u=a>"), STR("u")));
}
END_TEST

// FX8005 is said of pages without facts too.
START_TEST(a_guessed_encoding_is_not_passed_over) {
  ck_assert(!absent(PAGE("gr\xFC\xDF"), STR("")));
  ck_assert(!absent(PAGE("<meta charset=nonsense>gr\xFC\xDF"), STR("")));
  ck_assert(absent(PAGE("<meta charset=nonsense>gruss"), STR("")));
}
END_TEST

static Str in_utf16(const char *ascii, bool mark, bool big) {
  char units[512] = {0};
  size_t len = 0;
  if (mark) memcpy(units, big ? "\xFE\xFF" : "\xFF\xFE", 2), len = 2;
  for (; *ascii; ascii++, len += 2) units[len + big] = *ascii;
  return padded(units, len);
}

START_TEST(names_that_the_bytes_do_not_spell) {
  FactsOptions none = {0};
  static const char page[] = "<?xml version='1.0'?><p data-integration=a>";
  for (int kind = 0; kind < 4; kind++) {
    Str bytes = in_utf16(page, kind & 1, kind & 2);
    ck_assert_uint_eq(count_uses(bytes, &none), 1);
    ck_assert(!absent(bytes, STR("")));
  }
  Str escaped = PAGE("<meta charset=iso-2022-jp><p data-\x1B(Bintegration=a>");
  ck_assert_uint_eq(count_uses(escaped, &none), 1);
  ck_assert(!absent(escaped, STR("")));
  Str alias = PAGE("<meta charset=latin1><p gr\xFC\xDF=a>");
  Str name = STR("gr\xC3\xBC\xC3\x9F");
  ck_assert_uint_eq(count_uses(alias, &(FactsOptions){&name, 1}), 1);
  ck_assert(!absent(alias, name));
}
END_TEST

// What lets ASCII be looked for in the bytes: in these encodings no other byte becomes ASCII, none vanishes.
START_TEST(single_bytes_keep_ascii_apart) {
  for (int id = ENCODING_NONE + 1; id < ENCODING_COUNT; id++) {
    if (encoding_get((EncodingId)id)->kind != ENCODING_KIND_SINGLE_BYTE) continue;
    char bytes[256], text[3 * sizeof bytes + FILE_PADDING];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)i;
    EncodingSink sink = {.arena = &arena, .text = text};
    encoding_decode(&sink, (EncodingId)id, (Str){bytes, sizeof bytes}, 0);
    size_t ascii = 0, points = 0;
    for (size_t i = 0; i < sink.len; i++) {
      ascii += (unsigned char)text[i] < 0x80;
      points += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    ck_assert_uint_eq(ascii, 128);
    ck_assert_uint_eq(points, 256);
  }
}
END_TEST

// Where the tokenizer's short-sighted reader would take what a browser shows for text.
START_TEST(what_only_seems_hidden) {
  static const char *const pages[] = {
      "<!--!><script>--><p data-integration=a></script>",
      "<script><!--<script></script><title></script><p data-integration=a></title>",
      "<template><col><textarea></template><p data-integration=a></textarea>",
      "<frameset><title><html data-integration=a></title>",
      "<svg><title><p data-integration=a></title></svg>",
      "<svg><desc><div></svg></div></desc><title><p data-integration=a></title>",
      "<svg a=b/><title><p data-integration=a></title>",
      "<svg><svg/></svg><style>a</style></svg><svg><style><p data-integration=a></style>",
      "<math><mi><title><p data-integration=a></title>",
      "<title></titles></title><p data-integration=a>",
      "<style></style/><p data-integration=a>",
      "<a b=\"'\"><p data-integration=a c=\"'\">",
      "<p title=it's data-integration=a>",
      "<p a= b=\"><p data-integration=a c=\">",
      "<p a=\n b='><p data-integration=a c='>",
      "<p a=b=\"><p data-integration=a c=\">",
      "<p a=\"b\"\"><p data-integration=a c=\">",
      "<p =\"><p data-integration=a c=\">",
      "<p a/=\"><p data-integration=a c=\">",
      "<p=\"><p data-integration=a c=\">",
      "</p \"><p data-integration=a c=\">",
      "<p a=\"1\" b= c=\"><p data-integration=a d=\">",
      "<script\v></script><p data-integration=a>",
      "<!doctype html '><p data-integration=a>'>",
      "</p '><p data-integration=a>'>",
      "<? '><p data-integration=a>'>",
  };
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    Str page = padded(pages[i], strlen(pages[i]));
    ck_assert_msg(!absent(page, STR("")), "%s", pages[i]);
  }
}
END_TEST

START_TEST(what_is_hidden) {
  static const char *const pages[] = {
      "data-integration=a",
      "<!-- <p data-integration=a> -->",
      "<title><p data-integration=a></title>",
      "<svg><path d='M0 0'/><title>an icon</title></svg><script>'<p data-integration=a>'</script>",
      "<svg><g/></svg><svg/><textarea><p data-integration=a></textarea>",
      "x<!data-integration=a>",
      "<p a=\"><!--\" b='\"'>data-integration=a",
      "<p a = \"><p \" b='><i '>data-integration=a",
      "<p a=\"1\"b=\"><p \">data-integration=a",
      "<p a='\"' b='><p '>data-integration=a",
      "<p\na='1'\tb-c:d_e=\"><p \"/>data-integration=a",
      "</p a=\"><p \">data-integration=a",
  };
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    Str page = padded(pages[i], strlen(pages[i]));
    ck_assert_msg(absent(page, STR("")), "%s", pages[i]);
  }
}
END_TEST

// Pieces in which markup begins, ends, hides or shows other markup.
static const char *const pieces[] = {
    "<p data-integration=a>",
    "<use DATA-enhance='a'/>",
    "data-integration=a",
    " data-integration=a",
    " data-slot=s",
    "<i data-depends-on=a>",
    ">",
    "<",
    "</",
    "/>",
    "\"",
    "'",
    "=",
    "<!--",
    "-->",
    "--!>",
    "-",
    "!",
    "<!",
    "<!-->",
    "<!--->",
    "<!doctype html>",
    "<![CDATA[",
    "]]>",
    "<?pi",
    "?>",
    "<script>",
    "</script>",
    "</script ",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<title/>",
    "<textarea>",
    "</textarea>",
    "<iframe>",
    "</iframe>",
    "<xmp>",
    "</xmp>",
    "<noembed>",
    "</noembed>",
    "<noframes>",
    "</noframes>",
    "<noscript>",
    "</noscript>",
    "<plaintext>",
    "<svg>",
    "<svg/>",
    "</svg>",
    "<svg a=b/>",
    "<svg a=/>",
    "<svg /b>",
    "<desc>",
    "</desc>",
    "<foreignObject>",
    "</foreignObject>",
    "<math>",
    "</math>",
    "<mi>",
    "<select>",
    "</select>",
    "<option>",
    "<input>",
    "<table>",
    "<colgroup>",
    "<col>",
    "<tr>",
    "<td>",
    "<caption>",
    "</table>",
    "<template>",
    "</template>",
    "<frameset>",
    "<frame>",
    "</frameset>",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "</html>",
    "<p>",
    "</p>",
    "</br>",
    "<a>",
    "<b class=x>",
    "</b>",
    "<font color=x>",
    "<a title='>' b=\"<\">",
    "<p =x>",
    "<p a'b>",
    "<button>",
    "<form>",
    "x",
    "\n",
    "\f",
    "&lt;",
    "/",
    "<div ",
    "<svg ",
    "<title ",
    "<SCRIPT>",
    "</sCRIPT>",
    "<p a= b=\"",
    "<i a=\"1\" b='2'>",
    "<u c ='",
    " a=\"",
    " b-c='",
    "\" d=\"e\"",
    "  ",
    "a text that is longer than what is looked at in one step, as most texts are in pages",
    "<a href=\"/a/longer/way/than/what/is/looked/at/in/one/step/to/nowhere/at/all\">",
};

static uint32_t seed = 7;

static uint32_t next_random(uint32_t below) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % below;
}

enum { PAGES = 30000, MOST_PIECES = 24, LONGEST_PIECE = 96 };

static Str make_page(void) {
  char page[MOST_PIECES * LONGEST_PIECE];
  size_t len = 0, count = 1 + next_random(MOST_PIECES);
  bool foreign = next_random(2);
  for (size_t i = 0; i < count; i++) {
    const char *piece = pieces[next_random(sizeof pieces / sizeof *pieces)];
    if (foreign && i == count / 4) piece = "<svg>";
    if (foreign && i == count / 2) piece = "</svg>";
    len += (size_t)(stpcpy(page + len, piece) - (page + len));
  }
  return padded(page, len);
}

START_TEST(agrees_with_the_tree) {
  size_t passed = 0, hidden = 0;
  for (size_t i = 0; i < PAGES; i++) {
    Str page = make_page();
    FactsOptions none = {0};
    bool named = str_find(page, STR("data-integration")) >= 0;
    FactsSeen seen;
    if (facts_absent(&arena, page, &none, &seen)) {
      passed++;
      hidden += named;
      ck_assert_msg(count_uses(page, &none) == 0, "%.*s", STR_ARG(page));
    } else {
      ck_assert_msg(facts_reach(page, &none, &seen) == facts_reach(page, &none, NULL), "%.*s", STR_ARG(page));
    }
    arena_reset(&arena);
  }
  ck_assert_uint_gt(passed, PAGES / 4);  // or it would test nothing
  ck_assert_uint_gt(hidden, PAGES / 50);
}
END_TEST

UNIT_MAIN("facts_absent", nothing_there, something_there, a_guessed_encoding_is_not_passed_over,
          names_that_the_bytes_do_not_spell, what_only_seems_hidden, what_is_hidden,
          single_bytes_keep_ascii_apart, agrees_with_the_tree)
