/* The frame around everything that fxc writes for itself: which kind of file it is, which build of fxc wrote
 * it, and a checksum.
 *
 *   bytes 0 … 7    kind and format, eight letters: "fxindex1"
 *         8 … 23   build_id(), high half first
 *        24 … 31   XXH3 (64 bits) of all bytes behind
 *        32 …      the content, which so begins where a row of 64-bit numbers may lie
 *
 * Numbers are little-endian, here and in all that stands inside. */
#ifndef FXC_STORE_SEAL_H
#define FXC_STORE_SEAL_H

#include "base/buf.h"
#include "base/hash.h"

enum { SEAL_SIZE = 32, SEAL_KIND = 8 };

typedef enum SealState {
  SEAL_FINE,
  SEAL_DAMAGED,  // too short, of another kind, or the checksum is wrong
  SEAL_FOREIGN,  // whole, but written by another build of fxc
} SealState;

/// Room for the frame at the end of `out`; answers where it starts.
size_t seal_begin(Buf *out);
/// Closes the frame over all that has been appended since. `kind` has SEAL_KIND letters.
void seal_end(Buf *out, size_t start, const char *kind);
/// The frame of a content that lies in parts, to be written in front of them.
void seal_parts(char frame[SEAL_SIZE], const char *kind, const Str *parts, size_t count);

/// Checks a whole file; *content is the part behind the frame, empty unless the file is SEAL_FINE.
SealState seal_open(Str bytes, const char *kind, Str *content);

#endif
