/* What the short way of html/quick.h may do with each tag, by the rules "in body" that
 * grammar/html_tag_rules.def names. Surprising: a tag that the table does not have goes by "any other", which
 * is 0; unknown names and what moves other nodes do not. */
#include "html/quick.h"

enum {
  START_html = QUICK_NOT,
  START_head = QUICK_NOT,
  START_body = QUICK_NOT,
  START_frameset = QUICK_NOT,
  START_block = QUICK_BLOCK,
  START_heading = QUICK_BLOCK | QUICK_HEADING,
  START_pre = QUICK_NOT,
  START_form = QUICK_NOT,
  START_li = QUICK_BLOCK | QUICK_ITEM,
  START_dd = QUICK_BLOCK | QUICK_ITEM,
  START_plaintext = QUICK_NOT,
  START_button = QUICK_NOT,
  START_a = QUICK_FORMATTING | QUICK_ALONE,
  START_formatting = QUICK_FORMATTING,
  START_nobr = QUICK_NOT,
  START_object = QUICK_NOT,
  START_table = QUICK_NOT,
  START_void = QUICK_VOID,
  START_track = QUICK_VOID,
  START_image = QUICK_NOT,
  START_textarea = QUICK_NOT,
  START_xmp = QUICK_NOT,
  START_iframe = QUICK_NOT,
  START_rawtext = QUICK_NOT,
  START_noscript = QUICK_NOT,
  START_rb = QUICK_NOT,
  START_rt = QUICK_NOT,
  START_math = QUICK_NOT,
  START_svg = QUICK_NOT,
  START_ignored = QUICK_NOT | QUICK_VOID,  // leaves nothing that is open
  START_other = 0,
  START_input = QUICK_NOT,
  START_hr = QUICK_NOT,
  START_select = QUICK_NOT,
  START_option = QUICK_NOT,
  START_optgroup = QUICK_NOT,
};

enum {
  END_template = QUICK_NOT,
  END_body = QUICK_NOT,
  END_html = QUICK_NOT,
  END_block = 0,
  END_form = QUICK_NOT,
  END_p = 0,
  END_li = 0,
  END_dd = 0,
  END_heading = 0,
  END_formatting = QUICK_FORMATTING,
  END_object = QUICK_NOT,
  END_br = QUICK_NOT,
  END_other = 0,
};

// The parts of tables have end tags "in cell" that are not those "in body". Their start tags are ignored in
// both.
#define END_OF(start, end) (START_##start == START_ignored ? QUICK_NOT : END_##end)

const QuickTag html_quick_tags[HTML_TAG_COUNT] = {
    [HTML_TAG_OTHER] = {QUICK_NOT, QUICK_NOT},
    [HTML_TAG_SELECTEDCONTENT] = {QUICK_NOT, 0},
#define RULE(tag, traits, start, end) [HTML_TAG_##tag] = {START_##start, END_OF(start, end)},
#include "html_tag_rules.def"
#undef RULE
};

/// Whether the next token is a tag, or nothing: so that white space before it is all the text there is.
static bool is_before_tag(const HtmlLexer *lexer) {
  const char *p = lexer->at;
  char c = p[1] == '/' ? p[2] : p[1];
  return *p == '<' && (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool table_space(HtmlBuilder *b, const HtmlToken *token) {
  if (token->flags & (HTML_HAS_NONSPACE | HTML_HAS_NUL)) return false;
  return html_current(b)->traits & HTML_IS_FOSTER && is_before_tag(b->lexer) &&
         quick_text(b, token->start, token->end, token->flags);
}

static void open_part(HtmlBuilder *b, const HtmlToken *token, HtmlMode mode) {
  html_push_known(b, quick_insert(b, token->tag, html_start_of(token)), token->tag);
  b->mode = mode;
}

static bool close_part(HtmlBuilder *b, HtmlMode mode) {
  if (!quick_may_be_current(b, b->top - 1)) return false;
  html_pop(b);
  b->mode = mode;
  return true;
}

static bool is_table_body(HtmlTag tag) {
  return tag == HTML_TAG_TBODY || tag == HTML_TAG_THEAD || tag == HTML_TAG_TFOOT;
}

static bool start_part(HtmlBuilder *b, const HtmlToken *token) {
  HtmlTag current = (HtmlTag)html_current(b)->tag;
  bool is_row = token->tag == HTML_TAG_TR, is_cell = token->tag == HTML_TAG_TD || token->tag == HTML_TAG_TH;
  if (is_row && b->mode == HTML_MODE_IN_TABLE_BODY && is_table_body(current)) {
    open_part(b, token, HTML_MODE_IN_ROW);
    return true;
  }
  if (!is_cell || b->mode != HTML_MODE_IN_ROW || current != HTML_TAG_TR) return false;
  open_part(b, token, HTML_MODE_IN_CELL);
  html_active_marker(b);
  return true;
}

static bool end_cell(HtmlBuilder *b, const HtmlToken *token) {
  if (!html_current_is(b, token->tag) || (token->tag != HTML_TAG_TD && token->tag != HTML_TAG_TH))
    return false;
  if (!b->active.len || vec_last(&b->active).node || !close_part(b, HTML_MODE_IN_ROW)) return false;
  b->active.len--;
  return true;
}

bool quick_table_token(HtmlBuilder *b, const HtmlToken *token) {
  if (b->mode == HTML_MODE_IN_BODY) return false;
  if (b->mode == HTML_MODE_IN_CELL) return token->kind == HTML_TOKEN_END_TAG && end_cell(b, token);
  if (token->kind == HTML_TOKEN_TEXT) return table_space(b, token);
  if (token->kind == HTML_TOKEN_START_TAG) return start_part(b, token);
  if (b->mode != HTML_MODE_IN_ROW || token->tag != HTML_TAG_TR || !html_current_is(b, HTML_TAG_TR))
    return false;
  return close_part(b, HTML_MODE_IN_TABLE_BODY);
}
