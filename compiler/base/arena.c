#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum {
  FIRST_BLOCK = 16 * 1024,
  LARGEST_STEP = 4 * 1024 * 1024,
  LARGE_ARRAY = 256 * 1024,
  ALIGNMENT = ARENA_ALIGNMENT
};

struct ArenaBlock {
  ArenaBlock *older;
  size_t size;  // of the data behind this header
  bool alone;   // holds one array, which grows with it
  alignas(max_align_t) char data[];
};

static size_t round_up(size_t size) { return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1); }

// Each block is twice the one before it, so that a large page costs few system calls.
static void add_block(Arena *arena, size_t at_least) {
  size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
  if (size > LARGEST_STEP) size = LARGEST_STEP;
  if (size < at_least) size = at_least;
  ArenaBlock *block = mem_alloc(sizeof *block + size);
  *block = (ArenaBlock){.older = arena->block, .size = size};
  arena->block = block;
  arena->next = block->data;
  arena->end = block->data + size;
}

void *arena_alloc_block(Arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) mem_exhausted();
  size = round_up(size);
  if (!arena->block || size > arena_room(arena)) add_block(arena, size);
  void *p = arena->next;
  arena->next += size;
  return p;
}

void *arena_zero(Arena *arena, size_t size) {
  void *p = arena_alloc(arena, size);
  return memset(p, 0, size);
}

// A block for one array, behind the newest one, where allocation goes on.
static void *add_alone(Arena *arena, size_t size) {
  ArenaBlock *block = mem_alloc(sizeof *block + size);
  ArenaBlock **link = arena->block ? &arena->block->older : &arena->block;
  *block = (ArenaBlock){.older = *link, .size = size, .alone = true};
  *link = block;
  return block->data;
}

// The system moves a large block by its pages: nothing is copied, and nothing is left behind.
static void *grow_alone(Arena *arena, void *old, size_t size) {
  ArenaBlock **link = &arena->block;
  while (*link && !((*link)->alone && (*link)->data == (char *)old)) link = &(*link)->older;
  if (!*link) return NULL;
  *link = mem_realloc(*link, sizeof **link + size);
  (*link)->size = size;
  return (*link)->data;
}

void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size) {
  if (new_size > SIZE_MAX / 2) mem_exhausted();
  size_t held = round_up(old_size), wanted = round_up(new_size);
  if (old && (char *)old + held == arena->next && wanted <= (size_t)(arena->end - (char *)old)) {
    arena->next = (char *)old + wanted;
    return old;
  }
  if (old && wanted <= held) return old;
  void *p = old && old_size >= LARGE_ARRAY ? grow_alone(arena, old, wanted) : NULL;
  if (p) return p;
  p = old && new_size >= LARGE_ARRAY ? add_alone(arena, wanted) : arena_alloc(arena, new_size);
  if (old && old_size) memcpy(p, old, old_size);
  return p;
}

size_t arena_room(const Arena *arena) { return (size_t)(arena->end - arena->next); }

void arena_reset(Arena *arena) {
  ArenaBlock *kept = arena->block;
  if (!kept) return;
  for (ArenaBlock *block = kept->older; block;) {
    ArenaBlock *older = block->older;
    mem_free(block);
    block = older;
  }
  kept->older = NULL;
  kept->alone = false;
  arena->next = kept->data;
  arena->end = kept->data + kept->size;
}

void arena_free(Arena *arena) {
  for (ArenaBlock *block = arena->block; block;) {
    ArenaBlock *older = block->older;
    mem_free(block);
    block = older;
  }
  *arena = (Arena){0};
}

// The blocks go behind the one where allocation goes on.
void arena_take(Arena *into, Arena *from) {
  ArenaBlock *oldest = from->block;
  if (!oldest) return;
  if (!into->block) {
    *into = *from;
  } else {
    while (oldest->older) oldest = oldest->older;
    oldest->older = into->block->older;
    into->block->older = from->block;
  }
  *from = (Arena){0};
}

size_t arena_size(const Arena *arena) {
  size_t total = 0;
  for (const ArenaBlock *block = arena->block; block; block = block->older) total += block->size;
  return total;
}
