/* A corpus of made-up pages of about 14 KB, alike on every machine, for measurements. */
#ifndef FXC_BENCH_PAGES_H
#define FXC_BENCH_PAGES_H

#include "base/str.h"
#include "base/vec.h"

typedef VEC(Str) Pages;

/// Adds `count` pages to `pages`, each padded as html/token.h wants it.
void bench_make_pages(Arena *arena, size_t count, Pages *pages);

/// Adds the text of a file, padded.
bool bench_read_page(Arena *arena, Str path, Pages *pages);

size_t bench_bytes(const Pages *pages);

/// Seconds of the processor that this thread has had: what works in memory on one thread takes no others, and
/// what else the machine does is not measured.
double bench_now(void);

#endif
