/* Arenas: memory by lifetime, freed all at once at a visible point.
 *
 * Who makes an arena frees it. What lies on it needs no destructor. Not for sharing between
 * threads: every job has its own. Running out of memory leaves through mem_guard(). */
#ifndef FXC_BASE_ARENA_H
#define FXC_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
  ArenaBlock *block;  // the newest block, where allocation goes on
  char *next, *end;   // the free part of that block
} Arena;

/// What everything is aligned to.
enum { ARENA_ALIGNMENT = _Alignof(max_align_t) };
/// arena_alloc() where a new block may be needed.
void *arena_alloc_block(Arena *arena, size_t size) __attribute__((returns_nonnull));

/// Uninitialised memory, aligned for any object. A zeroed Arena is empty and ready.
static inline void *arena_alloc(Arena *arena, size_t size) {
  size_t whole = (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
  // Nothing at all, and more than there is in the world, go the long way too.
  if (whole - 1 >= (size_t)(arena->end - arena->next)) return arena_alloc_block(arena, size);
  void *p = arena->next;
  arena->next += whole;
  return p;
}

/// The same, zeroed.
void *arena_zero(Arena *arena, size_t size) __attribute__((returns_nonnull));

/// Makes the last allocation longer, or shorter, in place where it can, else copies it. `old` may be NULL.
/// Large arrays get a block of their own and leave nothing behind when they grow.
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size) __attribute__((returns_nonnull));

/// Bytes that can be had without asking the system.
size_t arena_room(const Arena *arena);

/// Forgets everything but keeps the largest block, for the next job of the same kind.
void arena_reset(Arena *arena);

/// Frees everything; the arena is empty again.
void arena_free(Arena *arena);

/// Moves everything from one arena to another, where it stays as it lies; `from` is empty then.
void arena_take(Arena *into, Arena *from);

/// Bytes held from the system, for limits and --metrics.
size_t arena_size(const Arena *arena);

#define arena_new(arena, Type) ((Type *)arena_zero((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_zero((arena), sizeof(Type) * (size_t)(count)))

#endif
