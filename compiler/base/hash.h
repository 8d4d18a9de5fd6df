/* Hashes where nobody attacks: tables and cache keys (xxHash). Digests that must resist an
 * attacker are made elsewhere, with SHA-256. */
#ifndef FXC_BASE_HASH_H
#define FXC_BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/// XXH3 with 64 bits.
uint64_t hash_str(Str s);
/// The same of all parts as one string, without joining them. Needs a guard (base/mem.h).
uint64_t hash_parts(const Str *parts, size_t count);

typedef struct Digest {
  uint64_t high, low;
} Digest;

static inline bool digest_same(Digest a, Digest b) { return a.high == b.high && a.low == b.low; }
/// A zeroed digest stands for "not known".
static inline bool digest_none(Digest digest) { return !digest.high && !digest.low; }

/// XXH3 with 128 bits.
Digest digest_str(Str s);

#endif
