/* The dependency graph as SVG. In: the view. Out: one self-contained picture.
 *
 * What is wrong is told three times, by words, by shape and by colour, so that the picture can be read
 * without colour, and by whom colour says nothing. */
#include "emit/graph_layout.h"

enum { LEGEND_LINE = 20 };

static const char style[] =
    "svg{background:#fff}text{font:13px monospace;text-anchor:middle}"
    ".release,.marks,.label,.legend text{font-size:11px}.release{fill:#555}"
    "rect{fill:#fff;stroke:#333}path{fill:none;stroke:#333}"
    ".label{fill:#333;stroke:#fff;stroke-width:3px;paint-order:stroke}"
    ".missing rect{stroke:#c00;stroke-dasharray:4}.wrong rect{stroke:#c00;stroke-width:2.5}"
    ".stub rect{stroke:#a50;stroke-dasharray:6 3}.deprecated rect{stroke:#a50;stroke-dasharray:8 2 2 2}"
    ".orphan rect{stroke:#777;stroke-dasharray:1 3}"
    ".missing .marks,.wrong .marks,.label.bad{fill:#b00}.stub .marks,.deprecated .marks{fill:#840}"
    ".sign{fill:#c00;stroke:none}.bad{stroke:#c00}text.bad{stroke:#fff}.optional{stroke-dasharray:4}"
    ".conflict{stroke:#c00;stroke-dasharray:1 4;stroke-width:2.5}"
    ".legend text{text-anchor:start;fill:#333}";

static void put_text(Buf *out, Str s) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    if (c == '<')
      buf_put(out, STR("&lt;"));
    else if (c == '&')
      buf_put(out, STR("&amp;"));
    else if (c == '"')
      buf_put(out, STR("&quot;"));
    else
      buf_char(out, (unsigned char)c < 0x20 ? ' ' : c);
  }
}

static int y_of(const Layout *layout, uint32_t node) {
  return LAYOUT_MARGIN + (int)layout->row[node] * layout->pitch;
}

/* Boxes */

static const char *class_of(uint32_t marks) {
  if (marks & VIEW_MISSING) return "missing";
  if (marks & VIEW_WRONG) return "wrong";
  if (marks & VIEW_STUB) return "stub";
  if (marks & (VIEW_ENDED | VIEW_DEPRECATED)) return "deprecated";
  return marks & VIEW_ORPHAN ? "orphan" : "node";
}

static void put_line(Buf *out, const char *class, int x, int y, Str text) {
  if (!text.len) return;
  buf_printf(out, "<text%s%s%s x=\"%d\" y=\"%d\">", class ? " class=\"" : "", class ? class : "",
             class ? "\"" : "", x, y);
  put_text(out, text);
  buf_put(out, STR("</text>"));
}

static void put_node(const Layout *layout, uint32_t number, Arena *arena, Buf *out) {
  const ViewNode *node = &layout->view->nodes[number];
  uint32_t layer = layout->layer[number];
  int x = layout->x[layer], y = y_of(layout, number), width = layout->width[layer], middle = x + width / 2;
  buf_printf(out, "  <g class=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>",
             class_of(node->marks), x, y, width, layout->box_height);
  put_line(out, NULL, middle, y + 19, node->name);
  put_line(out, "release", middle, y + 35, node->release);
  put_line(out, "marks", middle, node->release.len ? y + 51 : y + 35, graph_mark_words(arena, node->marks));
  if (node->marks & VIEW_WRONG)  // a triangle at the corner
    buf_printf(out, "<path class=\"sign\" d=\"M%d %dl12 0l0 12Z\"/>", x + width - 12, y);
  buf_put(out, STR("</g>\n"));
}

/* Edges: to a later layer from side to side, back again below the boxes */

static const char *edge_class(uint32_t marks) {
  if (marks & VIEW_CONFLICT) return "conflict";
  if (marks & VIEW_WRONG) return marks & VIEW_OPTIONAL ? "bad optional" : "bad";
  return marks & VIEW_OPTIONAL ? "optional" : "edge";
}

typedef struct Curve {
  int x1, y1, cx1, cy1, cx2, cy2, x2, y2;
} Curve;

static Curve curve_of(const Layout *layout, const ViewEdge *edge) {
  uint32_t a = layout->layer[edge->from], b = layout->layer[edge->to];
  int half = layout->box_height / 2;
  if (b > a) {
    int x1 = layout->x[a] + layout->width[a], y1 = y_of(layout, edge->from) + half;
    int x2 = layout->x[b], y2 = y_of(layout, edge->to) + half, bend = (x2 - x1) / 2;
    return (Curve){x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 4, y2};
  }
  int shift = edge->from == edge->to ? layout->width[a] / 4 : 0;
  int x1 = layout->x[a] + layout->width[a] / 2 + shift, y1 = y_of(layout, edge->from) + layout->box_height;
  int x2 = layout->x[b] + layout->width[b] / 2 - shift, y2 = y_of(layout, edge->to) + layout->box_height;
  int low = (y1 > y2 ? y1 : y2) + 30;
  return (Curve){x1, y1, x1, low, x2, low, x2, y2 + 4};
}

static void put_edge(const Layout *layout, uint32_t number, Buf *out) {
  const ViewEdge *edge = &layout->view->edges[number];
  Curve c = curve_of(layout, edge);
  bool arrow = !(edge->marks & VIEW_CONFLICT);
  buf_printf(out, "  <path class=\"%s\" d=\"M%d %dC%d %d %d %d %d %d\"%s/>\n", edge_class(edge->marks), c.x1,
             c.y1, c.cx1, c.cy1, c.cx2, c.cy2, c.x2, c.y2, arrow ? " marker-end=\"url(#arrow)\"" : "");
}

// Above all lines; in the middle of its own, where the curve is at 1/8 of its ends and 3/8 of its bends.
static void put_label(const Layout *layout, uint32_t number, Buf *out) {
  const ViewEdge *edge = &layout->view->edges[number];
  if (!layout->label[number].len) return;
  Curve c = curve_of(layout, edge);
  buf_put(out, STR("  "));
  put_line(out, edge->marks & VIEW_WRONG ? "label bad" : "label", (c.x1 + c.x2 + 3 * (c.cx1 + c.cx2)) / 8,
           (c.y1 + c.y2 + 3 * (c.cy1 + c.cy2)) / 8 - 4, layout->label[number]);
  buf_char(out, '\n');
}

/* The legend: what the words in the picture mean */

static int count_marks(uint32_t marks) {
  int count = 0;
  for (int n = 0; n < VIEW_MARKS; n++) count += marks >> n & 1 ? 1 : 0;
  return count;
}

static int legend_width(uint32_t marks) {
  size_t longest = 0;
  for (int n = 0; n < VIEW_MARKS; n++) {
    ViewMark mark = (ViewMark)(1 << n);
    size_t length = strlen(graph_mark_word(mark)) + strlen(graph_mark_meaning(mark)) + 2;
    if (marks & mark && length > longest) longest = length;
  }
  return 2 * LAYOUT_MARGIN + (int)longest * LAYOUT_SMALL;
}

static void put_legend(uint32_t marks, int y, Buf *out) {
  if (!marks) return;
  buf_put(out, STR("  <g class=\"legend\">\n"));
  for (int n = 0; n < VIEW_MARKS; n++) {
    ViewMark mark = (ViewMark)(1 << n);
    if (!(marks & mark)) continue;
    buf_printf(out, "    <text x=\"%d\" y=\"%d\">%s: %s</text>\n", LAYOUT_MARGIN, y, graph_mark_word(mark),
               graph_mark_meaning(mark));
    y += LEGEND_LINE;
  }
  buf_put(out, STR("  </g>\n"));
}

void graph_svg(const View *view, Arena *arena, Buf *out) {
  Layout layout = graph_layout(view, arena);
  int rows = layout.rows ? (int)layout.rows : 1, lines = count_marks(view->marks);
  int width = layout.layers ? layout.x[layout.layers] : 2 * LAYOUT_MARGIN;
  int bottom = 2 * LAYOUT_MARGIN + rows * layout.pitch - (layout.pitch - layout.box_height);
  int height = bottom + (lines ? lines * LEGEND_LINE + LAYOUT_MARGIN : 0);
  if (lines && legend_width(view->marks) > width) width = legend_width(view->marks);
  buf_printf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
             "role=\"img\">\n",
             width, height, width, height);
  buf_put(out, STR("  <!-- generated by fxc from the concepts and manifests of the project -->\n"
                   "  <title>Dependencies between integrations</title>\n"));
  buf_printf(out, "  <style>%s</style>\n", style);
  buf_put(out, STR("  <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"8\" "
                   "markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8Z\" "
                   "style=\"fill:#333\"/></marker></defs>\n"));
  for (uint32_t i = 0; i < view->edge_count; i++) put_edge(&layout, i, out);
  for (uint32_t i = 0; i < view->node_count; i++) put_node(&layout, i, arena, out);
  for (uint32_t i = 0; i < view->edge_count; i++) put_label(&layout, i, out);
  put_legend(view->marks, bottom + LEGEND_LINE, out);
  buf_put(out, STR("</svg>\n"));
}
