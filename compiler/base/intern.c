#include "base/intern.h"

Sym intern(Interner *interner, Str s) {
  RowMapRows rows = {interner->strings.data, sizeof *interner->strings.data};
  uint32_t *symbol = rowmap_row(interner->arena, &interner->symbols, rows, s);
  if (*symbol == 0) {
    vec_push(interner->arena, &interner->strings, str_copy(interner->arena, s));
    *symbol = (Sym)interner->strings.len;
  }
  return *symbol;
}

void intern_room(Interner *interner, size_t more) {
  size_t space = interner->strings.len + more, size = sizeof *interner->strings.data;
  rowmap_room(interner->arena, &interner->symbols, more);
  if (space <= interner->strings.space) return;
  interner->strings.data =
      arena_grow(interner->arena, interner->strings.data, interner->strings.space * size, space * size);
  interner->strings.space = space;
}

Str intern_str(const Interner *interner, Sym symbol) {
  return symbol ? interner->strings.data[symbol - 1] : STR_NONE;
}
