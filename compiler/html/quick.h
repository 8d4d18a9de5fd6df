/* The short way for the tokens that nearly all are: text, a start tag that only opens an element, the end tag
 * of the current node.
 *
 * In: a token that is dispatched by the mode "in body" or "in cell". Out: what the rules of html/modes_body.c
 * and html/modes_body_end.c would do, or false with nothing done. Surprising: the loop asks for this only
 * where the current node is HTML's, no newline is dropped, and no rule is at work, so that nothing is
 * foster-parented. */
#ifndef FXC_HTML_QUICK_H
#define FXC_HTML_QUICK_H

#include "html/builder.h"
#include "html/lexer.h"

/// What must hold, or is done, for a start tag; 0: the elements that need formatting opened again are at
/// hand, and the element is opened.
enum {
  QUICK_NOT = 1 << 0,         // has rules of its own
  QUICK_BLOCK = 1 << 1,       // ends a <p>, and does not reconstruct
  QUICK_HEADING = 1 << 2,     // ends another heading
  QUICK_ITEM = 1 << 3,        // ends another item
  QUICK_VOID = 1 << 4,        // is closed at once
  QUICK_FORMATTING = 1 << 5,  // goes into the list of active formatting elements
  QUICK_ALONE = 1 << 6,       // ends another one in that list
  QUICK_CONTENT = 1 << 7,     // forbids a frameset
};

typedef struct QuickTag {
  uint8_t start;
  uint8_t end;  // QUICK_NOT, QUICK_FORMATTING, or 0 for what is just closed
} QuickTag;

extern const QuickTag html_quick_tags[HTML_TAG_COUNT];

/// Whether no formatting element is to be opened again.
static inline bool quick_is_settled(const HtmlBuilder *b) {
  if (!b->active.len) return true;
  HtmlNodeId node = vec_last(&b->active).node;
  return !node || b->tree->nodes.data[node].flags & HTML_NODE_OPEN;
}

/// Whether a node has room, and is not one too many.
static inline bool quick_has_room(const HtmlBuilder *b) {
  const HtmlTree *tree = b->tree;
  return tree->nodes.len < tree->nodes.space && tree->nodes.len < b->max_nodes;
}

/// Makes the node a last child. What it is must be in it already.
static inline void quick_append(HtmlTree *tree, HtmlNodeId parent, HtmlNodeId id, HtmlNode node) {
  HtmlNode *nodes = tree->nodes.data;
  HtmlNodeId last = nodes[parent].last_child;
  node.parent = parent;
  node.previous = last;
  nodes[id] = node;
  nodes[parent].last_child = id;
  *(last ? &nodes[last].next : &nodes[parent].first_child) = id;
}

static inline bool quick_text(HtmlBuilder *b, const HtmlToken *token) {
  HtmlTree *tree = b->tree;
  const HtmlOpen *current = html_current(b);
  HtmlNodeId last = tree->nodes.data[current->node].last_child;
  if (last && tree->nodes.data[last].kind == HTML_TEXT) return false;
  if (token->flags & HTML_HAS_NUL || current->tag == HTML_TAG_TEMPLATE || !quick_is_settled(b)) return false;
  if (!quick_has_room(b) || tree->texts.len >= tree->texts.space) return false;
  if (b->frameset_ok) {
    if (token->flags & HTML_HAS_REFERENCE) return false;
    b->frameset_ok = !(token->flags & HTML_HAS_NONSPACE);
  }
  uint32_t stretch = (uint32_t)tree->texts.len++;
  tree->texts.data[stretch] = (HtmlStretch){token->name_start, token->name_end, 0, stretch, token->flags};
  quick_append(tree, current->node, (HtmlNodeId)tree->nodes.len++,
               (HtmlNode){.kind = HTML_TEXT, .data = stretch});
  return true;
}

/// Whether the start tag has no other consequence than its element.
static inline bool quick_only_opens(const HtmlBuilder *b, uint8_t how) {
  const HtmlOpen *current = &b->open[b->top];
  if (how & QUICK_BLOCK) {
    if (b->last[HTML_TAG_P] > html_max(current->scope, b->last[HTML_TAG_BUTTON])) return false;
    if (how & QUICK_HEADING && current->traits & HTML_IS_HEADING) return false;
    return !(how & QUICK_ITEM && b->open[current->item].traits & HTML_IS_IMPLIED);
  }
  return how & QUICK_ALONE ? !b->active.len : quick_is_settled(b);
}

/// Few enough that no three of them can be equal, and room for one more.
static inline bool quick_can_list(const HtmlBuilder *b) {
  return b->active.len < 3 && b->active.len < b->active.space;
}

static inline void quick_list(HtmlBuilder *b, HtmlNodeId node, HtmlTag tag) {
  b->active.data[b->active.len++] = (HtmlActive){node, (uint16_t)tag, 0};
  b->tree->nodes.data[node].flags |= HTML_NODE_LISTED;
}

static inline bool quick_start_tag(HtmlBuilder *b, const HtmlToken *token) {
  HtmlTree *tree = b->tree;
  uint8_t how = html_quick_tags[token->tag].start;
  const HtmlOpen *current = html_current(b);
  if (how & QUICK_NOT || !quick_only_opens(b, how) || current->tag == HTML_TAG_TEMPLATE) return false;
  if (!quick_has_room(b) || tree->starts.len >= tree->starts.space) return false;
  if (how & QUICK_FORMATTING && !quick_can_list(b)) return false;
  HtmlNodeId id = (HtmlNodeId)tree->nodes.len++;
  uint32_t start = html_record_start(b, token);
  quick_append(tree, current->node, id,
               (HtmlNode){.kind = HTML_ELEMENT, .tag = (uint16_t)token->tag, .data = start});
  if (how & (QUICK_CONTENT | QUICK_ITEM)) b->frameset_ok = false;
  if (!(how & QUICK_VOID)) html_push_known(b, id, token->tag);
  if (how & QUICK_FORMATTING) quick_list(b, id, token->tag);
  return true;
}

/// Takes the current node, a formatting element, out of the list; false when another one is behind it.
static inline bool quick_unlist(HtmlBuilder *b) {
  HtmlNodeId node = html_current(b)->node;
  uint8_t *flags = &b->tree->nodes.data[node].flags;
  if (!(*flags & HTML_NODE_LISTED)) return true;
  if (vec_last(&b->active).node != node || vec_last(&b->active).hash) return false;
  *flags &= (uint8_t)~HTML_NODE_LISTED;
  b->active.len--;
  return true;
}

static inline bool quick_end_tag(HtmlBuilder *b, const HtmlToken *token) {
  uint8_t how = html_quick_tags[token->tag].end;
  if (how & QUICK_NOT || html_current(b)->tag != token->tag) return false;
  if (how & QUICK_FORMATTING && !quick_unlist(b)) return false;
  html_pop(b);
  return true;
}

static inline bool quick_token(HtmlBuilder *b, const HtmlToken *token, HtmlTokenKind kind) {
  if (b->mode != HTML_MODE_IN_BODY && b->mode != HTML_MODE_IN_CELL) return false;
  if (b->skip_newline) return false;
  if (kind == HTML_TOKEN_TEXT) return quick_text(b, token);
  if (kind == HTML_TOKEN_START_TAG) return quick_start_tag(b, token);
  return kind == HTML_TOKEN_END_TAG && quick_end_tag(b, token);
}

#endif
