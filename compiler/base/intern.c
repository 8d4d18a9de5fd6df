#include "base/intern.h"

Sym intern(Interner *interner, Str s) {
  uint32_t *known = strmap_find(&interner->symbols, s);
  if (known) return *known;
  Str copy = str_copy(interner->arena, s);
  vec_push(interner->arena, &interner->strings, copy);
  uint32_t *value = strmap_put(interner->arena, &interner->symbols, copy, NULL);
  return *value = (Sym)interner->strings.len;
}

Str intern_str(const Interner *interner, Sym symbol) {
  return symbol ? interner->strings.data[symbol - 1] : STR_NONE;
}
