/* Walking a tree in document order. In: a node and the root of the walk; out: the node behind it.
 * Surprising: no stack, since every node knows its parent. */
#include "html/builder.h"

HtmlNodeId html_skip_in(const HtmlTree *tree, HtmlNodeId root, HtmlNodeId node) {
  const HtmlNode *nodes = tree->nodes.data;
  for (; node != root; node = nodes[node].parent)
    if (nodes[node].next) return nodes[node].next;
  return HTML_NO_NODE;
}

HtmlNodeId html_next_in(const HtmlTree *tree, HtmlNodeId root, HtmlNodeId node) {
  HtmlNodeId child = tree->nodes.data[node].first_child;
  return child ? child : html_skip_in(tree, root, node);
}
