/* The inside of tree construction: what html/tree.h hides, shared by the files that build a tree.
 *
 * In: tokens. Out: nodes in an HtmlTree. Look-ups in the stack of open elements cost no walk: every
 * entry remembers the next lower entry of the same name and the nearest lower end of a scope, so
 * "has an element in scope" compares two indices.
 *
 * Surprising: rules never call each other to "reprocess" a token; they return HTML_AGAIN and the
 * one loop in build.c dispatches again, so that no input can make the parser recurse. */
#ifndef FXC_HTML_BUILDER_H
#define FXC_HTML_BUILDER_H

#include "base/map.h"
#include "html/lexer.h"
#include "html/tree.h"

/// What the table grammar/html_tag_rules.def says of a tag.
enum {
  HTML_IS_SPECIAL = 1 << 0,
  HTML_IS_FORMATTING = 1 << 1,
  HTML_IS_SCOPE = 1 << 2,
  HTML_IS_IMPLIED = 1 << 3,
  HTML_IS_THOROUGH = 1 << 4,
  HTML_IS_FOSTER = 1 << 5,
  HTML_IS_BREAKOUT = 1 << 6,
  HTML_IS_HEADING = 1 << 7,
  HTML_IS_MATH = 1 << 8,
  HTML_IS_GRAPHICS = 1 << 9,
  HTML_IS_VOID = 1 << 10,
  HTML_IS_RAW = 1 << 11,
  HTML_IS_LIGHT = 1 << 12,
  HTML_IS_TRACKED = 1 << 13,
};
extern const uint16_t html_tag_traits[HTML_TAG_COUNT];

/// Beside the flags of a token's text: U+0000 is kept, as U+FFFD.
enum { HTML_KEEP_NUL = 1 << 7 };

/// A comment, processing instruction or document type.
typedef struct HtmlMark {
  uint32_t start, end;
  uint32_t name_start, name_end, public_start, public_end, system_start, system_end;
  uint8_t flags;
  bool has_public, has_system;
} HtmlMark;

struct HtmlTree {
  VEC(HtmlNode) nodes;  // as HtmlTables has it
  VEC(HtmlStart) starts;
  VEC(HtmlAttr) attrs;
  VEC(HtmlStretch) texts;
  Str text;
  Arena *arena;
  VEC(HtmlMark) marks;
  HtmlQuirks quirks;
  Str context;  // of a fragment, as given
  bool fragment;
  bool scripting;
  bool minding;   // a script, pre, listing or textarea, or a comment was met: not all text can stand there
  bool shadow;    // a template says that it is a shadow root
  bool shuffled;  // an element was put elsewhere than at the end of the tree, or taken out
  bool odd;       // something was met that writing the tree may not bring back
  bool limit_hit;
  uint32_t limit_at;
};

_Static_assert(offsetof(struct HtmlTree, nodes) == offsetof(HtmlTables, nodes) &&
                   offsetof(struct HtmlTree, starts) == offsetof(HtmlTables, starts) &&
                   offsetof(struct HtmlTree, attrs) == offsetof(HtmlTables, attrs) &&
                   offsetof(struct HtmlTree, texts) == offsetof(HtmlTables, texts) &&
                   offsetof(struct HtmlTree, text) == offsetof(HtmlTables, text),
               "a tree does not begin with its tables");

/// An entry of the stack of open elements. Entry 0 is a sentinel below the first element.
typedef struct HtmlOpen {
  HtmlNodeId node;
  uint32_t previous;  // the next lower entry with the same key
  uint32_t scope;     // the nearest entry, this or lower, that ends the default scope
  uint32_t special;   // the nearest special entry, this or lower
  uint32_t item;      // the same, passing over address, div and p
  uint16_t tag;       // of HTML elements; HTML_TAG_OTHER for others, and for foreign elements
  uint16_t key;
  uint16_t traits;
  uint8_t space;
  uint8_t points;    // of foreign elements, see below
  uint32_t padding;  // to 32 bytes, which are found faster than 28
} HtmlOpen;

/// The integration points of the standard, and annotation-xml, where <svg> is no MathML.
enum { HTML_MATH_TEXT_POINT = 1, HTML_HTML_POINT = 2, HTML_ANNOTATION = 4 };

/// Keys of the stack: a known tag has its own, other names share 64, foreign elements share one.
enum { HTML_KEY_OTHER = HTML_TAG_COUNT, HTML_KEY_FOREIGN = HTML_TAG_COUNT + 64, HTML_KEY_COUNT };

/// An entry of the list of active formatting elements; node HTML_NO_NODE is a marker.
typedef struct HtmlActive {
  HtmlNodeId node;
  uint16_t tag;
  uint64_t hash;  // of the name and the attributes; 0: not computed yet
} HtmlActive;

typedef enum HtmlMode {
  HTML_MODE_INITIAL,
  HTML_MODE_BEFORE_HTML,
  HTML_MODE_BEFORE_HEAD,
  HTML_MODE_IN_HEAD,
  HTML_MODE_IN_HEAD_NOSCRIPT,
  HTML_MODE_AFTER_HEAD,
  HTML_MODE_IN_BODY,
  HTML_MODE_TEXT,
  HTML_MODE_IN_TABLE,
  HTML_MODE_IN_TABLE_TEXT,
  HTML_MODE_IN_CAPTION,
  HTML_MODE_IN_COLUMN_GROUP,
  HTML_MODE_IN_TABLE_BODY,
  HTML_MODE_IN_ROW,
  HTML_MODE_IN_CELL,
  HTML_MODE_IN_TEMPLATE,
  HTML_MODE_AFTER_BODY,
  HTML_MODE_IN_FRAMESET,
  HTML_MODE_AFTER_FRAMESET,
  HTML_MODE_AFTER_AFTER_BODY,
  HTML_MODE_AFTER_AFTER_FRAMESET,
  HTML_MODE_COUNT,
} HtmlMode;

/// Attributes that later tags lend to the first <html> or <body>.
typedef struct HtmlLent {
  HtmlNodeId to;
  StrMap names;
  VEC(HtmlAttr) attrs;
} HtmlLent;

typedef struct HtmlBuilder {
  HtmlTree *tree;
  Arena *arena;
  HtmlLexer *lexer;
  HtmlErrors *errors;
  void (*seen)(void *context, const HtmlToken *token);  // of HtmlOptions
  void *seen_context;
  const char *text;
  HtmlMode mode, original_mode;
  bool scripting, fragment;
  bool frameset_ok;
  bool foster;  // foster parenting is enabled
  bool skip_newline;
  bool plaintext;  // the tokenizer stays in PLAINTEXT
  bool cdata;      // what the tokenizer was told last
  bool keeps_text;
  bool stopped;
  uint32_t top;  // index of the current node in `open`
  HtmlOpen *open;
  uint32_t open_space;
  uint32_t last[HTML_KEY_COUNT];  // the highest entry of each key, 0 for none
  HtmlOpen context;               // of a fragment
  VEC(HtmlActive) active;
  uint32_t *ark;  // how many entries of `active` share a hash, modulo ark_size
  size_t ark_size;
  VEC(uint8_t) template_modes;
  VEC(HtmlStretch) table_text;
  bool table_text_odd;  // something else than white space is in it
  HtmlNodeId head, form;
  HtmlNodeId body;          // the first one
  VEC(HtmlNodeId) mirrors;  // selectedcontent elements
  HtmlLent lent[2];
  size_t max_nodes;
  size_t settled_from;
  uint64_t work, max_work;
} HtmlBuilder;

/// What a rule answers: the token is used up, or is to be dispatched again.
enum { HTML_DONE = false, HTML_AGAIN = true };
typedef bool HtmlRule(HtmlBuilder *b, HtmlToken *token);

// loop.def, once for each kind of processor: tokens until the text or the parsing ends
void html_run(HtmlBuilder *b);
void html_run_wide(HtmlBuilder *b);

// build.c
/// One token by the standard's rules; `foreign` says whether the adjusted current node is.
void html_step(HtmlBuilder *b, HtmlToken *token, bool foreign);
HtmlRule *html_mode_rule(HtmlMode mode);
void html_reset_mode(HtmlBuilder *b);
/// A parse error of tree construction, named in the manner of the tokenizer's.
void html_error(HtmlBuilder *b, const HtmlToken *token, const char *code);
/// Stops parsing at this token, because a bound is reached.
void html_stop(HtmlBuilder *b, uint32_t at);
/// Counts steps of the few walks whose length input can choose; past the bound, parsing stops.
static inline void html_work(HtmlBuilder *b, uint64_t steps) { b->work += steps; }

// nodes.c: the tree as such
static inline HtmlNodeId html_new_node(HtmlTree *tree, Arena *arena, HtmlNodeKind kind) {
  HtmlNodeId id = (HtmlNodeId)tree->nodes.len;
  vec_push(arena, &tree->nodes, (HtmlNode){.kind = (uint8_t)kind});
  return id;
}

static inline void html_append(HtmlTree *tree, HtmlNodeId parent, HtmlNodeId child) {
  HtmlNode *nodes = tree->nodes.data;
  HtmlNodeId last = nodes[parent].last_child;
  nodes[child].parent = parent;
  nodes[child].previous = last;
  nodes[parent].last_child = child;
  if (last)
    nodes[last].next = child;
  else
    nodes[parent].first_child = child;
}

/// Puts a detached node before another child (HTML_NO_NODE: last), and takes a node out of its parent.
void html_insert_before(HtmlTree *tree, HtmlNodeId parent, HtmlNodeId child, HtmlNodeId before);
void html_detach(HtmlTree *tree, HtmlNodeId node);
/// Appends all children of `from` to `to`. Returns how many.
size_t html_move_children(HtmlTree *tree, HtmlNodeId from, HtmlNodeId to);
/// The same element again, detached, without children.
HtmlNodeId html_clone_element(HtmlTree *tree, Arena *arena, HtmlNodeId element);

/// The tokenizer writes attributes where the tree will want them: behind its last one.
void html_lend_attr_room(HtmlBuilder *b);
/// Keeps attributes that found no room there.
void html_copy_attrs(HtmlBuilder *b, const HtmlAttr *attrs, uint32_t count);

static inline HtmlStart html_start_of(const HtmlToken *token) {
  return (HtmlStart){token->start, token->end, token->name_end, 0, token->attr_count, token->flags};
}

/// Keeps what is to be known of a start tag, with its attributes. There must be room for its record.
static inline uint32_t html_record_start(HtmlBuilder *b, HtmlStart start, const HtmlAttr *attrs) {
  HtmlTree *tree = b->tree;
  start.attrs = (uint32_t)tree->attrs.len;
  if (start.attr_count && attrs == tree->attrs.data + tree->attrs.len) {
    tree->attrs.len += start.attr_count;
    html_lend_attr_room(b);
  } else if (start.attr_count) {
    html_copy_attrs(b, attrs, start.attr_count);
  }
  tree->starts.data[tree->starts.len] = start;
  return (uint32_t)tree->starts.len++;
}

// insert.c: nodes from tokens, at the standard's appropriate place
typedef struct HtmlPlace {
  HtmlNodeId parent, before;
  bool fostered;
} HtmlPlace;
HtmlPlace html_place_in(HtmlBuilder *b, uint32_t target);
void html_insert_at(HtmlBuilder *b, HtmlPlace place, HtmlNodeId node);
HtmlNodeId html_insert_element(HtmlBuilder *b, const HtmlToken *token);
HtmlNodeId html_insert_foreign(HtmlBuilder *b, const HtmlToken *token, HtmlNamespace space);
HtmlNodeId html_insert_implied(HtmlBuilder *b, HtmlTag tag);
/// Inserts and pops at once.
void html_insert_void(HtmlBuilder *b, const HtmlToken *token);
void html_insert_text(HtmlBuilder *b, uint32_t start, uint32_t end, uint8_t flags);
void html_insert_mark(HtmlBuilder *b, const HtmlToken *token);
void html_append_mark(HtmlBuilder *b, const HtmlToken *token, HtmlNodeId parent);
void html_lend_attrs(HtmlBuilder *b, const HtmlToken *token, HtmlNodeId element);
void html_settle_lent(HtmlBuilder *b);
/// The value of an attribute of the token, decoded; false when it is missing.
bool html_token_attr(HtmlBuilder *b, const HtmlToken *token, const char *name, Str *value);

// text.c: questions about the text of a token
uint32_t html_leading_space(HtmlBuilder *b, const HtmlToken *token);
bool html_has_nonspace(HtmlBuilder *b, const HtmlToken *token);
bool html_only_nul(HtmlBuilder *b, const HtmlToken *token);
uint32_t html_leading_newline(HtmlBuilder *b, const HtmlToken *token);
/// Inserts the leading white space (or drops it); true when something of the token is left.
bool html_take_space(HtmlBuilder *b, HtmlToken *token, bool insert);
/// Inserts all white space of the token and drops the rest; true when there was something to drop.
bool html_keep_space(HtmlBuilder *b, HtmlToken *token);

// stack.c
void html_push(HtmlBuilder *b, HtmlNodeId node);
void html_grow_stack(HtmlBuilder *b);
void html_pop_to(HtmlBuilder *b, uint32_t index);  // the entry there goes, too
void html_stack_remove(HtmlBuilder *b, uint32_t index);
void html_stack_insert(HtmlBuilder *b, uint32_t index, HtmlNodeId node);
uint32_t html_stack_find(HtmlBuilder *b, HtmlNodeId node);
void html_pop_tag(HtmlBuilder *b, HtmlTag tag);  // up to and with the highest one
void html_implied_end_tags(HtmlBuilder *b, HtmlTag except);
void html_thorough_end_tags(HtmlBuilder *b);
void html_clear_to(HtmlBuilder *b, const HtmlTag *tags, size_t count);
#define HTML_CLEAR_TO(b, ...) \
  html_clear_to((b), (const HtmlTag[]){__VA_ARGS__}, sizeof((HtmlTag[]){__VA_ARGS__}) / sizeof(HtmlTag))
uint16_t html_name_key(HtmlTag tag, const char *name, size_t len);

/// Completes the entry at `index`, whose own facts are there, as the new top.
static inline void html_link_entry(HtmlBuilder *b, uint32_t index) {
  HtmlOpen *entry = &b->open[index];
  uint16_t traits = entry->traits;
  entry->previous = b->last[entry->key];
  entry->scope = traits & HTML_IS_SCOPE ? index : entry[-1].scope;
  entry->special = traits & HTML_IS_SPECIAL ? index : entry[-1].special;
  entry->item = (traits & (HTML_IS_SPECIAL | HTML_IS_LIGHT)) == HTML_IS_SPECIAL ? index : entry[-1].item;
  b->last[entry->key] = index;
  b->top = index;
}

/// html_push() for an HTML element with a known tag.
static inline void html_push_known(HtmlBuilder *b, HtmlNodeId node, HtmlTag tag) {
  if (b->top + 2 >= b->open_space) html_grow_stack(b);
  uint32_t index = b->top + 1;
  uint16_t traits = html_tag_traits[tag], key = (uint16_t)tag;
  HtmlOpen *entry = &b->open[index], *below = entry - 1;
  bool item = (traits & (HTML_IS_SPECIAL | HTML_IS_LIGHT)) == HTML_IS_SPECIAL;
  *entry = (HtmlOpen){.node = node,
                      .previous = b->last[key],
                      .scope = traits & HTML_IS_SCOPE ? index : below->scope,
                      .special = traits & HTML_IS_SPECIAL ? index : below->special,
                      .item = item ? index : below->item,
                      .tag = key,
                      .key = key,
                      .traits = traits};
  if (traits & HTML_IS_TRACKED) b->tree->nodes.data[node].flags |= HTML_NODE_OPEN;
  b->last[key] = index;
  b->top = index;
}

static inline void html_pop(HtmlBuilder *b) {
  HtmlOpen *entry = &b->open[b->top];
  b->last[entry->key] = entry->previous;
  if (entry->traits & HTML_IS_TRACKED) b->tree->nodes.data[entry->node].flags &= (uint8_t)~HTML_NODE_OPEN;
  b->top--;
}

static inline uint32_t html_max(uint32_t x, uint32_t y) { return x > y ? x : y; }
static inline HtmlOpen *html_current(HtmlBuilder *b) { return &b->open[b->top]; }
static inline HtmlOpen *html_adjusted(HtmlBuilder *b) {
  return b->fragment && b->top == 1 ? &b->context : &b->open[b->top];
}
static inline bool html_current_is(HtmlBuilder *b, HtmlTag tag) { return html_current(b)->tag == tag; }
static inline bool html_in_scope(HtmlBuilder *b, HtmlTag tag) {
  return b->last[tag] && b->last[tag] >= html_current(b)->scope;
}
static inline bool html_in_button_scope(HtmlBuilder *b, HtmlTag tag) {
  return html_in_scope(b, tag) && b->last[tag] >= b->last[HTML_TAG_BUTTON];
}
static inline bool html_in_list_scope(HtmlBuilder *b, HtmlTag tag) {
  return html_in_scope(b, tag) && b->last[tag] >= html_max(b->last[HTML_TAG_OL], b->last[HTML_TAG_UL]);
}
static inline bool html_in_table_scope(HtmlBuilder *b, HtmlTag tag) {
  uint32_t end =
      html_max(b->last[HTML_TAG_TABLE], html_max(b->last[HTML_TAG_HTML], b->last[HTML_TAG_TEMPLATE]));
  return b->last[tag] && b->last[tag] >= end;
}

// formatting.c
void html_active_push(HtmlBuilder *b, HtmlNodeId node);
void html_active_marker(HtmlBuilder *b);
void html_active_clear(HtmlBuilder *b);  // up to the last marker
void html_active_remove(HtmlBuilder *b, size_t index);
void html_active_insert(HtmlBuilder *b, size_t index, HtmlActive entry);
ptrdiff_t html_active_find(HtmlBuilder *b, HtmlNodeId node);
ptrdiff_t html_active_by_tag(HtmlBuilder *b, HtmlTag tag);  // after the last marker
void html_reconstruct_slow(HtmlBuilder *b);

static inline void html_reconstruct(HtmlBuilder *b) {
  if (!b->active.len) return;
  HtmlNodeId node = vec_last(&b->active).node;
  if (node && !(b->tree->nodes.data[node].flags & HTML_NODE_OPEN)) html_reconstruct_slow(b);
}

// adoption.c. False: act as for "any other end tag".
bool html_adoption_agency(HtmlBuilder *b, const HtmlToken *token);

// the rules that other files use
void html_close_p(HtmlBuilder *b);
void html_any_other_end_tag(HtmlBuilder *b, const HtmlToken *token);
void html_generic_text(HtmlBuilder *b, const HtmlToken *token, HtmlContentModel model);
void html_body_text(HtmlBuilder *b, HtmlToken *token);
void html_end_template(HtmlBuilder *b, const HtmlToken *token);
bool html_table_anything_else(HtmlBuilder *b, HtmlToken *token);
bool html_is_table_part(HtmlTag tag);
void html_set_quirks(HtmlBuilder *b, const HtmlToken *token);
bool html_is_foreign(HtmlBuilder *b, const HtmlToken *token);
bool html_foreign_rule(HtmlBuilder *b, HtmlToken *token);
void html_fill_mirrors(HtmlBuilder *b);

// one a mode
HtmlRule html_mode_initial, html_mode_before_html, html_mode_before_head, html_mode_in_head,
    html_mode_in_head_noscript, html_mode_after_head, html_mode_in_body, html_mode_text, html_mode_in_table,
    html_mode_in_table_text, html_mode_in_caption, html_mode_in_column_group, html_mode_in_table_body,
    html_mode_in_row, html_mode_in_cell, html_mode_in_template, html_mode_after_body, html_mode_in_frameset,
    html_mode_after_frameset, html_mode_after_after_body, html_mode_after_after_frameset;

#endif
