/* In: a page's tree. Out: the same as an xmlDoc, made of plain structures on the arena, since XPath only
 * reads it: nothing is freed node by node, no list is walked to append to it, and however many attributes or
 * levels a page has, the time is linear. No function of libxml2 that changes or frees trees may see it. */
#include "html/xml_tree.h"

#include "html/tree.h"

enum { NODE_COST = 32 };  // looking at a node, beside the bytes of its text

typedef struct XmlBuild {
  XmlTree *page;
  const HtmlTree *tree;
  Arena *arena;
  xmlNode **nodes;  // by HtmlNodeId: where its children go
} XmlBuild;

static xmlChar *text_of(Arena *arena, Str s) { return (xmlChar *)str_cstr(arena, s); }

static void append(xmlNode *parent, xmlNode *node) {
  node->parent = parent;
  node->prev = parent->last;
  if (parent->last)
    parent->last->next = node;
  else
    parent->children = node;
  parent->last = node;
}

static xmlNode *new_node(XmlBuild *build, xmlElementType type, const char *name) {
  xmlNode *node = arena_new(build->arena, xmlNode);
  node->type = type;
  node->name = (const xmlChar *)name;
  node->doc = &build->page->document;
  return node;
}

static xmlNs *namespace_of(XmlBuild *build, Str prefix) {
  if (str_eq(prefix, STR("xlink"))) return &build->page->xlink;
  return str_eq(prefix, STR("xml")) ? &build->page->xml : NULL;
}

static xmlAttr *new_attribute(XmlBuild *build, xmlNode *element, HtmlAttribute from) {
  xmlAttr *attr = arena_new(build->arena, xmlAttr);
  attr->type = XML_ATTRIBUTE_NODE;
  attr->name = text_of(build->arena, from.name);
  attr->ns = namespace_of(build, from.prefix);
  attr->parent = element;
  attr->doc = element->doc;
  xmlNode *value = new_node(build, XML_TEXT_NODE, "text");
  value->content = text_of(build->arena, from.value);
  value->parent = (xmlNode *)attr;
  attr->children = attr->last = value;
  return attr;
}

static void add_attributes(XmlBuild *build, xmlNode *element, HtmlNodeId id) {
  uint32_t count = html_element_attr_count(build->tree, id);
  xmlAttr *last = NULL;
  for (uint32_t i = 0; i < count; i++) {
    HtmlAttribute from = html_element_attr(build->tree, id, i, build->arena);
    if (str_eq(from.prefix, STR("xmlns"))) continue;  // XPath does not count declarations among attributes
    xmlAttr *attr = new_attribute(build, element, from);
    attr->prev = last;
    if (last)
      last->next = attr;
    else
      element->properties = attr;
    last = attr;
  }
}

static xmlNode *new_element(XmlBuild *build, HtmlNodeId id) {
  xmlNode *node =
      new_node(build, XML_ELEMENT_NODE, str_cstr(build->arena, html_element_name(build->tree, id)));
  add_attributes(build, node, id);
  return node;
}

static xmlNode *new_text(XmlBuild *build, HtmlNodeId id, xmlElementType type, const char *name) {
  Str text = html_text(build->tree, id, build->arena);
  xmlNode *node = new_node(build, type, name);
  node->content = text_of(build->arena, text);
  build->page->costs[id] += text.len;
  return node;
}

// NULL: nothing stands for it, and its children are its parent's.
static xmlNode *node_for(XmlBuild *build, HtmlNodeId id) {
  const HtmlNode *node = html_node(build->tree, id);
  switch ((HtmlNodeKind)node->kind) {
    case HTML_ELEMENT:
      if (node->tag == HTML_TAG_TEMPLATE && html_shadow_mode(build->tree, id).len) return NULL;
      return new_element(build, id);
    case HTML_TEXT:
      return new_text(build, id, XML_TEXT_NODE, "text");
    case HTML_COMMENT:
      return new_text(build, id, XML_COMMENT_NODE, "comment");
    case HTML_PI:
      return new_text(build, id, XML_PI_NODE,
                      str_cstr(build->arena, html_node_name(build->tree, id, build->arena)));
    case HTML_DOCUMENT:
    case HTML_DOCTYPE:
    case HTML_CONTENT:
      break;
  }
  return NULL;
}

static void add_node(XmlBuild *build, HtmlNodeId id) {
  xmlNode *parent = build->nodes[html_node(build->tree, id)->parent];
  build->page->costs[id] = NODE_COST;
  xmlNode *node = node_for(build, id);
  build->nodes[id] = node ? node : parent;
  if (!node) return;
  node->_private = (void *)(uintptr_t)id;
  append(parent, node);
}

// Children before parents: the order of the walk, backwards.
static void sum_costs(XmlBuild *build, const HtmlNodeId *order, size_t count) {
  uint64_t *costs = build->page->costs;
  for (size_t i = count; i-- > 1;) costs[html_node(build->tree, order[i])->parent] += costs[order[i]];
}

XmlTree *xml_tree(const HtmlTree *tree, Arena *arena) {
  size_t nodes = html_node_count(tree), count = 0;
  XmlTree *page = arena_new(arena, XmlTree);
  XmlBuild build = {.page = page, .tree = tree, .arena = arena};
  HtmlNodeId *order = arena_array(arena, HtmlNodeId, nodes);
  page->tree = tree;
  page->costs = arena_array(arena, uint64_t, nodes);
  page->document.type = XML_DOCUMENT_NODE;
  page->document.doc = &page->document;
  build.nodes = arena_array(arena, xmlNode *, nodes);
  build.nodes[HTML_DOCUMENT_NODE] = (xmlNode *)&page->document;
  page->xlink =
      (xmlNs){.type = XML_NAMESPACE_DECL, .href = XLINK_NAMESPACE, .prefix = (const xmlChar *)"xlink"};
  page->xml =
      (xmlNs){.type = XML_NAMESPACE_DECL, .href = XML_XML_NAMESPACE, .prefix = (const xmlChar *)"xml"};
  for (HtmlNodeId id = HTML_DOCUMENT_NODE; id; id = html_next_in(tree, HTML_DOCUMENT_NODE, id)) {
    order[count++] = id;
    if (id != HTML_DOCUMENT_NODE) add_node(&build, id);
  }
  sum_costs(&build, order, count);
  return page;
}

uint64_t xml_cost(const XmlTree *page, const xmlNode *node) {
  if (node->type == XML_ATTRIBUTE_NODE) node = ((const xmlAttr *)node)->children;
  if (node->type == XML_TEXT_NODE && !xml_node_id(node)) return strlen((const char *)node->content);
  if (node->type == XML_DOCUMENT_NODE) return page->costs[HTML_DOCUMENT_NODE];
  return page->costs[xml_node_id(node)];
}
