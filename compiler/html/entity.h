/* The table of named character references. */
#ifndef FXC_HTML_ENTITY_H
#define FXC_HTML_ENTITY_H

#include <stdint.h>

#include "base/str.h"

enum { HTML_LONGEST_ENTITY = 35 };

typedef struct HtmlEntity {
  char name[HTML_LONGEST_ENTITY];  // without '&', with its ';' if it has one
  uint8_t len;
  uint32_t code[2];
} HtmlEntity;

/// The longest name of the table that `text` starts with, or NULL.
const HtmlEntity *html_entity_longest(Str text);

/// The same for a name of at most seven bytes and its semicolon, as nearly all are; `name` points behind the
/// '&', and eight bytes can be read there. NULL: no such name, or a longer one, or one without semicolon.
const HtmlEntity *html_entity_short(const char *name);

#endif
