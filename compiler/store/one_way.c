#include "store/one_way.h"

#include <endian.h>
#include <sodium/crypto_hash_sha256.h>

Digest one_way_digest(Str bytes) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  uint64_t halves[2];
  crypto_hash_sha256(hash, (const unsigned char *)(bytes.data ? bytes.data : ""), bytes.len);
  memcpy(halves, hash, sizeof halves);
  return (Digest){be64toh(halves[0]), be64toh(halves[1])};
}
