/* UTF-8, as the Encoding Standard and Unicode 15 (table 3-7) define well-formed sequences. */
#ifndef FXC_BASE_UTF8_H
#define FXC_BASE_UTF8_H

#include <stdint.h>

#include "base/str.h"

/// Decodes the first code point of `s` (s.len > 0). Returns its length in bytes; on a malformed
/// sequence *point is U+FFFD and the length is that of the maximal ill-formed part (at least 1).
size_t utf8_decode(Str s, uint32_t *point);
/// Writes the code point (a scalar value) to out[4]; returns the number of bytes.
size_t utf8_encode(uint32_t point, char out[4]);
/// Length of the longest well-formed prefix.
size_t utf8_valid_prefix(Str s);
/// Columns that a terminal gives a code point: 0, 1 or 2 (East Asian Width, combining marks).
int utf8_width(uint32_t point);
/// Whether a code point is one that Unicode sets aside for good, such as U+FFFE.
static inline bool utf8_is_noncharacter(uint32_t point) {
  return (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
}

#endif
