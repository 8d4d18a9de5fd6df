/* The insertion mode "in body": text, and the start tags. End tags are in modes_body_end.c.
 * In: a token; out: HTML_DONE or HTML_AGAIN. The table grammar/html_tag_rules.def names the rule of
 * every tag. */
#include "html/body_rules.h"
#include "html/builder.h"

/// Pops up to and with the highest <p>; the caller knows that it is in button scope.
void html_close_p(HtmlBuilder *b) {
  html_implied_end_tags(b, HTML_TAG_P);
  html_pop_tag(b, HTML_TAG_P);
}

static void leave_p(HtmlBuilder *b) {
  if (html_in_button_scope(b, HTML_TAG_P)) html_close_p(b);
}

bool body_start_html(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "unexpected-start-tag");
  if (!b->last[HTML_TAG_TEMPLATE]) html_lend_attrs(b, token, b->open[1].node);
  return HTML_DONE;
}

bool body_start_head(HtmlBuilder *b, HtmlToken *token) { return html_mode_in_head(b, token); }

bool body_start_body(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "unexpected-start-tag");
  if (b->open[2].tag != HTML_TAG_BODY || b->top < 2 || b->last[HTML_TAG_TEMPLATE]) return HTML_DONE;
  b->frameset_ok = false;
  html_lend_attrs(b, token, b->open[2].node);
  return HTML_DONE;
}

bool body_start_frameset(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "unexpected-start-tag");
  if (b->top < 2 || b->open[2].tag != HTML_TAG_BODY || !b->frameset_ok) return HTML_DONE;
  b->tree->odd = true;
  html_detach(b->tree, b->open[2].node);
  html_pop_to(b, 2);
  html_insert_element(b, token);
  b->mode = HTML_MODE_IN_FRAMESET;
  return HTML_DONE;
}

bool body_start_block(HtmlBuilder *b, HtmlToken *token) {
  leave_p(b);
  html_insert_element(b, token);
  return HTML_DONE;
}

bool body_start_heading(HtmlBuilder *b, HtmlToken *token) {
  leave_p(b);
  if (html_current(b)->traits & HTML_IS_HEADING) {
    html_error(b, token, "heading-in-heading");
    html_pop(b);
  }
  html_insert_element(b, token);
  return HTML_DONE;
}

bool body_start_pre(HtmlBuilder *b, HtmlToken *token) {
  body_start_block(b, token);
  b->skip_newline = true;
  b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_form(HtmlBuilder *b, HtmlToken *token) {
  bool in_template = b->last[HTML_TAG_TEMPLATE];
  if (b->form && !in_template) {
    html_error(b, token, "form-in-form");
    return HTML_DONE;
  }
  leave_p(b);
  HtmlNodeId form = html_insert_element(b, token);
  if (!in_template) b->form = form;
  return HTML_DONE;
}

/// Closes the list item that this one ends, if no special element but address, div and p is between.
static void close_item(HtmlBuilder *b, HtmlTag first, HtmlTag second) {
  HtmlTag tag = (HtmlTag)b->open[html_current(b)->item].tag;
  b->frameset_ok = false;
  if (tag != first && tag != second) return;
  html_implied_end_tags(b, tag);
  html_pop_tag(b, tag);
}

bool body_start_li(HtmlBuilder *b, HtmlToken *token) {
  close_item(b, HTML_TAG_LI, HTML_TAG_LI);
  return body_start_block(b, token);
}

bool body_start_dd(HtmlBuilder *b, HtmlToken *token) {
  close_item(b, HTML_TAG_DD, HTML_TAG_DT);
  return body_start_block(b, token);
}

bool body_start_plaintext(HtmlBuilder *b, HtmlToken *token) {
  body_start_block(b, token);
  html_lexer_set_content_model(b->lexer, HTML_PLAINTEXT, STR_NONE);
  b->plaintext = b->tree->odd = true;
  return HTML_DONE;
}

bool body_start_button(HtmlBuilder *b, HtmlToken *token) {
  if (html_in_scope(b, HTML_TAG_BUTTON)) {
    html_error(b, token, "button-in-button");
    html_implied_end_tags(b, HTML_TAG_OTHER);
    html_pop_tag(b, HTML_TAG_BUTTON);
  }
  html_reconstruct(b);
  html_insert_element(b, token);
  b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_formatting(HtmlBuilder *b, HtmlToken *token) {
  html_reconstruct(b);
  html_active_push(b, html_insert_element(b, token));
  return HTML_DONE;
}

static void forget_active(HtmlBuilder *b, HtmlNodeId node) {
  ptrdiff_t listed = html_active_find(b, node);
  if (listed >= 0) html_active_remove(b, (size_t)listed);
  if (b->tree->nodes.data[node].flags & HTML_NODE_OPEN) html_stack_remove(b, html_stack_find(b, node));
}

bool body_start_a(HtmlBuilder *b, HtmlToken *token) {
  ptrdiff_t open = b->active.len ? html_active_by_tag(b, HTML_TAG_A) : -1;
  if (open >= 0) {
    HtmlNodeId node = b->active.data[open].node;
    html_error(b, token, "a-in-a");
    b->tree->odd = true;
    html_adoption_agency(b, token);
    forget_active(b, node);
  }
  return body_start_formatting(b, token);
}

bool body_start_nobr(HtmlBuilder *b, HtmlToken *token) {
  html_reconstruct(b);
  if (html_in_scope(b, HTML_TAG_NOBR)) {
    html_error(b, token, "nobr-in-nobr");
    b->tree->odd = true;
    if (!html_adoption_agency(b, token)) html_any_other_end_tag(b, token);
    html_reconstruct(b);
  }
  return body_start_formatting(b, token);
}

bool body_start_object(HtmlBuilder *b, HtmlToken *token) {
  html_reconstruct(b);
  html_insert_element(b, token);
  html_active_marker(b);
  b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_table(HtmlBuilder *b, HtmlToken *token) {
  if (html_in_button_scope(b, HTML_TAG_P)) {
    if (b->tree->quirks == HTML_QUIRKS)
      b->tree->odd = true;
    else
      html_close_p(b);
  }
  html_insert_element(b, token);
  b->frameset_ok = false;
  b->mode = HTML_MODE_IN_TABLE;
  return HTML_DONE;
}

bool body_start_void(HtmlBuilder *b, HtmlToken *token) {
  html_reconstruct(b);
  html_insert_void(b, token);
  b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_track(HtmlBuilder *b, HtmlToken *token) {
  html_insert_void(b, token);
  return HTML_DONE;
}

bool body_start_image(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "image-for-img");
  token->tag = HTML_TAG_IMG;
  return HTML_AGAIN;
}

bool body_start_textarea(HtmlBuilder *b, HtmlToken *token) {
  html_generic_text(b, token, HTML_RCDATA);
  b->skip_newline = true;
  b->frameset_ok = false;
  return HTML_DONE;
}

bool body_start_rawtext(HtmlBuilder *b, HtmlToken *token) {
  html_generic_text(b, token, HTML_RAWTEXT);
  return HTML_DONE;
}

bool body_start_iframe(HtmlBuilder *b, HtmlToken *token) {
  b->frameset_ok = false;
  return body_start_rawtext(b, token);
}

bool body_start_xmp(HtmlBuilder *b, HtmlToken *token) {
  leave_p(b);
  html_reconstruct(b);
  return body_start_iframe(b, token);
}

bool body_start_noscript(HtmlBuilder *b, HtmlToken *token) {
  return b->scripting ? body_start_rawtext(b, token) : body_start_other(b, token);
}

bool body_start_rb(HtmlBuilder *b, HtmlToken *token) {
  if (html_in_scope(b, HTML_TAG_RUBY)) html_implied_end_tags(b, HTML_TAG_OTHER);
  html_insert_element(b, token);
  return HTML_DONE;
}

bool body_start_rt(HtmlBuilder *b, HtmlToken *token) {
  if (html_in_scope(b, HTML_TAG_RUBY)) html_implied_end_tags(b, HTML_TAG_RTC);
  html_insert_element(b, token);
  return HTML_DONE;
}

static bool start_foreign(HtmlBuilder *b, HtmlToken *token, HtmlNamespace space) {
  html_reconstruct(b);
  html_insert_foreign(b, token, space);
  if (token->self_closing) html_pop(b);
  return HTML_DONE;
}

bool body_start_math(HtmlBuilder *b, HtmlToken *token) { return start_foreign(b, token, HTML_NS_MATHML); }
bool body_start_svg(HtmlBuilder *b, HtmlToken *token) { return start_foreign(b, token, HTML_NS_SVG); }

bool body_start_ignored(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "unexpected-start-tag");
  return HTML_DONE;
}

bool body_start_other(HtmlBuilder *b, HtmlToken *token) {
  html_reconstruct(b);
  html_insert_element(b, token);
  return HTML_DONE;
}

static HtmlRule *const start_rules[HTML_TAG_COUNT] = {
#define RULE(tag, traits, start, end) [HTML_TAG_##tag] = body_start_##start,
#include "html_tag_rules.def"
#undef RULE
};

static HtmlRule *const end_rules[HTML_TAG_COUNT] = {
#define RULE(tag, traits, start, end) [HTML_TAG_##tag] = body_end_##end,
#include "html_tag_rules.def"
#undef RULE
};

void html_body_text(HtmlBuilder *b, HtmlToken *token) {
  uint8_t keep = b->plaintext ? HTML_KEEP_NUL : 0;
  if (token->flags & HTML_HAS_NUL && !keep && html_only_nul(b, token)) return;
  html_reconstruct(b);
  html_insert_text(b, token->name_start, token->name_end, token->flags | keep);
  if (b->frameset_ok && html_has_nonspace(b, token)) b->frameset_ok = false;
}

static bool end_of_file(HtmlBuilder *b, HtmlToken *token) {
  return b->template_modes.len ? html_mode_in_template(b, token) : HTML_DONE;
}

bool html_mode_in_body(HtmlBuilder *b, HtmlToken *token) {
  HtmlRule *rule;
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      html_body_text(b, token);
      return HTML_DONE;
    case HTML_TOKEN_START_TAG:
      rule = start_rules[token->tag];
      return rule ? rule(b, token) : body_start_other(b, token);
    case HTML_TOKEN_END_TAG:
      rule = end_rules[token->tag];
      return rule ? rule(b, token) : body_end_other(b, token);
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      html_insert_mark(b, token);
      return HTML_DONE;
    case HTML_TOKEN_DOCTYPE:
      html_error(b, token, "unexpected-doctype");
      return HTML_DONE;
    case HTML_TOKEN_END:
      return end_of_file(b, token);
  }
  return HTML_DONE;
}
