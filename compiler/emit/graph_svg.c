/* The dependency graph as SVG, with a layered layout of our own. In: the view. Out: one self-contained
 * picture.
 *
 * A node's layer is the length of the longest chain of needs below its users, with edges of cycles left out;
 * within a layer nodes follow the average place of what they are connected to. */
#include <stdlib.h>

#include "emit/graph_view.h"

enum { BOX_HEIGHT = 44, ROW = 68, GAP = 90, MARGIN = 20, LETTER = 8, PADDING = 24, ROUNDS = 4 };

typedef struct Layout {
  const View *view;
  uint32_t *layer, *row;  // by node
  uint32_t *order;        // nodes by layer, then row
  uint32_t *first;        // of layer l: order[first[l]] …
  uint32_t layers;
  double *weight;
  int *x, *width;  // by layer
} Layout;

/* Layers: longest paths in topological order; what a cycle holds back goes behind its users. */

static void place_in_layers(Layout *layout, Arena *arena) {
  const View *view = layout->view;
  uint32_t n = view->node_count, *degree = arena_array(arena, uint32_t, n + 1);
  uint32_t *queue = arena_array(arena, uint32_t, n + 1), head = 0, tail = 0;
  bool *queued = arena_array(arena, bool, n + 1);
  for (uint32_t i = 0; i < view->edge_count; i++) degree[view->edges[i].to] += !view->edges[i].cyclic;
  for (uint32_t start = 0; start <= n; start++) {
    // first all nodes nobody waits for, then whatever is left on cycles, one by one
    for (uint32_t i = 0; start == 0 && i < n; i++) {
      if (degree[i]) continue;
      queued[i] = true;
      queue[tail++] = i;
    }
    if (start && !queued[start - 1]) {
      queued[start - 1] = true;
      queue[tail++] = start - 1;
    }
    for (; head < tail; head++) {
      const ViewNode *node = &view->nodes[queue[head]];
      for (uint32_t i = 0; i < node->edge_count; i++) {
        uint32_t to = view->edges[node->first_edge + i].to;
        if (queued[to]) continue;
        uint32_t below = layout->layer[queue[head]] + 1;
        if (layout->layer[to] < below) layout->layer[to] = below;
        if (view->edges[node->first_edge + i].cyclic || --degree[to]) continue;
        queued[to] = true;
        queue[tail++] = to;
      }
    }
  }
}

static void index_layers(Layout *layout, Arena *arena) {
  uint32_t n = layout->view->node_count;
  for (uint32_t i = 0; i < n; i++)
    if (layout->layer[i] >= layout->layers) layout->layers = layout->layer[i] + 1;
  layout->first = arena_array(arena, uint32_t, layout->layers + 2);
  uint32_t *fill = arena_array(arena, uint32_t, layout->layers + 1);
  for (uint32_t i = 0; i < n; i++) layout->first[layout->layer[i] + 1]++;
  for (uint32_t l = 1; l <= layout->layers; l++) layout->first[l] += layout->first[l - 1];
  for (uint32_t i = 0; i < n; i++) {
    uint32_t l = layout->layer[i];
    layout->row[i] = fill[l]++;
    layout->order[layout->first[l] + layout->row[i]] = i;
  }
}

/* Rows: barycentres of neighbours, a few rounds */

typedef struct Weighed {
  double weight;
  uint32_t node;
} Weighed;

static int by_weight(const void *a, const void *b) {
  const Weighed *x = a, *y = b;
  if (x->weight != y->weight) return x->weight < y->weight ? -1 : 1;
  return (x->node > y->node) - (x->node < y->node);
}

static void weigh(Layout *layout, uint32_t *count, bool by_users) {
  const View *view = layout->view;
  for (uint32_t i = 0; i < view->node_count; i++) {
    layout->weight[i] = 0;
    count[i] = 0;
  }
  for (uint32_t i = 0; i < view->edge_count; i++) {
    uint32_t node = by_users ? view->edges[i].to : view->edges[i].from;
    uint32_t other = by_users ? view->edges[i].from : view->edges[i].to;
    layout->weight[node] += layout->row[other];
    count[node]++;
  }
  for (uint32_t i = 0; i < view->node_count; i++)
    layout->weight[i] = count[i] ? layout->weight[i] / count[i] : layout->row[i];
}

static void order_rows(Layout *layout, Arena *arena) {
  uint32_t *count = arena_array(arena, uint32_t, layout->view->node_count + 1);
  Weighed *sorted = arena_array(arena, Weighed, layout->view->node_count + 1);
  for (int round = 0; round < ROUNDS; round++) {
    weigh(layout, count, round % 2 == 0);
    for (uint32_t l = 0; l < layout->layers; l++) {
      uint32_t from = layout->first[l], n = layout->first[l + 1] - from;
      for (uint32_t i = 0; i < n; i++)
        sorted[i] = (Weighed){layout->weight[layout->order[from + i]], layout->order[from + i]};
      if (n) qsort(sorted, n, sizeof *sorted, by_weight);
      for (uint32_t i = 0; i < n; i++) {
        layout->order[from + i] = sorted[i].node;
        layout->row[sorted[i].node] = i;
      }
    }
  }
}

/* Drawing */

static int text_width(const ViewNode *node) {
  size_t longest = node->name.len > node->release.len ? node->name.len : node->release.len;
  return (int)(longest < 60 ? longest : 60) * LETTER + PADDING;
}

static void place_columns(Layout *layout, Arena *arena) {
  layout->x = arena_array(arena, int, layout->layers + 1);
  layout->width = arena_array(arena, int, layout->layers + 1);
  int x = MARGIN;
  for (uint32_t l = 0; l < layout->layers; l++) {
    for (uint32_t i = layout->first[l]; i < layout->first[l + 1]; i++) {
      int width = text_width(&layout->view->nodes[layout->order[i]]);
      if (width > layout->width[l]) layout->width[l] = width;
    }
    layout->x[l] = x;
    x += layout->width[l] + GAP;
  }
  layout->x[layout->layers] = x - GAP + MARGIN;
}

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

static int y_of(const Layout *layout, uint32_t node) { return MARGIN + (int)layout->row[node] * ROW; }

static void put_node(const Layout *layout, uint32_t number, Buf *out) {
  const ViewNode *node = &layout->view->nodes[number];
  int x = layout->x[layout->layer[number]], y = y_of(layout, number),
      width = layout->width[layout->layer[number]];
  buf_printf(out, "  <g class=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>",
             node->missing  ? "missing"
             : node->cyclic ? "cyclic"
                            : "node",
             x, y, width, BOX_HEIGHT);
  buf_printf(out, "<text x=\"%d\" y=\"%d\">", x + width / 2, y + 19);
  put_text(out, node->name);
  buf_printf(out, "</text><text class=\"release\" x=\"%d\" y=\"%d\">", x + width / 2, y + 35);
  put_text(out, node->missing ? STR("missing") : node->release);
  buf_put(out, STR("</text></g>\n"));
}

static void put_edge(const Layout *layout, const ViewEdge *edge, Buf *out) {
  uint32_t a = layout->layer[edge->from], b = layout->layer[edge->to];
  int x1 = layout->x[a] + layout->width[a], y1 = y_of(layout, edge->from) + BOX_HEIGHT / 2;
  int x2 = layout->x[b], y2 = y_of(layout, edge->to) + BOX_HEIGHT / 2;
  int bend = x2 > x1 ? (x2 - x1) / 2 : GAP / 2;
  buf_printf(out, "  <path class=\"%s\" d=\"M%d %dC%d %d %d %d %d %d\" marker-end=\"url(#arrow)\"/>\n",
             edge->cyclic     ? "cycle"
             : edge->optional ? "optional"
                              : "edge",
             x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 4, y2);
}

static uint32_t tallest(const Layout *layout) {
  uint32_t rows = 1;
  for (uint32_t l = 0; l < layout->layers; l++) {
    uint32_t n = layout->first[l + 1] - layout->first[l];
    if (n > rows) rows = n;
  }
  return rows;
}

void graph_svg(const View *view, Arena *arena, Buf *out) {
  uint32_t n = view->node_count;
  Layout layout = {.view = view,
                   .layer = arena_array(arena, uint32_t, n + 1),
                   .row = arena_array(arena, uint32_t, n + 1),
                   .order = arena_array(arena, uint32_t, n + 1),
                   .weight = arena_array(arena, double, n + 1)};
  place_in_layers(&layout, arena);
  index_layers(&layout, arena);
  order_rows(&layout, arena);
  place_columns(&layout, arena);
  int width = layout.layers ? layout.x[layout.layers] : 2 * MARGIN;
  int height = 2 * MARGIN + (int)tallest(&layout) * ROW - (ROW - BOX_HEIGHT);
  buf_printf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
             "role=\"img\">\n",
             width, height, width, height);
  buf_put(out, STR("  <!-- generated by fxc from the concepts and manifests of the project -->\n"
                   "  <title>Dependencies between integrations</title>\n"
                   "  <style>text{font:13px monospace;text-anchor:middle}.release{font-size:11px;fill:#666}"
                   "rect{fill:#fff;stroke:#333}path{fill:none;stroke:#333}.missing "
                   "rect{stroke:#c00;stroke-dasharray:4}"
                   ".cyclic rect,.cycle{stroke:#c00}.optional{stroke-dasharray:4}</style>\n"
                   "  <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"8\" "
                   "markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8Z\" "
                   "style=\"fill:#333\"/></marker></defs>\n"));
  for (uint32_t i = 0; i < view->edge_count; i++) put_edge(&layout, &view->edges[i], out);
  for (uint32_t i = 0; i < n; i++) put_node(&layout, i, out);
  buf_put(out, STR("</svg>\n"));
}
