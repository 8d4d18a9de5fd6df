#include "emit/places.h"

#include <stdlib.h>

Places places_new(const Sources *sources) { return (Places){.sources = sources}; }

void places_free(Places *places) { arena_free(&places->arena); }

LineColumn places_find(Places *places, Span span) {
  if (places->source != span.source) {
    Str text;
    arena_reset(&places->arena);
    source_load(places->sources, span.source, &places->arena, &text);
    places->lines = lines_find(&places->arena, text);
    places->source = span.source;
  }
  return lines_at(&places->lines, span.start);
}

Str places_text(Places *places, Arena *arena, Span span) {
  if (!span_exists(span)) return STR("");
  LineColumn at = places_find(places, span);
  return str_printf(arena, "%.*s:%u:%u", STR_ARG(source_root_path(places->sources, span.source)), at.line,
                    at.column);
}

typedef struct Asked {
  Span span;
  size_t at;
} Asked;

static int by_source(const void *a, const void *b) {
  const Asked *one = a, *other = b;
  if (one->span.source != other->span.source) return one->span.source < other->span.source ? -1 : 1;
  return one->at < other->at ? -1 : 1;
}

Str *places_texts(const Sources *sources, Arena *arena, const Span *spans, size_t count) {
  Str *texts = arena_array(arena, Str, count + 1);
  Asked *asked = arena_array(arena, Asked, count + 1);
  for (size_t i = 0; i < count; i++) asked[i] = (Asked){spans[i], i};
  qsort(asked, count, sizeof *asked, by_source);
  Places places = places_new(sources);
  for (size_t i = 0; i < count; i++) texts[asked[i].at] = places_text(&places, arena, asked[i].span);
  places_free(&places);
  return texts;
}

Str places_page(const Sources *sources, SourceId source, Str path) {
  if (str_find_char(path, '#') < 0) return path;
  Str file = sources ? source_root_path(sources, source) : path;
  bool one_of_many = path.len > file.len && str_starts(path, file) && path.data[file.len] == '#';
  return one_of_many ? file : path;
}
