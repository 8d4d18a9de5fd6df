/* Source maps (ECMA-426): which place of a concept or manifest a place of an emitted file stands for.
 *
 * In: the marks that the printer took. Out: FILE.map, a JSON file. Lines and columns count as editors count
 * them in the decoded text (source/utf16.h): not the bytes of diagnostics. The text of the source is not
 * copied into the map: it lies in the project, and the map says where. */
#ifndef FXC_EMIT_SOURCE_MAP_H
#define FXC_EMIT_SOURCE_MAP_H

#include "emit/tsx.h"
#include "html/encoding.h"
#include "source/utf16.h"

/// The file that emitted code is made from.
typedef struct MapSource {
  SourceId id;              // marks of other files are left out
  Str name;                 // relative to the project root: "concept/checkout.html"
  Str path;                 // as seen from the folder of the map: "../../concept/checkout.html"
  const HtmlInput *input;   // its text, and where spans stand in it
  const Utf16Index *index;  // of that text; NULL: made for this map alone
} MapSource;

/// Appends the map of `code`, which the marks are about, to `out`; `file` is the name of the emitted file
/// without its folder. Temporary tables lie on `arena`. O(code, source, marks).
void source_map_write(const MapSource *source, Str file, Str code, const TsxMarks *marks, Arena *arena,
                      Buf *out);

/// Appends a map that source_map_write() made, with another path to its source, for another folder. False,
/// and nothing appended, when it is none.
bool source_map_move(Str map, Str path, Buf *out);

/// Appends the last line of the emitted file, which names its map.
void source_map_link(Str file, Buf *out);

#endif
