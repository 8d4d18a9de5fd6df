/* Any bytes as .fx. What parses is formatted to the same tokens and comments, and a second time to the same
 * bytes. */
#include "edit/fmt.h"

#include "fuzz.h"

static Str formatted(Arena *arena, Str input, FmtResult *result) {
  DiagBag bag = {.arena = arena};
  Buf out = {0};
  *result = fmt_file(arena, (SourceId){1}, input, &bag, &out);
  Str text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return text;
}

static void fuzz_one(Arena *arena, Str input) {
  FmtResult result;
  Str once = formatted(arena, input, &result);
  if (result == FMT_BUG) abort();
  if (result != FMT_DONE) return;
  Str twice = formatted(arena, once, &result);
  if (result != FMT_DONE || !str_eq(once, twice)) abort();
}
