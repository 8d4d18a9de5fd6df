/* The short way for the tokens that nearly all are: text, a start tag that only opens an element, the end tag
 * of the current node.
 *
 * In: a place in the text. Out: a tree that has what the rules of html/modes_body.c and html/modes_body_end.c
 * would make of the tokens from there on, up to the first one that needs them. Surprising: what such tokens
 * cannot change is not looked at between them, but once, in quick_may_run(). */
#ifndef FXC_HTML_QUICK_H
#define FXC_HTML_QUICK_H

#include "html/builder.h"
#include "html/clean.h"

/// What must hold, or is done, for a start tag; 0: the element is opened.
enum {
  QUICK_NOT = 1 << 0,         // has rules of its own
  QUICK_BLOCK = 1 << 1,       // ends a <p>
  QUICK_HEADING = 1 << 2,     // ends another heading
  QUICK_ITEM = 1 << 3,        // ends another item
  QUICK_VOID = 1 << 4,        // is closed at once
  QUICK_FORMATTING = 1 << 5,  // goes into the list of active formatting elements
  QUICK_ALONE = 1 << 6,       // ends another one in that list
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

/// Whether the entry of the stack may be current for quick tokens: not the root of a fragment, for which its
/// context stands.
static inline bool quick_may_be_current(const HtmlBuilder *b, uint32_t index) {
  const HtmlOpen *entry = &b->open[index];
  return index > b->fragment && entry->space == HTML_NS_HTML && entry->tag != HTML_TAG_TEMPLATE;
}

/// In one of these modes, and only then, the rules are those "in body", but for the end of a cell.
static inline bool quick_in_body(const HtmlBuilder *b) {
  return b->mode == HTML_MODE_IN_BODY || b->mode == HTML_MODE_IN_CELL;
}

/// What must hold when quick tokens begin, and holds behind each of them.
static inline bool quick_may_run(const HtmlBuilder *b) {
  bool may = quick_in_body(b) || b->mode == HTML_MODE_IN_ROW || b->mode == HTML_MODE_IN_TABLE_BODY;
  return may && b->lexer->model == HTML_DATA && b->lexer->short_cuts && !b->frameset_ok && !b->skip_newline &&
         !b->seen && quick_may_be_current(b, b->top) && quick_is_settled(b);
}

static inline size_t quick_min(size_t a, size_t b) { return a < b ? a : b; }

/// For how many tokens there is room, without growing anything and within the bound on nodes.
static inline size_t quick_room(const HtmlBuilder *b) {
  const HtmlTree *tree = b->tree;
  size_t nodes = quick_min(tree->nodes.space, b->max_nodes);
  if (tree->nodes.len >= nodes) return 0;
  size_t records = quick_min(tree->starts.space - tree->starts.len, tree->texts.space - tree->texts.len);
  return quick_min(nodes - tree->nodes.len, records);
}

/// Makes a new node, which says what it is, the last child.
static inline HtmlNodeId quick_append(HtmlTree *tree, HtmlNodeId parent, HtmlNodeId last, HtmlNode node) {
  HtmlNode *nodes = tree->nodes.data;
  HtmlNodeId id = (HtmlNodeId)tree->nodes.len++;
  node.parent = parent;
  node.previous = last;
  nodes[id] = node;
  nodes[parent].last_child = id;
  *(last ? &nodes[last].next : &nodes[parent].first_child) = id;
  return id;
}

/// Whether text makes a node of its own: what is in front of it is no text.
static inline bool quick_may_add_text(const HtmlBuilder *b) {
  const HtmlNode *nodes = b->tree->nodes.data;
  HtmlNodeId last = nodes[b->open[b->top].node].last_child;
  return !last || nodes[last].kind != HTML_TEXT;
}

/// Text, where quick_may_add_text() is true. Answers what is behind it, NULL when it needs the rules.
CLEAN_INLINE const char *quick_text(HtmlBuilder *b, CleanToken text) {
  HtmlTree *tree = b->tree;
  HtmlNodeId parent = html_current(b)->node, last = tree->nodes.data[parent].last_child;
  if (text.flags & HTML_HAS_NUL) return NULL;
  if (!b->keeps_text) return text.end;
  uint32_t stretch = (uint32_t)tree->texts.len++;
  tree->texts.data[stretch] = (HtmlStretch){html_offset(b->lexer, text.start),
                                            html_offset(b->lexer, text.end), 0, stretch, text.flags};
  quick_append(tree, parent, last, (HtmlNode){.kind = HTML_TEXT, .data = stretch});
  return text.end;
}

/// Whether the start tag has no other consequence than its element.
static inline bool quick_only_opens(const HtmlBuilder *b, uint8_t how) {
  const HtmlOpen *current = &b->open[b->top];
  if (how & QUICK_NOT) return false;
  if (how & QUICK_BLOCK && b->last[HTML_TAG_P] > html_max(current->scope, b->last[HTML_TAG_BUTTON]))
    return false;
  if (how & QUICK_HEADING && current->traits & HTML_IS_HEADING) return false;
  if (how & QUICK_ITEM && b->open[current->item].traits & HTML_IS_IMPLIED) return false;
  // Of less than three no three can be equal.
  if (how & QUICK_FORMATTING && (b->active.len >= 3 || b->active.len >= b->active.space)) return false;
  return !(how & QUICK_ALONE && b->active.len);
}

static inline void quick_list(HtmlBuilder *b, HtmlNodeId node, HtmlTag tag) {
  b->active.data[b->active.len++] = (HtmlActive){node, (uint16_t)tag, 0};
  b->tree->nodes.data[node].flags |= HTML_NODE_LISTED;
}

/// The element of a start tag, which is not opened yet.
CLEAN_INLINE HtmlNodeId quick_insert(HtmlBuilder *b, CleanToken token) {
  HtmlNodeId parent = html_current(b)->node, last = b->tree->nodes.data[parent].last_child;
  const HtmlLexer *lexer = b->lexer;
  HtmlStart start = {html_offset(lexer, token.start),    html_offset(lexer, token.end),
                     html_offset(lexer, token.name_end), 0,
                     (uint32_t)lexer->attrs.len,         token.flags};
  uint32_t record = html_record_start(b, start, lexer->attrs.data);
  HtmlNode node = {.kind = HTML_ELEMENT, .tag = (uint16_t)token.tag, .data = record};
  return quick_append(b->tree, parent, last, node);
}

/// A start tag. Answers what is behind it, NULL when it needs the rules.
CLEAN_INLINE const char *quick_start_tag(HtmlBuilder *b, CleanToken token) {
  uint8_t how = html_quick_tags[token.tag].start;
  if (how && !quick_only_opens(b, how)) return NULL;
  HtmlNodeId id = quick_insert(b, token);
  if (!(how & QUICK_VOID)) html_push_known(b, id, token.tag);
  if (how & QUICK_FORMATTING) quick_list(b, id, token.tag);
  return token.end;
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

/// At "</": the end tag of the current node, written in lower case; no other name needs to be known then.
/// Answers what is behind it, NULL for all else.
CLEAN_INLINE const char *quick_close(HtmlBuilder *b, const char *p) {
  const char *name = p + 2, *end = html_name_end(name, false);
  size_t len = (size_t)(end - name);
  HtmlTag tag = (HtmlTag)html_current(b)->tag;
  if (*end != '>' || len > NAME_LIMIT || !name_is(name_key(name, len), html_tag_names.keys[tag])) return NULL;
  uint8_t how = html_quick_tags[tag].end;
  if (how & QUICK_NOT || !quick_may_be_current(b, b->top - 1)) return NULL;
  if (how & QUICK_FORMATTING && !quick_unlist(b)) return NULL;
  html_pop(b);
  return end + 1;
}

// quick_table.c
/// Takes what is between two cells, or rows, from `p` on, and the start of the next cell. Answers where it
/// ends; when the next cell is not reached then, the next token needs the rules.
const char *quick_between_cells(HtmlBuilder *b, const char *p);
/// At "</": the end of the cell that is the current node, and what is between it and the next one, as far as
/// that goes without the rules. NULL, and nothing is done, for all else.
const char *quick_end_cell(HtmlBuilder *b, const char *p);

#endif
