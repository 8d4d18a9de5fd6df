/* The graph as a tree for a terminal. In: the view. Out: a line a node, words for what is wrong with it.
 *
 * What was drawn before is not drawn again, so that the text stays linear in the edges. */
#include "emit/graph_view.h"

enum { TREE_DEPTH = 48 };

typedef struct Tree {
  const View *view;
  Arena *arena;
  Buf *out;
  bool *shown, *open;  // by node: drawn already; on the way from the root
  bool last[TREE_DEPTH];
} Tree;

static void put_part(Buf *out, const char *open, Str text, const char *close) {
  if (text.len) buf_printf(out, " %s%.*s%s", open, STR_ARG(text), close);
}

// The tree itself shows what is circular, where it comes back.
static void put_node(Tree *tree, const ViewNode *node, const ViewEdge *edge, Str remark) {
  if (edge && edge->marks & VIEW_CONFLICT) buf_put(tree->out, STR("conflicts with "));
  buf_put(tree->out, node->name);
  put_part(tree->out, "", node->release, "");
  if (edge) {
    ViewEdge shown = *edge;
    shown.marks &= ~(uint32_t)(VIEW_CYCLIC | VIEW_CONFLICT);
    put_part(tree->out, "[", graph_edge_label(tree->arena, &shown), "]");
  }
  Str marks = graph_mark_words(tree->arena, node->marks & ~(uint32_t)VIEW_CYCLIC);
  bool both = marks.len && remark.len;
  put_part(tree->out, "(",
           str_printf(tree->arena, "%.*s%s%.*s", STR_ARG(marks), both ? ", " : "", STR_ARG(remark)), ")");
  buf_char(tree->out, '\n');
}

static void put_branch(Tree *tree, uint32_t depth) {
  for (uint32_t i = 1; i < depth; i++) buf_put(tree->out, tree->last[i] ? STR("   ") : STR("│  "));
  if (depth) buf_put(tree->out, tree->last[depth] ? STR("└─ ") : STR("├─ "));
}

static Str remark_on(const Tree *tree, uint32_t number, uint32_t depth) {
  bool inner = tree->view->nodes[number].edge_count > 0;
  if (tree->open[number]) return STR("circular");
  if (tree->shown[number] && inner) return STR("see above");
  return depth + 1 >= TREE_DEPTH && inner ? STR("and more") : STR("");
}

static void draw_tree(Tree *tree, uint32_t number, const ViewEdge *edge, uint32_t depth) {
  const ViewNode *node = &tree->view->nodes[number];
  bool conflict = edge && edge->marks & VIEW_CONFLICT;
  Str remark = conflict ? STR("") : remark_on(tree, number, depth);
  put_branch(tree, depth);
  put_node(tree, node, edge, remark);
  if (conflict || remark.len || depth + 1 >= TREE_DEPTH) return;
  tree->shown[number] = tree->open[number] = true;
  for (uint32_t i = 0; i < node->edge_count; i++) {
    const ViewEdge *next = &tree->view->edges[node->first_edge + i];
    tree->last[depth + 1] = i + 1 == node->edge_count;
    draw_tree(tree, next->to, next, depth + 1);
  }
  tree->open[number] = false;
}

void graph_tree(const View *view, Arena *arena, Buf *out) {
  Tree tree = {.view = view, .arena = arena, .out = out};
  tree.shown = arena_array(arena, bool, view->node_count + 1);
  tree.open = arena_array(arena, bool, view->node_count + 1);
  bool *wanted = arena_array(arena, bool, view->node_count + 1);
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *edge = &view->edges[i];
    if (edge->from != edge->to && !(edge->marks & VIEW_CONFLICT)) wanted[edge->to] = true;
  }
  for (uint32_t i = 0; i < view->node_count; i++)
    if (!wanted[i]) draw_tree(&tree, i, NULL, 0);
  for (uint32_t i = 0; i < view->node_count; i++)  // what lies only on cycles
    if (wanted[i] && view->nodes[i].marks & VIEW_CYCLIC && !tree.shown[i]) draw_tree(&tree, i, NULL, 0);
}
