/* The dependency graph in the format that is asked for. */
#include "emit/graph_text.h"

#include "emit/graph_view.h"
#include "emit/reports.h"

bool graph_format_find(Str word, GraphFormat *format) {
  static const char *const words[] = {"tree", "dot", "mermaid", "json", "svg"};
  for (int i = 0; i < 5; i++) {
    if (!str_eq(word, str_from(words[i]))) continue;
    *format = (GraphFormat)i;
    return true;
  }
  return false;
}

static void put_json(const Ir *ir, const DiagBag *diags, Buf *out) {
  Usage usage = usage_collect(ir, NULL, ir->arena);
  emit_dependency_graph(&(ReportInput){.ir = ir, .usage = &usage, .diags = diags, .arena = ir->arena}, out);
}

void emit_graph(const Ir *ir, const DiagBag *diags, GraphFormat format, Buf *out) {
  typedef void Drawing(const View *view, Arena *arena, Buf *out);
  static Drawing *const drawings[] = {[GRAPH_TREE] = graph_tree,
                                      [GRAPH_DOT] = graph_dot,
                                      [GRAPH_MERMAID] = graph_mermaid,
                                      [GRAPH_SVG] = graph_svg};
  if (format == GRAPH_JSON) {
    put_json(ir, diags, out);
    return;
  }
  View view = graph_view(ir, diags);
  drawings[format](&view, ir->arena, out);
}
