/* The ends of RCDATA, RAWTEXT and script data (HTML standard, 13.2.5.9 to 13.2.5.31).
 *
 * In: text inside such an element. Out: where it ends. Surprising: in script data, "<!--" hides
 * "</script>" once a "<script" came behind it, until "-->" or another "</script>". */
#include "html/lexer.h"

/*!include:re2c "html_common.inc" */

static bool same_letter(char a, char b) {
  return a == b || ((a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z');
}

bool html_is_appropriate_end_tag(const HtmlLexer *lexer, const char *p) {
  Str name = lexer->last_tag;
  if (p[1] != '/' || name.len == 0 || (size_t)(lexer->end - p) < 3 + name.len) return false;
  for (size_t i = 0; i < name.len; i++) {
    if (!same_letter(p[2 + i], name.data[i])) return false;
  }
  char after = p[2 + name.len];
  return after == '>' || after == '/' || after == ' ' || (after >= '\t' && after <= '\r' && after != '\v');
}

/// Behind "<!--" and "<script": up to the "-->" or "</script>" that ends the double escape, and
/// behind it; *escaped says which. NULL at the end of the text.
static const char *skip_double_escaped(HtmlLexer *lexer, const char *p, bool *escaped) {
  const char *YYMARKER;
  for (;;) {
    /*!local:re2c
      "--" "-"* ">"                     { *escaped = false; return p; }
      "</" 'script' [\t\n\f\r />]       { *escaped = true; return p; }
      nul                               { if (html_at_end(lexer, p - 1)) return NULL; continue; }
      "-"+ | [^<\-\x00]+                { continue; }
      *                                 { continue; }
    */
  }
}

/// Behind "<!", at its dashes: up to the end tag (found; *done), or behind the "-->" that ends the
/// escape. NULL at the end of the text.
static const char *skip_escaped(HtmlLexer *lexer, const char *p, bool *done) {
  const char *YYMARKER;
  for (;;) {
    bool escaped = true;
    /*!local:re2c
      "--" "-"* ">"                     { return p; }
      "<" 'script' [\t\n\f\r />]        { goto double_escaped; }
      "<"                               {
        *done = html_is_appropriate_end_tag(lexer, p - 1);
        if (*done) return p - 1;
        continue;
      }
      nul                               { if (html_at_end(lexer, p - 1)) return NULL; continue; }
      "-"+ | [^<\-\x00]+                { continue; }
      *                                 { continue; }
    */
  double_escaped:
    p = skip_double_escaped(lexer, p, &escaped);
    if (!p || !escaped) return p;
  }
}

const char *html_script_end(HtmlLexer *lexer, const char *p) {
  bool done = false;
  while ((p = memchr(p, '<', (size_t)(lexer->end - p))) != NULL) {
    if (html_is_appropriate_end_tag(lexer, p)) return p;
    if (strncmp(p, "<!--", 4) != 0) {
      p++;
      continue;
    }
    p = skip_escaped(lexer, p + 2, &done);
    if (done) return p;
    if (!p) {
      html_lexer_error(lexer, "eof-in-script-html-comment-like-text", lexer->end);
      break;
    }
  }
  return lexer->end;
}
