#include "base/intern.h"

Sym intern(Interner *interner, Str s) {
  RowMapRows rows = {interner->strings.data, sizeof *interner->strings.data};
  uint32_t *known = rowmap_row(interner->arena, &interner->symbols, rows, s);
  if (*known) return *known;
  vec_push(interner->arena, &interner->strings, str_copy(interner->arena, s));
  return *known = (Sym)interner->strings.len;
}

Str intern_str(const Interner *interner, Sym symbol) {
  return symbol ? interner->strings.data[symbol - 1] : STR_NONE;
}
