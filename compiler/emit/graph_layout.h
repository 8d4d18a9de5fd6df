/* Where the boxes of the graph stand: a layered layout of our own. */
#ifndef FXC_EMIT_GRAPH_LAYOUT_H
#define FXC_EMIT_GRAPH_LAYOUT_H

#include "emit/graph_view.h"

enum { LAYOUT_MARGIN = 20, LAYOUT_GAP = 90, LAYOUT_LETTER = 8, LAYOUT_SMALL = 7 };

typedef struct Layout {
  const View *view;
  uint32_t *layer, *row;  // by node
  uint32_t *order;        // nodes by layer, then row
  uint32_t *first;        // of layer l: order[first[l]] …
  uint32_t layers, rows;  // rows: of the highest layer
  double *weight;
  int *x, *width;         // by layer, in pixels; x[layers]: where the picture ends
  int box_height, pitch;  // pitch: from the top of a row to that of the next
  Str *label;             // by edge: what stands at it
} Layout;

/// A node's layer is the length of the longest chain of needs below its users, with edges of cycles left out;
/// within a layer nodes follow the average place of what they are connected to.
Layout graph_layout(const View *view, Arena *arena);

#endif
