/* The insertion mode "in body": the end tags. In: a token; out: HTML_DONE or HTML_AGAIN. */
#include "html/body_rules.h"
#include "html/builder.h"

static bool ignore(HtmlBuilder *b, const HtmlToken *token) {
  html_error(b, token, "unexpected-end-tag");
  return HTML_DONE;
}

/// Closes the highest element of that name, and what may be implied above it.
static bool close_element(HtmlBuilder *b, const HtmlToken *token, HtmlTag except) {
  html_implied_end_tags(b, except);
  if (!html_current_is(b, token->tag)) html_error(b, token, "misnested-end-tag");
  html_pop_tag(b, token->tag);
  return HTML_DONE;
}

bool body_end_template(HtmlBuilder *b, HtmlToken *token) {
  html_end_template(b, token);
  return HTML_DONE;
}

bool body_end_body(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_scope(b, HTML_TAG_BODY)) return ignore(b, token);
  b->mode = HTML_MODE_AFTER_BODY;
  return HTML_DONE;
}

bool body_end_html(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_scope(b, HTML_TAG_BODY)) return ignore(b, token);
  b->mode = HTML_MODE_AFTER_BODY;
  return HTML_AGAIN;
}

bool body_end_block(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_scope(b, token->tag)) return ignore(b, token);
  return close_element(b, token, HTML_TAG_OTHER);
}

/// Outside of templates, the form that is open by the form element pointer goes, wherever it stands.
static bool close_open_form(HtmlBuilder *b, HtmlToken *token) {
  HtmlNodeId form = b->form;
  b->form = HTML_NO_NODE;
  if (!form || !(b->tree->nodes.data[form].flags & HTML_NODE_OPEN)) return ignore(b, token);
  b->tree->odd |= html_current(b)->node != form;  // from now on a form may stand in this one
  if (html_stack_find(b, form) < html_current(b)->scope) return ignore(b, token);
  html_implied_end_tags(b, HTML_TAG_OTHER);
  if (html_current(b)->node == form) {
    html_pop(b);
    return HTML_DONE;
  }
  html_error(b, token, "misnested-end-tag");
  html_stack_remove(b, html_stack_find(b, form));
  return HTML_DONE;
}

bool body_end_form(HtmlBuilder *b, HtmlToken *token) {
  return b->last[HTML_TAG_TEMPLATE] ? body_end_block(b, token) : close_open_form(b, token);
}

bool body_end_p(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_button_scope(b, HTML_TAG_P)) {
    html_error(b, token, "unexpected-end-tag");
    html_insert_implied(b, HTML_TAG_P);
  }
  if (!html_current_is(b, HTML_TAG_P)) html_error(b, token, "misnested-end-tag");
  html_close_p(b);
  return HTML_DONE;
}

bool body_end_li(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_list_scope(b, HTML_TAG_LI)) return ignore(b, token);
  return close_element(b, token, HTML_TAG_LI);
}

bool body_end_dd(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_scope(b, token->tag)) return ignore(b, token);
  return close_element(b, token, token->tag);
}

static uint32_t highest_heading(HtmlBuilder *b) {
  uint32_t index = 0;
  for (HtmlTag tag = HTML_TAG_H1; tag <= HTML_TAG_H6; tag++) index = html_max(index, b->last[tag]);
  return index;
}

bool body_end_heading(HtmlBuilder *b, HtmlToken *token) {
  uint32_t index = highest_heading(b);
  if (!index || index < html_current(b)->scope) return ignore(b, token);
  html_implied_end_tags(b, HTML_TAG_OTHER);
  if (!html_current_is(b, token->tag)) html_error(b, token, "misnested-end-tag");
  html_pop_to(b, index);
  return HTML_DONE;
}

bool body_end_formatting(HtmlBuilder *b, HtmlToken *token) {
  if (!html_adoption_agency(b, token)) html_any_other_end_tag(b, token);
  return HTML_DONE;
}

bool body_end_object(HtmlBuilder *b, HtmlToken *token) {
  if (!html_in_scope(b, token->tag)) return ignore(b, token);
  close_element(b, token, HTML_TAG_OTHER);
  html_active_clear(b);
  return HTML_DONE;
}

/// "</br>" stands for "<br>".
bool body_end_br(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "unexpected-end-tag");
  token->attr_count = 0;
  html_reconstruct(b);
  HtmlNodeId br = html_insert_implied(b, HTML_TAG_BR);
  b->tree->nodes.data[br].data = 0;
  html_pop(b);
  b->frameset_ok = false;
  return HTML_DONE;
}

static bool has_name(HtmlBuilder *b, HtmlNodeId element, const HtmlToken *token) {
  if (token->tag != HTML_TAG_OTHER) return true;
  Str raw = str_span(b->text + token->name_start, b->text + token->name_end);
  const HtmlStart *start = &b->tree->starts.data[b->tree->nodes.data[element].data];
  Str name = str_span(b->text + start->start + 1, b->text + start->name_end);
  return str_eq_nocase(raw, name);
}

/// The stack's entry that an end tag of no rule of its own closes; 0 when a special one is above it.
static uint32_t matching_entry(HtmlBuilder *b, const HtmlToken *token) {
  uint16_t key = html_name_key(token->tag, b->text + token->name_start, token->name_end - token->name_start);
  uint32_t floor = html_current(b)->special;
  uint32_t index = b->last[key];
  while (index && index >= floor && !has_name(b, b->open[index].node, token)) {
    index = b->open[index].previous;
    html_work(b, 1);
  }
  return index >= floor ? index : 0;
}

void html_any_other_end_tag(HtmlBuilder *b, const HtmlToken *token) {
  uint32_t index = matching_entry(b, token);
  if (!index) {
    html_error(b, token, "unexpected-end-tag");
    return;
  }
  HtmlNodeId node = b->open[index].node;
  html_implied_end_tags(b, token->tag);
  if (html_current(b)->node != node) html_error(b, token, "misnested-end-tag");
  html_pop_to(b, index);
}

bool body_end_other(HtmlBuilder *b, HtmlToken *token) {
  html_any_other_end_tag(b, token);
  return HTML_DONE;
}
