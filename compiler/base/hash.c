#include "base/hash.h"

#include <xxhash.h>

uint64_t hash_str(Str s) { return XXH3_64bits(s.data, s.len); }

Digest digest_str(Str s) {
  XXH128_hash_t hash = XXH3_128bits(s.data, s.len);
  return (Digest){hash.high64, hash.low64};
}
