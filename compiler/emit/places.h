/* Places as written files name them: "concept/a.html:12:26", from the project root. */
#ifndef FXC_EMIT_PLACES_H
#define FXC_EMIT_PLACES_H

#include "source/lines.h"
#include "source/source.h"

typedef struct Places {
  const Sources *sources;
  Arena arena;  // the file asked for last and its lines
  SourceId source;
  Lines lines;
} Places;

/// Knows no file yet; lines are counted when a place in a file is first asked for.
Places places_new(const Sources *sources);
/// Lets go of the lines of the file asked for last.
void places_free(Places *places);
/// Ask in the order of the files: only one is kept.
LineColumn places_find(Places *places, Span span);
/// "path:line:column" on `arena`; empty for an absent span.
Str places_text(Places *places, Arena *arena, Span span);

/// The same of many, in any order: each file is read once. Beside the spans, on `arena`.
Str *places_texts(const Sources *sources, Arena *arena, const Span *spans, size_t count);
/// The file of a page, where `path` is what the page is called: of "views/shop.fx#cart" the part before '#',
/// if that is its source's path. `sources` may be NULL.
Str places_page(const Sources *sources, SourceId source, Str path);

#endif
