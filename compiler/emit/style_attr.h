/* The value of a style attribute, as declarations (CSS Syntax, "parse a style attribute's contents", as far
 * as splitting them needs). */
#ifndef FXC_EMIT_STYLE_ATTR_H
#define FXC_EMIT_STYLE_ATTR_H

#include "base/str.h"
#include "base/vec.h"

typedef struct StyleDeclaration {
  Str name;   // as React's style objects have it: "backgroundColor", "WebkitLineClamp", "msFlex", "--gap"
  Str value;  // trimmed, without comments, "!important" kept
} StyleDeclaration;

typedef struct Style {
  VEC(StyleDeclaration) list;  // each name once: the last value at the place of the first
  bool lossy;  // a value is !important or a name came twice: a style object can not say that in a browser
} Style;

/// Splits at ';' outside strings, brackets and comments. Declarations without a name or value are left out.
Style style_read(Arena *arena, Str text);

#endif
