#include "base/hash.h"

#include <xxhash.h>

#include "base/mem.h"

uint64_t hash_str(Str s) { return XXH3_64bits(s.data, s.len); }

// The library makes the state, since its size is the library's.
uint64_t hash_parts(const Str *parts, size_t count) {
  if (count == 1) return hash_str(parts[0]);
  XXH3_state_t *state = XXH3_createState();
  if (!state) mem_exhausted();
  XXH3_64bits_reset(state);
  for (size_t i = 0; i < count; i++)
    if (parts[i].len) XXH3_64bits_update(state, parts[i].data, parts[i].len);
  uint64_t hash = XXH3_64bits_digest(state);
  XXH3_freeState(state);
  return hash;
}

Digest digest_str(Str s) {
  XXH128_hash_t hash = XXH3_128bits(s.data, s.len);
  return (Digest){hash.high64, hash.low64};
}
