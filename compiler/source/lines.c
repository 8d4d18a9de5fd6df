#include "source/lines.h"

#include "base/vec.h"

Lines lines_find(Arena *arena, Str text) {
  VEC(uint32_t) starts = {0};
  vec_push(arena, &starts, 0);
  for (size_t at = 0; at < text.len;) {
    const char *end = memchr(text.data + at, '\n', text.len - at);
    if (!end) break;
    at = (size_t)(end - text.data) + 1;
    vec_push(arena, &starts, (uint32_t)at);
  }
  return (Lines){.text = text, .starts = starts.data, .count = (uint32_t)starts.len};
}

LineColumn lines_at(const Lines *lines, uint32_t offset) {
  if (offset > lines->text.len) offset = (uint32_t)lines->text.len;
  uint32_t low = 0, high = lines->count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (lines->starts[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return (LineColumn){low + 1, offset - lines->starts[low] + 1};
}

Str lines_text(const Lines *lines, uint32_t line) {
  if (line == 0 || line > lines->count) return STR_NONE;
  size_t start = lines->starts[line - 1];
  size_t end = line < lines->count ? lines->starts[line] - 1 : lines->text.len;
  return (Str){lines->text.data + start, end - start};
}

LineColumn lines_locate(Str text, uint32_t offset) {
  if (offset > text.len) offset = (uint32_t)text.len;
  LineColumn place = {1, 1};
  size_t start = 0;
  while (start < offset) {
    const char *end = memchr(text.data + start, '\n', offset - start);
    if (!end) break;
    start = (size_t)(end - text.data) + 1;
    place.line++;
  }
  place.column = offset - (uint32_t)start + 1;
  return place;
}
