/* The nodes of a tree as such: made, linked, unlinked. In: ids; out: the links of the node array.
 * Surprising: a node never goes away; what is unlinked for good stays in the array, unreachable. */
#include "html/builder.h"

void html_insert_before(HtmlTree *tree, HtmlNodeId parent, HtmlNodeId child, HtmlNodeId before) {
  if (!before) {
    html_append(tree, parent, child);
    return;
  }
  HtmlNode *nodes = tree->nodes.data;
  HtmlNodeId previous = nodes[before].previous;
  tree->shuffled = true;
  nodes[child].parent = parent;
  nodes[child].previous = previous;
  nodes[child].next = before;
  nodes[before].previous = child;
  if (previous)
    nodes[previous].next = child;
  else
    nodes[parent].first_child = child;
}

void html_detach(HtmlTree *tree, HtmlNodeId node) {
  HtmlNode *nodes = tree->nodes.data, *n = &nodes[node];
  if (!n->parent) return;
  tree->shuffled = true;
  if (n->previous)
    nodes[n->previous].next = n->next;
  else
    nodes[n->parent].first_child = n->next;
  if (n->next)
    nodes[n->next].previous = n->previous;
  else
    nodes[n->parent].last_child = n->previous;
  n->parent = n->previous = n->next = HTML_NO_NODE;
}

size_t html_move_children(HtmlTree *tree, HtmlNodeId from, HtmlNodeId to) {
  HtmlNode *nodes = tree->nodes.data;
  HtmlNodeId first = nodes[from].first_child, last = nodes[from].last_child;
  size_t count = 0;
  if (!first) return 0;
  tree->shuffled = true;
  for (HtmlNodeId child = first; child; child = nodes[child].next, count++) nodes[child].parent = to;
  nodes[first].previous = nodes[to].last_child;
  if (nodes[to].last_child)
    nodes[nodes[to].last_child].next = first;
  else
    nodes[to].first_child = first;
  nodes[to].last_child = last;
  nodes[from].first_child = nodes[from].last_child = HTML_NO_NODE;
  return count;
}

HtmlNodeId html_clone_element(HtmlTree *tree, Arena *arena, HtmlNodeId element) {
  HtmlNodeId id = html_new_node(tree, arena, HTML_ELEMENT);
  const HtmlNode *from = &tree->nodes.data[element];
  HtmlNode *to = &tree->nodes.data[id];
  to->tag = from->tag;
  to->space = from->space;
  to->data = from->data;
  to->flags = (uint8_t)((from->flags & HTML_NODE_IMPLIED) | HTML_NODE_CLONE);
  return id;
}
