/* A page as libxml2 sees it (compiler/html/xml_tree.c), for the XPath engine alone. */
#ifndef FXC_HTML_XML_TREE_H
#define FXC_HTML_XML_TREE_H

#include <libxml/tree.h>

#include "html/xpath.h"

#define XLINK_NAMESPACE ((const xmlChar *)"http://www.w3.org/1999/xlink")

struct XmlTree {
  xmlDoc document;
  xmlNs xlink, xml;
  const HtmlTree *tree;
  uint64_t *costs;  // by HtmlNodeId: what reading its string-value costs, in units of a byte
};

/// The node of the HTML tree that an element stands for.
static inline HtmlNodeId xml_node_id(const xmlNode *node) { return (HtmlNodeId)(uintptr_t)node->_private; }

/// What reading a node's string-value costs, in units of a byte.
uint64_t xml_cost(const XmlTree *page, const xmlNode *node);

#endif
