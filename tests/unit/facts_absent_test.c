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
  bool none = facts_absent(&arena, bytes, &options);
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

UNIT_MAIN("facts_absent", nothing_there, something_there, a_guessed_encoding_is_not_passed_over,
          names_that_the_bytes_do_not_spell, single_bytes_keep_ascii_apart)
