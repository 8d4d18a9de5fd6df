/* Tokens of an XPath pattern (grammar/xpath.re), for compiler/html/xpath_check.c alone. */
#ifndef FXC_HTML_XPATH_TOKEN_H
#define FXC_HTML_XPATH_TOKEN_H

#include <stddef.h>
#include <stdint.h>

typedef enum XpathKind {
  XPATH_END,       // of the text, or a byte that begins no token
  XPATH_AXIS,      // a name and "::"; the token is the name
  XPATH_CALL,      // a name and "("; the token is the name
  XPATH_NAME,      // "input", "xlink:href", "svg:*"; or and, or, div, mod
  XPATH_VARIABLE,  // "$x"
  XPATH_OPERAND,   // a number, a literal, "." or ".."
  XPATH_STAR,
  XPATH_OPEN,
  XPATH_CLOSE,
  XPATH_COMMA,
  XPATH_AT,
  XPATH_SLASH,
  XPATH_OPERATOR,
} XpathKind;

typedef struct XpathToken {
  XpathKind kind;
  uint32_t start, end;  // in the text
} XpathToken;

typedef struct XpathCursor {
  const unsigned char *start, *next;  // NUL-terminated
} XpathCursor;

/// The next token; white space is passed over.
XpathToken xpath_next(XpathCursor *cursor);

#endif
