#include "base/map.h"

#include "base/hash.h"

enum { FIRST_SPACE = 16 };

// Where the key is, or the free slot where it belongs (linear probing).
static StrMapSlot *probe(const StrMap *map, Str key, uint32_t hash) {
  size_t mask = map->space - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    StrMapSlot *slot = &map->slots[i];
    if (!slot->key.data || (slot->hash == hash && str_eq(slot->key, key))) return slot;
  }
}

static void grow(Arena *arena, StrMap *map) {
  StrMap wider = {.len = map->len, .space = map->space ? map->space * 2 : FIRST_SPACE};
  wider.slots = arena_array(arena, StrMapSlot, wider.space);
  for (size_t i = 0; i < map->space; i++)
    if (map->slots[i].key.data) *probe(&wider, map->slots[i].key, map->slots[i].hash) = map->slots[i];
  *map = wider;
}

static Str keyed(Str key) { return key.data ? key : STR(""); }

uint32_t *strmap_find(const StrMap *map, Str key) {
  if (!map->space) return NULL;
  key = keyed(key);
  StrMapSlot *slot = probe(map, key, (uint32_t)hash_str(key));
  return slot->key.data ? &slot->value : NULL;
}

uint32_t *strmap_put(Arena *arena, StrMap *map, Str key, bool *added) {
  if (map->len * 4 >= map->space * 3) grow(arena, map);
  key = keyed(key);
  uint32_t hash = (uint32_t)hash_str(key);
  StrMapSlot *slot = probe(map, key, hash);
  bool is_new = !slot->key.data;
  if (is_new) {
    *slot = (StrMapSlot){.key = key, .hash = hash};
    map->len++;
  }
  if (added) *added = is_new;
  return &slot->value;
}
