/* A range that is read and written must, read again, write the same. */
#include "ir/range.h"

#include "fuzz.h"

static void fuzz_one(Arena *arena, Str text) {
  Range range = {0}, again = {0};
  VersionFault fault = {0};
  if (!range_parse(arena, text, &range, &fault)) {
    if (fault.offset > text.len || !fault.message) abort();
    return;
  }
  Str plain = range_text(arena, &range);
  if (!range_parse(arena, plain, &again, &fault) || !str_eq(plain, range_text(arena, &again))) abort();
}
