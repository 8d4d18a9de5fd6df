/* Looking through a text for a few bytes at fixed distances, 16 or 32 at a time where the processor can.
 *
 * What is looked for is a mark: three bytes of a longer word, in any case of ASCII letters. Who asks compares
 * the word itself where a mark stands. On the way the scan notices what may change the meaning of the bytes.
 */
#ifndef FXC_BASE_SCAN_H
#define FXC_BASE_SCAN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/// How far behind its first byte the others of a mark may stand.
enum { SCAN_REACH = 31, SCAN_BLOCK = 64, SCAN_MARKS = 3 };

/// The ways there are; all give the same. With AVX2 go BMI1 and BMI2.
typedef enum ScanWay { SCAN_PORTABLE, SCAN_SSE2, SCAN_AVX2 } ScanWay;

typedef struct Scan Scan;

/// Looks at blocks from scan->at on, up to one with marks, whose bits it answers; 0 at the end.
typedef uint64_t ScanKernel(Scan *scan);

struct Scan {
  const char *text;
  size_t len;
  size_t at;  // the block behind the last one that was looked at
  unsigned char byte[SCAN_MARKS], fold[SCAN_MARKS], distance[SCAN_MARKS];
  bool high, escape;  // a byte that is not ASCII, an ESC was passed; whole blocks count
  uint64_t hits;      // of the last block that was looked at, as far as they are not told yet
  ScanKernel *kernel;
};

/// What scan_best() answers, and one more: 0 until somebody has asked.
extern _Atomic unsigned char scan_known;
/// Asks the processor.
ScanWay scan_ask(void);

/// The best way that this processor has.
static inline ScanWay scan_best(void) {
  unsigned char known = atomic_load_explicit(&scan_known, memory_order_relaxed);
  return known ? (ScanWay)(known - 1) : scan_ask();
}

/// A scan of a text, behind which FILE_PADDING bytes can be read, for bytes of `word` at three distances from
/// its start, the first of them 0, none over SCAN_REACH. The third is looked for first: it should be rare.
Scan scan_start(ScanWay way, Str text, Str word, unsigned second, unsigned third);

/// The next place where these bytes stand; false when there is none, and the whole text was passed.
bool scan_next(Scan *scan, size_t *place);

/// A set of bytes that holds all over 0x7F and none from 0x40 to 0x4F: a byte is in it where the two entries
/// of its halves have a bit in common.
typedef struct ScanSet {
  uint8_t high[16], low[16];
} ScanSet;

/// A ScanSet as a constant, of the ASCII bytes for which the macro `has` is true.
#define SCAN_SET(has)                                                                                    \
  {                                                                                                      \
    {1, 2, 4, 8, 0, 16, 32, 64, 128, 128, 128, 128, 128, 128, 128, 128}, {                               \
      SCAN_LOW(has, 0), SCAN_LOW(has, 1), SCAN_LOW(has, 2), SCAN_LOW(has, 3), SCAN_LOW(has, 4),          \
          SCAN_LOW(has, 5), SCAN_LOW(has, 6), SCAN_LOW(has, 7), SCAN_LOW(has, 8), SCAN_LOW(has, 9),      \
          SCAN_LOW(has, 10), SCAN_LOW(has, 11), SCAN_LOW(has, 12), SCAN_LOW(has, 13), SCAN_LOW(has, 14), \
          SCAN_LOW(has, 15)                                                                              \
    }                                                                                                    \
  }
#define SCAN_LOW(has, l)                                                                                     \
  (uint8_t)((has(l) ? 1 : 0) | (has(16 + (l)) ? 2 : 0) | (has(32 + (l)) ? 4 : 0) | (has(48 + (l)) ? 8 : 0) | \
            (has(80 + (l)) ? 16 : 0) | (has(96 + (l)) ? 32 : 0) | (has(112 + (l)) ? 64 : 0) | 128)

static inline bool scan_set_has(const ScanSet *set, char byte) {
  unsigned c = (unsigned char)byte;
  return set->high[c >> 4] & set->low[c & 15];
}

/// scan_until() of a text that may be long.
size_t scan_until_long(ScanWay way, const ScanSet *set, Str text);

/// Length of the longest prefix without bytes of the set. Nothing behind the text is read.
static inline size_t scan_until(ScanWay way, const ScanSet *set, Str text) {
  size_t at = 0;
  if (text.len >= 16 && !scan_set_has(set, text.data[0])) return scan_until_long(way, set, text);
  while (at < text.len && !scan_set_has(set, text.data[at])) at++;
  return at;
}

/// Length of the longest prefix without bytes over 0x7F. Nothing behind the text is read.
size_t scan_ascii(Str text);

#endif
