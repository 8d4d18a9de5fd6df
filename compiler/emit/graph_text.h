/* The dependency graph for people and for tools: `fxc graph`. Missing integrations and cycles are drawn too.
 */
#ifndef FXC_EMIT_GRAPH_TEXT_H
#define FXC_EMIT_GRAPH_TEXT_H

#include "ir/ir.h"

typedef enum GraphFormat { GRAPH_TREE, GRAPH_DOT, GRAPH_MERMAID, GRAPH_JSON, GRAPH_SVG } GraphFormat;

/// "tree", "dot", "mermaid", "json", "svg". False for another word.
bool graph_format_find(Str word, GraphFormat *format);

/// Writes the graph; GRAPH_JSON is what dependency-graph.json says.
void emit_graph(const Ir *ir, GraphFormat format, Buf *out);

#endif
