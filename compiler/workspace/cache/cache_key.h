/* Digests of things made of several parts: keys of the cache. */
#ifndef FXC_WORKSPACE_CACHE_CACHE_KEY_H
#define FXC_WORKSPACE_CACHE_CACHE_KEY_H

#include "base/buf.h"
#include "base/hash.h"

/// Parts are appended so that no two lists of parts give the same bytes.
static inline void key_number(Buf *key, uint64_t number) {
  buf_put(key, (Str){(const char *)&number, sizeof number});
}
static inline void key_str(Buf *key, Str text) {
  key_number(key, text.data ? text.len : UINT64_MAX);
  buf_put(key, text);
}
static inline void key_digest(Buf *key, Digest digest) {
  key_number(key, digest.high);
  key_number(key, digest.low);
}

/// The digest of all parts; the buffer is freed.
static inline Digest key_end(Buf *key) {
  Digest digest = digest_str(buf_str(key));
  buf_free(key);
  return digest;
}

#endif
