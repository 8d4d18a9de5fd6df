/* Rules around <select> "in body" (any content, since 2025), and what <selectedcontent> shows.
 * In: tokens, and after parsing the list of <selectedcontent> elements; out: those elements filled with
 * clones of the selected option's content, as the DOM does it. Surprising: HTML_NODE_CLONE is set on
 * every element of such a copy, so that a start tag still counts once. */
#include "html/body_rules.h"
#include "html/builder.h"

static bool context_is_select(HtmlBuilder *b) { return b->fragment && b->context.tag == HTML_TAG_SELECT; }

static void leave_p(HtmlBuilder *b) {
  if (html_in_button_scope(b, HTML_TAG_P)) html_close_p(b);
}

static bool is_hidden(HtmlBuilder *b, const HtmlToken *token) {
  Str type;
  return html_token_attr(b, token, "type", &type) && str_eq_nocase(type, STR("hidden"));
}

bool body_start_input(HtmlBuilder *b, HtmlToken *token) {
  if (context_is_select(b)) {
    html_error(b, token, "input-in-select");
    return HTML_DONE;
  }
  if (html_in_scope(b, HTML_TAG_SELECT)) {
    html_error(b, token, "input-in-select");
    html_pop_tag(b, HTML_TAG_SELECT);
  }
  html_reconstruct(b);
  html_insert_void(b, token);
  if (b->frameset_ok && !is_hidden(b, token)) b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_hr(HtmlBuilder *b, HtmlToken *token) {
  leave_p(b);
  if (html_in_scope(b, HTML_TAG_SELECT)) {
    html_implied_end_tags(b, HTML_TAG_OTHER);
    if (html_in_scope(b, HTML_TAG_OPTION) || html_in_scope(b, HTML_TAG_OPTGROUP))
      html_error(b, token, "misnested-start-tag");
  }
  html_insert_void(b, token);
  b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_select(HtmlBuilder *b, HtmlToken *token) {
  if (context_is_select(b)) {
    html_error(b, token, "select-in-select");
    return HTML_DONE;
  }
  if (html_in_scope(b, HTML_TAG_SELECT)) {
    html_error(b, token, "select-in-select");
    html_pop_tag(b, HTML_TAG_SELECT);
    return HTML_DONE;
  }
  html_reconstruct(b);
  html_insert_element(b, token);
  b->frameset_ok = false;
  return HTML_DONE;
}

static bool insert_in_select(HtmlBuilder *b, HtmlToken *token, HtmlTag keep) {
  if (html_in_scope(b, HTML_TAG_SELECT)) {
    html_implied_end_tags(b, keep);
    if (html_in_scope(b, HTML_TAG_OPTION)) html_error(b, token, "misnested-start-tag");
  } else if (html_current_is(b, HTML_TAG_OPTION)) {
    html_pop(b);
  }
  html_reconstruct(b);
  html_insert_element(b, token);
  return HTML_DONE;
}

bool body_start_option(HtmlBuilder *b, HtmlToken *token) {
  return insert_in_select(b, token, HTML_TAG_OPTGROUP);
}
bool body_start_optgroup(HtmlBuilder *b, HtmlToken *token) {
  return insert_in_select(b, token, HTML_TAG_OTHER);
}

static bool is_html(const HtmlNode *node, HtmlTag tag) {
  return node->kind == HTML_ELEMENT && node->space == HTML_NS_HTML && node->tag == tag;
}

static bool has_attr(HtmlBuilder *b, HtmlNodeId element, Str name) {
  HtmlAttribute found;
  return html_element_find_attr(b->tree, element, name, b->arena, &found);
}

static bool is_disabled(HtmlBuilder *b, HtmlNodeId option) {
  HtmlNodeId parent = b->tree->nodes.data[option].parent;
  if (has_attr(b, option, STR("disabled"))) return true;
  return is_html(&b->tree->nodes.data[parent], HTML_TAG_OPTGROUP) && has_attr(b, parent, STR("disabled"));
}

/// The next node of a select's list of options, which does not look into these elements.
static HtmlNodeId next_in_select(HtmlBuilder *b, HtmlNodeId select, HtmlNodeId id) {
  const HtmlNode *node = &b->tree->nodes.data[id];
  bool closed = id != select && (is_html(node, HTML_TAG_SELECT) || is_html(node, HTML_TAG_OPTION) ||
                                 is_html(node, HTML_TAG_DATALIST) || is_html(node, HTML_TAG_HR) ||
                                 is_html(node, HTML_TAG_TEMPLATE));
  return closed ? html_skip_in(b->tree, select, id) : html_next_in(b->tree, select, id);
}

/// The last option that says so is selected; else the first one that is not disabled.
static HtmlNodeId selected_option(HtmlBuilder *b, HtmlNodeId select) {
  HtmlNodeId first = HTML_NO_NODE, chosen = HTML_NO_NODE;
  for (HtmlNodeId id = select; id; id = next_in_select(b, select, id)) {
    html_work(b, 1);
    if (!is_html(&b->tree->nodes.data[id], HTML_TAG_OPTION)) continue;
    if (has_attr(b, id, STR("selected")))
      chosen = id;
    else if (!first && !is_disabled(b, id))
      first = id;
  }
  return chosen ? chosen : first;
}

/// The select that a selectedcontent element mirrors; none when a nearer element disables it.
static HtmlNodeId mirrored_select(HtmlBuilder *b, HtmlNodeId mirror) {
  HtmlNodeId found = HTML_NO_NODE;
  for (HtmlNodeId id = b->tree->nodes.data[mirror].parent; id; id = b->tree->nodes.data[id].parent) {
    const HtmlNode *node = &b->tree->nodes.data[id];
    html_work(b, 1);
    if (is_html(node, HTML_TAG_OPTION) || is_html(node, HTML_TAG_SELECTEDCONTENT)) return HTML_NO_NODE;
    if (!is_html(node, HTML_TAG_SELECT)) continue;
    if (found) return HTML_NO_NODE;
    found = id;
  }
  return found && !has_attr(b, found, STR("multiple")) ? found : HTML_NO_NODE;
}

static HtmlNodeId copy_node(HtmlBuilder *b, HtmlNodeId id) {
  HtmlTree *tree = b->tree;
  if (tree->nodes.data[id].kind == HTML_ELEMENT) return html_clone_element(tree, b->arena, id);
  HtmlNodeId copy = html_new_node(tree, b->arena, (HtmlNodeKind)tree->nodes.data[id].kind);
  tree->nodes.data[copy].data = tree->nodes.data[id].data;
  return copy;
}

/// Copies the children of `from` under `to`, walking both trees in step.
static void copy_children(HtmlBuilder *b, HtmlNodeId from, HtmlNodeId to) {
  HtmlTree *tree = b->tree;
  HtmlNodeId at = from, parent = to, next;
  for (at = tree->nodes.data[from].first_child; at; at = next) {
    HtmlNodeId copy = copy_node(b, at);
    html_append(tree, parent, copy);
    if (tree->nodes.len > b->max_nodes) return;
    next = tree->nodes.data[at].first_child;
    if (next) parent = copy;
    while (!next && at != from) {
      next = tree->nodes.data[at].next;
      if (next) break;
      at = tree->nodes.data[at].parent;
      if (at == from) return;
      parent = tree->nodes.data[parent].parent;
    }
  }
}

/// Fills the first <selectedcontent> of every select, after parsing.
void html_fill_mirrors(HtmlBuilder *b) {
  HtmlNodeId filled = HTML_NO_NODE;
  for (size_t i = 0; i < b->mirrors.len; i++) {
    if (b->work > b->max_work || b->tree->nodes.len > b->max_nodes) {
      html_stop(b, (uint32_t)b->tree->text.len);
      return;
    }
    HtmlNodeId select = mirrored_select(b, b->mirrors.data[i]);
    if (!select || select == filled) continue;
    HtmlNodeId option = selected_option(b, filled = select);
    if (!option) continue;
    b->tree->shuffled = true;
    b->tree->nodes.data[b->mirrors.data[i]].first_child = b->tree->nodes.data[b->mirrors.data[i]].last_child =
        0;
    copy_children(b, option, b->mirrors.data[i]);
  }
}
