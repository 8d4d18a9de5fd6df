/* Doctypes (HTML standard, 13.2.5.53 to 13.2.5.68).
 *
 * In: text behind "<!doctype". Out: a token with the stretches of its name and identifiers.
 * Surprising: almost every error sets the flag for quirks mode, and what follows is passed over. */
#include "html/lexer.h"

/*!include:re2c "html_common.inc" */

/// The two identifiers are read alike; only their names and fields differ.
typedef struct Identifier {
  const char *unspaced, *missing, *unquoted, *abrupt;  // error codes
} Identifier;

static const Identifier public_id = {
    "missing-whitespace-after-doctype-public-keyword",
    "missing-doctype-public-identifier",
    "missing-quote-before-doctype-public-identifier",
    "abrupt-doctype-public-identifier",
};
static const Identifier system_id = {
    "missing-whitespace-after-doctype-system-keyword",
    "missing-doctype-system-identifier",
    "missing-quote-before-doctype-system-identifier",
    "abrupt-doctype-system-identifier",
};

/// Ends the token behind `end`.
static bool finish(HtmlLexer *lexer, HtmlToken *token, const char *end) {
  token->kind = HTML_TOKEN_DOCTYPE;
  const uint8_t wanted = HTML_HAS_CR | HTML_HAS_NUL | HTML_HAS_UPPER;
  token->flags = html_flags_of(lexer->at, end, wanted);
  lexer->at = end;
  return true;
}

static bool finish_quirky(HtmlLexer *lexer, HtmlToken *token, const char *code, const char *at,
                          const char *end) {
  html_lexer_error(lexer, code, at);
  token->force_quirks = true;
  return finish(lexer, token, end);
}

/// The text ended.
static bool finish_at_end(HtmlLexer *lexer, HtmlToken *token) {
  return finish_quirky(lexer, token, "eof-in-doctype", lexer->end, lexer->end);
}

/// Something at `p` that does not belong there; the rest up to '>' is passed over.
static bool finish_bogus(HtmlLexer *lexer, HtmlToken *token, const char *code, const char *p, bool quirks) {
  html_lexer_error(lexer, code, p);
  token->force_quirks |= quirks;
  for (; !html_at_end(lexer, p) && *p != '>'; p++) {
    if (*p == '\0') html_lexer_error(lexer, "unexpected-null-character", p);
  }
  return finish(lexer, token, html_at_end(lexer, p) ? lexer->end : p + 1);
}

/// At `p` stands no identifier: "'>'", the end, or something else.
static bool finish_without(HtmlLexer *lexer, HtmlToken *token, const Identifier *id, const char *p) {
  if (html_at_end(lexer, p)) return finish_at_end(lexer, token);
  if (*p == '>') return finish_quirky(lexer, token, id->missing, p, p + 1);
  return finish_bogus(lexer, token, id->unquoted, p, true);
}

/// The quoted identifier at `p`. Answers what is behind it, or NULL when the token is finished.
static const char *lex_quoted(HtmlLexer *lexer, HtmlToken *token, const Identifier *id, const char *p,
                              uint32_t *start, uint32_t *end) {
  char quote = *p++;
  *start = html_offset(lexer, p);
  for (; *p != quote && *p != '>'; p++) {
    if (*p != '\0') continue;
    if (html_at_end(lexer, p)) break;
    html_lexer_error(lexer, "unexpected-null-character", p);
  }
  *end = html_offset(lexer, p);
  if (html_at_end(lexer, p)) {
    finish_at_end(lexer, token);
  } else if (*p == '>') {
    finish_quirky(lexer, token, id->abrupt, p, p + 1);
  } else {
    return p + 1;
  }
  return NULL;
}

static const char *skip_space(const char *p) {
  while (*p == ' ' || (*p >= '\t' && *p <= '\r' && *p != '\v')) p++;
  return p;
}

static bool lex_system_id(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  token->has_system = true;
  p = lex_quoted(lexer, token, &system_id, p, &token->system_start, &token->system_end);
  if (!p) return true;
  p = skip_space(p);
  if (html_at_end(lexer, p)) return finish_at_end(lexer, token);
  if (*p == '>') return finish(lexer, token, p + 1);
  return finish_bogus(lexer, token, "unexpected-character-after-doctype-system-identifier", p, false);
}

static bool lex_public_id(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  token->has_public = true;
  p = lex_quoted(lexer, token, &public_id, p, &token->public_start, &token->public_end);
  if (!p) return true;
  const char *behind = p;
  p = skip_space(p);
  if (html_at_end(lexer, p)) return finish_at_end(lexer, token);
  if (*p == '>') return finish(lexer, token, p + 1);
  if (*p != '"' && *p != '\'') return finish_bogus(lexer, token, system_id.unquoted, p, true);
  if (p == behind) {
    html_lexer_error(lexer, "missing-whitespace-between-doctype-public-and-system-identifiers", p);
  }
  return lex_system_id(lexer, token, p);
}

/// Behind the keyword: the identifier it announces.
static bool lex_identifier(HtmlLexer *lexer, HtmlToken *token, const Identifier *id, const char *p) {
  const char *keyword_end = p;
  p = skip_space(p);
  if (*p != '"' && *p != '\'') return finish_without(lexer, token, id, p);
  if (p == keyword_end) html_lexer_error(lexer, id->unspaced, p);
  return id == &public_id ? lex_public_id(lexer, token, p) : lex_system_id(lexer, token, p);
}

static bool lex_after_name(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  const char *YYMARKER, *start;
  start = p = skip_space(p);
  /*!local:re2c
    ">"       { return finish(lexer, token, p); }
    'public'  { return lex_identifier(lexer, token, &public_id, p); }
    'system'  { return lex_identifier(lexer, token, &system_id, p); }
    *         { p = start; goto other; }
  */
other:
  if (html_at_end(lexer, p)) return finish_at_end(lexer, token);
  return finish_bogus(lexer, token, "invalid-character-sequence-after-doctype-name", p, true);
}

bool html_lex_doctype(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  const char *keyword_end = p;
  p = skip_space(p);
  if (html_at_end(lexer, p)) return finish_at_end(lexer, token);
  if (p == keyword_end && *p != '>') html_lexer_error(lexer, "missing-whitespace-before-doctype-name", p);
  if (*p == '>') return finish_quirky(lexer, token, "missing-doctype-name", p, p + 1);
  token->has_name = true;
  token->name_start = html_offset(lexer, p);
  for (;; token->name_end = html_offset(lexer, p)) {
    /*!local:re2c
      nul {
        if (html_at_end(lexer, p - 1)) return finish_at_end(lexer, token);
        html_lexer_error(lexer, "unexpected-null-character", p - 1);
        continue;
      }
      [^\t\n\f\r >\x00]+  { continue; }
      *                   { return lex_after_name(lexer, token, p - 1); }
    */
  }
}
