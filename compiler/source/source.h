/* Source files and places in them.
 *
 * A place is a file and a byte span in the bytes as they lie on disk; line and column are computed
 * only to print. A Sources table names the files of one run; it is shared by all threads and
 * guarded by a lock. It keeps names, not contents: the bytes belong to the job that reads them, and
 * who prints a caret later loads the file again. */
#ifndef FXC_SOURCE_SOURCE_H
#define FXC_SOURCE_SOURCE_H

#include <stdint.h>

#include "base/str.h"

/// 0 is "no file".
typedef uint32_t SourceId;

/// Bytes start to end, end exclusive. A zeroed span has no place.
typedef struct Span {
  SourceId source;
  uint32_t start, end;
} Span;

#define SPAN_NONE ((Span){0, 0, 0})

static inline bool span_exists(Span s) { return s.source != 0; }
static inline Span span_part(Span s, uint32_t from, uint32_t to) {
  return (Span){s.source, s.start + from, s.start + to};
}
static inline Span span_join(Span a, Span b) {
  return (Span){a.source, a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}
/// The file itself, for a diagnostic about all of it: prints as 1:1.
static inline Span span_file(SourceId source) { return (Span){source, 0, 0}; }
/// Order by file, start, end; files in the order of their ids.
int span_cmp(Span a, Span b);

typedef struct Sources Sources;

/// A new, empty table on the heap; freed with sources_free().
Sources *sources_new(void);
void sources_free(Sources *sources);

/// Registers a file: `path` as the user sees it (relative to the current directory), `root_path`
/// relative to the project root (what written files say). Both are copied. The same path again
/// gives the same id.
SourceId sources_add(Sources *sources, Str path, Str root_path);
/// Gives a file text that is not on disk (standard input, an unsaved editor buffer); copied.
void sources_set_text(Sources *sources, SourceId source, Str text);
/// The same without a copy: the text lives as long as the sources.
void sources_lend_text(Sources *sources, SourceId source, Str text);

/// The two names of a file, and how many files there are; ids run from 1 to that.
Str source_path(const Sources *sources, SourceId source);
Str source_root_path(const Sources *sources, SourceId source);
size_t sources_count(const Sources *sources);

/// The bytes of the file on `arena`: the text it was given, else read from disk. False when it
/// cannot be read any more; *text is then empty.
bool source_load(const Sources *sources, SourceId source, Arena *arena, Str *text);

#endif
