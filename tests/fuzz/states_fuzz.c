/* What is read of .fx/states.json and written must, read again, be the same; what cannot be read leaves
 * nothing behind. */
#include "workspace/states_file.h"

#include "fuzz.h"

static void expect(bool holds) {
  if (!holds) abort();
}

static Str print(Arena *arena, const KeptStates *kept) {
  Buf out = {0};
  states_print(kept, arena, &out);
  Str text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return text;
}

static void fuzz_one(Arena *arena, Str text) {
  KeptStates kept, again;
  if (states_parse(text, arena, &kept) != STATES_FINE) {
    expect(!kept.list.len && !kept.by_name.len);
    return;
  }
  // What is not UTF-8 is replaced, so that the first writing may change it, and make two names one.
  Str first = print(arena, &kept);
  if (states_parse(first, arena, &again) != STATES_FINE) return;
  expect(again.list.len == kept.list.len);
  Str second = print(arena, &again);
  expect(str_eq(first, second));
  for (size_t i = 0; i < again.list.len; i++)
    expect(states_kept(&again, again.list.data[i].name) == &again.list.data[i]);
}
