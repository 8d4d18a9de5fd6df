/* Tokens of XPath 1.0 (W3C Recommendation, section 3.7), as far as fxc looks at a pattern before libxml2 compiles it:
 * which functions, axes, prefixes and variables it names. In: a NUL-terminated text. Out: one token a call, with its
 * offsets. Grammar is libxml2's business; a byte that begins no token ends this pass without a word. */
#include "html/xpath_token.h"

/*!re2c
  re2c:define:YYCTYPE = "unsigned char";
  re2c:yyfill:enable = 0;
  re2c:sentinel = 0;

  space   = [ \t\n\r];
  ncname  = ([A-Za-z_] | [\x80-\xff]) ([A-Za-z0-9._-] | [\x80-\xff])*;
  qname   = (ncname ":")? ncname;
  number  = [0-9]+ ("." [0-9]*)? | "." [0-9]+;
  literal = "\"" [^"\x00]* "\"" | "'" [^'\x00]* "'";
*/

XpathToken xpath_next(XpathCursor *cursor) {
  const unsigned char *YYCURSOR = cursor->next, *YYMARKER, *start, *end;
  XpathKind kind;
  /*!stags:re2c format = 'const unsigned char *@@;'; */
again:
  start = YYCURSOR;
  end = NULL;
  /*!local:re2c
    re2c:tags = 1;

    space+                        { goto again; }
    ncname @end space* "::"       { kind = XPATH_AXIS; goto done; }
    qname @end space* "("         { kind = XPATH_CALL; goto done; }
    qname                         { kind = XPATH_NAME; goto done; }
    ncname ":*"                   { kind = XPATH_NAME; goto done; }
    "$" qname                     { kind = XPATH_VARIABLE; goto done; }
    number | literal | "." | ".." { kind = XPATH_OPERAND; goto done; }
    "*"                           { kind = XPATH_STAR; goto done; }
    "(" | "["                     { kind = XPATH_OPEN; goto done; }
    ")" | "]"                     { kind = XPATH_CLOSE; goto done; }
    ","                           { kind = XPATH_COMMA; goto done; }
    "@"                           { kind = XPATH_AT; goto done; }
    "/" | "//"                    { kind = XPATH_SLASH; goto done; }
    [|+=<>-] | "!=" | "<=" | ">=" { kind = XPATH_OPERATOR; goto done; }
    *                             { kind = XPATH_END; YYCURSOR = start; goto done; }
  */
done:
  cursor->next = YYCURSOR;
  if (!end) end = YYCURSOR;
  return (XpathToken){kind, (uint32_t)(start - cursor->start), (uint32_t)(end - cursor->start)};
}
