/* A digest for the cache of what may be secret: variables of the environment and the files that set them.
 * XXH3 can be turned back for short texts; a cache is copied and shared. */
#ifndef FXC_STORE_ONE_WAY_H
#define FXC_STORE_ONE_WAY_H

#include "base/hash.h"

/// The first half of the SHA-256 (FIPS 180-4) of the bytes. A guess can still be tried: who shares a cache
/// shares that.
Digest one_way_digest(Str bytes);

#endif
