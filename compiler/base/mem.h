/* Memory that may run out, without an `if` after every call.
 *
 * Every allocation of the program goes through here. When the system has no memory left,
 * mem_alloc() does not return: it unwinds to the nearest mem_guard(), which answers false.
 * The guard's owner frees its arenas and passes the failure on as a value (exit status 3).
 * Anything that lives outside an arena (a FILE, a libyaml parser) must be released by the
 * owner of the guard, not by the code that was unwound. */
#ifndef FXC_BASE_MEM_H
#define FXC_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/// Runs body(arg). False when memory ran out inside it; guards nest, one stack per thread.
bool mem_guard(void (*body)(void *arg), void *arg);

/// Memory for `size` bytes (at least one), never NULL. Freed with mem_free(). Needs a guard.
void *mem_alloc(size_t size);

/// Like realloc(), never NULL. On failure `old` stays valid and the guard is left.
void *mem_realloc(void *old, size_t size);

/// Frees what mem_alloc() or mem_realloc() gave; NULL is allowed.
void mem_free(void *p);

/// Unwinds to the nearest guard, for a library that reports that memory ran out.
_Noreturn void mem_exhausted(void);

#endif
