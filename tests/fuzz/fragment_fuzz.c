/* Any bytes as a fragment and as the diagnostics of a run: what is taken can be written, and is the same when
 * it is read again; what is refused leaves nothing behind. */
#include "store/fragment.h"

#include "fuzz.h"
#include "store/saved_diags.h"

static const FragmentPlaces places = {1, 2};

static void expect(bool holds) {
  if (!holds) abort();
}

static Str written(Arena *arena, const Fragment *fragment) {
  Buf out = {0};
  expect(fragment_write(fragment, places, &out));
  Str bytes = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return bytes;
}

static void check_fragment(Arena *arena, Str input) {
  Fragment fragment, again;
  if (!fragment_read(input, places, arena, &fragment)) return;
  Str bytes = written(arena, &fragment);
  expect(fragment_read(bytes, places, arena, &again));
  expect(str_eq(bytes, written(arena, &again)));
  Digest one = fragment_heard(&fragment), two = fragment_heard(&again);
  expect(one.high == two.high && one.low == two.low);
}

static void check_diags(Arena *arena, Str input) {
  Sources *sources = sources_new();
  DiagBag bag = {.arena = arena};
  if (saved_diags_read(input, sources, &bag)) {
    Buf out = {0};
    DiagBag again = {.arena = arena};
    saved_diags_write(&bag, sources, &out);
    expect(saved_diags_read(str_copy(arena, buf_str(&out)), sources, &again));
    expect(again.list.len == bag.list.len && again.hidden.len == bag.hidden.len);
    buf_free(&out);
  } else {
    expect(!bag.list.len && !bag.hidden.len);
  }
  sources_free(sources);
}

static void fuzz_one(Arena *arena, Str input) {
  check_fragment(arena, input);
  check_diags(arena, input);
}
