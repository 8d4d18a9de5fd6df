/* The digest of a text that comes piece by piece. */
#ifndef FXC_BASE_HASH_STREAM_H
#define FXC_BASE_HASH_STREAM_H

#include "base/hash.h"

typedef struct DigestStream DigestStream;

/// Begins a digest. Ended by digest_end(), which frees it.
DigestStream *digest_begin(void);
void digest_add(DigestStream *stream, Str piece);
/// What digest_str() says of all pieces one behind the other.
Digest digest_end(DigestStream *stream);

#endif
