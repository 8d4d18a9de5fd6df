/* Arenas: memory by lifetime, freed all at once at a visible point.
 *
 * Who makes an arena frees it. What lies on it needs no destructor. Not for sharing between
 * threads: every job has its own. Running out of memory leaves through mem_guard(). */
#ifndef FXC_BASE_ARENA_H
#define FXC_BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
  ArenaBlock *block;  // the newest block, where allocation goes on
  char *next, *end;   // the free part of that block
} Arena;

/// Uninitialised memory, aligned for any object. A zeroed Arena is empty and ready.
void *arena_alloc(Arena *arena, size_t size) __attribute__((returns_nonnull));

/// The same, zeroed.
void *arena_zero(Arena *arena, size_t size) __attribute__((returns_nonnull));

/// Makes the last allocation longer, or shorter, in place where it can, else copies it. `old` may be NULL.
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size) __attribute__((returns_nonnull));

/// Bytes that can be had without asking the system.
size_t arena_room(const Arena *arena);

/// Forgets everything but keeps the largest block, for the next job of the same kind.
void arena_reset(Arena *arena);

/// Frees everything; the arena is empty again.
void arena_free(Arena *arena);

/// Bytes held from the system, for limits and --metrics.
size_t arena_size(const Arena *arena);

#define arena_new(arena, Type) ((Type *)arena_zero((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_zero((arena), sizeof(Type) * (size_t)(count)))

#endif
