/* Which files below an output folder an earlier build generated and this one does not make. */
#ifndef FXC_STORE_STALE_H
#define FXC_STORE_STALE_H

#include "base/str.h"
#include "base/vec.h"

typedef VEC(Str) StalePaths;

/// Looks through `directory` for regular files that are none of `wanted` (`count` paths, those without data
/// are left out; a path starts with no '/') and whose first bytes say that fxc generated them. Hidden folders
/// and node_modules are not entered, links are not followed. Paths relative to the directory, on the arena.
/// Files that we may not read are passed over. 0, or the errno value of what else could not be read.
int stale_find(Arena *arena, Str directory, const Str *wanted, size_t count, StalePaths *stale);

#endif
