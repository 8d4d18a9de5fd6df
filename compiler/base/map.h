/* A hash table from byte strings to 32-bit numbers (indices, handles), on an arena. Keys are not
 * copied: they must live as long as the table. A zeroed StrMap is empty and ready. */
#ifndef FXC_BASE_MAP_H
#define FXC_BASE_MAP_H

#include <stdint.h>

#include "base/str.h"

typedef struct StrMapSlot {
  Str key;  // data == NULL: free
  uint32_t value;
  uint32_t hash;
} StrMapSlot;

typedef struct StrMap {
  StrMapSlot *slots;
  size_t len, space;  // space is a power of two
} StrMap;

/// The value's place, or NULL when the key is missing. Valid until the next insertion.
uint32_t *strmap_find(const StrMap *map, Str key);

/// The value's place; a new key starts at 0. `*added` (may be NULL) says whether it is new.
uint32_t *strmap_put(Arena *arena, StrMap *map, Str key, bool *added);

#endif
