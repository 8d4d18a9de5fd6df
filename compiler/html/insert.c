/* From tokens to nodes in the tree, at "the appropriate place for inserting a node".
 * Surprising: a start tag's attributes are written once, raw, by the tokenizer behind those of the tree, and
 * shared by all its clones. */
#include "html/builder.h"

/// Where a foster-parented node goes: before the table, or wherever that is not possible.
static HtmlPlace foster_place(HtmlBuilder *b) {
  HtmlTree *tree = b->tree;
  uint32_t template = b->last[HTML_TAG_TEMPLATE], table = b->last[HTML_TAG_TABLE];
  tree->odd = true;
  if (template && template > table)
    return (HtmlPlace){tree->nodes.data[b->open[template].node].first_child, HTML_NO_NODE, true};
  if (!table) return (HtmlPlace){b->open[1].node, HTML_NO_NODE, true};
  HtmlNodeId node = b->open[table].node, parent = tree->nodes.data[node].parent;
  if (parent) return (HtmlPlace){parent, node, true};
  return (HtmlPlace){b->open[table - 1].node, HTML_NO_NODE, true};
}

/// The appropriate place with the entry `target` of the stack as the target.
HtmlPlace html_place_in(HtmlBuilder *b, uint32_t target) {
  const HtmlOpen *entry = &b->open[target];
  if (b->foster && entry->traits & HTML_IS_FOSTER) {
    HtmlPlace place = foster_place(b);
    const HtmlNode *parent = &b->tree->nodes.data[place.parent];
    if (parent->tag == HTML_TAG_TEMPLATE && parent->kind == HTML_ELEMENT && parent->space == HTML_NS_HTML)
      place.parent = parent->first_child, place.before = HTML_NO_NODE;
    return place;
  }
  if (entry->tag == HTML_TAG_TEMPLATE)
    return (HtmlPlace){b->tree->nodes.data[entry->node].first_child, HTML_NO_NODE, false};
  return (HtmlPlace){entry->node, HTML_NO_NODE, false};
}

void html_insert_at(HtmlBuilder *b, HtmlPlace place, HtmlNodeId node) {
  if (place.fostered) {
    b->tree->nodes.data[node].flags |= HTML_NODE_MOVED;
    b->tree->shuffled = true;
  }
  html_insert_before(b->tree, place.parent, node, place.before);
}

void html_lend_attr_room(HtmlBuilder *b) {
  HtmlTree *tree = b->tree;
  b->lexer->attrs.data = tree->attrs.data + tree->attrs.len;
  b->lexer->attrs.space = tree->attrs.space - tree->attrs.len;
}

void html_copy_attrs(HtmlBuilder *b, const HtmlAttr *attrs, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) vec_push(b->arena, &b->tree->attrs, attrs[i]);
  html_lend_attr_room(b);
}

static void add_template_content(HtmlBuilder *b, HtmlNodeId element) {
  html_append(b->tree, element, html_new_node(b->tree, b->arena, HTML_CONTENT));
}

/// Notes that questions about the whole tree have to look at it for the sake of this element.
static void note_element(HtmlTree *tree, const HtmlToken *token) {
  HtmlTag tag = token->tag;
  if (tag == HTML_TAG_SCRIPT || tag == HTML_TAG_PRE || tag == HTML_TAG_LISTING || tag == HTML_TAG_TEXTAREA)
    tree->minding = true;
  if (tag != HTML_TAG_TEMPLATE) return;
  for (uint32_t i = 0; i < token->attr_count; i++)
    if (token->attrs[i].known == HTML_ATTR_SHADOWROOTMODE) tree->shadow = true;
}

static HtmlNodeId new_element(HtmlBuilder *b, const HtmlToken *token, HtmlNamespace space) {
  HtmlNodeId id = html_new_node(b->tree, b->arena, HTML_ELEMENT);
  vec_reserve(b->arena, &b->tree->starts);
  note_element(b->tree, token);
  HtmlNode *node = &b->tree->nodes.data[id];
  node->tag = (uint16_t)token->tag;
  node->space = (uint8_t)space;
  node->data = html_record_start(b, html_start_of(token), token->attrs);
  return id;
}

/// Inserts the node at the appropriate place, which nearly always is the end of the current node.
static inline void insert_here(HtmlBuilder *b, HtmlNodeId node) {
  const HtmlOpen *current = html_current(b);
  if (!b->foster && current->tag != HTML_TAG_TEMPLATE)
    html_append(b->tree, current->node, node);
  else
    html_insert_at(b, html_place_in(b, b->top), node);
}

HtmlNodeId html_insert_foreign(HtmlBuilder *b, const HtmlToken *token, HtmlNamespace space) {
  HtmlNodeId id = new_element(b, token, space);
  insert_here(b, id);
  html_push(b, id);
  return id;
}

HtmlNodeId html_insert_element(HtmlBuilder *b, const HtmlToken *token) {
  HtmlNodeId id = new_element(b, token, HTML_NS_HTML);
  insert_here(b, id);
  if (token->tag == HTML_TAG_OTHER)
    html_push(b, id);
  else
    html_push_known(b, id, token->tag);
  if (token->tag == HTML_TAG_TEMPLATE) add_template_content(b, id);
  if (token->tag == HTML_TAG_SELECTEDCONTENT) vec_push(b->arena, &b->mirrors, id);
  return id;
}

void html_insert_void(HtmlBuilder *b, const HtmlToken *token) {
  insert_here(b, new_element(b, token, HTML_NS_HTML));
}

HtmlNodeId html_insert_implied(HtmlBuilder *b, HtmlTag tag) {
  HtmlNodeId id = html_new_node(b->tree, b->arena, HTML_ELEMENT);
  HtmlNode *node = &b->tree->nodes.data[id];
  node->tag = (uint16_t)tag;
  node->flags = HTML_NODE_IMPLIED;
  insert_here(b, id);
  html_push_known(b, id, tag);
  return id;
}

/// Joins text to the text node in front of it: stretches that touch become one.
static void extend_text(HtmlBuilder *b, HtmlNodeId node, HtmlStretch more) {
  HtmlTree *tree = b->tree;
  uint32_t head = tree->nodes.data[node].data;
  HtmlStretch *last = &tree->texts.data[tree->texts.data[head].last];
  if (last->end == more.start && !((last->flags ^ more.flags) & (HTML_KEEP_NUL | HTML_HAS_REFERENCE))) {
    last->end = more.end;
    last->flags |= more.flags;
    return;
  }
  last->next = (uint32_t)tree->texts.len;
  tree->texts.data[head].last = (uint32_t)tree->texts.len;
  vec_push(b->arena, &tree->texts, more);
}

static HtmlNodeId new_text(HtmlBuilder *b, uint32_t start, uint32_t end, uint8_t flags) {
  HtmlTree *tree = b->tree;
  uint32_t stretch = (uint32_t)tree->texts.len;
  HtmlNodeId id = html_new_node(tree, b->arena, HTML_TEXT);
  tree->nodes.data[id].data = stretch;
  vec_push(b->arena, &tree->texts,
           (HtmlStretch){.start = start, .end = end, .last = stretch, .flags = flags});
  return id;
}

static void insert_text_at(HtmlBuilder *b, HtmlPlace place, HtmlStretch text) {
  const HtmlNode *nodes = b->tree->nodes.data;
  HtmlNodeId before = place.before ? nodes[place.before].previous : nodes[place.parent].last_child;
  if (before && nodes[before].kind == HTML_TEXT) {
    extend_text(b, before, text);
  } else if (place.parent != HTML_DOCUMENT_NODE) {
    html_insert_at(b, place, new_text(b, text.start, text.end, text.flags));
  }
}

void html_insert_text(HtmlBuilder *b, uint32_t start, uint32_t end, uint8_t flags) {
  if (!b->keeps_text) return;
  const HtmlOpen *current = html_current(b);
  const HtmlNode *nodes = b->tree->nodes.data;
  HtmlNodeId last = nodes[current->node].last_child;
  bool plain = !b->foster && current->tag != HTML_TAG_TEMPLATE && (!last || nodes[last].kind != HTML_TEXT);
  if (plain && b->top)
    html_append(b->tree, current->node, new_text(b, start, end, flags));
  else
    insert_text_at(b, html_place_in(b, b->top), (HtmlStretch){.start = start, .end = end, .flags = flags});
}

static HtmlNodeId new_mark(HtmlBuilder *b, const HtmlToken *token) {
  HtmlTree *tree = b->tree;
  HtmlNodeKind kind = token->kind == HTML_TOKEN_COMMENT ? HTML_COMMENT
                      : token->kind == HTML_TOKEN_PI    ? HTML_PI
                                                        : HTML_DOCTYPE;
  HtmlNodeId id = html_new_node(tree, b->arena, kind);
  tree->nodes.data[id].data = (uint32_t)tree->marks.len;
  if (kind == HTML_PI) tree->odd = true;
  if (kind == HTML_COMMENT) tree->minding = true;
  vec_push(b->arena, &tree->marks,
           (HtmlMark){.start = token->start,
                      .end = token->end,
                      .name_start = token->name_start,
                      .name_end = token->name_end,
                      .public_start = token->public_start,
                      .public_end = token->public_end,
                      .system_start = token->system_start,
                      .system_end = token->system_end,
                      .flags = token->flags,
                      .has_public = token->has_public,
                      .has_system = token->has_system});
  return id;
}

void html_insert_mark(HtmlBuilder *b, const HtmlToken *token) {
  HtmlPlace place = html_place_in(b, b->top);
  html_insert_at(b, place, new_mark(b, token));
}

void html_append_mark(HtmlBuilder *b, const HtmlToken *token, HtmlNodeId parent) {
  html_append(b->tree, parent, new_mark(b, token));
}

static Str attr_name(HtmlBuilder *b, const HtmlAttr *attr) {
  Str raw = str_span(b->text + attr->name_start, b->text + attr->name_end);
  return html_decode_name(b->arena, raw, attr->name_flags);
}

static HtmlLent *lent_to(HtmlBuilder *b, HtmlNodeId element) {
  HtmlLent *lent = &b->lent[b->lent[0].to && b->lent[0].to != element];
  if (lent->to) return lent;
  lent->to = element;
  const HtmlStart *start = &b->tree->starts.data[b->tree->nodes.data[element].data];
  for (uint32_t i = 0; i < start->attr_count; i++)
    strmap_put(b->arena, &lent->names, attr_name(b, &b->tree->attrs.data[start->attrs + i]), NULL);
  return lent;
}

void html_lend_attrs(HtmlBuilder *b, const HtmlToken *token, HtmlNodeId element) {
  if (!token->attr_count) return;
  HtmlLent *lent = lent_to(b, element);
  for (uint32_t i = 0; i < token->attr_count; i++) {
    bool added;
    strmap_put(b->arena, &lent->names, attr_name(b, &token->attrs[i]), &added);
    if (added) vec_push(b->arena, &lent->attrs, token->attrs[i]);
  }
}

/// Joins an element's own attributes and the lent ones in a new record, once, at the end.
static void settle(HtmlBuilder *b, const HtmlLent *lent) {
  HtmlTree *tree = b->tree;
  if (!lent->attrs.len) return;
  HtmlStart joined = tree->starts.data[tree->nodes.data[lent->to].data];
  uint32_t first = (uint32_t)tree->attrs.len;
  for (uint32_t i = 0; i < joined.attr_count; i++) {
    HtmlAttr own = tree->attrs.data[joined.attrs + i];
    vec_push(b->arena, &tree->attrs, own);
  }
  for (size_t i = 0; i < lent->attrs.len; i++) vec_push(b->arena, &tree->attrs, lent->attrs.data[i]);
  joined.attrs = first;
  joined.attr_count += (uint32_t)lent->attrs.len;
  tree->nodes.data[lent->to].data = (uint32_t)tree->starts.len;
  vec_push(b->arena, &tree->starts, joined);
}

void html_settle_lent(HtmlBuilder *b) {
  settle(b, &b->lent[0]);
  settle(b, &b->lent[1]);
}

bool html_token_attr(HtmlBuilder *b, const HtmlToken *token, const char *name, Str *value) {
  Str wanted = str_from(name);
  for (uint32_t i = 0; i < token->attr_count; i++) {
    const HtmlAttr *attr = &token->attrs[i];
    if (!str_eq_nocase(str_span(b->text + attr->name_start, b->text + attr->name_end), wanted)) continue;
    Str raw = str_span(b->text + attr->value_start, b->text + attr->value_end);
    *value = html_decode(b->arena, raw, attr->value_flags, true, true);
    return true;
  }
  return false;
}
