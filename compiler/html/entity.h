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

/// An entity whose name has at most seven bytes and a semicolon, as nearly all that are used have.
typedef struct HtmlShortEntity {
  uint64_t key;   // of its name, for the look-up; 0: a free place
  uint8_t len;    // of its name, with the semicolon
  uint8_t bytes;  // of what it stands for, in UTF-8: no more than its reference has, and one
  char utf8[6];
} HtmlShortEntity;

/// The one whose name stands at `name`, behind the '&', where eight bytes can be read. NULL: no such name, or
/// a longer one, or one without semicolon.
const HtmlShortEntity *html_entity_short(const char *name);

#endif
