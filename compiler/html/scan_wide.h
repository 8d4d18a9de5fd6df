/* Scanning text 32 bytes at a time, for the files that are compiled for AVX2.
 *
 * In and out: as in scan.h, which includes this. Surprising: one shuffle and one comparison find any of a set
 * of bytes whose low halves differ: the shuffle puts at each place the member of the set that has the same
 * low half, which is equal only to itself. */
#ifndef FXC_HTML_SCAN_WIDE_H
#define FXC_HTML_SCAN_WIDE_H

#include <immintrin.h>

// Each set by low half, 0 to F. A place without a member holds a byte of another half, which never is equal.
#define HTML_SET(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define HTML_SET_TEXT HTML_SET('\0', 0, 0, 0, 0, 0, '&', 0, 0, 0, 0, 0, '<', '\r', 0, 0)
#define HTML_SET_BLANK HTML_SET(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, '\f', '\r', 0, 0)
#define HTML_SET_TAG HTML_SET(' ', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '>', '/')
#define HTML_SET_NAME HTML_SET(' ', 0, '"', 0, 0, 0, 0, '\'', 0, 0, 0, 0, '<', '=', '>', '/')
#define HTML_SET_DOUBLE HTML_SET('\0', 0, '"', 0, 0, 0, '&', 0, 0, 0, 0, 0, 0, '\r', 0, 0)
#define HTML_SET_SINGLE HTML_SET('\0', 0, 0, 0, 0, 0, '&', '\'', 0, 0, 0, 0, 0, '\r', 0, 0)

static inline __m256i html_load_wide(const char *p) { return _mm256_loadu_si256((const void *)p); }

/// Which of 32 bytes are in a set, a bit each.
static inline uint32_t html_members(__m256i v, __m256i set) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(set, v), v));
}

/// HTML_HAS_NONSPACE when a byte below the lowest bit of `stop` is no white space.
static inline uint8_t html_nonspace_before(__m256i v, uint32_t stop) {
  uint32_t below = (stop & (0u - stop)) - 1;
  return (~html_members(v, HTML_SET_BLANK) & below) ? HTML_HAS_NONSPACE : 0;
}

static inline const char *html_scan_text(const char *p, const char *end, uint8_t *flags) {
  __m256i v = html_load_wide(p);
  uint32_t odd = html_members(v, HTML_SET_TEXT);
  uint8_t seen = html_nonspace_before(v, odd);
  for (;;) {
    while (!odd) {
      p += 32;
      v = html_load_wide(p);
      odd = html_members(v, HTML_SET_TEXT);
      if (!seen) seen = html_nonspace_before(v, odd);
    }
    const char *at = p + __builtin_ctz(odd);
    if (*at == '<' || at >= end) {
      *flags |= seen;
      return at;
    }
    seen |= html_flag_of(*at);
    odd &= odd - 1;
    seen |= html_nonspace_before(v, odd);
  }
}

static inline const char *html_name_end(const char *p, bool attribute) {
  for (;; p += 32) {
    __m256i v = html_load_wide(p), blank = _mm256_set1_epi8(' ');
    uint32_t stop = html_members(v, attribute ? HTML_SET_NAME : HTML_SET_TAG) |
                    (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(v, blank), v));
    if (stop) return p + __builtin_ctz(stop);
  }
}

static inline const char *html_scan_quoted(const char *p, char quote, uint8_t *flags) {
  __m256i set = quote == '"' ? HTML_SET_DOUBLE : HTML_SET_SINGLE;
  for (;; p += 32) {
    uint32_t odd = html_members(html_load_wide(p), set);
    for (; odd; odd &= odd - 1) {
      const char *at = p + __builtin_ctz(odd);
      if (*at == quote || *at == '\0') return at;
      *flags |= *at == '&' ? HTML_HAS_REFERENCE : HTML_HAS_CR;
    }
  }
}

#endif
