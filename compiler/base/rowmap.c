#include "base/rowmap.h"

#include "base/hash.h"

enum { FIRST_SPACE = 16 };

static Str key_of(RowMapRows rows, uint32_t row) {
  return *(const Str *)(const void *)((const char *)rows.data + (row - 1) * rows.size);
}

// Where the row is, or the free slot where it belongs (linear probing).
static RowMapSlot *probe(const RowMap *map, RowMapRows rows, Str key, uint32_t hash) {
  size_t mask = map->space - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    RowMapSlot *slot = &map->slots[i];
    if (!slot->row || (slot->hash == hash && str_eq(key_of(rows, slot->row), key))) return slot;
  }
}

// No row is looked at: they all differ.
static void grow(Arena *arena, RowMap *map, size_t space) {
  RowMap wider = {.len = map->len, .space = space};
  wider.slots = arena_array(arena, RowMapSlot, wider.space);
  for (size_t i = 0; i < map->space; i++) {
    size_t at = map->slots[i].hash & (wider.space - 1);
    if (!map->slots[i].row) continue;
    while (wider.slots[at].row) at = (at + 1) & (wider.space - 1);
    wider.slots[at] = map->slots[i];
  }
  *map = wider;
}

uint32_t rowmap_find(const RowMap *map, RowMapRows rows, Str key) {
  return map->space ? probe(map, rows, key, (uint32_t)hash_str(key))->row : 0;
}

uint32_t *rowmap_row(Arena *arena, RowMap *map, RowMapRows rows, Str key) {
  if (map->len * 4 >= map->space * 3) grow(arena, map, map->space ? map->space * 2 : FIRST_SPACE);
  uint32_t hash = (uint32_t)hash_str(key);
  RowMapSlot *slot = probe(map, rows, key, hash);
  if (!slot->row) {
    slot->hash = hash;
    map->len++;
  }
  return &slot->row;
}

void rowmap_room(Arena *arena, RowMap *map, size_t more) {
  size_t space = map->space ? map->space : FIRST_SPACE;
  while ((map->len + more) * 4 >= space * 3) space *= 2;
  if (space > map->space) grow(arena, map, space);
}
