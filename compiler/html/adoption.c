/* The adoption agency algorithm (WHATWG HTML, 13.2.6.4.7), which untangles misnested formatting tags.
 * In: the end tag of a formatting element; out: the tree rearranged, with clones. Surprising: input of
 * n bytes can ask for some n * n / 8 clones, hence the bound on nodes in html/tree.h. */
#include "html/builder.h"

/// One turn of the outer loop: the formatting element, and what the inner loop moves.
typedef struct Adoption {
  HtmlNodeId element;    // the formatting element
  uint32_t at;           // its entry in the stack
  uint32_t furthest_at;  // the furthest block's
  HtmlNodeId furthest;
  HtmlNodeId last;  // the node that the next clone takes over
  size_t bookmark;  // index in the list of active formatting elements
} Adoption;

static HtmlNode *node_of(HtmlBuilder *b, HtmlNodeId id) { return &b->tree->nodes.data[id]; }

static HtmlNodeId clone(HtmlBuilder *b, HtmlNodeId element) {
  HtmlNodeId id = html_clone_element(b->tree, b->arena, element);
  node_of(b, id)->flags |= HTML_NODE_MOVED;
  return id;
}

static void move(HtmlBuilder *b, HtmlNodeId node, HtmlPlace place) {
  html_detach(b->tree, node);
  node_of(b, node)->flags |= HTML_NODE_MOVED;
  html_insert_before(b->tree, place.parent, node, place.before);
}

/// The lowest special element above the formatting element; 0 when there is none.
static uint32_t find_furthest_block(HtmlBuilder *b, uint32_t from) {
  if (html_current(b)->special <= from) return 0;
  uint32_t i = from + 1;
  while (!(b->open[i].traits & HTML_IS_SPECIAL)) i++;
  html_work(b, i - from);
  return i;
}

static void drop_from_list(HtmlBuilder *b, Adoption *a, size_t index) {
  html_active_remove(b, index);
  if (index < a->bookmark) a->bookmark--;
}

/// Puts a clone of the stack's entry `i` in its place and hangs `last` under it.
static void take_over(HtmlBuilder *b, Adoption *a, uint32_t i, size_t index) {
  HtmlNodeId old = b->open[i].node, new = clone(b, old);
  node_of(b, old)->flags &= (uint8_t) ~(HTML_NODE_OPEN | HTML_NODE_LISTED);
  node_of(b, new)->flags |= HTML_NODE_OPEN | HTML_NODE_LISTED;
  b->open[i].node = b->active.data[index].node = new;
  if (a->last == a->furthest) a->bookmark = index + 1;
  move(b, a->last, (HtmlPlace){new, HTML_NO_NODE, false});
  a->last = new;
}

/// The inner loop: from the furthest block down to the formatting element.
static void walk_down(HtmlBuilder *b, Adoption *a) {
  unsigned counter = 0;
  for (uint32_t i = a->furthest_at - 1; i > a->at; i--) {
    ptrdiff_t index = html_active_find(b, b->open[i].node);
    if (++counter > 3 && index >= 0) {
      drop_from_list(b, a, (size_t)index);
      index = -1;
    }
    if (index < 0) {
      html_stack_remove(b, i);
      a->furthest_at--;
    } else {
      take_over(b, a, i, (size_t)index);
    }
  }
}

/// The end of a turn: a clone of the formatting element becomes the furthest block's only child.
static void adopt(HtmlBuilder *b, Adoption *a) {
  HtmlNodeId new = clone(b, a->element);
  html_work(b, html_move_children(b->tree, a->furthest, new));
  html_append(b->tree, a->furthest, new);
  size_t index = (size_t)html_active_find(b, a->element);
  HtmlActive entry = b->active.data[index];
  entry.node = new;
  drop_from_list(b, a, index);
  html_active_insert(b, a->bookmark, entry);
  html_stack_remove(b, a->at);
  html_stack_insert(b, a->furthest_at, new);
}

/// One turn of the outer loop. False when the algorithm is done.
static bool turn(HtmlBuilder *b, const HtmlToken *token, ptrdiff_t index) {
  Adoption a = {.element = b->active.data[index].node, .bookmark = (size_t)index};
  if (!(node_of(b, a.element)->flags & HTML_NODE_OPEN)) {
    html_error(b, token, "misnested-end-tag");
    html_active_remove(b, (size_t)index);
    return false;
  }
  a.at = html_stack_find(b, a.element);
  if (a.at < html_current(b)->scope) {
    html_error(b, token, "end-tag-without-element-in-scope");
    return false;
  }
  if (a.at != b->top) html_error(b, token, "misnested-end-tag");
  a.furthest_at = find_furthest_block(b, a.at);
  if (!a.furthest_at) {
    html_pop_to(b, a.at);
    html_active_remove(b, (size_t)index);
    return false;
  }
  b->tree->odd = true;
  a.furthest = a.last = b->open[a.furthest_at].node;
  walk_down(b, &a);
  HtmlPlace place;
  html_detach(b->tree, a.last);
  place = html_place_in(b, a.at - 1);
  move(b, a.last, place);
  adopt(b, &a);
  return b->tree->nodes.len <= b->max_nodes;
}

bool html_adoption_agency(HtmlBuilder *b, const HtmlToken *token) {
  const HtmlOpen *current = html_current(b);
  if (current->tag == token->tag && !(node_of(b, current->node)->flags & HTML_NODE_LISTED)) {
    html_pop(b);
    return true;
  }
  for (int i = 0; i < 8; i++) {
    ptrdiff_t index = html_active_by_tag(b, token->tag);
    if (index < 0) return i > 0;
    if (!turn(b, token, index)) return true;
  }
  return true;
}
