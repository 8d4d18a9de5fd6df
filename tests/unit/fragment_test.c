/* Fragments: what is read is what was written, whatever it was; what is no fragment is refused, whatever it
 * is; and what a project hears of a page does not depend on where in the bytes it stands. */
#include "fragment.h"

#include "store/saved_diags.h"

static const FragmentPlaces places = {TEST_PAGE, TEST_PROJECT};

static Str written(const Fragment *fragment) {
  Buf out = {0};
  ck_assert(fragment_write(fragment, places, &out));
  Str bytes = str_copy(&arena, buf_str(&out));
  buf_free(&out);
  return bytes;
}

static bool same_digest(Digest a, Digest b) { return a.high == b.high && a.low == b.low; }

START_TEST(reads_what_it_writes) {
  for (seed = 1; seed < 3000;) {
    unsigned from = seed;
    Fragment fragment = some_fragment(), again;
    Str bytes = written(&fragment);
    ck_assert(fragment_read(bytes, places, &arena, &again));
    ck_assert_msg(same_fragment(&fragment, &again), "seed %u", from);
    ck_assert_msg(str_eq(bytes, written(&again)), "seed %u", from);
    ck_assert(same_digest(fragment_heard(&fragment), fragment_heard(&again)));
    seed = from + 1;
    arena_reset(&arena);
  }
}
END_TEST

static Fragment small_fragment(void) {
  Fragment fragment = {.facts.source = TEST_PAGE, .diags.arena = &arena, .has_needs = true, .bytes = 14000};
  FactElement element = {.tag = STR("div"), .required = true, .span = {TEST_PAGE, 812, 905}};
  vec_push(&arena, &element.names, (FactText){STR("address-validation"), {TEST_PAGE, 835, 853}, NULL});
  vec_push(&arena, &element.ranges, (FactText){STR("^3"), {TEST_PAGE, 854, 856}, NULL});
  vec_push(&arena, &element.enhances, false);
  vec_push(&arena, &element.places, (LineColumn){21, 24});
  vec_push(&arena, &element.attrs,
           (FactAttr){STR("data-integration-country"),
                      {STR("us"), {TEST_PAGE, 884, 886}, NULL},
                      {TEST_PAGE, 858, 887},
                      {TEST_PAGE, 858, 882}});
  vec_push(&arena, &element.slots, (FactSlot){{STR("street"), {TEST_PAGE, 990, 996}, NULL}, STR("input")});
  vec_push(&arena, &fragment.facts.elements, element);
  return fragment;
}

START_TEST(small) {
  Fragment empty = {.facts.source = TEST_PAGE, .has_needs = true, .bytes = 14000};
  ck_assert_uint_le(written(&empty).len, 16);
  Fragment fragment = small_fragment();
  ck_assert_uint_le(written(&fragment).len, 200);
}
END_TEST

// With one byte changed it is read as something else or refused; what is read can be written.
START_TEST(each_byte_changed) {
  Fragment fragment = small_fragment(), again;
  add_diag(&fragment.diags);
  Str bytes = written(&fragment);
  char *copy = str_cstr(&arena, bytes);
  for (size_t i = 0; i < bytes.len; i++) {
    for (int bit = 0; bit < 8; bit++) {
      copy[i] = (char)(bytes.data[i] ^ 1 << bit);
      if (fragment_read((Str){copy, bytes.len}, places, &arena, &again)) written(&again);
    }
    copy[i] = bytes.data[i];
  }
}
END_TEST

START_TEST(cut) {
  seed = 42;
  Fragment fragment = some_fragment(), again;
  Str bytes = written(&fragment);
  for (size_t len = 0; len < bytes.len; len++) {
    char *copy = malloc(len ? len : 1);  // so that a byte too many is seen by a sanitizer
    memcpy(copy, bytes.data, len);
    ck_assert(!fragment_read((Str){copy, len}, places, &arena, &again));
    free(copy);
  }
  Str longer = str_concat(&arena, bytes, STR("x"));
  ck_assert(!fragment_read(longer, places, &arena, &again));
}
END_TEST

// Counts that promise more than there is, places behind the end of all files, strings that never came.
START_TEST(made_up) {
  static const char *const texts[] = {
      "",
      "\x00",
      "\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
      "\x00\x00\xff\xff\xff\xff\x0f",
      "\x00\x02\x00\x00\x00\x00",
      "\x00\x01\x05"
      "abc",
      "\x00\x01\x03"
      "abcd\x00\x00\x00\x00",
      "\x80\x00\x00\x00\x00\x00\x00\x00",
      "\x00\x01\x01"
      "ax\x00\x00\x00\x00\x00\x00",
      "\x08\x00\x00\x00\x00\x00\x00\x00",
  };
  static const size_t lengths[] = {0, 1, 12, 7, 6, 6, 10, 8, 11, 8};
  Fragment fragment;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    ck_assert_msg(!fragment_read((Str){texts[i], lengths[i]}, places, &arena, &fragment), "number %zu", i);
  // The shortest one: nothing at all was found.
  ck_assert(fragment_read((Str){"\0\0\0\0\0\0\0\0", 8}, places, &arena, &fragment));
}
END_TEST

START_TEST(another_file) {
  Fragment fragment = small_fragment();
  Buf out = {0};
  buf_char(&out, '!');
  diag_add(&fragment.diags, FX1001, (Span){99, 1, 2}, "elsewhere");
  ck_assert(!fragment_write(&fragment, places, &out));
  ck_str(buf_str(&out), "!");
  ck_assert(!saved_diags_write_page(&fragment.diags, TEST_PAGE, TEST_PROJECT, &out));
  ck_str(buf_str(&out), "!");
  buf_free(&out);
}
END_TEST

// A file that reads as another number: spans move with it; without a project file none may point there.
START_TEST(other_numbers) {
  Fragment fragment = small_fragment(), again;
  diag_add(&fragment.diags, FX1202, (Span){TEST_PROJECT, 5, 9}, "of the pattern");
  Str bytes = written(&fragment);
  ck_assert(fragment_read(bytes, (FragmentPlaces){70, 30}, &arena, &again));
  ck_assert_uint_eq(again.facts.source, 70);
  ck_assert_uint_eq(again.facts.elements.data[0].span.source, 70);
  ck_assert_uint_eq(again.diags.list.data[0]->span.source, 30);
  ck_assert(!fragment_read(bytes, (FragmentPlaces){70, 0}, &arena, &again));
}
END_TEST

START_TEST(heard) {
  Fragment base = small_fragment(), other = small_fragment();
  Digest digest = fragment_heard(&base);
  other.facts.elements.data[0].span.start += 7;
  other.facts.elements.data[0].names.data[0].span = (Span){TEST_PAGE, 1, 2};
  other.bytes = 5;
  diag_add(&other.diags, FX1001, (Span){TEST_PAGE, 1, 2}, "of reading");
  ck_assert(same_digest(digest, fragment_heard(&other)));
  other.facts.elements.data[0].places.data[0].column++;
  ck_assert(!same_digest(digest, fragment_heard(&other)));
  other = small_fragment();
  other.facts.elements.data[0].attrs.data[0].value.text = STR("ca");
  ck_assert(!same_digest(digest, fragment_heard(&other)));
  other = small_fragment();
  other.needs.inline_style = true;
  ck_assert(!same_digest(digest, fragment_heard(&other)));
  other = small_fragment();
  vec_push(&arena, &other.matched, 0);
  ck_assert(!same_digest(digest, fragment_heard(&other)));
}
END_TEST

static DiagBag random_diags(Sources *sources) {
  DiagBag bag = {.arena = &arena};
  for (int i = 0; i < 9; i++)
    sources_add(sources, str_printf(&arena, "../f%d", i), str_printf(&arena, "f%d", i));
  for (unsigned i = next(6); i; i--) add_diag(&bag);
  if (next(2)) diag_hide(&bag, (Span){TEST_PAGE, 4, 9}, STR("secret"));
  return bag;
}

START_TEST(diags_of_a_run) {
  for (seed = 1; seed < 500;) {
    unsigned from = seed;
    Sources *sources = sources_new(), *others = sources_new();
    DiagBag bag = random_diags(sources), again = {.arena = &arena};
    Buf out = {0};
    saved_diags_write(&bag, sources, &out);
    ck_assert(str_find(buf_str(&out), STR("secret")) < 0);
    // The same numbers: in a table that has the files already, the places say the same.
    for (int i = 0; i < 9; i++)
      sources_add(others, str_printf(&arena, "../f%d", i), str_printf(&arena, "f%d", i));
    ck_assert(saved_diags_read(buf_str(&out), others, &again));
    ck_assert_msg(same_diags(&bag, &again), "seed %u", from);
    for (size_t len = 0; len < out.len; len++) {
      DiagBag part = {.arena = &arena};
      ck_assert(!saved_diags_read(str_take(buf_str(&out), len), others, &part) && !part.list.len);
    }
    ck_assert_uint_eq(sources_count(others), 9);
    buf_free(&out);
    sources_free(sources);
    sources_free(others);
    seed = from + 1;
    arena_reset(&arena);
  }
}
END_TEST

START_TEST(diags_of_a_page) {
  seed = 5;
  DiagBag bag = {.arena = &arena}, again = {.arena = &arena};
  for (int i = 0; i < 20; i++) add_diag(&bag);
  Buf out = {0};
  ck_assert(saved_diags_write_page(&bag, TEST_PAGE, TEST_PROJECT, &out));
  ck_assert(!saved_diags_read_page(str_take(buf_str(&out), out.len - 1), TEST_PAGE, TEST_PROJECT, &again));
  ck_assert_uint_eq(again.list.len, 0);
  ck_assert(saved_diags_read_page(buf_str(&out), TEST_PAGE, TEST_PROJECT, &again));
  ck_assert(same_diags(&bag, &again));
  buf_free(&out);
}
END_TEST

UNIT_MAIN("fragment", reads_what_it_writes, small, each_byte_changed, cut, made_up, another_file,
          other_numbers, heard, diags_of_a_run, diags_of_a_page)
