/* The tokenizer of HTML: one token a call, by content model (HTML standard, 13.2.5.1 to 13.2.5.8,
 * and what "<", "</", "<!" and "<?" open).
 *
 * In: text, and the state that the tree builder set. Out: a token. Tags, comments, doctypes and the
 * insides of script are in the other html_*.re files. Surprising: a text token ends before every
 * '<', so that a '<' that opens nothing starts a text token of its own. */
#include "html/lexer.h"
#include "html/reference.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "html/scan.h"

/*!include:re2c "html_common.inc" */

HtmlLexer *html_lexer_new(Arena *arena, Str text, HtmlErrors *errors) {
  HtmlLexer *lexer = arena_new(arena, HtmlLexer);
  html_names_fill();
  lexer->begin = lexer->at = lexer->checked = text.data;
  lexer->end = text.data + text.len;
  lexer->arena = arena;
  lexer->errors = errors && errors->arena ? errors : NULL;
  lexer->short_cuts = !lexer->errors;
  lexer->wide = scan_best() == SCAN_AVX2;
  return lexer;
}

void html_lexer_set_content_model(HtmlLexer *lexer, HtmlContentModel model, Str last_start_tag) {
  lexer->model = model;
  if (last_start_tag.data) lexer->last_tag = last_start_tag;
}

void html_lexer_allow_cdata(HtmlLexer *lexer, bool allowed) { lexer->cdata_allowed = allowed; }

void html_lexer_option(HtmlLexer *lexer, HtmlLexerOption option, bool on) {
  if (option == HTML_LEXER_PI_IS_COMMENT) lexer->pi_is_comment = on;
  if (option == HTML_LEXER_NARROW) lexer->wide = !on && scan_best() == SCAN_AVX2;
  if (option == HTML_LEXER_STRICT_STATES) lexer->short_cuts = !on && !lexer->errors;
}

/// Fills in a token of text; what has flags is checked for errors where these are wanted.
static bool text_token(HtmlLexer *lexer, HtmlToken *token, const char *content, const char *content_end,
                       const char *end, uint8_t flags) {
  token->kind = HTML_TOKEN_TEXT;
  token->name_start = html_offset(lexer, content);
  token->name_end = html_offset(lexer, content_end);
  token->flags = flags;
  lexer->at = end;
  return true;
}

static void report_nuls(HtmlLexer *lexer, const char *p, const char *end) {
  if (!lexer->errors) return;
  while (p < end && (p = memchr(p, 0, (size_t)(end - p))) != NULL) {
    html_lexer_error(lexer, "unexpected-null-character", p++);
  }
}

static void report_references(HtmlLexer *lexer, const char *p, const char *end) {
  if (lexer->errors) html_reference_check(lexer->errors, lexer->begin, p, end, false);
}

/// Text in data, from `p` (which is taken whatever it is) to the next '<'.
static bool lex_data(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  uint8_t flags = 0;
  const char *end = html_scan_text(p + (*p == '<'), lexer->end, &flags);
  if (*p == '<') flags |= HTML_HAS_NONSPACE;
  if (flags & HTML_HAS_REFERENCE) report_references(lexer, p, end);
  if (flags & HTML_HAS_NUL) report_nuls(lexer, p, end);
  return text_token(lexer, token, p, end, end, flags);
}

bool html_lex_raw_text(HtmlLexer *lexer, HtmlToken *token) {
  const char *p = lexer->at, *end = lexer->end;
  if (lexer->model == HTML_SCRIPT_DATA) {
    end = html_script_end(lexer, p);
  } else if (lexer->model != HTML_PLAINTEXT) {
    for (end = p; (end = memchr(end, '<', (size_t)(lexer->end - end))) != NULL; end++) {
      if (html_is_appropriate_end_tag(lexer, end)) break;
    }
    if (!end) end = lexer->end;
  }
  if (end == p) return false;
  bool references = lexer->model == HTML_RCDATA;
  uint8_t flags = html_flags_of(p, end, (uint8_t)(~HTML_HAS_UPPER & (references ? 0xff : ~HTML_HAS_REFERENCE)));
  if (flags & HTML_HAS_REFERENCE) report_references(lexer, p, end);
  if (flags & HTML_HAS_NUL) report_nuls(lexer, p, end);
  return text_token(lexer, token, p, end, end, flags);
}

/// A CDATA section from its first character on; false when it is empty.
static bool lex_cdata(HtmlLexer *lexer, HtmlToken *token, const char *content) {
  const char *end = memmem(content, (size_t)(lexer->end - content), "]]>", 3);
  lexer->model = HTML_DATA;
  if (!end) {
    html_lexer_error(lexer, "eof-in-cdata", lexer->end);
    end = lexer->end;
  }
  lexer->at = end < lexer->end ? end + 3 : end;
  if (end == content) return false;
  const uint8_t wanted = HTML_HAS_CR | HTML_HAS_NUL | HTML_HAS_NONSPACE;
  return text_token(lexer, token, content, end, lexer->at, html_flags_of(content, end, wanted));
}

/// Behind "<!".
static bool lex_declaration(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  const char *start = p, *YYMARKER;
  /*!local:re2c
    "--"       { return html_lex_comment(lexer, token, p); }
    'doctype'  { return html_lex_doctype(lexer, token, p); }
    "[CDATA["  {
      if (lexer->cdata_allowed) return lex_cdata(lexer, token, p);
      html_lexer_error(lexer, "cdata-in-html-content", p - 1);
      return html_lex_bogus_comment(lexer, token, start, p);
    }
    *          {
      html_lexer_error(lexer, "incorrectly-opened-comment", start);
      return html_lex_bogus_comment(lexer, token, start, start);
    }
  */
}

/// Behind "</", where no letter follows.
static bool lex_odd_end_tag(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  if (*p == '>') {
    html_lexer_error(lexer, "missing-end-tag-name", p);
    lexer->at = p + 1;
    return false;
  }
  html_lexer_error(lexer, "invalid-first-character-of-tag-name", p);
  return html_lex_bogus_comment(lexer, token, p, p);
}

/// The text "<" or "</" at the end of the file.
static bool lex_end_in_tag_open(HtmlLexer *lexer, HtmlToken *token) {
  html_lexer_error(lexer, "eof-before-tag-name", lexer->end);
  return text_token(lexer, token, lexer->at, lexer->end, lexer->end, HTML_HAS_NONSPACE);
}

bool html_lex_markup(HtmlLexer *lexer, HtmlToken *token) {
  const char *p = lexer->at;
  /*!local:re2c
    "<" "/"? [a-zA-Z]  { return html_lex_tag(lexer, token); }
    "<!"               { return lex_declaration(lexer, token, p); }
    "<?"               { return html_lex_pi(lexer, token, p); }
    "</"               {
      if (html_at_end(lexer, p)) return lex_end_in_tag_open(lexer, token);
      return lex_odd_end_tag(lexer, token, p);
    }
    "<"                {
      if (html_at_end(lexer, p)) return lex_end_in_tag_open(lexer, token);
      html_lexer_error(lexer, "invalid-first-character-of-tag-name", p);
      return lex_data(lexer, token, lexer->at);
    }
    *                  { return lex_data(lexer, token, lexer->at); }
  */
}

static bool lex_token(HtmlLexer *lexer, HtmlToken *token) {
  if (lexer->model == HTML_DATA) return html_lex_markup(lexer, token);
  if (lexer->model == HTML_CDATA_SECTION) return lex_cdata(lexer, token, lexer->at);
  if (html_lex_raw_text(lexer, token)) return true;
  if (lexer->at == lexer->end) return false;
  lexer->model = HTML_DATA;
  return html_lex_tag(lexer, token);
}

/// Reports what the standard's preprocessing does (13.2.3.5), up to where the lexer is.
static void check_characters(HtmlLexer *lexer) {
  const char *p = lexer->checked, *limit = lexer->at, *start = p, *YYMARKER;
  lexer->checked = limit;
  while ((start = p) < limit) {
    /*!local:re2c
      [\x01-\x08\x0b\x0e-\x1f\x7f] | "\xc2" [\x80-\x9f]  {
        html_lexer_error(lexer, "control-character-in-input-stream", start);
        continue;
      }
      "\xef" ("\xb7" [\x90-\xaf] | "\xbf" [\xbe\xbf]) |
      [\xf0-\xf4] [\x80-\xbf] "\xbf" [\xbe\xbf]  {
        uint32_t code;
        utf8_decode(str_span(start, p), &code);
        if (utf8_is_noncharacter(code)) html_lexer_error(lexer, "noncharacter-in-input-stream", start);
        continue;
      }
      *  { continue; }
    */
  }
}

void html_lexer_next(HtmlLexer *lexer, HtmlToken *token) {
  if (lexer->wide)
    html_next_wide(lexer, token);
  else
    html_next(lexer, token);
}

void html_lex_by_states(HtmlLexer *lexer, HtmlToken *token) {
  const char *start;
  bool made = false;
  do {
    start = lexer->at;
    if (start == lexer->end && lexer->model != HTML_CDATA_SECTION) break;
    *token = (HtmlToken){.kind = HTML_TOKEN_END};
    made = lex_token(lexer, token);
    if (lexer->errors) check_characters(lexer);
  } while (!made);
  if (!made) *token = (HtmlToken){.kind = HTML_TOKEN_END};
  token->start = html_offset(lexer, start);
  token->end = html_offset(lexer, lexer->at);
  token->error = lexer->errors ? (uint32_t)lexer->errors->list.len : 0;
}
