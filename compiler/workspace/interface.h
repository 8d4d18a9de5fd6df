/* The files by which one stage hands its result to the next (discovery map, validation result), read back. */
#ifndef FXC_WORKSPACE_INTERFACE_H
#define FXC_WORKSPACE_INTERFACE_H

#include "source/events.h"
#include "workspace/compilation.h"

/// Reads the JSON file at `path` as the interface of that name. False when it is something else: FX8001,
/// FX2005 or FX2007 then says what, and where. Node 0 of the document is its root, a map.
bool interface_read(Compilation *compilation, Str path, Str name, DocEvents *doc);

/// The value of a key of a map, 0 where there is none.
uint32_t interface_member(const DocEvents *doc, uint32_t map, Str key);
/// Whether a node is of that kind; FX2007 "expected WHAT" at the node when it is not.
bool interface_expect(Compilation *compilation, const DocEvents *doc, uint32_t node, DocKind kind,
                      const char *what);
/// The text of a scalar and its place, quotes left out.
Span interface_span(const DocEvents *doc, uint32_t scalar);

#endif
