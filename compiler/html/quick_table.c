/* The short way of html/quick.h through tables that are written in full: between the end of a cell and the
 * start of the next one, be it in another row.
 *
 * In: a place in the text. Out: rows and cells in the tree, and the place of the first token that is none of
 * their tags and no white space between them. Surprising: the tokenizer is not asked, but for attributes. */
#include "html/quick.h"

static bool is_tag(const char *p) { return *p == '<' && clean_is_letter(p[p[1] == '/' ? 2 : 1]); }

/// White space that ends at a tag, so that it is all the text there is.
static const char *take_space(HtmlBuilder *b, const char *p) {
  const char *end = p;
  uint8_t flags = 0;
  for (; html_is_space(*end); end++)
    if (*end == '\r') flags |= HTML_HAS_CR;
  if (end == p || !is_tag(end) || !quick_may_add_text(b)) return NULL;
  return quick_text(b, (CleanToken){.start = p, .end = end, .flags = flags});
}

static bool is_table_body(HtmlTag tag) {
  return tag == HTML_TAG_TBODY || tag == HTML_TAG_THEAD || tag == HTML_TAG_TFOOT;
}

static void open_part(HtmlBuilder *b, CleanToken token, HtmlMode mode) {
  html_push_known(b, quick_insert(b, token), token.tag);
  b->mode = mode;
}

/// At "<t": the next row of a table body, or the next cell of a row.
static const char *start_part(HtmlBuilder *b, const char *p) {
  CleanToken token = clean_start_tag(b->lexer, p);
  if (token.kind == HTML_TOKEN_END) return NULL;
  HtmlTag current = (HtmlTag)html_current(b)->tag;
  bool is_cell = token.tag == HTML_TAG_TD || token.tag == HTML_TAG_TH;
  if (is_cell && b->mode == HTML_MODE_IN_ROW && current == HTML_TAG_TR) {
    open_part(b, token, HTML_MODE_IN_CELL);
    html_active_marker(b);
    return token.end;
  }
  if (token.tag != HTML_TAG_TR || b->mode != HTML_MODE_IN_TABLE_BODY || !is_table_body(current)) return NULL;
  open_part(b, token, HTML_MODE_IN_ROW);
  return token.end;
}

static bool close_part(HtmlBuilder *b, HtmlMode mode) {
  if (!quick_may_be_current(b, b->top - 1)) return false;
  html_pop(b);
  b->mode = mode;
  return true;
}

/// At "</t": the end of a row.
static const char *end_row(HtmlBuilder *b, const char *p) {
  if (memcmp(p, "</tr>", 5) != 0 || b->mode != HTML_MODE_IN_ROW || !html_current_is(b, HTML_TAG_TR))
    return NULL;
  return close_part(b, HTML_MODE_IN_TABLE_BODY) ? p + 5 : NULL;
}

const char *quick_between_cells(HtmlBuilder *b, const char *p) {
  while (!quick_in_body(b) && quick_room(b)) {
    const char *behind = NULL;
    if (*p != '<')
      behind = take_space(b, p);
    else if (p[1] == 't')
      behind = start_part(b, p);
    else if (p[1] == '/')
      behind = end_row(b, p);
    if (!behind) break;
    p = behind;
  }
  return p;
}

const char *quick_end_cell(HtmlBuilder *b, const char *p) {
  if (b->mode != HTML_MODE_IN_CELL || p[2] != 't' || (p[3] != 'd' && p[3] != 'h') || p[4] != '>') return NULL;
  if (!html_current_is(b, p[3] == 'd' ? HTML_TAG_TD : HTML_TAG_TH)) return NULL;
  if (!b->active.len || vec_last(&b->active).node || !close_part(b, HTML_MODE_IN_ROW)) return NULL;
  b->active.len--;
  return quick_between_cells(b, p + 5);
}
