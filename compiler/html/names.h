/* Looking names up fast: a name's first and last eight bytes as two numbers, hashed into a table.
 *
 * In: a name in lower case. Out: its number, 0 for none. The tables are filled once, before main(),
 * from grammar/html_tags.def and grammar/html_attrs.def, and only read from then on. */
#ifndef FXC_HTML_NAMES_H
#define FXC_HTML_NAMES_H

#include <stdint.h>

#include "base/str.h"

enum { NAME_SLOTS = 1024, NAME_LIMIT = 24 };

typedef struct NameSlot {
  uint64_t first, last;  // see name_key(); `last` is 0 up to eight bytes
  uint16_t len, number;  // len == 0: free
} NameSlot;

typedef struct NameTable {
  NameSlot slots[NAME_SLOTS];
} NameTable;

extern NameTable html_tag_names, html_attr_names;

static inline uint64_t name_bytes(const char *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

/// The first `len` bytes (1 to 8) of a word as it lies in memory.
static inline uint64_t name_mask(uint64_t word, size_t len) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return word & (~(uint64_t)0 >> (64 - 8 * len));
#else
  return word >> (64 - 8 * len);
#endif
}

static inline size_t name_hash(uint64_t first, uint64_t last, size_t len) {
  uint64_t hash = (first ^ (last << 7) ^ (last >> 29) ^ len) * 0x9E3779B97F4A7C15u;
  return (size_t)(hash >> 54);
}

/// Looks up `len` bytes at `p`; eight bytes must be readable there however short the name is.
static inline unsigned name_find(const NameTable *table, const char *p, size_t len) {
  if (len - 1 >= NAME_LIMIT) return 0;
  uint64_t first = name_bytes(p), last = 0;
  if (len <= 8) {
    first = name_mask(first, len);
  } else {
    last = name_bytes(p + len - 8);
  }
  for (size_t i = name_hash(first, last, len);; i = (i + 1) % NAME_SLOTS) {
    const NameSlot *slot = &table->slots[i];
    if (slot->first == first && slot->last == last && slot->len == len) {
      return slot->number;
    }
    if (!slot->len) return 0;
  }
}

#endif
