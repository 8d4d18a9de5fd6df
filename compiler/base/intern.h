/* Interning: equal strings get equal numbers, so that rows compare and stay small.
 * One table belongs to one thread; pages that are read in parallel keep plain strings. */
#ifndef FXC_BASE_INTERN_H
#define FXC_BASE_INTERN_H

#include "base/rowmap.h"
#include "base/vec.h"

/// 0 is "no string"; the empty string is a number like any other.
typedef uint32_t Sym;

typedef struct Interner {
  Arena *arena;  // where the copies lie; not owned
  RowMap symbols;
  VEC(Str) strings;  // by Sym - 1
} Interner;

/// The number of `s`, which is copied when it is new.
Sym intern(Interner *interner, Str s);
/// Makes room for so many more, where it is known that they come.
void intern_room(Interner *interner, size_t more);
/// The string of a number, NUL-terminated; STR_NONE for 0. Lives as long as the arena.
Str intern_str(const Interner *interner, Sym symbol);

#endif
