/* The insertion modes of tables, but for rows and cells: "in table" to "in column group". In: a token; out:
 * HTML_DONE or HTML_AGAIN. What does not belong into a table is foster-parented: the rules of "in body" run
 * with b->foster. */
#include "html/builder.h"

static bool ignore(HtmlBuilder *b, const HtmlToken *token) {
  html_error(b, token, token->kind == HTML_TOKEN_END_TAG ? "unexpected-end-tag" : "unexpected-start-tag");
  return HTML_DONE;
}

static bool go(HtmlBuilder *b, HtmlMode mode) {
  b->mode = mode;
  return HTML_AGAIN;
}

bool html_table_anything_else(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "foster-parented");
  b->foster = true;
  bool again = html_mode_in_body(b, token);
  b->foster = false;
  return again;
}

static bool start_table_text(HtmlBuilder *b) {
  b->table_text.len = 0;
  b->table_text_odd = false;
  b->original_mode = b->mode;
  return go(b, HTML_MODE_IN_TABLE_TEXT);
}

static bool open_as(HtmlBuilder *b, const HtmlToken *token, HtmlMode mode) {
  HTML_CLEAR_TO(b, HTML_TAG_TABLE);
  html_insert_element(b, token);
  b->mode = mode;
  return HTML_DONE;
}

static bool imply(HtmlBuilder *b, HtmlTag tag, HtmlMode mode) {
  HTML_CLEAR_TO(b, HTML_TAG_TABLE);
  html_insert_implied(b, tag);
  return go(b, mode);
}

static bool end_table(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_in_table_scope(b, HTML_TAG_TABLE)) return ignore(b, token);
  html_pop_tag(b, HTML_TAG_TABLE);
  html_reset_mode(b);
  return HTML_DONE;
}

static bool table_in_table(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_in_table_scope(b, HTML_TAG_TABLE)) return ignore(b, token);
  end_table(b, token);
  return HTML_AGAIN;
}

static bool hidden_input(HtmlBuilder *b, HtmlToken *token) {
  Str type;
  bool hidden = html_token_attr(b, token, "type", &type) && str_eq_nocase(type, STR("hidden"));
  if (!hidden) return html_table_anything_else(b, token);
  html_error(b, token, "input-in-table");
  html_insert_void(b, token);
  return HTML_DONE;
}

static bool form_in_table(HtmlBuilder *b, const HtmlToken *token) {
  html_error(b, token, "form-in-table");
  if (b->last[HTML_TAG_TEMPLATE] || b->form) return HTML_DONE;
  b->tree->odd = true;
  b->form = html_insert_element(b, token);
  html_pop(b);
  return HTML_DONE;
}

static bool table_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_CAPTION:
      HTML_CLEAR_TO(b, HTML_TAG_TABLE);
      html_active_marker(b);
      return open_as(b, token, HTML_MODE_IN_CAPTION);
    case HTML_TAG_COLGROUP:
      return open_as(b, token, HTML_MODE_IN_COLUMN_GROUP);
    case HTML_TAG_COL:
      return imply(b, HTML_TAG_COLGROUP, HTML_MODE_IN_COLUMN_GROUP);
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
      return open_as(b, token, HTML_MODE_IN_TABLE_BODY);
    case HTML_TAG_TD:
    case HTML_TAG_TH:
    case HTML_TAG_TR:
      return imply(b, HTML_TAG_TBODY, HTML_MODE_IN_TABLE_BODY);
    case HTML_TAG_TABLE:
      return table_in_table(b, token);
    case HTML_TAG_STYLE:
    case HTML_TAG_SCRIPT:
    case HTML_TAG_TEMPLATE:
      return html_mode_in_head(b, token);
    case HTML_TAG_INPUT:
      return hidden_input(b, token);
    case HTML_TAG_FORM:
      return form_in_table(b, token);
    default:
      return html_table_anything_else(b, token);
  }
}

static bool table_end(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_TABLE:
      return end_table(b, token);
    case HTML_TAG_BODY:
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_HTML:
    case HTML_TAG_TBODY:
    case HTML_TAG_TD:
    case HTML_TAG_TFOOT:
    case HTML_TAG_TH:
    case HTML_TAG_THEAD:
    case HTML_TAG_TR:
      return ignore(b, token);
    case HTML_TAG_TEMPLATE:
      return html_mode_in_head(b, token);
    default:
      return html_table_anything_else(b, token);
  }
}

static bool takes_table_text(HtmlBuilder *b) {
  return html_current(b)->traits & HTML_IS_FOSTER || html_current_is(b, HTML_TAG_TEMPLATE);
}

bool html_mode_in_table(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return takes_table_text(b) ? start_table_text(b) : html_table_anything_else(b, token);
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      html_insert_mark(b, token);
      return HTML_DONE;
    case HTML_TOKEN_DOCTYPE:
      html_error(b, token, "unexpected-doctype");
      return HTML_DONE;
    case HTML_TOKEN_START_TAG:
      return table_start(b, token);
    case HTML_TOKEN_END_TAG:
      return table_end(b, token);
    case HTML_TOKEN_END:
      return html_mode_in_body(b, token);
  }
  return HTML_DONE;
}

static void flush_table_text(HtmlBuilder *b) {
  for (size_t i = 0; i < b->table_text.len; i++) {
    HtmlStretch s = b->table_text.data[i];
    HtmlToken text = {.kind = HTML_TOKEN_TEXT,
                      .start = s.start,
                      .end = s.end,
                      .name_start = s.start,
                      .name_end = s.end,
                      .flags = s.flags};
    if (b->table_text_odd)
      html_table_anything_else(b, &text);
    else if (!html_only_nul(b, &text))
      html_insert_text(b, s.start, s.end, s.flags);
  }
}

bool html_mode_in_table_text(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_TEXT) {
    vec_push(b->arena, &b->table_text,
             (HtmlStretch){.start = token->name_start, .end = token->name_end, .flags = token->flags});
    b->table_text_odd |= html_has_nonspace(b, token);
    return HTML_DONE;
  }
  flush_table_text(b);
  return go(b, b->original_mode);
}

/// Ends the caption; the token that asked for it is ignored when there is none.
static bool close_caption(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_in_table_scope(b, HTML_TAG_CAPTION)) {
    ignore(b, token);
    return false;
  }
  html_implied_end_tags(b, HTML_TAG_OTHER);
  if (!html_current_is(b, HTML_TAG_CAPTION)) html_error(b, token, "misnested-end-tag");
  html_pop_tag(b, HTML_TAG_CAPTION);
  html_active_clear(b);
  b->mode = HTML_MODE_IN_TABLE;
  return true;
}

/// Start tags that end a caption or a cell.
bool html_is_table_part(HtmlTag tag) {
  switch (tag) {
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_TBODY:
    case HTML_TAG_TD:
    case HTML_TAG_TFOOT:
    case HTML_TAG_TH:
    case HTML_TAG_THEAD:
    case HTML_TAG_TR:
      return true;
    default:
      return false;
  }
}

bool html_mode_in_caption(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_START_TAG && html_is_table_part(token->tag)) return close_caption(b, token);
  if (token->kind != HTML_TOKEN_END_TAG) return html_mode_in_body(b, token);
  if (token->tag == HTML_TAG_CAPTION) {
    close_caption(b, token);
    return HTML_DONE;
  }
  if (token->tag == HTML_TAG_TABLE) return close_caption(b, token);
  if (html_is_table_part(token->tag) || token->tag == HTML_TAG_BODY || token->tag == HTML_TAG_HTML)
    return ignore(b, token);
  return html_mode_in_body(b, token);
}

static bool leave_column_group(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_current_is(b, HTML_TAG_COLGROUP)) return ignore(b, token);
  html_pop(b);
  return go(b, HTML_MODE_IN_TABLE);
}

static bool column_group_start(HtmlBuilder *b, HtmlToken *token) {
  if (token->tag == HTML_TAG_HTML) return html_mode_in_body(b, token);
  if (token->tag == HTML_TAG_TEMPLATE) return html_mode_in_head(b, token);
  if (token->tag != HTML_TAG_COL) return leave_column_group(b, token);
  html_insert_void(b, token);
  return HTML_DONE;
}

static bool column_group_end(HtmlBuilder *b, HtmlToken *token) {
  if (token->tag == HTML_TAG_TEMPLATE) return html_mode_in_head(b, token);
  if (token->tag == HTML_TAG_COL) return ignore(b, token);
  bool again = leave_column_group(b, token);
  return again && token->tag != HTML_TAG_COLGROUP;
}

/// Text ends the column group, unless that is the context of a fragment or a template's: then it is lost.
static bool column_group_text(HtmlBuilder *b, HtmlToken *token) {
  if (html_current_is(b, HTML_TAG_COLGROUP))
    return html_take_space(b, token, true) ? leave_column_group(b, token) : HTML_DONE;
  if (html_keep_space(b, token)) html_error(b, token, "text-in-column-group");
  return HTML_DONE;
}

bool html_mode_in_column_group(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return column_group_text(b, token);
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      html_insert_mark(b, token);
      return HTML_DONE;
    case HTML_TOKEN_DOCTYPE:
      html_error(b, token, "unexpected-doctype");
      return HTML_DONE;
    case HTML_TOKEN_START_TAG:
      return column_group_start(b, token);
    case HTML_TOKEN_END_TAG:
      return column_group_end(b, token);
    case HTML_TOKEN_END:
      return html_mode_in_body(b, token);
  }
  return HTML_DONE;
}
