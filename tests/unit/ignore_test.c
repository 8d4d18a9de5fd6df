/* Suppressions: what comments say, and which warnings they silence, beside the plainest way to decide it. */
#include "workspace/ignore.h"
#include "unit.h"

static Arena arena;
static DiagBag bag;
static Ignores ignores;

static void take(const char *text) {
  bag = (DiagBag){.arena = &arena};
  ignores = (Ignores){0};
  Str whole = str_from(text);
  IgnoreComment comment = {.text = whole, .end = (uint32_t)whole.len, .inner = 1, .source = 1, .ours = true};
  comment.inner_end = comment.end;
  ignore_take(&arena, &comment, &bag, &ignores);
}

START_TEST(what_comments_say) {
  take("# fxc-ignore FX1301: why");
  ck_assert_uint_eq(ignores.len, 1);
  ck_assert(ignores.data[0].code == FX1301);
  ck_assert_uint_eq(ignores.data[0].place.start, 13);
  ck_assert_uint_eq(ignores.data[0].place.end, 19);
  take("#fxc-ignore   1301 ,\tfx2012:why: not");
  ck_assert_uint_eq(ignores.len, 2);
  ck_assert(ignores.data[1].code == FX2012);
  ck_assert_uint_eq(bag.list.len, 0);
  take("# fxc-ignores FX1301: why");
  take("# see fxc-ignore FX1301: why");
  ck_assert_uint_eq(ignores.len + bag.list.len, 0);
}
END_TEST

START_TEST(what_is_no_good) {
  static const char *const wrong[] = {
      "# fxc-ignore",          "# fxc-ignore:",        "# fxc-ignore: why",
      "# fxc-ignore FX1301",   "# fxc-ignore FX1301:", "# fxc-ignore FX1301:  ",
      "# fxc-ignore FX9: why", "# fxc-ignore ,: why",  "# fxc-ignore FX1101: why",
      "# fxc-ignore all: why"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    take(wrong[i]);
    ck_assert_msg(ignores.len == 0 && bag.list.len > 0, "%s", wrong[i]);
    ck_assert(bag.list.data[0]->code == FX2017);
  }
}
END_TEST

static unsigned seed;

static unsigned next(unsigned limit) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % limit;
}

static DiagCode some_code(void) { return next(2) ? FX1301 : FX1302; }

static bool contains(Span scope, Span span) {
  return scope.source == span.source && scope.start <= span.start && span.end <= scope.end;
}

START_TEST(as_the_plainest_way) {
  for (int round = 0; round < 400; round++) {
    bool silenced[40], used[20] = {0};
    Diag *diags[40];
    bag = (DiagBag){.arena = &arena};
    ignores = (Ignores){0};
    for (unsigned i = 0; i < 20; i++) {
      uint32_t start = next(200);
      Span scope = {1 + next(2), start, start + next(60)};
      vec_push(&arena, &ignores, ((Ignore){.code = some_code(), .scope = next(9) ? scope : SPAN_NONE}));
    }
    for (unsigned i = 0; i < 40; i++) {
      uint32_t start = next(240);
      diags[i] = diag_add(&bag, some_code(), (Span){1 + next(2), start, start + next(12)}, "x");
      diags[i]->severity = next(4) ? DIAG_WARNING : DIAG_ERROR;
      silenced[i] = false;
      for (unsigned k = 0; k < 20; k++) {
        bool inside =
            ignores.data[k].code == diags[i]->code && contains(ignores.data[k].scope, diags[i]->span);
        if (inside && diags[i]->severity == DIAG_WARNING) silenced[i] = used[k] = true;
      }
    }
    ignore_apply(&ignores, &bag);
    size_t kept = 0;
    for (unsigned i = 0; i < 40; i++)
      if (!silenced[i]) ck_assert_ptr_eq(bag.list.data[kept++], diags[i]);
    ck_assert_uint_eq(kept, bag.list.len);
    for (unsigned k = 0; k < 20; k++) ck_assert_int_eq(ignores.data[k].used, used[k]);
  }
}
END_TEST

UNIT_MAIN("ignore", what_comments_say, what_is_no_good, as_the_plainest_way)
