/* Comments, what is taken for comments, and processing instructions (HTML standard, 13.2.5.41 to
 * 13.2.5.52 and the processing instruction states of 2026).
 *
 * In: text behind "<!--", "<!", "</" or "<?". Out: a token whose data is a stretch of the text.
 * Surprising: a '>' ends a processing instruction too, and one that the end of the text cuts off
 * leaves no token at all. */
#include "html/lexer.h"

/*!include:re2c "html_common.inc" */

static void report_nuls(HtmlLexer *lexer, const char *p, const char *end) {
  while (lexer->errors && p < end && (p = memchr(p, 0, (size_t)(end - p))) != NULL) {
    html_lexer_error(lexer, "unexpected-null-character", p++);
  }
}

static bool comment_token(HtmlLexer *lexer, HtmlToken *token, const char *data, const char *data_end,
                          const char *end) {
  token->kind = HTML_TOKEN_COMMENT;
  token->system_start = html_offset(lexer, data);
  token->system_end = html_offset(lexer, data_end);
  token->flags = html_flags_of(data, data_end, HTML_HAS_CR | HTML_HAS_NUL);
  if (token->flags & HTML_HAS_NUL) report_nuls(lexer, data, data_end);
  lexer->at = end;
  return true;
}

/// The text ended: dashes (and "--!") at its end belong to an end mark that was never finished.
static bool end_in_comment(HtmlLexer *lexer, HtmlToken *token, const char *data) {
  Str rest = str_span(data, lexer->end);
  size_t dropped = str_ends(rest, STR("--!")) ? 3 : str_ends(rest, STR("--")) ? 2 : str_ends(rest, STR("-"));
  html_lexer_error(lexer, "eof-in-comment", lexer->end);
  return comment_token(lexer, token, data, lexer->end - dropped, lexer->end);
}

bool html_lex_comment(HtmlLexer *lexer, HtmlToken *token, const char *data) {
  const char *p = data, *YYMARKER;
  /*!local:re2c
    "-"? ">"  { goto abrupt; }
    *         { p = data; goto comment; }
  */
abrupt:
  html_lexer_error(lexer, "abrupt-closing-of-empty-comment", p - 1);
  return comment_token(lexer, token, data, data, p);
comment:
  for (;;) {
    /*!local:re2c
      "-->"        { return comment_token(lexer, token, data, p - 3, p); }
      "--!>"       {
        html_lexer_error(lexer, "incorrectly-closed-comment", p - 1);
        return comment_token(lexer, token, data, p - 4, p);
      }
      "<!--"       {
        if (*p != '>' && !html_at_end(lexer, p)) html_lexer_error(lexer, "nested-comment", p);
        p -= 2;
        continue;
      }
      nul          { if (html_at_end(lexer, p - 1)) return end_in_comment(lexer, token, data); continue; }
      [^<\-\x00]+  { continue; }
      *            { continue; }
    */
  }
}

bool html_lex_bogus_comment(HtmlLexer *lexer, HtmlToken *token, const char *data, const char *from) {
  const char *close = memchr(from, '>', (size_t)(lexer->end - from));
  if (!close) return comment_token(lexer, token, data, lexer->end, lexer->end);
  return comment_token(lexer, token, data, close, close + 1);
}

static bool end_in_pi(HtmlLexer *lexer) {
  html_lexer_error(lexer, "eof-in-processing-instruction", lexer->end);
  lexer->at = lexer->end;
  return false;
}

/// The data behind a target that ends at `p`.
static bool lex_pi_data(HtmlLexer *lexer, HtmlToken *token, const char *target, const char *p) {
  const char *close = memchr(p, '>', (size_t)(lexer->end - p));
  if (!close) return end_in_pi(lexer);
  token->kind = HTML_TOKEN_PI;
  token->name_start = html_offset(lexer, target);
  token->name_end = html_offset(lexer, p);
  while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f' || *p == '\r') p++;
  const char *end = close - (close > p && close[-1] == '?');
  token->system_start = html_offset(lexer, p);
  token->system_end = html_offset(lexer, end);
  token->flags = html_flags_of(p, end, HTML_HAS_CR);
  lexer->at = close + 1;
  return true;
}

static bool not_a_pi(HtmlLexer *lexer, HtmlToken *token, const char *code, const char *start, const char *at) {
  html_lexer_error(lexer, code, at);
  return html_lex_bogus_comment(lexer, token, start - 1, at);
}

bool html_lex_pi(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  const char *start = p;
  if (lexer->pi_is_comment) {
    return not_a_pi(lexer, token, "unexpected-question-mark-instead-of-tag-name", start, start - 1);
  }
  /*!local:re2c
    target = [a-zA-Z_] [a-zA-Z0-9\-_]*;
    ends   = [\t\n\f\r ?>];

    'xml' '-stylesheet'? / ends  {
      return not_a_pi(lexer, token, "disallowed-processing-instruction-target", start, p);
    }
    target / ends  { return lex_pi_data(lexer, token, start, p); }
    target         {
      if (html_at_end(lexer, p)) return end_in_pi(lexer);
      return not_a_pi(lexer, token, "invalid-processing-instruction-target", start, p);
    }
    *              {
      if (html_at_end(lexer, start)) return end_in_pi(lexer);
      return not_a_pi(lexer, token, "invalid-first-character-of-processing-instruction-target", start, start);
    }
  */
}
