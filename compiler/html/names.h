/* Looking names up fast: a name of up to 16 bytes as one vector, hashed into a table.
 *
 * In: a name in lower case. Out: its number, 0 for none. The tables are filled once, by who first needs
 * them, from grammar/html_tags.def and grammar/html_attrs.def, and only read from then on. Surprising: the
 * few longer names are not in the hash table (tag.c compares them). */
#ifndef FXC_HTML_NAMES_H
#define FXC_HTML_NAMES_H

#include <stdalign.h>
#include <stdint.h>

#include "base/str.h"

enum { NAME_SLOTS = 512, NAME_LIMIT = 16, NAMES = 192 };

typedef struct NameTable {
  uint8_t slots[NAME_SLOTS];                 // numbers, by hash; 0 is free
  alignas(16) char keys[NAMES][NAME_LIMIT];  // by number, with zeros behind
} NameTable;

extern NameTable html_tag_names, html_attr_names;

/// Must be called before the tables are read. Most commands never do, and need not pay for it.
void html_names_fill(void);

/// Ones as far as a name reaches when read from NAME_LIMIT - len on.
extern const char html_name_masks[2 * NAME_LIMIT];

/// Of the first eight bytes as they lie in memory, with zeros behind the name, and its length.
static inline size_t name_hash(uint64_t first, size_t len) {
  return (size_t)(((first ^ len) * 0x9E3779B97F4A7C15u) >> 55);
}

#if defined(__SSE2__) && !defined(FXC_NO_SIMD)
#include <emmintrin.h>

typedef __m128i NameKey;

static inline NameKey name_key(const char *p, size_t len) {
  return _mm_and_si128(_mm_loadu_si128((const void *)p),
                       _mm_loadu_si128((const void *)(html_name_masks + NAME_LIMIT - len)));
}
static inline uint64_t name_first(NameKey key) { return (uint64_t)_mm_cvtsi128_si64(key); }
static inline bool name_is(NameKey key, const char *other) {
  return _mm_movemask_epi8(_mm_cmpeq_epi8(key, _mm_load_si128((const void *)other))) == 0xFFFF;
}

#else

typedef struct NameKey {
  uint64_t first, second;
} NameKey;

static inline NameKey name_key(const char *p, size_t len) {
  char name[NAME_LIMIT] = {0};
  NameKey key;
  memcpy(name, p, len);
  memcpy(&key, name, sizeof key);
  return key;
}
static inline uint64_t name_first(NameKey key) { return key.first; }
static inline bool name_is(NameKey key, const char *other) { return memcmp(&key, other, sizeof key) == 0; }

#endif

/// Looks up `len` bytes at `p`, 1 to NAME_LIMIT, where so many must be readable however short the name is.
static inline unsigned name_find(const NameTable *table, const char *p, size_t len) {
  NameKey key = name_key(p, len);
  size_t i = name_hash(name_first(key), len);
  for (;;) {
    unsigned number = table->slots[i];
    if (name_is(key, table->keys[number])) return number;
    if (!number) return 0;
    i = (i + 1) % NAME_SLOTS;
  }
}

#endif
