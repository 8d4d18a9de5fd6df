/* Tags by the states of the HTML standard (13.2.5.6 to 13.2.5.8 and 13.2.5.32 to 13.2.5.40).
 *
 * In: lexer->at at "<" or "</" and a letter. Out: the tag with its attributes, or nothing when the
 * text ends inside of it. Every parse error of tags is found here; html/clean.h is the short
 * way for tags without errors and must make the same tokens of them. */
#include "html/lexer.h"
#include "html/reference.h"

/*!include:re2c "html_common.inc" */

typedef enum ValueEnd { VALUE_END, VALUE_TAG_END, VALUE_TEXT_END } ValueEnd;

/// The name at `p`, up to what ends it. Answers its end.
static const char *lex_tag_name(HtmlLexer *lexer, const char *p) {
  for (;;) {
    /*!local:re2c
      nul {
        if (html_at_end(lexer, p - 1)) return lexer->end;
        html_lexer_error(lexer, "unexpected-null-character", p - 1);
        continue;
      }
      [^\t\n\f\r />\x00]+  { continue; }
      *                    { return p - 1; }
    */
  }
}

/// An attribute's name; its first character is taken whatever it is, which the caller has checked.
static const char *lex_attr_name(HtmlLexer *lexer, const char *p) {
  if (*p == '=') html_lexer_error(lexer, "unexpected-equals-sign-before-attribute-name", p++);
  for (;;) {
    /*!local:re2c
      nul {
        if (html_at_end(lexer, p - 1)) return lexer->end;
        html_lexer_error(lexer, "unexpected-null-character", p - 1);
        continue;
      }
      ["'<] {
        html_lexer_error(lexer, "unexpected-character-in-attribute-name", p - 1);
        continue;
      }
      [^\t\n\f\r />=\x00"'<]+  { continue; }
      *                        { return p - 1; }
    */
  }
}

static ValueEnd lex_quoted(HtmlLexer *lexer, const char *p, char quote, const char **end) {
  for (;;) {
    /*!local:re2c
      nul {
        if (html_at_end(lexer, p - 1)) return VALUE_TEXT_END;
        html_lexer_error(lexer, "unexpected-null-character", p - 1);
        continue;
      }
      ["'] {
        if (p[-1] != quote) continue;
        *end = p - 1;
        return VALUE_END;
      }
      [^"'\x00]+  { continue; }
    */
  }
}

static ValueEnd lex_unquoted(HtmlLexer *lexer, const char *p, const char **end) {
  for (;;) {
    /*!local:re2c
      nul {
        if (html_at_end(lexer, p - 1)) return VALUE_TEXT_END;
        html_lexer_error(lexer, "unexpected-null-character", p - 1);
        continue;
      }
      ["'<=`] {
        html_lexer_error(lexer, "unexpected-character-in-unquoted-attribute-value", p - 1);
        continue;
      }
      space                      { *end = p - 1; return VALUE_END; }
      ">"                        { *end = p - 1; return VALUE_TAG_END; }
      [^\t\n\f\r >\x00"'<=`]+    { continue; }
    */
  }
}

/// Behind '=': the value, and *p behind it (at the '>' that ended it without a space).
static ValueEnd lex_value(HtmlLexer *lexer, const char **at, HtmlAttr *attr) {
  const char *p = *at, *begin = p, *end = NULL;
  ValueEnd how;
  for (;; begin = p) {
    /*!local:re2c
      space+  { continue; }
      ["']    { attr->quote = p[-1]; begin = p; break; }
      ">"     { goto missing; }
      *       { p = begin; break; }
    */
  }
  goto value;
missing:
  html_lexer_error(lexer, "missing-attribute-value", p - 1);
  attr->value_start = attr->value_end = html_offset(lexer, p - 1);
  *at = p - 1;
  return VALUE_TAG_END;
value:
  how = attr->quote ? lex_quoted(lexer, p, attr->quote, &end) : lex_unquoted(lexer, p, &end);
  if (how == VALUE_TEXT_END) return how;
  attr->value_start = html_offset(lexer, begin);
  attr->value_end = html_offset(lexer, end);
  attr->value_flags = html_flags_of(begin, end, HTML_HAS_REFERENCE | HTML_HAS_CR | HTML_HAS_NUL);
  if (lexer->errors && attr->value_flags & HTML_HAS_REFERENCE) {
    html_reference_check(lexer->errors, lexer->begin, begin, end, true);
  }
  *at = attr->quote ? end + 1 : end;
  return how;
}

/// One attribute from its name on. Answers where to go on; NULL at the end of the text.
static const char *lex_attr(HtmlLexer *lexer, const char *p) {
  HtmlAttr attr = {.name_start = html_offset(lexer, p)};
  const char *name = p, *YYMARKER;
  p = lex_attr_name(lexer, p);
  if (html_at_end(lexer, p)) return NULL;
  attr.name_end = html_offset(lexer, p);
  attr.value_start = attr.value_end = attr.name_end;
  attr.name_flags = html_flags_of(name, p, HTML_HAS_NUL | HTML_HAS_UPPER);
  bool added = html_add_attr(lexer, &attr);
  if (!added) html_lexer_error(lexer, "duplicate-attribute", p);
  for (const char *behind = p;;) {
    /*!local:re2c
      space* "="  { goto value; }
      *           { return behind; }
    */
  }
value:
  attr.has_value = true;
  if (lex_value(lexer, &p, &attr) == VALUE_TEXT_END) return NULL;
  if (added) {
    attr.known = vec_last(&lexer->attrs).known;
    vec_last(&lexer->attrs) = attr;
  }
  /*!local:re2c
    [\t\n\f\r />]  { return p - 1; }
    *              { p--; goto missing_space; }
  */
missing_space:
  if (html_at_end(lexer, p)) return NULL;
  html_lexer_error(lexer, "missing-whitespace-between-attributes", p);
  return p;
}

/// The end of a tag at its '>': errors that end tags have.
static bool finish(HtmlLexer *lexer, HtmlToken *token, bool is_end_tag, const char *close) {
  if (is_end_tag && lexer->attrs.len) html_lexer_error(lexer, "end-tag-with-attributes", close);
  if (is_end_tag && token->self_closing) {
    html_lexer_error(lexer, "end-tag-with-trailing-solidus", close);
  }
  html_finish_tag(lexer, token, is_end_tag ? HTML_TOKEN_END_TAG : HTML_TOKEN_START_TAG, close + 1);
  return true;
}

static bool end_in_tag(HtmlLexer *lexer) {
  html_lexer_error(lexer, "eof-in-tag", lexer->end);
  lexer->at = lexer->end;
  return false;
}

bool html_lex_tag(HtmlLexer *lexer, HtmlToken *token) {
  bool is_end_tag = lexer->at[1] == '/';
  const char *p = lexer->at + 1 + is_end_tag, *name = p;
  html_reset_attrs(lexer);
  p = lex_tag_name(lexer, p);
  token->name_start = html_offset(lexer, name);
  token->name_end = html_offset(lexer, p);
  token->flags = html_flags_of(name, p, HTML_HAS_NUL | HTML_HAS_UPPER);
  for (;;) {
    /*!local:re2c
      space+  { continue; }
      ">"     { return finish(lexer, token, is_end_tag, p - 1); }
      "/>"    { token->self_closing = true; return finish(lexer, token, is_end_tag, p - 1); }
      "/"     {
        if (html_at_end(lexer, p)) return end_in_tag(lexer);
        html_lexer_error(lexer, "unexpected-solidus-in-tag", p);
        continue;
      }
      nul     { if (html_at_end(lexer, p - 1)) return end_in_tag(lexer); goto attr; }
      *       { goto attr; }
    */
  attr:
    p = lex_attr(lexer, p - 1);
    if (!p) return end_in_tag(lexer);
  }
}
