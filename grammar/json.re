/* Strict JSON (RFC 8259), a token at a time. In: bytes that are valid UTF-8, with a NUL behind them. Out:
 * a token and its span. Beside the right forms stand the wrong ones that people write, so that a message
 * can name the mistake. */
#include "json/lexer.h"

/*!re2c
  re2c:define:YYCTYPE = "unsigned char";
  re2c:define:YYCURSOR = cursor;
  re2c:define:YYMARKER = marker;
  re2c:yyfill:enable = 0;
  re2c:sentinel = 0;
  re2c:flags:case-ranges = 1;

  space    = [ \t\n\r]+;
  hex      = [0-9a-fA-F];
  escape   = "\\" ( ["\\/bfnrt] | "u" hex{4} );
  plain    = [^"\\\x00-\x1F];
  inside   = ( plain | escape )*;
  int      = "0" | [1-9] [0-9]*;
  number   = "-"? int ( "." [0-9]+ )? ( [eE] [-+]? [0-9]+ )?;
  word     = [A-Za-z_$] [A-Za-z0-9_$]*;
  looks_like_number = [-+.0-9] [-+.0-9A-Za-z_]*;
*/

JsonToken json_next(JsonLexer *lexer) {
  const unsigned char *cursor = (const unsigned char *)lexer->cursor, *marker;
  const unsigned char *start;
  JsonToken token;

next:
  start = cursor;
  /*!re2c
    space               { goto next; }
    "{"                 { token = JSON_OPEN_MAP; goto done; }
    "}"                 { token = JSON_CLOSE_MAP; goto done; }
    "["                 { token = JSON_OPEN_LIST; goto done; }
    "]"                 { token = JSON_CLOSE_LIST; goto done; }
    ":"                 { token = JSON_COLON; goto done; }
    ","                 { token = JSON_COMMA; goto done; }
    "\"" inside "\""    { token = JSON_STRING; goto done; }
    "true" | "false" | "null" | number
                        { token = JSON_LITERAL; goto done; }

    "\"" inside "\\"    { start = cursor - 1; token = JSON_BAD_ESCAPE; goto done; }
    "\"" inside [\x01-\x09\x0B\x0C\x0E-\x1F]
                        { start = cursor - 1; token = JSON_BAD_CONTROL; goto done; }
    "\"" inside         { token = JSON_BAD_STRING; goto done; }
    looks_like_number   { token = JSON_BAD_NUMBER; goto done; }
    word                { token = JSON_BAD_WORD; goto done; }
    "'"                 { token = JSON_BAD_QUOTE; goto done; }
    "/" [/*] | "#"      { token = JSON_BAD_COMMENT; goto done; }
    "\x00"              { goto nul; }
    *                   { token = JSON_BAD_BYTE; goto done; }
  */

nul:
  token = start < (const unsigned char *)lexer->limit ? JSON_BAD_BYTE : JSON_END;
  if (token == JSON_END) cursor = start;

done:
  lexer->token = (const char *)start;
  lexer->cursor = (const char *)cursor;
  return token;
}
