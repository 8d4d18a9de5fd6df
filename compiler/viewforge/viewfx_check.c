/* In: a page that was made from a view. Out: FX1402 for every element that a browser would put elsewhere, or
 * nowhere: HTML closes <p> before a <div>, and drops a <tr> that is in no table, whatever the view says.
 * Elements that HTML implies (<tbody>) may stand between. */
#include "html/tree.h"
#include "viewforge/viewfx.h"

// The element of the view whose tag starts at a place of the text, as its index + 1; 0: none.
static uint32_t element_at(const Viewfx *view, uint32_t text) {
  size_t low = 0, high = view->elements.len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (view->elements.data[middle].text < text)
      low = middle + 1;
    else
      high = middle;
  }
  return low < view->elements.len && view->elements.data[low].text == text ? (uint32_t)low + 1 : 0;
}

static uint32_t element_of(const Viewfx *view, const HtmlTree *tree, HtmlNodeId node) {
  uint32_t start, end;
  const HtmlNode *info = html_node(tree, node);
  if (info->kind != HTML_ELEMENT || !html_element_start_tag(tree, node, &start, &end)) return 0;
  return element_at(view, start);
}

static Str name_of(const Viewfx *view, uint32_t element) {
  return viewfx_name(view, view->elements.data[element - 1].id).text;
}

static void report(Viewfx *view, uint32_t element) {
  uint32_t around = view->elements.data[element - 1].parent;
  Span span = fx_name_span(view->tree, view->elements.data[element - 1].id);
  Diag *diag = viewfx_error(view, span, "HTML does not keep <%.*s> %s%.*s%s", STR_ARG(name_of(view, element)),
                            around ? "inside <" : "here", STR_ARG(around ? name_of(view, around) : STR("")),
                            around ? ">" : "");
  if (around)
    diag_note(diag, fx_name_span(view->tree, view->elements.data[around - 1].id),
              "a browser ends this element before, or moves the other one out of it");
  diag_help(diag, "nest the elements as HTML allows");
}

// An element of the view that lies around a node; 0: none.
static uint32_t around(const Viewfx *view, const HtmlTree *tree, HtmlNodeId node) {
  for (node = html_node(tree, node)->parent; node; node = html_node(tree, node)->parent) {
    uint32_t element = element_of(view, tree, node);
    if (element) return element;
  }
  return 0;
}

void viewfx_check_tree(Viewfx *view, const ViewPage *page) {
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(view->arena, page->text, &options);
  bool *found = arena_array(view->arena, bool, view->elements.len + 1);
  for (HtmlNodeId at = HTML_DOCUMENT_NODE; at < (HtmlNodeId)html_node_count(tree); at++) {
    uint32_t element = element_of(view, tree, at);
    if (!element || found[element] || (html_node(tree, at)->flags & HTML_NODE_CLONE)) continue;
    found[element] = true;
    if (around(view, tree, at) != view->elements.data[element - 1].parent) report(view, element);
  }
  for (uint32_t i = 1; i <= view->elements.len; i++) {
    uint32_t parent = view->elements.data[i - 1].parent;
    if (!found[i] && (!parent || found[parent])) report(view, i);
  }
}
