// The small modules of base: arenas, strings, buffers, maps, interning, suggestions, the work queue.
#include "base/buf.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/suggest.h"
#include "base/vec.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

#include "unit.h"

START_TEST(arenas_align_and_do_not_overlap) {
  Arena arena = {0};
  char *parts[200];
  for (size_t i = 0; i < 200; i++) {
    parts[i] = arena_alloc(&arena, i * 7);
    ck_assert_uint_eq((uintptr_t)parts[i] % alignof(max_align_t), 0);
    memset(parts[i], (int)i, i * 7);
  }
  for (size_t i = 0; i < 200; i++)
    for (size_t k = 0; k < i * 7; k++) ck_assert_int_eq((unsigned char)parts[i][k], (int)i);
  ck_assert_uint_ge(arena_size(&arena), 199 * 200 / 2 * 7);
  arena_free(&arena);
  ck_assert_uint_eq(arena_size(&arena), 0);
}
END_TEST

START_TEST(arenas_grow_the_last_piece_in_place) {
  Arena arena = {0};
  char *p = arena_alloc(&arena, 10);
  memcpy(p, "123456789", 10);
  ck_assert_ptr_eq(arena_grow(&arena, p, 10, 100), p);
  arena_alloc(&arena, 1);
  char *moved = arena_grow(&arena, p, 100, 200);
  ck_assert_ptr_ne(moved, p);
  ck_assert_str_eq(moved, "123456789");
  ck_assert_ptr_nonnull(arena_grow(&arena, NULL, 0, 5));
  arena_free(&arena);
}
END_TEST

// Neither what lies between them nor each other's content is touched, and no copies are left behind.
START_TEST(arenas_grow_large_arrays_apart) {
  Arena arena = {0};
  VEC(uint32_t) a = {0}, b = {0};
  char *between[2000];
  for (uint32_t i = 0; i < 1000000; i++) {
    vec_push(&arena, &a, i);
    vec_push(&arena, &b, ~i);
    if (i % 500) continue;
    between[i / 500] = arena_alloc(&arena, 100);
    memset(between[i / 500], (int)(i / 500) & 0x7F, 100);
  }
  for (uint32_t i = 0; i < 1000000; i++) ck_assert(a.data[i] == i && b.data[i] == ~i);
  for (size_t i = 0; i < 2000; i++)
    ck_assert(between[i][0] == (char)(i & 0x7F) && between[i][99] == between[i][0]);
  ck_assert_uint_le(arena_size(&arena), 2 * (a.space * sizeof *a.data) + (4u << 20));
  size_t before = arena_size(&arena);
  ck_assert_ptr_eq(arena_grow(&arena, a.data, a.space * 4, 16), a.data);
  ck_assert_uint_eq(arena_size(&arena), before);
  arena_reset(&arena);
  memset(arena_alloc(&arena, 100), 1, 100);
  arena_free(&arena);
}
END_TEST

START_TEST(arenas_take_over_what_another_holds) {
  Arena into = {0}, from = {0};
  arena_take(&into, &from);  // nothing
  char *first = arena_alloc(&from, 10);
  memcpy(first, "first", 6);
  arena_take(&into, &from);
  for (int i = 0; i < 50; i++) arena_alloc(&from, 10000);
  char *second = arena_alloc(&from, 10);
  memcpy(second, "second", 7);
  size_t both = arena_size(&into) + arena_size(&from);
  char *next = arena_alloc(&into, 16);
  arena_take(&into, &from);
  ck_assert_uint_eq(arena_size(&into), both);
  ck_assert_uint_eq(arena_size(&from), 0);
  ck_assert_ptr_eq((char *)arena_alloc(&into, 16), next + 16);  // goes on where it was
  ck_assert_str_eq(first, "first");
  ck_assert_str_eq(second, "second");
  arena_free(&into);
}
END_TEST

START_TEST(arenas_start_again_after_reset) {
  Arena arena = {0};
  for (int i = 0; i < 100; i++) arena_alloc(&arena, 10000);
  arena_reset(&arena);
  size_t kept = arena_size(&arena);
  ck_assert_uint_gt(kept, 0);
  char *zeroed = arena_zero(&arena, 1000);
  for (int i = 0; i < 1000; i++) ck_assert_int_eq(zeroed[i], 0);
  ck_assert_uint_eq(arena_size(&arena), kept);
  arena_free(&arena);
}
END_TEST

// Every byte beside every other, where eight are compared at once and where one is.
START_TEST(letters_are_equal_in_any_case) {
  for (unsigned a = 0; a < 256; a++) {
    for (unsigned b = 0; b < 256; b++) {
      char x[] = "Zabcd@[xyzQ", y[] = "zABCD@[XYZq";
      bool same = a == b || ((a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z');
      x[5] = (char)a, y[5] = (char)b;
      ck_assert_int_eq(str_eq_nocase((Str){x, 11}, (Str){y, 11}), same);
      ck_assert_int_eq(str_eq_nocase((Str){x + 4, 7}, (Str){y + 4, 7}), same);
    }
  }
}
END_TEST

START_TEST(strings_compare_and_search) {
  ck_assert(str_eq(STR_NONE, STR("")));
  ck_assert_int_lt(str_cmp(STR("a"), STR("ab")), 0);
  ck_assert_int_gt(str_cmp(STR("b"), STR("ab")), 0);
  ck_assert_int_gt(str_cmp(STR("\xFF"), STR("a")), 0);  // bytes, not signed characters
  ck_assert(str_eq_nocase(STR("FX2001"), STR("fx2001")) && !str_eq_nocase(STR("@"), STR("`")));
  ck_assert(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
  ck_assert(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
  ck_assert_int_eq(str_find(STR("a\0bc"), STR("bc")), 2);
  ck_assert_int_eq(str_find(STR("abc"), STR("cb")), -1);
  ck_assert_int_eq(str_find(STR_NONE, STR("")), 0);
  ck_assert_int_eq(str_rfind_char(STR("a/b/c"), '/'), 3);
  ck_str(str_trim(STR(" \t\r\n\fa b\n")), "a b");
  ck_str(str_trim(STR("  ")), "");
  ck_str(str_skip(STR("ab"), 5), "");
  ck_str(str_take(STR("ab"), 5), "ab");
}
END_TEST

START_TEST(strings_split) {
  Str rest = STR("a,,b,"), part;
  const char *expected[] = {"a", "", "b", ""};
  for (size_t i = 0; i < 4; i++) {
    ck_assert(str_split(&rest, ',', &part));
    ck_str(part, expected[i]);
  }
  ck_assert(!str_split(&rest, ',', &part));
}
END_TEST

START_TEST(strings_are_made_on_arenas) {
  Arena arena = {0};
  ck_str(str_printf(&arena, "%s-%d", "x", 42), "x-42");
  ck_str(str_concat(&arena, STR("ab"), STR_NONE), "ab");
  const Str parts[] = {STR("a"), STR_NONE, STR("bc")};
  ck_str(str_join(&arena, parts, 3, STR(", ")), "a, , bc");
  ck_str(str_join(&arena, parts, 1, STR(", ")), "a");
  ck_str(str_join(&arena, NULL, 0, STR(", ")), "");
  ck_str(str_lower(&arena, STR("ÄBC-Z")), "Äbc-z");
  ck_assert_str_eq(str_cstr(&arena, STR("abc")), "abc");
  ck_assert_int_eq(str_copy(&arena, STR_NONE).data[0], 0);
  arena_free(&arena);
}
END_TEST

START_TEST(buffers_grow) {
  Buf buf = {0};
  for (int i = 0; i < 1000; i++) buf_printf(&buf, "%03d,", i);
  ck_assert_uint_eq(buf.len, 4000);
  ck_str(str_skip(buf_str(&buf), 3996), "999,");
  buf_clear(&buf);
  buf_repeat(&buf, '=', 3);
  buf_char(&buf, '>');
  buf_put(&buf, STR(" x"));
  buf_put(&buf, STR_NONE);
  ck_str(buf_str(&buf), "===> x");
  buf_free(&buf);
}
END_TEST

START_TEST(numbers_are_written_in_decimal) {
  static const struct {
    uint64_t number;
    const char *text;
  } cases[] = {
      {0, "0"}, {7, "7"}, {10, "10"}, {4294967296, "4294967296"}, {UINT64_MAX, "18446744073709551615"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Buf buf = {0};
    buf_number(&buf, cases[i].number);
    ck_str(buf_str(&buf), cases[i].text);
    buf_free(&buf);
  }
}
END_TEST

START_TEST(maps_keep_what_is_put) {
  Arena arena = {0};
  StrMap map = {0};
  bool added;
  ck_assert_ptr_null(strmap_find(&map, STR("x")));
  for (uint32_t i = 0; i < 5000; i++) *strmap_put(&arena, &map, str_printf(&arena, "key%u", i), NULL) = i;
  for (uint32_t i = 0; i < 5000; i++)
    ck_assert_uint_eq(*strmap_find(&map, str_printf(&arena, "key%u", i)), i);
  ck_assert_ptr_null(strmap_find(&map, STR("key5000")));
  ck_assert_uint_eq(*strmap_put(&arena, &map, STR("key7"), &added), 7);
  ck_assert(!added);
  ck_assert_uint_eq(*strmap_put(&arena, &map, STR_NONE, &added), 0);  // no string is the empty key
  ck_assert(added && strmap_find(&map, STR("")));
  ck_assert_uint_eq(map.len, 5001);
  arena_free(&arena);
}
END_TEST

START_TEST(rows_are_found_by_their_strings) {
  typedef struct Row {
    Str name;
    uint32_t square;
  } Row;
  Arena arena = {0}, table = {0};
  RowMap map = {0};
  VEC(Row) rows = {0};
  ck_assert_uint_eq(rowmap_find(&map, (RowMapRows){NULL, sizeof(Row)}, STR("row0")), 0);
  for (uint32_t i = 0; i < 5000; i++) {
    Str name = str_printf(&arena, "row%u", i % 4000);  // the last thousand are there already
    uint32_t *row = rowmap_row(&table, &map, (RowMapRows){rows.data, sizeof(Row)}, name);
    ck_assert_uint_eq(*row, i < 4000 ? 0 : i - 3999);
    if (i >= 4000) continue;
    vec_push(&arena, &rows, ((Row){name, i * i}));
    *row = (uint32_t)rows.len;
  }
  RowMapRows all = {rows.data, sizeof(Row)};
  for (uint32_t i = 0; i < 4000; i++)
    ck_assert_uint_eq(rowmap_find(&map, all, str_printf(&arena, "row%u", i)), i + 1);
  ck_assert_uint_eq(rowmap_find(&map, all, STR("row4000")), 0);
  ck_assert_uint_eq(rowmap_find(&map, all, STR("")), 0);
  arena_free(&arena);
  arena_free(&table);
}
END_TEST

START_TEST(interning_gives_equal_numbers) {
  Arena arena = {0};
  Interner interner = {.arena = &arena};
  char name[] = "alpha";
  Sym alpha = intern(&interner, str_from(name));
  name[0] = 'o';
  Sym olpha = intern(&interner, str_from(name));
  ck_assert_uint_ne(alpha, 0);
  ck_assert_uint_ne(alpha, olpha);
  ck_assert_uint_eq(intern(&interner, STR("alpha")), alpha);
  ck_str(intern_str(&interner, alpha), "alpha");
  ck_assert_ptr_null(intern_str(&interner, 0).data);
  ck_assert_uint_ne(intern(&interner, STR("")), 0);
  arena_free(&arena);
}
END_TEST

static Str nearest(const char *wanted, const char *const *candidates) {
  Suggestion search = suggest_start(str_from(wanted));
  for (; *candidates; candidates++) suggest_offer(&search, str_from(*candidates));
  return search.best;
}

START_TEST(suggestions_are_near) {
  const char *const names[] = {"payment-processing", "payment-provider", "geocoding", "v2", NULL};
  ck_str(nearest("payment-procesing", names), "payment-processing");
  ck_str(nearest("Payment_Processing", names), "payment-processing");
  ck_str(nearest("geocodign", names), "geocoding");
  ck_str(nearest("V2", names), "v2");
  ck_assert_ptr_null(nearest("v3", names).data);  // of two letters, one changed is another name
  ck_assert_ptr_null(nearest("address", names).data);
  ck_assert_ptr_null(nearest("xy", names).data);
  const char *const joined[] = {"axb", "a-b", NULL};
  ck_str(nearest("a_b", joined), "a-b");  // '_' for '-' is no difference at all
  const char *const equal[] = {"cat", "car", NULL};
  ck_str(nearest("cab", equal), "cat");  // the first of equally near ones
}
END_TEST

// Known answers of XXH3 (seed 0, empty input), from the algorithm's own documentation of its test
// vectors; and digests tell different texts apart.
START_TEST(hashes_are_xxh3) {
  ck_assert(hash_str(STR("")) == 0x2D06800538D394C2u);
  ck_assert(digest_str(STR("")).high == 0x99AA06D3014798D8u &&
            digest_str(STR("")).low == 0x6001C324468D497Fu);
  ck_assert(digest_str(STR("a")).low != digest_str(STR("b")).low);
}
END_TEST

typedef struct Work {
  atomic_uint done[1000];
  atomic_uint workers[4];
  size_t fail_at;
} Work;

static void work_on(void *context, size_t index, size_t worker) {
  Work *work = context;
  if (index == work->fail_at) mem_exhausted();
  atomic_fetch_add(&work->done[index], 1);
  atomic_fetch_add(&work->workers[worker], 1);
}

START_TEST(pools_do_each_piece_once) {
  static Work work = {.fail_at = SIZE_MAX};
  ck_assert(pool_run(4, 1000, work_on, &work));
  for (size_t i = 0; i < 1000; i++) ck_assert_uint_eq(work.done[i], 1);
  ck_assert(pool_run(4, 0, work_on, &work));
  ck_assert_uint_ge(pool_processors(), 1);
}
END_TEST

START_TEST(pools_report_exhausted_memory) {
  static Work work = {.fail_at = 10};
  ck_assert(!pool_run(1, 1000, work_on, &work));
  ck_assert_uint_eq(work.done[9], 1);
  ck_assert_uint_eq(work.done[11], 0);
  ck_assert(!pool_run(4, 1000, work_on, &work));
}
END_TEST

UNIT_MAIN("base", arenas_align_and_do_not_overlap, arenas_grow_the_last_piece_in_place,
          arenas_grow_large_arrays_apart, arenas_take_over_what_another_holds, arenas_start_again_after_reset,
          letters_are_equal_in_any_case, strings_compare_and_search, strings_split,
          strings_are_made_on_arenas, buffers_grow, numbers_are_written_in_decimal, maps_keep_what_is_put,
          rows_are_found_by_their_strings, interning_gives_equal_numbers, suggestions_are_near,
          hashes_are_xxh3, pools_do_each_piece_once, pools_report_exhausted_memory)
