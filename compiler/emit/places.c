#include "emit/places.h"

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

Str places_page(const Sources *sources, SourceId source, Str path) {
  Str file = sources ? source_root_path(sources, source) : path;
  bool one_of_many = path.len > file.len && str_starts(path, file) && path.data[file.len] == '#';
  return one_of_many ? file : path;
}
