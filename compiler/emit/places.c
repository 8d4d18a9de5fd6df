/* Places. In: spans. Out: lines and columns, with memory for one file at a time. */
#include "emit/places.h"

#include <stdlib.h>

uint32_t places_add(Places *places, Span span) {
  vec_push(places->ir->arena, &places->spans, span);
  return (uint32_t)places->spans.len - 1;
}

typedef struct Ordered {
  Span span;
  uint32_t number;
} Ordered;

static int by_place(const void *a, const void *b) {
  const Ordered *x = a, *y = b;
  int order = span_cmp(x->span, y->span);
  return order ? order : (x->number > y->number) - (x->number < y->number);
}

// Spans of one file, in order: one forward walk counts their lines.
static void find_in_file(Places *places, const Ordered *list, size_t count, Arena *scratch) {
  Str text;
  source_load(places->ir->sources, list[0].span.source, scratch, &text);
  size_t at = 0;
  LineColumn here = {1, 1};
  for (size_t i = 0; i < count; i++) {
    for (; at < list[i].span.start && at < text.len; at++) {
      here.column++;
      if (text.data[at] == '\n') here = (LineColumn){here.line + 1, 1};
    }
    places->found[list[i].number] = here;
  }
}

void places_find(Places *places) {
  Arena *arena = places->ir->arena;
  size_t n = places->spans.len;
  places->found = arena_array(arena, LineColumn, n + 1);
  Ordered *ordered = arena_array(arena, Ordered, n + 1);
  for (size_t i = 0; i < n; i++) ordered[i] = (Ordered){places->spans.data[i], (uint32_t)i};
  if (n) qsort(ordered, n, sizeof *ordered, by_place);
  Arena scratch = {0};
  for (size_t from = 0, to; from < n; from = to) {
    for (to = from + 1; to < n && ordered[to].span.source == ordered[from].span.source; to++) {}
    if (!places->ir->sources || !ordered[from].span.source) continue;
    find_in_file(places, ordered + from, to - from, &scratch);
    arena_reset(&scratch);
  }
  arena_free(&scratch);
}

Str places_text(const Places *places, Arena *arena, uint32_t number) {
  Span span = places->spans.data[number];
  if (!places->ir->sources || !span.source) return STR("");
  Str path = source_root_path(places->ir->sources, span.source);
  LineColumn at = places->found[number];
  return str_printf(arena, "%.*s:%u:%u", STR_ARG(path), at.line, at.column);
}
