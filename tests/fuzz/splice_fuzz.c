/* Edits of a text, in rounds, beside the plainest way to make them, and the changes to the original that they
 * come to. Four bytes an edit: where, how much, what, whether a round ends. */
#include "edit/splice.h"
#include "edit/unified.h"
#include "fuzz.h"

static Str edited(Arena *arena, Str text, const Splices *list) {
  for (size_t i = list->len; i-- > 0;) {
    Splice at = list->data[i];
    Str behind = str_concat(arena, at.text, str_skip(text, at.end));
    text = str_concat(arena, str_take(text, at.start), behind);
  }
  return text;
}

static void fuzz_one(Arena *arena, Str input) {
  static const char *const texts[] = {"", "x", "\n", "one\ntwo\n", "three", "\r\n", "\0"};
  size_t half = input.len / 2;
  char *original = arena_zero(arena, half + FILE_PADDING + 1);
  if (half) memcpy(original, input.data, half);
  SplicedText text;
  splice_begin(&text, arena, (Str){original, half});
  Splices list = {0};
  for (size_t i = half; i + 4 <= input.len && i < half + 256; i += 4) {
    const unsigned char *p = (const unsigned char *)input.data + i;
    uint32_t length = (uint32_t)text.current.len, start = p[0] % (length + 1);
    uint32_t end = start + p[1] % 16 > length ? length : start + p[1] % 16;
    splice_add(arena, &list, (Splice){.start = start, .end = end, .text = str_from(texts[p[2] % 7])});
    if (p[3] % 4) continue;
    Str expected = edited(arena, text.current, &list);
    splice_apply(&text, &list);
    if (!str_eq(expected, text.current)) abort();
    list = (Splices){0};
  }
  Splices changes = splice_changes(&text);
  if (!str_eq(edited(arena, text.original, &changes), text.current)) abort();
  Buf out = {0};
  unified_diff(&text, STR("f"), &out);
  buf_free(&out);
}
