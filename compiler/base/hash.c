#include "base/hash.h"

#include <xxhash.h>

#include "base/hash_stream.h"
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

// The library's state by another name.
DigestStream *digest_begin(void) {
  XXH3_state_t *state = XXH3_createState();
  if (!state || XXH3_128bits_reset(state) != XXH_OK) mem_exhausted();
  return (DigestStream *)(void *)state;
}

static XXH3_state_t *state_of(DigestStream *stream) { return (XXH3_state_t *)(void *)stream; }

void digest_add(DigestStream *stream, Str piece) {
  if (piece.len) XXH3_128bits_update(state_of(stream), piece.data, piece.len);
}

Digest digest_end(DigestStream *stream) {
  XXH128_hash_t hash = XXH3_128bits_digest(state_of(stream));
  XXH3_freeState(state_of(stream));
  return (Digest){hash.high64, hash.low64};
}
