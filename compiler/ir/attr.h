/* Items of our own attributes' values; the lexer is grammar/attr.re. Offsets count bytes of the decoded
 * value, which must be NUL-terminated. */
#ifndef FXC_IR_ATTR_H
#define FXC_IR_ATTR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { ATTR_LONGEST_NAME = 128 };

typedef struct AttrCursor {
  const char *begin, *next, *end;
} AttrCursor;

typedef struct AttrItem {
  uint32_t start, end;              // the whole item: "name@range"
  uint32_t range_start, range_end;  // behind the "@"; equal to end when there is none
  bool has_range;
  bool well_formed;  // the name is a name and not too long
} AttrItem;

static inline AttrCursor attr_cursor(Str value) {
  return (AttrCursor){value.data, value.data, value.data + value.len};
}

/// The next white-space separated use; false at the end.
bool attr_next_use(AttrCursor *cursor, AttrItem *item);
/// The next comma-separated item without white space around it (maybe empty); false at the end.
bool attr_next_listed(AttrCursor *cursor, AttrItem *item);
/// Whether all of `text` (NUL-terminated) is an integration's name: [a-z][a-z0-9]*(-[a-z0-9]+)*, at most 128
/// bytes.
bool attr_is_name(Str text);

/// For the lexer: makes an item and moves the cursor.
AttrItem attr_item(AttrCursor *cursor, const unsigned char *start, const unsigned char *stop,
                   bool well_formed);
AttrItem attr_trimmed(AttrCursor *cursor, const unsigned char *start, const unsigned char *stop,
                      const unsigned char *next);

#endif
