/* Scanning text for the few bytes that mean something, 16 at a time where the processor can.
 *
 * In: a pointer into a NUL-terminated text. Out: a pointer to the byte that stopped the scan, and
 * flags of what was passed. All of it may read, but not use, up to FILE_PADDING bytes behind the end.
 * The two halves of this file, with and without SSE2, and scan_wide.h must agree. */
#ifndef FXC_HTML_SCAN_H
#define FXC_HTML_SCAN_H

#include <stdint.h>

#include "html/token.h"

static inline bool html_is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// The flags of a byte that is not plain text.
static inline uint8_t html_flag_of(char c) {
  return c == '&'    ? HTML_HAS_REFERENCE | HTML_HAS_NONSPACE
         : c == '\r' ? HTML_HAS_CR
         : c == '\0' ? HTML_HAS_NUL | HTML_HAS_NONSPACE
                     : HTML_HAS_NONSPACE;
}

#if defined(__SSE2__) && !defined(FXC_NO_SIMD)
#include <emmintrin.h>

typedef __m128i HtmlBytes;

static inline HtmlBytes html_load(const char *p) { return _mm_loadu_si128((const void *)p); }
static inline HtmlBytes html_equal(HtmlBytes v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }
static inline HtmlBytes html_or(HtmlBytes a, HtmlBytes b) { return _mm_or_si128(a, b); }
/// Bytes, unsigned, from `low` to `low + range`.
static inline HtmlBytes html_between(HtmlBytes v, char low, char range) {
  HtmlBytes offset = _mm_sub_epi8(v, _mm_set1_epi8(low));
  return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(range)), offset);
}
static inline unsigned html_mask(HtmlBytes v) { return (unsigned)_mm_movemask_epi8(v); }

/// The bits below the lowest one that is set.
static inline unsigned html_below(unsigned mask) { return (mask & (0u - mask)) - 1; }

/// The first '<' of [p, end), NULL when there is none. Most stretches are too short for memchr() to pay.
static inline const char *html_find_open(const char *p, const char *end) {
  for (; p < end; p += 16) {
    unsigned found = html_mask(html_equal(html_load(p), '<'));
    if (!found) continue;
    p += __builtin_ctz(found);
    return p < end ? p : NULL;
  }
  return NULL;
}

/// Whether a letter of ASCII in upper case is among the bytes.
static inline bool html_has_upper(const char *p, size_t len) {
  for (; len > 16; p += 16, len -= 16)
    if (html_mask(html_between(html_load(p), 'A', 'Z' - 'A'))) return true;
  return html_mask(html_between(html_load(p), 'A', 'Z' - 'A')) & ((1u << len) - 1);
}

#ifdef __AVX2__
#include "html/scan_wide.h"
#else

/// Which of 16 bytes are not plain text (*odd) and which are no white space (*solid).
static inline void html_classify(const char *p, unsigned *odd, unsigned *solid) {
  HtmlBytes v = html_load(p);
  HtmlBytes marks = html_or(html_equal(v, '<'), html_equal(v, '&'));
  HtmlBytes controls = html_or(html_equal(v, '\r'), html_or(html_equal(v, '\0'), html_equal(v, '\v')));
  HtmlBytes blank = html_or(html_equal(v, ' '), html_between(v, '\t', '\r' - '\t'));
  *odd = html_mask(html_or(marks, controls));
  *solid = ~html_mask(blank) & 0xffff;
}

/// The first '<' from `p` on, or `end`; adds the flags of what is before it.
static inline const char *html_scan_text(const char *p, const char *end, uint8_t *flags) {
  uint8_t seen = 0;
  for (;;) {
    unsigned odd, solid, odd_behind, solid_behind;
    html_classify(p, &odd, &solid);
    html_classify(p + 16, &odd_behind, &solid_behind);
    odd |= odd_behind << 16;
    solid |= solid_behind << 16;
    if (odd) solid &= html_below(odd);
    seen |= (uint8_t)(solid ? HTML_HAS_NONSPACE : 0);
    p += odd ? __builtin_ctz(odd) : 32;
    if (!odd) continue;
    if (*p == '<' || p >= end) break;
    seen |= html_flag_of(*p++);
  }
  *flags |= seen;
  return p;
}

/// The end of a name: a control, a space, '/', '>', or in an attribute's also '=', '"', ''' or '<'.
static inline const char *html_name_end(const char *p, bool attribute) {
  for (;; p += 16) {
    HtmlBytes v = html_load(p);
    HtmlBytes stop = html_or(html_between(v, 0, ' '), html_or(html_equal(v, '/'), html_equal(v, '>')));
    if (attribute) {
      HtmlBytes quotes = html_or(html_equal(v, '"'), html_equal(v, '\''));
      stop = html_or(stop, html_or(quotes, html_between(v, '<', '>' - '<')));
    }
    unsigned stops = html_mask(stop);
    if (stops) return p + __builtin_ctz(stops);
  }
}

/// The quote that ends a value, or a NUL; adds the flags of what is before it.
static inline const char *html_scan_quoted(const char *p, char quote, uint8_t *flags) {
  for (;;) {
    HtmlBytes v = html_load(p), w = html_load(p + 16);
    HtmlBytes odd = html_or(html_or(html_equal(v, quote), html_equal(v, '\0')),
                            html_or(html_equal(v, '&'), html_equal(v, '\r')));
    HtmlBytes odd_behind = html_or(html_or(html_equal(w, quote), html_equal(w, '\0')),
                                   html_or(html_equal(w, '&'), html_equal(w, '\r')));
    unsigned stop = html_mask(odd) | html_mask(odd_behind) << 16;
    p += stop ? __builtin_ctz(stop) : 32;
    if (!stop) continue;
    if (*p == quote || *p == '\0') return p;
    *flags |= *p++ == '&' ? HTML_HAS_REFERENCE : HTML_HAS_CR;
  }
}

#endif

#else

static inline const char *html_scan_text(const char *p, const char *end, uint8_t *flags) {
  for (; p < end && *p != '<'; p++) {
    if (*p == '&') *flags |= HTML_HAS_REFERENCE;
    if (*p == '\r') *flags |= HTML_HAS_CR;
    if (*p == '\0') *flags |= HTML_HAS_NUL;
    if (!html_is_space(*p)) *flags |= HTML_HAS_NONSPACE;
  }
  return p;
}

static inline const char *html_find_open(const char *p, const char *end) {
  return memchr(p, '<', (size_t)(end - p));
}

static inline bool html_has_upper(const char *p, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (p[i] >= 'A' && p[i] <= 'Z') return true;
  return false;
}

static inline const char *html_name_end(const char *p, bool attribute) {
  for (;; p++) {
    unsigned char c = (unsigned char)*p;
    if (c <= ' ' || c == '/' || c == '>') return p;
    if (attribute && (c == '=' || c == '"' || c == '\'' || c == '<')) return p;
  }
}

static inline const char *html_scan_quoted(const char *p, char quote, uint8_t *flags) {
  for (; *p != quote && *p != '\0'; p++) {
    if (*p == '&') *flags |= HTML_HAS_REFERENCE;
    if (*p == '\r') *flags |= HTML_HAS_CR;
  }
  return p;
}

#endif

#endif
