/* Mustache tags, https://mustache.github.io/mustache.5.html.
 *
 * In: the text between two delimiters (which a template may change, so they are found by plain search). Out:
 * the kind of tag and where its name lies. What surrounds a tag is any text; only the end of its line matters,
 * since a tag that stands alone on a line takes the line with it. */
#include "emit/template_lex.h"

/*!re2c
  re2c:define:YYCTYPE = "unsigned char";
  re2c:yyfill:enable = 0;
  re2c:sentinel = 0;

  space   = [ \t\r\n];
  word    = [^ \t\r\n\x00]+;
  side    = [^ \t\r\n\x00=]+;
  newline = "\r"? "\n";
*/

// The next word, its end in *to; its length is 0 at the end of the text. A stray NUL is a word of its own.
static const unsigned char *next_word(const unsigned char *at, const unsigned char *end, const unsigned char **to) {
  const unsigned char *YYCURSOR = at, *from;
  for (;;) {
    from = YYCURSOR;
    /*!local:re2c
      space+  { continue; }
      word    { break; }
      [\x00]  { if (from >= end) YYCURSOR = from; break; }
    */
  }
  *to = YYCURSOR;
  return from;
}

// Exactly one word, from `at` on.
static TemplateTag one_word(TemplateTagKind kind, Str inside, const unsigned char *at) {
  const unsigned char *start = (const unsigned char *)inside.data, *end = start + inside.len, *to, *more;
  const unsigned char *from = next_word(at, end, &to);
  TemplateTag tag = {.kind = kind, .from = (size_t)(from - start), .to = (size_t)(to - start)};
  if (from == to || next_word(to, end, &more) != end) tag.kind = TAG_MALFORMED;
  return tag;
}

// `=<% %>=`: two words without '=', from behind the first '=' on.
static TemplateTag delimiters(Str inside, const unsigned char *at) {
  const unsigned char *start = (const unsigned char *)inside.data, *YYCURSOR = at, *YYMARKER, *from;
  size_t sides[2][2], count = 0;
  TemplateTag wrong = {.kind = TAG_MALFORMED, .to = inside.len};
  for (;;) {
    from = YYCURSOR;
    /*!local:re2c
      space+             { continue; }
      side               {
        if (count == 2) return wrong;
        sides[count][0] = (size_t)(from - start), sides[count++][1] = (size_t)(YYCURSOR - start);
        continue;
      }
      "=" space* [\x00]  { break; }
      *                  { return wrong; }
    */
  }
  if (count != 2 || YYCURSOR != start + inside.len + 1) return wrong;
  return (TemplateTag){TAG_DELIMITERS, sides[0][0], sides[0][1], sides[1][0], sides[1][1]};
}

TemplateTag template_read_tag(Str inside) {
  const unsigned char *YYCURSOR = (const unsigned char *)inside.data, *YYMARKER;
  TemplateTag all = {.kind = TAG_UNSUPPORTED, .to = inside.len};
  /*!local:re2c
    space* "#"                { return one_word(TAG_SECTION, inside, YYCURSOR); }
    space* "^"                { return one_word(TAG_INVERTED, inside, YYCURSOR); }
    space* "/"                { return one_word(TAG_CLOSE, inside, YYCURSOR); }
    space* ">"                { return one_word(TAG_PARTIAL, inside, YYCURSOR); }
    space* "&"                { return one_word(TAG_RAW, inside, YYCURSOR); }
    space* "{"                { return one_word(TAG_TRIPLE, inside, YYCURSOR); }
    space* "="                { return delimiters(inside, YYCURSOR); }
    space* "!"                { all.kind = TAG_COMMENT; return all; }
    space* ("<" | "$")        { return all; }
    space* ">" space* "*"     { return all; }
    *                         { return one_word(TAG_INSERT, inside, (const unsigned char *)inside.data); }
  */
}

ptrdiff_t template_rest_of_line(Str rest) {
  const unsigned char *start = (const unsigned char *)rest.data, *YYCURSOR = start, *YYMARKER;
  /*!local:re2c
    [ \t]* newline  { return (const unsigned char *)YYCURSOR - start; }
    [ \t]* [\x00]   { return YYCURSOR - 1 == start + rest.len ? YYCURSOR - 1 - start : -1; }
    *               { return -1; }
  */
}
