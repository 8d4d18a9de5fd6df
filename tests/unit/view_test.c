// Views: every byte of a lowered page knows where it came from, and what names say in words.
#include "html/tree.h"
#include "viewforge/forge.h"

#include "unit.h"

static Arena arena;

static Str padded(const char *text) {
  size_t len = strlen(text);
  char *copy = arena_zero(&arena, len + 128);
  memcpy(copy, text, len);
  return (Str){copy, len};
}

static ViewPages read(const char *json, DiagBag *diags) {
  static Str bytes;
  ViewPages pages = {0};
  bytes = padded(json);
  *diags = (DiagBag){.arena = &arena};
  viewforge_read(&arena, 1, STR("file"), bytes, diags, &pages);
  return pages;
}

/* The writer */

START_TEST(text_of_a_view_keeps_its_place) {
  ViewWriter w;
  ViewPage page = {0};
  view_begin(&w, &arena, 7);
  view_put(&w, STR("<p title=\""));                                          // 0..10
  view_value(&w, (ViewText){.text = STR("a&b"), .start = 100, .end = 103});  // 10..17: a&amp;b
  view_put(&w, STR("\">"));
  view_at(&w, 9);
  view_put(&w, STR("x"));
  view_end(&w, &page);
  ck_str(page.text, "<p title=\"a&amp;b\">x");
  HtmlInput input = view_input(&page);
  uint32_t expected[] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 100, 101, 101, 101, 101, 101, 102, 103, 7, 9};
  expected[12] = expected[13] = expected[14] = expected[15] = 101;  // inside &amp;
  for (uint32_t i = 0; i < page.text.len; i++)
    ck_assert_msg(html_file_offset(&input, i) == expected[i], "byte %u is at %u, not %u", i,
                  html_file_offset(&input, i), expected[i]);
}
END_TEST

// Whatever order the pieces have in the file: a span of a text is its text's, made-up bytes have one place.
START_TEST(pieces_in_any_order) {
  srand(11);
  for (int round = 0; round < 2000; round++) {
    ViewWriter w;
    ViewPage page = {0};
    struct {
      uint32_t at, end, file, until;
      bool made_up;
    } pieces[16];
    uint32_t place = (uint32_t)rand() % 50;
    size_t count = 0;
    view_begin(&w, &arena, place);
    while (count < 15) {
      bool made_up = rand() % 2;
      uint32_t length = (uint32_t)rand() % 6, file = (uint32_t)rand() % 50;
      pieces[count].at = (uint32_t)w.text.len;
      if (made_up) {
        if (rand() % 2) view_at(&w, place = file);
        view_put(&w, str_take(STR("------"), length + 1));
        pieces[count].file = pieces[count].until = place;
      } else {
        if (count && !pieces[count - 1].made_up) view_put(&w, STR("-"));  // between two texts is markup
        pieces[count].at = (uint32_t)w.text.len;
        view_text(&w,
                  (ViewText){.text = str_take(STR("abcdef"), length), .start = file, .end = file + length});
        pieces[count].file = file, pieces[count].until = file + length;
      }
      pieces[count].end = (uint32_t)w.text.len;
      pieces[count++].made_up = made_up;
    }
    view_put(&w, STR("-"));
    view_end(&w, &page);
    HtmlInput input = view_input(&page);
    for (size_t i = 0; i < count; i++) {
      bool behind_text = i && !pieces[i - 1].made_up;  // its first byte is the end of that text
      for (uint32_t at = pieces[i].at + (pieces[i].made_up && behind_text); at < pieces[i].end; at++) {
        uint32_t want = pieces[i].file + (pieces[i].made_up ? 0 : at - pieces[i].at);
        ck_assert_uint_eq(html_file_offset(&input, at), want);
      }
      if (!pieces[i].made_up) ck_assert_uint_eq(html_file_offset(&input, pieces[i].end), pieces[i].until);
    }
    arena_reset(&arena);
  }
}
END_TEST

/* ViewForge: every unique word of the configuration, wherever it turns up in the page */

static const char everything[] =
    "{ \"entityType\": \"u01\", \"viewType\": \"form\", \"title\": \"u02\", \"id\": \"u03\", "
    "\"description\": \"u04\",\n"
    "  \"fields\": [\n"
    "    { \"integration\": { \"u05\": \"u06\", \"dependsOn\": [\"u07\", \"u08\"], \"capabilities\": "
    "[\"u09\", \"u10\"],\n"
    "        \"type\": \"u11@^3\", \"required\": true, \"list\": [\"u12\", 5] }, \"slot\": \"u13\", "
    "\"placeholder\": \"u14\",\n"
    "      \"description\": \"u15\", \"label\": \"u16\", \"name\": \"u17\", \"value\": \"u18\" },\n"
    "    { \"name\": \"u19\", \"type\": \"select\", \"label\": \"u20\", \"options\": [\"u21\", { \"value\": "
    "\"u22\", \"label\": \"u23\" }] },\n"
    "    { \"name\": \"u24\", \"type\": \"textarea\", \"label\": \"u25\", \"value\": \"u26\", "
    "\"integration\": [\"u27\", { \"type\": \"u28\" }] },\n"
    "    { \"name\": \"u29\", \"type\": \"radio\", \"label\": \"u30\", \"options\": [\"u31\"] } ],\n"
    "  \"sections\": [ { \"fields\": [ { \"name\": \"u32\", \"label\": \"u33\" } ], \"title\": \"u34\", "
    "\"id\": \"u35\" } ],\n"
    "  \"header\": [ { \"fields\": [ { \"path\": \"u36\", \"label\": \"u37\" } ] } ],\n"
    "  \"navigation\": { \"u38\": \"u39\", \"x\": { \"label\": \"u40\", \"target\": \"u41\" } },\n"
    "  \"actions\": [ \"u42 u42\", { \"name\": \"u43\", \"label\": \"u44\" }, { \"name\": \"u45\", "
    "\"label\": \"u46\", \"target\": \"u47\" } ] }";

enum { UNIQUE = 47 };

START_TEST(every_word_is_where_it_stands) {
  DiagBag diags;
  ViewPages pages = read(everything, &diags);
  ck_assert_uint_eq(diags.list.len, 0);
  ck_assert_uint_eq(pages.len, 1);
  HtmlInput input = view_input(&pages.data[0]);
  Str file = str_from(everything), text = pages.data[0].text;
  for (int u = 1; u <= UNIQUE; u++) {
    Str word = str_printf(&arena, "u%02d", u);
    ptrdiff_t there = str_find(file, word);
    size_t from = 0, found = 0;
    for (ptrdiff_t at; (at = str_find(str_skip(text, from), word)) >= 0; found++) {
      uint32_t start = (uint32_t)(from + (size_t)at);
      bool again = u == 42 && html_file_offset(&input, start) == (uint32_t)there + 4;
      ck_assert_msg(again || html_file_offset(&input, start) == (uint32_t)there, "%.*s at %u", STR_ARG(word),
                    start);
      ck_assert_uint_eq(html_file_end(&input, start, start + 3), (uint32_t)there + 3 + (again ? 4 : 0));
      from = start + 3;
    }
    // The page's own name is its file's, and the key of an entry is shown as a word: "U38".
    ck_assert_msg(found > 0 || u == 3 || u == 38, "%.*s is lost", STR_ARG(word));
  }
}
END_TEST

START_TEST(an_escape_is_one_place) {
  DiagBag diags;
  //                    0         1         2         3         4         5         6
  //                    0123456789012345678901234567890123456789012345678901234567890
  const char *json =
      "{\"viewType\":\"list\",\"fields\":[{\"name\":\"n\",\"label\":\"ab\\u00e9\\\"\\ud83d\\ude00c\"}],"
      "\"title\":\"t\"}";
  ViewPages pages = read(json, &diags);
  HtmlInput input = view_input(&pages.data[0]);
  uint32_t label = (uint32_t)str_find(input.text, STR(">ab")) + 1;
  uint32_t file = (uint32_t)str_find(str_from(json), STR("ab\\u"));
  const uint32_t text_at[] = {0, 1, 2, 4, 5, 9, 10}, file_at[] = {0, 1, 2, 8, 10, 22, 23};
  for (size_t i = 0; i < 7; i++)
    ck_assert_uint_eq(html_file_offset(&input, label + text_at[i]), file + file_at[i]);
}
END_TEST

START_TEST(places_never_leave_the_file) {
  DiagBag diags;
  ViewPages pages = read(everything, &diags);
  HtmlInput input = view_input(&pages.data[0]);
  for (uint32_t i = 0; i <= input.text.len; i++)
    ck_assert_uint_le(html_file_offset(&input, i), sizeof everything - 1);
}
END_TEST

/* .fx: the same */

static const char fx_everything[] =
    "view v01 \"v02\" {\n"
    "  body .v03 {\n"
    "    main .v04 #v05 [v06=\"v07\" v08] {\n"
    "      v09 [t=\"v10\"] { text \"v11\" b \"v12\" }\n"
    "      div use v13@^3 (v14 = \"v15\", l = [\"v16\", \"v17\"]) use v18 optional depends v19, \"v20\" {\n"
    "        input [name=v21] slot v22\n"
    "        p \"\"\"\n          v23\n            v24\n          \"\"\"\n"
    "        script \"v25\" textarea \"v26\"\n"
    "      }\n"
    "    }\n"
    "  }\n"
    "}\n";

START_TEST(every_word_of_fx_is_where_it_stands) {
  DiagBag diags = {.arena = &arena};
  ViewPages pages = {0};
  bool others;
  ck_assert(viewfx_read(&arena, 1, padded(fx_everything), &diags, &pages, &others));
  ck_assert_uint_eq(diags.list.len, 0);
  ck_assert(!others);
  HtmlInput input = view_input(&pages.data[0]);
  Str file = str_from(fx_everything), text = pages.data[0].text;
  for (int v = 1; v <= 26; v++) {
    Str word = str_printf(&arena, "v%02d", v);
    ptrdiff_t there = str_find(file, word), at = str_find(text, word);
    ck_assert_msg(at >= 0 || v == 1, "%.*s is lost", STR_ARG(word));
    if (at < 0) continue;
    ck_assert_msg(html_file_offset(&input, (uint32_t)at) == (uint32_t)there, "%.*s", STR_ARG(word));
    ck_assert_uint_eq(html_file_end(&input, (uint32_t)at, (uint32_t)at + 3), (uint32_t)there + 3);
  }
}
END_TEST

START_TEST(escapes_of_fx_are_one_place) {
  DiagBag diags = {.arena = &arena};
  ViewPages pages = {0};
  bool others;
  const char *fx = "view v \"t\" { p \"ab\\u{1F600}c\\n<d\" }";
  viewfx_read(&arena, 1, padded(fx), &diags, &pages, &others);
  HtmlInput input = view_input(&pages.data[0]);
  uint32_t text = (uint32_t)str_find(input.text, STR(">ab")) + 1;
  uint32_t file = (uint32_t)str_find(str_from(fx), STR("ab\\u"));
  // ab U+1F600 (4 bytes) c LF &lt; d
  const uint32_t text_at[] = {0, 1, 2, 6, 7, 8, 12, 13}, file_at[] = {0, 1, 2, 11, 12, 14, 15, 16};
  for (size_t i = 0; i < 8; i++)
    ck_assert_uint_eq(html_file_offset(&input, text + text_at[i]), file + file_at[i]);
}
END_TEST

/* Words */

START_TEST(names_in_words) {
  ck_str(view_humanise(&arena, STR("serviceAddress")), "Service address");
  ck_str(view_humanise(&arena, STR("customer.home_phone")), "Home phone");
  ck_str(view_humanise(&arena, STR("pdfURLPath2")), "Pdf url path2");
  ck_str(view_humanise(&arena, STR("Already Said")), "Already Said");
  ck_str(view_humanise(&arena, STR("--")), "--");
  ck_str(view_slug(&arena, STR("Order History!")), "order-history");
  ck_str(view_slug(&arena, STR("../..")), "page");
  ck_str(view_kebab(&arena, STR("debounceMs")), "debounce-ms");
  ck_str(view_kebab(&arena, STR("already-kebab")), "already-kebab");
}
END_TEST

START_TEST(names_that_suggest) {
  ck_str(view_suggestion(STR("billingAddress"), STR("text")), "address-validation");
  ck_str(view_suggestion(STR("work_email_address"), STR("text")), "email-verification");
  ck_str(view_suggestion(STR("contact.mobile"), STR("phone")), "phone-verification");
  ck_str(view_suggestion(STR("ip-address"), STR("text")), "");
  ck_str(view_suggestion(STR("addressee"), STR("text")), "");
  ck_str(view_suggestion(STR("sendEmail"), STR("boolean")), "");
  ck_str(view_suggestion(STR("notes"), STR("text")), "");
}
END_TEST

UNIT_MAIN("view", text_of_a_view_keeps_its_place, pieces_in_any_order, every_word_is_where_it_stands,
          an_escape_is_one_place, places_never_leave_the_file, every_word_of_fx_is_where_it_stands,
          escapes_of_fx_are_one_place, names_in_words, names_that_suggest)
