/* Inside json/: tokens of strict JSON, made by grammar/json.re. */
#ifndef FXC_JSON_LEXER_H
#define FXC_JSON_LEXER_H

#include "base/str.h"

typedef enum JsonToken {
  JSON_END,
  JSON_OPEN_MAP,
  JSON_CLOSE_MAP,
  JSON_OPEN_LIST,
  JSON_CLOSE_LIST,
  JSON_COLON,
  JSON_COMMA,
  JSON_STRING,
  JSON_LITERAL,  // number, true, false, null
  // Mistakes, each with a rule of its own
  JSON_BAD_STRING,   // never closed on its line
  JSON_BAD_CONTROL,  // a control character inside a string
  JSON_BAD_ESCAPE,
  JSON_BAD_NUMBER,  // 012, +1, .5, 1., 0x1
  JSON_BAD_WORD,    // True, None, NaN, unquoted text
  JSON_BAD_QUOTE,   // 'text'
  JSON_BAD_COMMENT,
  JSON_BAD_BYTE,
} JsonToken;

typedef struct JsonLexer {
  const char *cursor, *limit;  // *limit is NUL
  const char *token;           // the token's (or the mistake's) first byte; its end is `cursor`
} JsonLexer;

/// The next token; at a mistake, the cursor stands behind it.
JsonToken json_next(JsonLexer *lexer);

#endif
