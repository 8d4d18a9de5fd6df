/* Tokens inside SVG and MathML (WHATWG HTML, 13.2.6.5): which of them the foreign rules take, and what
 * they do. Surprising: <font> leaves foreign content only with one of three attributes. */
#include "html/builder.h"

bool html_is_foreign(HtmlBuilder *b, const HtmlToken *token) {
  const HtmlOpen *at = html_adjusted(b);
  bool start = token->kind == HTML_TOKEN_START_TAG, text = token->kind == HTML_TOKEN_TEXT;
  if (token->kind == HTML_TOKEN_END) return false;
  if (at->points & HTML_HTML_POINT && (start || text)) return false;
  if (at->points & HTML_MATH_TEXT_POINT) {
    if (text) return false;
    if (start && token->tag != HTML_TAG_MGLYPH && token->tag != HTML_TAG_MALIGNMARK) return false;
  }
  return !(at->points & HTML_ANNOTATION && start && token->tag == HTML_TAG_SVG);
}

static bool breaks_out(HtmlBuilder *b, const HtmlToken *token) {
  Str value;
  if (token->kind == HTML_TOKEN_END_TAG) return token->tag == HTML_TAG_BR || token->tag == HTML_TAG_P;
  if (token->tag == HTML_TAG_FONT)
    return html_token_attr(b, token, "color", &value) || html_token_attr(b, token, "face", &value) ||
           html_token_attr(b, token, "size", &value);
  return html_tag_traits[token->tag] & HTML_IS_BREAKOUT;
}

static bool break_out(HtmlBuilder *b, HtmlToken *token) {
  html_error(b, token, "html-in-foreign-content");
  const uint8_t end = HTML_MATH_TEXT_POINT | HTML_HTML_POINT;
  while (html_current(b)->space != HTML_NS_HTML && !(html_current(b)->points & end)) html_pop(b);
  return html_mode_rule(b->mode)(b, token);
}

static bool foreign_start(HtmlBuilder *b, HtmlToken *token) {
  if (breaks_out(b, token)) return break_out(b, token);
  html_insert_foreign(b, token, (HtmlNamespace)html_adjusted(b)->space);
  if (token->self_closing) html_pop(b);
  return HTML_DONE;
}

static bool same_name(HtmlBuilder *b, HtmlNodeId element, const HtmlToken *token) {
  const HtmlNode *node = &b->tree->nodes.data[element];
  if (node->tag != HTML_TAG_OTHER || token->tag != HTML_TAG_OTHER) return node->tag == token->tag;
  const HtmlStart *start = &b->tree->starts.data[node->data];
  Str name = str_span(b->text + start->start + 1, b->text + start->name_end);
  return str_eq_nocase(name, str_span(b->text + token->name_start, b->text + token->name_end));
}

/// Looks for the element down to the first HTML element, which has the rules of the mode.
static bool foreign_end(HtmlBuilder *b, HtmlToken *token) {
  if (breaks_out(b, token)) return break_out(b, token);
  for (uint32_t i = b->top; i > 1; i--) {
    if (b->open[i].space == HTML_NS_HTML) {
      html_work(b, b->top - i);
      return html_mode_rule(b->mode)(b, token);
    }
    if (!same_name(b, b->open[i].node, token)) continue;
    if (i != b->top) html_error(b, token, "misnested-end-tag");
    html_pop_to(b, i);
    return HTML_DONE;
  }
  return HTML_DONE;
}

static bool foreign_text(HtmlBuilder *b, HtmlToken *token) {
  html_insert_text(b, token->name_start, token->name_end, token->flags | HTML_KEEP_NUL);
  if (b->frameset_ok && (token->flags & HTML_HAS_NONSPACE) && html_has_nonspace(b, token))
    b->frameset_ok = false;
  return HTML_DONE;
}

bool html_foreign_rule(HtmlBuilder *b, HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      return foreign_text(b, token);
    case HTML_TOKEN_COMMENT:
    case HTML_TOKEN_PI:
      html_insert_mark(b, token);
      return HTML_DONE;
    case HTML_TOKEN_DOCTYPE:
      html_error(b, token, "unexpected-doctype");
      return HTML_DONE;
    case HTML_TOKEN_START_TAG:
      return foreign_start(b, token);
    case HTML_TOKEN_END_TAG:
      return foreign_end(b, token);
    case HTML_TOKEN_END:
      return HTML_DONE;
  }
  return HTML_DONE;
}
