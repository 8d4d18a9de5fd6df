/* Rows of an array by the string that each of them begins with: a hash table that holds only their numbers,
 * a third as large as a StrMap, for arrays of many rows that have their strings anyway.
 *
 * A zeroed RowMap is empty and ready. Rows count from 1. The array may move when it grows: it is named in
 * every call. */
#ifndef FXC_BASE_ROWMAP_H
#define FXC_BASE_ROWMAP_H

#include <stdint.h>

#include "base/str.h"

typedef struct RowMapSlot {
  uint32_t row;  // 0: free
  uint32_t hash;
} RowMapSlot;

typedef struct RowMap {
  RowMapSlot *slots;
  size_t len, space;  // space is a power of two
} RowMap;

typedef struct RowMapRows {
  const void *data;
  size_t size;  // of a row, whose first member is a Str
} RowMapRows;

/// The number of the row that begins with the key, 0 when there is none.
uint32_t rowmap_find(const RowMap *map, RowMapRows rows, Str key);

/// Where that number is. 0: the row is missing, and the caller appends it and writes its number there before
/// anything else is done to the table. On `arena` lies the table alone.
uint32_t *rowmap_row(Arena *arena, RowMap *map, RowMapRows rows, Str key);

/// Makes room for so many more at once.
void rowmap_room(Arena *arena, RowMap *map, size_t more);

#endif
