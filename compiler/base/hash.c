#include "base/hash.h"

#define XXH_STATIC_LINKING_ONLY  // a state that lies on the stack
#include <xxhash.h>

uint64_t hash_str(Str s) { return XXH3_64bits(s.data, s.len); }

uint64_t hash_parts(const Str *parts, size_t count) {
  XXH3_state_t state;
  XXH3_INITSTATE(&state);
  XXH3_64bits_reset(&state);
  for (size_t i = 0; i < count; i++)
    if (parts[i].len) XXH3_64bits_update(&state, parts[i].data, parts[i].len);
  return XXH3_64bits_digest(&state);
}

Digest digest_str(Str s) {
  XXH128_hash_t hash = XXH3_128bits(s.data, s.len);
  return (Digest){hash.high64, hash.low64};
}
