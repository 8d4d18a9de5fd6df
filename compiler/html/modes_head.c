/* The insertion modes before the body: "initial" to "after head", and "text".
 * In: a token; out: HTML_DONE or HTML_AGAIN. */
#include "html/builder.h"

static bool insert_mark(HtmlBuilder *b, const HtmlToken *token) {
  html_insert_mark(b, token);
  return HTML_DONE;
}

static bool ignore(HtmlBuilder *b, const HtmlToken *token, const char *code) {
  html_error(b, token, code);
  return HTML_DONE;
}

static bool is_mark(const HtmlToken *token) {
  return token->kind == HTML_TOKEN_COMMENT || token->kind == HTML_TOKEN_PI;
}

static bool go(HtmlBuilder *b, HtmlMode mode) {
  b->mode = mode;
  return HTML_AGAIN;
}

bool html_mode_initial(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT && !html_take_space(b, token, false)) return HTML_DONE;
  if (is_mark(token)) {
    html_append_mark(b, token, HTML_DOCUMENT_NODE);
    return HTML_DONE;
  }
  if (token->kind == HTML_TOKEN_DOCTYPE) {
    html_append_mark(b, token, HTML_DOCUMENT_NODE);
    html_set_quirks(b, token);
    b->mode = HTML_MODE_BEFORE_HTML;
    return HTML_DONE;
  }
  html_error(b, token, "missing-doctype");
  b->tree->quirks = HTML_QUIRKS;
  return go(b, HTML_MODE_BEFORE_HTML);
}

/// End tags that act like the end of what is missing; all others are ignored before the body.
static bool is_body_end(const HtmlToken *token) {
  return token->tag == HTML_TAG_HEAD || token->tag == HTML_TAG_BODY || token->tag == HTML_TAG_HTML ||
         token->tag == HTML_TAG_BR;
}

bool html_mode_before_html(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT && !html_take_space(b, token, false)) return HTML_DONE;
  if (is_mark(token)) {
    html_append_mark(b, token, HTML_DOCUMENT_NODE);
    return HTML_DONE;
  }
  if (token->kind == HTML_TOKEN_DOCTYPE) return ignore(b, token, "unexpected-doctype");
  if (token->kind == HTML_TOKEN_START_TAG && token->tag == HTML_TAG_HTML) {
    html_insert_element(b, token);
    b->mode = HTML_MODE_BEFORE_HEAD;
    return HTML_DONE;
  }
  if (token->kind == HTML_TOKEN_END_TAG && !is_body_end(token)) return ignore(b, token, "unexpected-end-tag");
  html_insert_implied(b, HTML_TAG_HTML);
  return go(b, HTML_MODE_BEFORE_HEAD);
}

bool html_mode_before_head(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT && !html_take_space(b, token, false)) return HTML_DONE;
  if (is_mark(token)) return insert_mark(b, token);
  if (token->kind == HTML_TOKEN_DOCTYPE) return ignore(b, token, "unexpected-doctype");
  if (token->kind == HTML_TOKEN_START_TAG && token->tag == HTML_TAG_HTML) return html_mode_in_body(b, token);
  if (token->kind == HTML_TOKEN_START_TAG && token->tag == HTML_TAG_HEAD) {
    b->head = html_insert_element(b, token);
    b->mode = HTML_MODE_IN_HEAD;
    return HTML_DONE;
  }
  if (token->kind == HTML_TOKEN_END_TAG && !is_body_end(token)) return ignore(b, token, "unexpected-end-tag");
  b->head = html_insert_implied(b, HTML_TAG_HEAD);
  return go(b, HTML_MODE_IN_HEAD);
}

/// The generic raw text and RCDATA element parsing algorithms.
void html_generic_text(HtmlBuilder *b, const HtmlToken *token, HtmlContentModel model) {
  html_insert_element(b, token);
  html_lexer_set_content_model(b->lexer, model, STR_NONE);
  b->original_mode = b->mode;
  b->mode = HTML_MODE_TEXT;
}

static bool start_template(HtmlBuilder *b, const HtmlToken *token) {
  html_insert_element(b, token);
  html_active_marker(b);
  b->frameset_ok = false;
  b->mode = HTML_MODE_IN_TEMPLATE;
  vec_push(b->arena, &b->template_modes, HTML_MODE_IN_TEMPLATE);
  return HTML_DONE;
}

void html_end_template(HtmlBuilder *b, const HtmlToken *token) {
  if (!b->last[HTML_TAG_TEMPLATE]) {
    html_error(b, token, "unexpected-end-tag");
    return;
  }
  html_thorough_end_tags(b);
  if (!html_current_is(b, HTML_TAG_TEMPLATE)) html_error(b, token, "misnested-end-tag");
  html_pop_tag(b, HTML_TAG_TEMPLATE);
  html_active_clear(b);
  b->template_modes.len--;
  html_reset_mode(b);
}

static bool text_element(HtmlBuilder *b, const HtmlToken *token, HtmlContentModel model) {
  html_generic_text(b, token, model);
  return HTML_DONE;
}

static bool void_element(HtmlBuilder *b, const HtmlToken *token) {
  html_insert_void(b, token);
  return HTML_DONE;
}

static bool start_noscript(HtmlBuilder *b, const HtmlToken *token) {
  if (b->scripting) return text_element(b, token, HTML_RAWTEXT);
  html_insert_element(b, token);
  b->mode = HTML_MODE_IN_HEAD_NOSCRIPT;
  return HTML_DONE;
}

static bool leave_head(HtmlBuilder *b) {
  html_pop(b);
  return go(b, HTML_MODE_AFTER_HEAD);
}

static bool head_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_HTML:
      return html_mode_in_body(b, token);
    case HTML_TAG_BASE:
    case HTML_TAG_BASEFONT:
    case HTML_TAG_BGSOUND:
    case HTML_TAG_LINK:
    case HTML_TAG_META:
      return void_element(b, token);
    case HTML_TAG_TITLE:
      return text_element(b, token, HTML_RCDATA);
    case HTML_TAG_NOSCRIPT:
      return start_noscript(b, token);
    case HTML_TAG_NOFRAMES:
    case HTML_TAG_STYLE:
      return text_element(b, token, HTML_RAWTEXT);
    case HTML_TAG_SCRIPT:
      return text_element(b, token, HTML_SCRIPT_DATA);
    case HTML_TAG_TEMPLATE:
      return start_template(b, token);
    case HTML_TAG_HEAD:
      return ignore(b, token, "unexpected-start-tag");
    default:
      return leave_head(b);
  }
}

static bool head_end(HtmlBuilder *b, HtmlToken *token) {
  if (token->tag == HTML_TAG_TEMPLATE) {
    html_end_template(b, token);
    return HTML_DONE;
  }
  if (!is_body_end(token)) return ignore(b, token, "unexpected-end-tag");
  leave_head(b);
  return token->tag != HTML_TAG_HEAD;
}

bool html_mode_in_head(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return html_take_space(b, token, true) ? leave_head(b) : HTML_DONE;
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      return insert_mark(b, token);
    case HTML_TOKEN_DOCTYPE:
      return ignore(b, token, "unexpected-doctype");
    case HTML_TOKEN_START_TAG:
      return head_start(b, token);
    case HTML_TOKEN_END_TAG:
      return head_end(b, token);
    default:
      return leave_head(b);
  }
}

static bool leave_noscript(HtmlBuilder *b, const HtmlToken *token) {
  html_error(b, token, "unexpected-token-in-noscript");
  html_pop(b);
  return go(b, HTML_MODE_IN_HEAD);
}

static bool noscript_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_HTML:
      return html_mode_in_body(b, token);
    case HTML_TAG_BASEFONT:
    case HTML_TAG_BGSOUND:
    case HTML_TAG_LINK:
    case HTML_TAG_META:
    case HTML_TAG_NOFRAMES:
    case HTML_TAG_STYLE:
      return html_mode_in_head(b, token);
    case HTML_TAG_HEAD:
    case HTML_TAG_NOSCRIPT:
      return ignore(b, token, "unexpected-start-tag");
    default:
      return leave_noscript(b, token);
  }
}

static bool noscript_end(HtmlBuilder *b, HtmlToken *token) {
  if (token->tag == HTML_TAG_BR) return leave_noscript(b, token);
  if (token->tag != HTML_TAG_NOSCRIPT) return ignore(b, token, "unexpected-end-tag");
  html_pop(b);
  b->mode = HTML_MODE_IN_HEAD;
  return HTML_DONE;
}

bool html_mode_in_head_noscript(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return html_take_space(b, token, true) ? leave_noscript(b, token) : HTML_DONE;
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      return insert_mark(b, token);
    case HTML_TOKEN_DOCTYPE:
      return ignore(b, token, "unexpected-doctype");
    case HTML_TOKEN_START_TAG:
      return noscript_start(b, token);
    case HTML_TOKEN_END_TAG:
      return noscript_end(b, token);
    default:
      return leave_noscript(b, token);
  }
}

static bool imply_body(HtmlBuilder *b) {
  b->body = html_insert_implied(b, HTML_TAG_BODY);
  return go(b, HTML_MODE_IN_BODY);
}

/// What belongs into the head still goes there when it comes behind </head>.
static bool late_head(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "head-element-after-head");
  html_push(b, b->head);
  html_mode_in_head(b, token);
  html_stack_remove(b, html_stack_find(b, b->head));
  return HTML_DONE;
}

static bool after_head_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_HTML:
      return html_mode_in_body(b, token);
    case HTML_TAG_BODY:
      b->body = html_insert_element(b, token);
      b->frameset_ok = false;
      b->mode = HTML_MODE_IN_BODY;
      return HTML_DONE;
    case HTML_TAG_FRAMESET:
      html_insert_element(b, token);
      b->mode = HTML_MODE_IN_FRAMESET;
      return HTML_DONE;
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
      return late_head(b, token);
    case HTML_TAG_HEAD:
      return ignore(b, token, "unexpected-start-tag");
    default:
      return imply_body(b);
  }
}

static bool after_head_end(HtmlBuilder *b, HtmlToken *token) {
  if (token->tag == HTML_TAG_TEMPLATE) return html_mode_in_head(b, token);
  if (!is_body_end(token) || token->tag == HTML_TAG_HEAD) return ignore(b, token, "unexpected-end-tag");
  return imply_body(b);
}

bool html_mode_after_head(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return html_take_space(b, token, true) ? imply_body(b) : HTML_DONE;
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      return insert_mark(b, token);
    case HTML_TOKEN_DOCTYPE:
      return ignore(b, token, "unexpected-doctype");
    case HTML_TOKEN_START_TAG:
      return after_head_start(b, token);
    case HTML_TOKEN_END_TAG:
      return after_head_end(b, token);
    default:
      return imply_body(b);
  }
}

bool html_mode_text(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT) {
    html_insert_text(b, token->name_start, token->name_end, token->flags | HTML_KEEP_NUL);
    return HTML_DONE;
  }
  html_pop(b);
  b->mode = b->original_mode;
  if (token->kind != HTML_TOKEN_END) return HTML_DONE;
  html_error(b, token, "eof-in-element-text");
  b->tree->odd = true;
  return HTML_AGAIN;
}
