#include "base/mem.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct Guard {
  jmp_buf unwind;
  struct Guard *outer;
} Guard;

static _Thread_local Guard *current;

bool mem_guard(void (*body)(void *arg), void *arg) {
  Guard guard = {.outer = current};
  current = &guard;
  bool finished = setjmp(guard.unwind) == 0;
  if (finished) body(arg);
  current = guard.outer;
  return finished;
}

_Noreturn void mem_exhausted(void) {
  if (!current) abort();  // a bug: some entry point works outside a guard
  longjmp(current->unwind, 1);
}

// Tests alone are built with MEM_FAILS: there, allocation number $FXC_MEMORY_FAILS, counted from 1, fails.
static bool is_to_fail(void) {
#ifdef MEM_FAILS
  static atomic_long made;
  const char *chosen = getenv("FXC_MEMORY_FAILS");
  return chosen && atomic_fetch_add(&made, 1) + 1 == atol(chosen);
#else
  return false;
#endif
}

void *mem_alloc(size_t size) {
  void *p = is_to_fail() ? NULL : malloc(size ? size : 1);
  if (!p) mem_exhausted();
  return p;
}

void *mem_realloc(void *old, size_t size) {
  void *p = is_to_fail() ? NULL : realloc(old, size ? size : 1);
  if (!p) mem_exhausted();
  return p;
}

void mem_free(void *p) { free(p); }
