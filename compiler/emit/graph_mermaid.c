/* The graph for Mermaid. In: the view. Out: a flowchart. Classes for what is wrong, words in the labels; in
 * Mermaid a quote inside a label is a character reference. */
#include "emit/graph_view.h"

static void put_text(Buf *out, Str s) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    if (c == '"' || c == '<' || c == '>' || c == '&' || c == '#')
      buf_printf(out, "#%d;", c);
    else
      buf_char(out, (unsigned char)c < 0x20 ? ' ' : c);
  }
}

static const char *class_of(uint32_t marks) {
  if (marks & VIEW_MISSING) return "missing";
  if (marks & VIEW_WRONG) return "wrong";
  if (marks & VIEW_STUB) return "stub";
  if (marks & (VIEW_ENDED | VIEW_DEPRECATED)) return "deprecated";
  return marks & VIEW_ORPHAN ? "orphan" : NULL;
}

static void put_node(const View *view, uint32_t number, Arena *arena, Buf *out) {
  const ViewNode *node = &view->nodes[number];
  Str parts[] = {node->name, node->release, graph_mark_words(arena, node->marks)};
  buf_printf(out, "  n%u[\"", number);
  for (int p = 0; p < 3; p++) {
    if (p && parts[p].len) buf_put(out, STR("<br>"));
    put_text(out, parts[p]);
  }
  const char *class = class_of(node->marks);
  buf_printf(out, "\"]%s%s\n", class ? ":::" : "", class ? class : "");
}

static void put_edge(const ViewEdge *edge, Arena *arena, Buf *out) {
  const char *arrow = edge->marks & VIEW_CONFLICT ? "x--x" : edge->marks & VIEW_OPTIONAL ? "-.->" : "-->";
  Str label = graph_edge_label(arena, edge);
  buf_printf(out, "  n%u %s", edge->from, arrow);
  if (label.len) {
    buf_put(out, STR("|\""));
    put_text(out, label);
    buf_put(out, STR("\"|"));
  }
  buf_printf(out, " n%u\n", edge->to);
}

static void put_link_styles(const View *view, Buf *out) {
  bool any = false;
  for (uint32_t i = 0; i < view->edge_count; i++) {
    if (!(view->edges[i].marks & VIEW_WRONG)) continue;
    buf_printf(out, any ? ",%u" : "  linkStyle %u", i);
    any = true;
  }
  if (any) buf_put(out, STR(" stroke:#c00\n"));
}

// Of the classes only those that some node has.
static void put_classes(const View *view, Buf *out) {
  static const char *const classes[][2] = {
      {"missing", "stroke:#c00,stroke-dasharray:4"},
      {"wrong", "stroke:#c00,stroke-width:2px"},
      {"stub", "stroke:#b60,stroke-dasharray:4"},
      {"deprecated", "stroke:#b60"},
      {"orphan", "stroke:#777,stroke-dasharray:2,color:#555"},
  };
  for (size_t c = 0; c < sizeof classes / sizeof *classes; c++) {
    bool used = false;
    for (uint32_t i = 0; i < view->node_count && !used; i++) {
      const char *class = class_of(view->nodes[i].marks);
      used = class && strcmp(class, classes[c][0]) == 0;
    }
    if (used) buf_printf(out, "  classDef %s %s\n", classes[c][0], classes[c][1]);
  }
}

void graph_mermaid(const View *view, Arena *arena, Buf *out) {
  buf_put(out, STR("flowchart LR\n"));
  for (uint32_t i = 0; i < view->node_count; i++) put_node(view, i, arena, out);
  for (uint32_t i = 0; i < view->edge_count; i++) put_edge(&view->edges[i], arena, out);
  put_link_styles(view, out);
  put_classes(view, out);
}
