/* The insertion modes "in table body", "in row" and "in cell". In: a token; out: HTML_DONE or HTML_AGAIN.
 * What they have no rule for goes to "in table", or from a cell to "in body". */
#include "html/builder.h"

static bool ignore(HtmlBuilder *b, const HtmlToken *token) {
  html_error(b, token, token->kind == HTML_TOKEN_END_TAG ? "unexpected-end-tag" : "unexpected-start-tag");
  return HTML_DONE;
}

static bool go(HtmlBuilder *b, HtmlMode mode) {
  b->mode = mode;
  return HTML_AGAIN;
}

static void clear_to_body(HtmlBuilder *b) {
  HTML_CLEAR_TO(b, HTML_TAG_TBODY, HTML_TAG_TFOOT, HTML_TAG_THEAD);
}

static bool in_a_table_body(HtmlBuilder *b) {
  return html_in_table_scope(b, HTML_TAG_TBODY) || html_in_table_scope(b, HTML_TAG_THEAD) ||
         html_in_table_scope(b, HTML_TAG_TFOOT);
}

static bool leave_table_body(HtmlBuilder *b, const HtmlToken *token) {
  if (!in_a_table_body(b)) return ignore(b, token);
  clear_to_body(b);
  html_pop(b);
  return go(b, HTML_MODE_IN_TABLE);
}

static bool table_body_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_TR:
      clear_to_body(b);
      html_insert_element(b, token);
      b->mode = HTML_MODE_IN_ROW;
      return HTML_DONE;
    case HTML_TAG_TD:
    case HTML_TAG_TH:
      html_error(b, token, "cell-without-row");
      clear_to_body(b);
      html_insert_implied(b, HTML_TAG_TR);
      return go(b, HTML_MODE_IN_ROW);
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
      return leave_table_body(b, token);
    default:
      return html_mode_in_table(b, token);
  }
}

static bool table_body_end(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
      if (!html_in_table_scope(b, token->tag)) return ignore(b, token);
      leave_table_body(b, token);
      return HTML_DONE;
    case HTML_TAG_TABLE:
      return leave_table_body(b, token);
    case HTML_TAG_BODY:
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_HTML:
    case HTML_TAG_TD:
    case HTML_TAG_TH:
    case HTML_TAG_TR:
      return ignore(b, token);
    default:
      return html_mode_in_table(b, token);
  }
}

bool html_mode_in_table_body(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_START_TAG) return table_body_start(b, token);
  if (token->kind == HTML_TOKEN_END_TAG) return table_body_end(b, token);
  return html_mode_in_table(b, token);
}

/// Ends the row. False when there is none.
static bool leave_row(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_in_table_scope(b, HTML_TAG_TR)) return ignore(b, token);
  HTML_CLEAR_TO(b, HTML_TAG_TR);
  html_pop(b);
  return go(b, HTML_MODE_IN_TABLE_BODY);
}

static bool row_start(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_TD:
    case HTML_TAG_TH:
      HTML_CLEAR_TO(b, HTML_TAG_TR);
      html_insert_element(b, token);
      b->mode = HTML_MODE_IN_CELL;
      html_active_marker(b);
      return HTML_DONE;
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
    case HTML_TAG_TR:
      return leave_row(b, token);
    default:
      return html_mode_in_table(b, token);
  }
}

static bool row_end(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_TR:
      leave_row(b, token);
      return HTML_DONE;
    case HTML_TAG_TABLE:
      return leave_row(b, token);
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
      return html_in_table_scope(b, token->tag) && html_in_table_scope(b, HTML_TAG_TR) ? leave_row(b, token)
                                                                                       : ignore(b, token);
    case HTML_TAG_BODY:
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_HTML:
    case HTML_TAG_TD:
    case HTML_TAG_TH:
      return ignore(b, token);
    default:
      return html_mode_in_table(b, token);
  }
}

bool html_mode_in_row(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_START_TAG) return row_start(b, token);
  if (token->kind == HTML_TOKEN_END_TAG) return row_end(b, token);
  return html_mode_in_table(b, token);
}

/// Ends the cell that is open, whichever of the two kinds it is.
static void close_cell(HtmlBuilder *b) {
  html_implied_end_tags(b, HTML_TAG_OTHER);
  html_pop_to(b, html_max(b->last[HTML_TAG_TD], b->last[HTML_TAG_TH]));
  html_active_clear(b);
  b->mode = HTML_MODE_IN_ROW;
}

static bool leave_cell(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_in_table_scope(b, HTML_TAG_TD) && !html_in_table_scope(b, HTML_TAG_TH)) return ignore(b, token);
  close_cell(b);
  return HTML_AGAIN;
}

static bool end_cell(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_in_table_scope(b, token->tag)) return ignore(b, token);
  html_implied_end_tags(b, HTML_TAG_OTHER);
  if (!html_current_is(b, token->tag)) html_error(b, token, "misnested-end-tag");
  html_pop_tag(b, token->tag);
  html_active_clear(b);
  b->mode = HTML_MODE_IN_ROW;
  return HTML_DONE;
}

static bool cell_end(HtmlBuilder *b, HtmlToken *token) {
  switch (token->tag) {
    case HTML_TAG_TD:
    case HTML_TAG_TH:
      return end_cell(b, token);
    case HTML_TAG_BODY:
    case HTML_TAG_CAPTION:
    case HTML_TAG_COL:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_HTML:
      return ignore(b, token);
    case HTML_TAG_TABLE:
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_THEAD:
    case HTML_TAG_TR:
      return html_in_table_scope(b, token->tag) ? leave_cell(b, token) : ignore(b, token);
    default:
      return html_mode_in_body(b, token);
  }
}

bool html_mode_in_cell(HtmlBuilder *b, HtmlToken *token) {
  if (token->kind == HTML_TOKEN_START_TAG && html_is_table_part(token->tag)) return leave_cell(b, token);
  if (token->kind == HTML_TOKEN_END_TAG) return cell_end(b, token);
  return html_mode_in_body(b, token);
}
