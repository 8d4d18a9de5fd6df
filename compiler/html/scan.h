/* Scanning text for the few bytes that mean something, 16 at a time where the processor can.
 *
 * All of it may read, but not use, up to FILE_PADDING bytes behind the end of the text. */
#ifndef FXC_HTML_SCAN_H
#define FXC_HTML_SCAN_H

#include <stdint.h>

#include "html/token.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static inline bool html_is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// The first '<' from `p` on, or `end`; adds the flags of what is before it.
static inline const char *html_scan_text(const char *p, const char *end, uint8_t *flags) {
  while (p < end && html_is_space(*p)) {
    if (*p == '\r') *flags |= HTML_HAS_CR;
    p++;
  }
  if (p >= end || *p == '<') return p;
  *flags |= HTML_HAS_NONSPACE;
#if defined(__SSE2__)
  const __m128i less = _mm_set1_epi8('<'), amp = _mm_set1_epi8('&'), cr = _mm_set1_epi8('\r');
  for (; p < end; p += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    unsigned stop = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, less));
    unsigned amps = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, amp));
    unsigned crs = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, cr));
    unsigned nuls = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128()));
    unsigned before = ~0u;
    if (end - p < 16) stop |= 1u << (end - p);
    if (stop) before = (stop & (0u - stop)) - 1;
    if (amps & before) *flags |= HTML_HAS_REFERENCE;
    if (crs & before) *flags |= HTML_HAS_CR;
    if (nuls & before) *flags |= HTML_HAS_NUL;
    if (stop) return p + __builtin_ctz(stop);
  }
  return end;
#else
  for (; p < end && *p != '<'; p++) {
    if (*p == '&') *flags |= HTML_HAS_REFERENCE;
    if (*p == '\r') *flags |= HTML_HAS_CR;
    if (*p == '\0') *flags |= HTML_HAS_NUL;
  }
  return p;
#endif
}

#endif
