/* In: the view. Out: layers, rows and columns. Linear but for the sorting of rows, a few rounds. */
#include "emit/graph_layout.h"

#include <stdlib.h>

enum { PADDING = 24, ROUNDS = 4, LONGEST = 60 };

// What does not count for the layers: it would hold both its ends back for ever, or is no need.
static bool is_back(const ViewEdge *edge) { return edge->marks & (VIEW_CYCLIC | VIEW_CONFLICT); }

/* Layers: longest paths in topological order; what a cycle holds back goes behind its users. */

static void place_in_layers(Layout *layout, Arena *arena) {
  const View *view = layout->view;
  uint32_t n = view->node_count, *degree = arena_array(arena, uint32_t, n + 1);
  uint32_t *queue = arena_array(arena, uint32_t, n + 1), head = 0, tail = 0;
  bool *queued = arena_array(arena, bool, n + 1);
  for (uint32_t i = 0; i < view->edge_count; i++) degree[view->edges[i].to] += !is_back(&view->edges[i]);
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
        if (is_back(&view->edges[node->first_edge + i]) || --degree[to]) continue;
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

/* Columns */

static int letters(Str s, int wide) { return (int)(s.len < LONGEST ? s.len : LONGEST) * wide; }

static int wider(int a, int b) { return a > b ? a : b; }

static int text_width(const ViewNode *node, Arena *arena) {
  int small = wider(letters(node->release, LAYOUT_SMALL),
                    letters(graph_mark_words(arena, node->marks), LAYOUT_SMALL));
  return wider(letters(node->name, LAYOUT_LETTER), small) + PADDING;
}

// The gap behind a layer holds what is written at the edges that leave it.
static int *gaps_of(const Layout *layout, Arena *arena) {
  int *gap = arena_array(arena, int, layout->layers + 1);
  for (uint32_t l = 0; l < layout->layers; l++) gap[l] = LAYOUT_GAP;
  for (uint32_t i = 0; i < layout->view->edge_count; i++) {
    uint32_t l = layout->layer[layout->view->edges[i].from];
    gap[l] = wider(gap[l], letters(layout->label[i], LAYOUT_SMALL) + PADDING);
  }
  return gap;
}

static void place_columns(Layout *layout, Arena *arena) {
  layout->x = arena_array(arena, int, layout->layers + 1);
  layout->width = arena_array(arena, int, layout->layers + 1);
  const int *gap = gaps_of(layout, arena);
  int x = LAYOUT_MARGIN;
  for (uint32_t l = 0; l < layout->layers; l++) {
    uint32_t rows = layout->first[l + 1] - layout->first[l];
    if (rows > layout->rows) layout->rows = rows;
    for (uint32_t i = layout->first[l]; i < layout->first[l + 1]; i++)
      layout->width[l] = wider(layout->width[l], text_width(&layout->view->nodes[layout->order[i]], arena));
    layout->x[l] = x;
    x += layout->width[l] + (l + 1 < layout->layers ? gap[l] : 0);
  }
  layout->x[layout->layers] = x + LAYOUT_MARGIN;
}

Layout graph_layout(const View *view, Arena *arena) {
  uint32_t n = view->node_count;
  Layout layout = {.view = view,
                   .layer = arena_array(arena, uint32_t, n + 1),
                   .row = arena_array(arena, uint32_t, n + 1),
                   .order = arena_array(arena, uint32_t, n + 1),
                   .weight = arena_array(arena, double, n + 1),
                   .label = arena_array(arena, Str, view->edge_count + 1)};
  for (uint32_t i = 0; i < view->edge_count; i++) layout.label[i] = graph_edge_label(arena, &view->edges[i]);
  bool third_line = false;
  for (uint32_t i = 0; i < n; i++) third_line |= view->nodes[i].marks != 0;
  layout.box_height = third_line ? 60 : 44;
  layout.pitch = layout.box_height + 28;
  place_in_layers(&layout, arena);
  index_layers(&layout, arena);
  order_rows(&layout, arena);
  place_columns(&layout, arena);
  return layout;
}
