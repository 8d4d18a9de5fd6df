#include "base/mem.h"

#include <setjmp.h>
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

void *mem_alloc(size_t size) {
  void *p = malloc(size ? size : 1);
  if (!p) mem_exhausted();
  return p;
}

void *mem_realloc(void *old, size_t size) {
  void *p = realloc(old, size ? size : 1);
  if (!p) mem_exhausted();
  return p;
}

void mem_free(void *p) { free(p); }
