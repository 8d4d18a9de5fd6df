/* The dependency graph for people and for tools: `fxc graph`. What is wrong with it is drawn too.
 */
#ifndef FXC_EMIT_GRAPH_TEXT_H
#define FXC_EMIT_GRAPH_TEXT_H

#include "diag/diag.h"
#include "ir/ir.h"

typedef enum GraphFormat { GRAPH_TREE, GRAPH_DOT, GRAPH_MERMAID, GRAPH_JSON, GRAPH_SVG } GraphFormat;

/// "tree", "dot", "mermaid", "json", "svg". False for another word.
bool graph_format_find(Str word, GraphFormat *format);

/// Writes the graph, with what `diags` (may be NULL) say about it; GRAPH_JSON is what dependency-graph.json
/// says.
void emit_graph(const Ir *ir, const DiagBag *diags, GraphFormat format, Buf *out);

#endif
