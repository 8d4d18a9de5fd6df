/* Suppressions in pages. In: the comments of a tree, so that what looks like one in a script is none. Out:
 * the stretch of the file from the next start tag to whatever follows its element. Surprising: the next
 * element is that of the text, not of the tree, where a comment may end up in another parent; and the tree
 * does not know end tags, but what comes behind an element does. */
#include <stdlib.h>

#include "workspace/ignore.h"

enum { MOST_STEPS = 1000 };

typedef struct Start {
  uint32_t at;
  HtmlNodeId node;
} Start;

typedef struct PageIgnores {
  const HtmlTree *tree;
  const HtmlInput *input;
  SourceId source;
  VEC(Start) starts;  // of elements, in the order of the text
} PageIgnores;

// Where a node begins in the text; false when it was implied.
static bool node_start(const HtmlTree *tree, HtmlNodeId node, uint32_t *start) {
  uint32_t end;
  switch ((HtmlNodeKind)html_node(tree, node)->kind) {
    case HTML_ELEMENT:
      return html_element_start_tag(tree, node, start, &end);
    case HTML_TEXT:
    case HTML_COMMENT:
    case HTML_PI:
    case HTML_DOCTYPE:
      html_node_span(tree, node, start, &end);
      return true;
    default:
      return false;
  }
}

static int compare(const void *a, const void *b) {
  const Start *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return (x->node > y->node) - (x->node < y->node);
}

static void find_starts(Arena *arena, PageIgnores *page) {
  for (HtmlNodeId at = HTML_DOCUMENT_NODE; at; at = html_next_in(page->tree, HTML_DOCUMENT_NODE, at)) {
    const HtmlNode *node = html_node(page->tree, at);
    uint32_t start;
    if (node->kind == HTML_ELEMENT && !(node->flags & HTML_NODE_CLONE) && node_start(page->tree, at, &start))
      vec_push(arena, &page->starts, (Start){start, at});
  }
  if (page->starts.len) qsort(page->starts.data, page->starts.len, sizeof *page->starts.data, compare);
}

static const Start *first_from(const PageIgnores *page, uint32_t place) {
  size_t low = 0, high = page->starts.len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (page->starts.data[middle].at < place)
      low = middle + 1;
    else
      high = middle;
  }
  return low < page->starts.len ? &page->starts.data[low] : NULL;
}

static Span scope_from(const PageIgnores *page, uint32_t place) {
  const Start *element = first_from(page, place);
  uint32_t end = (uint32_t)page->input->text.len, behind;
  int steps = 0;
  if (!element) return SPAN_NONE;
  // What was moved stands elsewhere in the text; it is passed over, but not for ever.
  for (HtmlNodeId at = html_skip_in(page->tree, HTML_DOCUMENT_NODE, element->node); at;
       at = html_next_in(page->tree, HTML_DOCUMENT_NODE, at)) {
    if (++steps < MOST_STEPS && (!node_start(page->tree, at, &behind) || behind <= element->at)) continue;
    if (steps == MOST_STEPS) behind = element->at;
    end = behind;
    break;
  }
  return (Span){page->source, html_file_offset(page->input, element->at), html_file_offset(page->input, end)};
}

void ignore_read_page(Arena *arena, SourceId source, const HtmlTree *tree, const HtmlInput *input,
                      DiagBag *bag, Ignores *ignores) {
  Arena scratch = {0};
  PageIgnores page = {.tree = tree, .input = input, .source = source};
  find_starts(&scratch, &page);
  for (HtmlNodeId at = HTML_DOCUMENT_NODE; at; at = html_next_in(tree, HTML_DOCUMENT_NODE, at)) {
    if (html_node(tree, at)->kind != HTML_COMMENT) continue;
    IgnoreComment comment = {.text = input->text, .source = source, .input = input, .ours = true};
    html_node_span(tree, at, &comment.start, &comment.end);
    Str whole = str_take(str_skip(input->text, comment.start), comment.end - comment.start);
    if (!str_starts(whole, STR("<!--")) || !ignore_any(whole)) continue;
    comment.inner = comment.start + 4;
    comment.inner_end = comment.end - (str_ends(whole, STR("-->")) ? 3 : 0);
    comment.scope = scope_from(&page, comment.end);
    ignore_take(arena, &comment, bag, ignores);
  }
  arena_free(&scratch);
}
