/* In: a text of a manifest. Out: its stretches and holes. One pass; a stretch with doubled braces is copied.
 */
#include "ir/interpolation.h"

#include "base/buf.h"

static bool starts_name(char c) { return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_'; }

static bool in_name(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '-'; }

bool interpolation_is_path(Str text, Str *first) {
  Str rest = text, part;
  *first = STR_NONE;
  if (text.len == 0 || str_ends(text, STR("."))) return false;
  while (str_split(&rest, '.', &part)) {
    if (part.len == 0 || !starts_name(part.data[0])) return false;
    for (size_t i = 1; i < part.len; i++)
      if (!in_name(part.data[i])) return false;
    if (!first->data) *first = part;
  }
  return true;
}

/// Length of the path behind the brace at `at`, if a brace closes it; else 0.
static size_t hole_at(Str text, size_t at) {
  size_t end = at + 1;
  while (end < text.len && (in_name(text.data[end]) || text.data[end] == '.')) end++;
  Str path = str_span(text.data + at + 1, text.data + end), first;
  bool closed = end < text.len && text.data[end] == '}';
  return closed && interpolation_is_path(path, &first) ? path.len : 0;
}

static void put_text(Arena *arena, Interpolation *parts, Buf *pending) {
  if (!pending->len) return;
  InterpolationPart part = {.text = str_copy(arena, buf_str(pending))};
  vec_push(arena, parts, part);
  buf_clear(pending);
}

Interpolation interpolation_read(Arena *arena, Str text) {
  Interpolation parts = {0};
  Buf pending = {0};
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    bool brace = c == '{' || c == '}', doubled = brace && i + 1 < text.len && text.data[i + 1] == c;
    size_t length = c == '{' && !doubled ? hole_at(text, i) : 0;
    if (!length) {
      buf_char(&pending, c);
      i += doubled;
      continue;
    }
    put_text(arena, &parts, &pending);
    InterpolationPart hole = {.hole = true, .text = str_take(str_skip(text, i + 1), length), .at = i + 1};
    vec_push(arena, &parts, hole);
    i += length + 1;
  }
  put_text(arena, &parts, &pending);
  buf_free(&pending);
  return parts;
}

bool interpolation_has_holes(const Interpolation *parts) {
  for (size_t i = 0; i < parts->len; i++)
    if (parts->data[i].hole) return true;
  return false;
}
