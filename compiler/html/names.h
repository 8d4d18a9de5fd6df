/* Looking names up fast: a name's first and last eight bytes as two numbers, hashed into a table.
 *
 * In: a name in lower case. Out: its number, 0 for none. The tables are filled once, before main(),
 * from grammar/html_tags.def and grammar/html_attrs.def, and only read from then on. */
#ifndef FXC_HTML_NAMES_H
#define FXC_HTML_NAMES_H

#include <stdint.h>

#include "base/str.h"

enum { NAME_SLOTS = 512, NAME_LIMIT = 24, NAMES = 192 };

typedef struct NameKey {
  uint64_t first, last;  // the first and last eight bytes; `last` is 0 up to eight
  uint64_t len;
} NameKey;

typedef struct NameTable {
  uint8_t slots[NAME_SLOTS];  // numbers, by hash; 0 is free
  NameKey keys[NAMES];        // by number
} NameTable;

extern NameTable html_tag_names, html_attr_names;

static inline uint64_t name_bytes(const char *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

/// Keeps the first `len` bytes (1 to 8) of a word as it lies in memory.
static inline uint64_t name_mask(uint64_t word, size_t len) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return word & (~(uint64_t)0 >> (64 - 8 * len));
#else
  return word & (~(uint64_t)0 << (64 - 8 * len));
#endif
}

static inline size_t name_hash(NameKey key) {
  uint64_t hash = (key.first ^ key.last << 7 ^ key.last >> 29 ^ key.len) * 0x9E3779B97F4A7C15u;
  return (size_t)(hash >> 55);
}

/// The key of `len` bytes (1 to NAME_LIMIT) at `p`, where eight must be readable. Without branches:
/// whether a name is short cannot be foreseen.
static inline NameKey name_key(const char *p, size_t len) {
  size_t head = len < 8 ? len : 8;
  uint64_t first = name_mask(name_bytes(p), head), last = name_bytes(p + len - head);
  return (NameKey){first, len > 8 ? last : 0, len};
}

/// Looks up `len` bytes at `p`; eight must be readable there however short the name is.
static inline unsigned name_find(const NameTable *table, const char *p, size_t len) {
  if (len - 1 >= NAME_LIMIT) return 0;  // also when empty
  NameKey key = name_key(p, len);
  size_t i = name_hash(key);
  for (unsigned number; (number = table->slots[i]) != 0; i = (i + 1) % NAME_SLOTS) {
    const NameKey *other = &table->keys[number];
    if (other->first == key.first && other->last == key.last && other->len == len) return number;
  }
  return 0;
}

#endif
