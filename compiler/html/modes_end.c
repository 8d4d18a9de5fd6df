/* The insertion modes "in template", of framesets, and behind the body.
 * In: a token; out: HTML_DONE or HTML_AGAIN. */
#include "html/builder.h"

static bool ignore(HtmlBuilder *b, const HtmlToken *token, const char *code) {
  html_error(b, token, code);
  return HTML_DONE;
}

static bool is_mark(const HtmlToken *token) {
  return token->kind == HTML_TOKEN_COMMENT || token->kind == HTML_TOKEN_PI;
}

static bool is_tag(const HtmlToken *token, HtmlTokenKind kind, HtmlTag tag) {
  return token->kind == kind && token->tag == tag;
}

static bool go_template(HtmlBuilder *b, HtmlMode mode) {
  vec_last(&b->template_modes) = (uint8_t)mode;
  b->mode = mode;
  return HTML_AGAIN;
}

static bool template_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_BASE:
    case HTML_TAG_BASEFONT:
    case HTML_TAG_BGSOUND:
    case HTML_TAG_LINK:
    case HTML_TAG_META:
    case HTML_TAG_NOFRAMES:
    case HTML_TAG_SCRIPT:
    case HTML_TAG_STYLE:
    case HTML_TAG_TEMPLATE:
    case HTML_TAG_TITLE:
      return html_mode_in_head(b, token);
    case HTML_TAG_CAPTION:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
      return go_template(b, HTML_MODE_IN_TABLE);
    case HTML_TAG_COL:
      return go_template(b, HTML_MODE_IN_COLUMN_GROUP);
    case HTML_TAG_TR:
      return go_template(b, HTML_MODE_IN_TABLE_BODY);
    case HTML_TAG_TD:
    case HTML_TAG_TH:
      return go_template(b, HTML_MODE_IN_ROW);
    default:
      return go_template(b, HTML_MODE_IN_BODY);
  }
}

static bool template_eof(HtmlBuilder *b, HtmlToken *token) {
  if (!b->last[HTML_TAG_TEMPLATE]) return HTML_DONE;
  html_error(b, token, "eof-in-template");
  html_pop_tag(b, HTML_TAG_TEMPLATE);
  html_active_clear(b);
  b->template_modes.len--;
  html_reset_mode(b);
  return HTML_AGAIN;
}

bool html_mode_in_template(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_START_TAG:
      return template_start(b, token);
    case HTML_TOKEN_END_TAG:
      return token->tag == HTML_TAG_TEMPLATE ? html_mode_in_head(b, token)
                                             : ignore(b, token, "unexpected-end-tag");
    case HTML_TOKEN_END:
      return template_eof(b, token);
    default:
      return html_mode_in_body(b, token);
  }
}

/// White space goes where "in body" puts it; true when something else is left of the text.
static bool body_space(HtmlBuilder *b, HtmlToken *token) {
  uint32_t len = html_leading_space(b, token);
  HtmlToken space = *token;
  space.name_end = space.name_start + len;
  space.flags &= (uint8_t)~HTML_HAS_NUL;
  if (len) html_body_text(b, &space);
  token->name_start += len;
  return token->name_start < token->name_end;
}

static bool back_to_body(HtmlBuilder *b, const HtmlToken *token) {
  html_error(b, token, "content-after-body");
  b->mode = HTML_MODE_IN_BODY;
  return HTML_AGAIN;
}

bool html_mode_after_body(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT && !body_space(b, token)) return HTML_DONE;
  if (is_mark(token)) {
    html_append_mark(b, token, b->open[1].node);
    return HTML_DONE;
  }
  if (token->kind == HTML_TOKEN_DOCTYPE) return ignore(b, token, "unexpected-doctype");
  if (is_tag(token, HTML_TOKEN_START_TAG, HTML_TAG_HTML)) return html_mode_in_body(b, token);
  if (token->kind == HTML_TOKEN_END) return HTML_DONE;
  if (!is_tag(token, HTML_TOKEN_END_TAG, HTML_TAG_HTML)) return back_to_body(b, token);
  if (b->fragment) return ignore(b, token, "unexpected-end-tag");
  b->mode = HTML_MODE_AFTER_AFTER_BODY;
  return HTML_DONE;
}

bool html_mode_after_after_body(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT && !body_space(b, token)) return HTML_DONE;
  if (is_mark(token)) {
    html_append_mark(b, token, HTML_DOCUMENT_NODE);
    return HTML_DONE;
  }
  if (token->kind == HTML_TOKEN_DOCTYPE) return ignore(b, token, "unexpected-doctype");
  if (is_tag(token, HTML_TOKEN_START_TAG, HTML_TAG_HTML)) return html_mode_in_body(b, token);
  return token->kind == HTML_TOKEN_END ? HTML_DONE : back_to_body(b, token);
}

/// Of text in a frameset, only the white space stays, wherever it stands.
static bool keep_space(HtmlBuilder *b, HtmlToken *token) {
  if (html_keep_space(b, token)) html_error(b, token, "text-in-frameset");
  return HTML_DONE;
}

static bool frameset_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_HTML:
      return html_mode_in_body(b, token);
    case HTML_TAG_FRAMESET:
      html_insert_element(b, token);
      return HTML_DONE;
    case HTML_TAG_FRAME:
      html_insert_void(b, token);
      return HTML_DONE;
    case HTML_TAG_NOFRAMES:
      return html_mode_in_head(b, token);
    default:
      return ignore(b, token, "unexpected-start-tag");
  }
}

static bool frameset_end(HtmlBuilder *b, HtmlToken *token) {
  if (token->tag != HTML_TAG_FRAMESET || b->top == 1) return ignore(b, token, "unexpected-end-tag");
  html_pop(b);
  if (!b->fragment && !html_current_is(b, HTML_TAG_FRAMESET)) b->mode = HTML_MODE_AFTER_FRAMESET;
  return HTML_DONE;
}

bool html_mode_in_frameset(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return keep_space(b, token);
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      html_insert_mark(b, token);
      return HTML_DONE;
    case HTML_TOKEN_DOCTYPE:
      return ignore(b, token, "unexpected-doctype");
    case HTML_TOKEN_START_TAG:
      return frameset_start(b, token);
    case HTML_TOKEN_END_TAG:
      return frameset_end(b, token);
    case HTML_TOKEN_END:
      return HTML_DONE;
  }
  return HTML_DONE;
}

bool html_mode_after_frameset(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT) return keep_space(b, token);
  if (is_mark(token)) {
    html_insert_mark(b, token);
    return HTML_DONE;
  }
  if (is_tag(token, HTML_TOKEN_START_TAG, HTML_TAG_HTML)) return html_mode_in_body(b, token);
  if (is_tag(token, HTML_TOKEN_START_TAG, HTML_TAG_NOFRAMES)) return html_mode_in_head(b, token);
  if (token->kind == HTML_TOKEN_END) return HTML_DONE;
  if (!is_tag(token, HTML_TOKEN_END_TAG, HTML_TAG_HTML)) return ignore(b, token, "content-after-frameset");
  b->mode = HTML_MODE_AFTER_AFTER_FRAMESET;
  return HTML_DONE;
}

bool html_mode_after_after_frameset(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT) return keep_space(b, token);
  if (is_mark(token)) {
    html_append_mark(b, token, HTML_DOCUMENT_NODE);
    return HTML_DONE;
  }
  if (is_tag(token, HTML_TOKEN_START_TAG, HTML_TAG_HTML)) return html_mode_in_body(b, token);
  if (is_tag(token, HTML_TOKEN_START_TAG, HTML_TAG_NOFRAMES)) return html_mode_in_head(b, token);
  return token->kind == HTML_TOKEN_END ? HTML_DONE : ignore(b, token, "content-after-frameset");
}
