/* What YAML, JSON and .fx have in common before anything has a meaning: the nodes of a file in the order of
 * its text, each with its byte span. A map's children are key, value, key, value, …; `next` jumps over a
 * whole subtree. Aliases are expanded and merge keys applied, so a node may stand at a place in the list
 * where its bytes do not: its span names the bytes that say it. */
#ifndef FXC_SOURCE_EVENTS_H
#define FXC_SOURCE_EVENTS_H

#include "base/vec.h"
#include "source/source.h"

typedef enum DocKind {
  DOC_SCALAR,
  DOC_MAP,
  DOC_LIST,
  DOC_ALIAS,  // inside yaml/ only
} DocKind;

typedef enum DocStyle {
  DOC_PLAIN,   // YAML plain scalar, JSON number, true, false, null
  DOC_SINGLE,  // '…'
  DOC_DOUBLE,  // "…" of YAML and JSON
  DOC_BLOCK,   // | and >
  DOC_RAW,     // """…""" and /…/ of .fx
} DocStyle;

typedef struct DocNode {
  uint8_t kind, style;
  bool duplicate;       // a key that its map already has
  bool wrong;           // a value that has been reported
  bool unknown;         // a key of .fx that is no clause of its block
  uint32_t start, end;  // bytes of the file
  uint32_t next;        // index behind the last descendant
  uint32_t count;       // pairs of a map, items of a list
  Str text;             // of a scalar, decoded; on the arena or in the file
} DocNode;

typedef enum DocNotation { DOC_YAML, DOC_JSON, DOC_FX } DocNotation;

typedef struct DocEvents {
  SourceId source;
  DocNotation notation;
  Str bytes;  // the file; must outlive the events
  VEC(DocNode) nodes;
  VEC(uint32_t) roots;  // one for each document
} DocEvents;

static inline const DocNode *doc_node(const DocEvents *doc, uint32_t i) { return &doc->nodes.data[i]; }
static inline Span doc_span(const DocEvents *doc, uint32_t i) {
  return (Span){doc->source, doc->nodes.data[i].start, doc->nodes.data[i].end};
}

/// The span of decoded bytes from … to of a scalar, in the bytes of the file: escapes and quotes counted.
Span doc_inner_span(const DocEvents *doc, const DocNode *scalar, size_t from, size_t to);

/// Marks every key that its map already has; `report` is told the key and the first one.
typedef void DocDuplicate(void *context, uint32_t key, uint32_t first);
void doc_find_duplicates(DocEvents *doc, Arena *arena, DocDuplicate *report, void *context);

#endif
