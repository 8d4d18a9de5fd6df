/* Copying data as far as nothing in it needs an escape, looked at and copied 16 bytes at a time where the
 * processor can. Internal to the escaper and the writer of JSX.
 *
 * In: data, and the kind of place that it goes to. Out: its front that can stand there as it is.
 * Surprising: each set of bytes is written twice, as a macro that builds a table and as comparisons of
 * vectors; short data goes by the table, so that tests of single bytes at all lengths hold the two together.
 */
#ifndef FXC_EMIT_TSX_PLAIN_H
#define FXC_EMIT_TSX_PLAIN_H

#include "base/scan.h"

typedef enum TsxPlace {
  IN_STRING,    // '…'
  IN_TEMPLATE,  // `…`
  IN_TEXT,      // between JSX tags
  IN_ATTR,      // "…" of a JSX attribute
  IN_COMMENT,
  IN_ENCODED,  // `…`, where character references are still to be decoded
} TsxPlace;

// What stops a plain run, beside everything beyond ASCII.
#define IS_CONTROL(c) ((c) < 0x20 || (c) == 0x7F)
#define STOPS_STRING(c) (IS_CONTROL(c) || (c) == '\'' || (c) == '\\')
#define STOPS_TEMPLATE(c) \
  ((IS_CONTROL(c) && (c) != '\t' && (c) != '\n') || (c) == '\\' || (c) == '`' || (c) == '$')
#define STOPS_TEXT(c) (IS_CONTROL(c) || (c) == '{' || (c) == '}' || (c) == '<' || (c) == '>' || (c) == '&')
#define STOPS_ATTR(c) (IS_CONTROL(c) || (c) == '"' || (c) == '&')
#define STOPS_ENCODED(c) (STOPS_TEMPLATE(c) || (c) == '&')
#define STOPS_COMMENT(c) (IS_CONTROL(c) || (c) == '*' || (c) == '/')

static const ScanSet tsx_stops[] = {
    [IN_STRING] = SCAN_SET(STOPS_STRING),   [IN_TEMPLATE] = SCAN_SET(STOPS_TEMPLATE),
    [IN_TEXT] = SCAN_SET(STOPS_TEXT),       [IN_ATTR] = SCAN_SET(STOPS_ATTR),
    [IN_COMMENT] = SCAN_SET(STOPS_COMMENT), [IN_ENCODED] = SCAN_SET(STOPS_ENCODED),
};

/// Copies byte by byte up to the first stop, from `at` on; answers where that is, or the end.
static inline size_t plain_bytes(char *to, Str s, size_t at, TsxPlace place) {
  for (; at < s.len && !scan_set_has(&tsx_stops[place], s.data[at]); at++) to[at] = s.data[at];
  return at;
}

#if defined(__SSE2__) && !defined(FXC_NO_SIMD)
#include <emmintrin.h>

static inline __m128i plain_equal(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }
static inline __m128i plain_or(__m128i a, __m128i b) { return _mm_or_si128(a, b); }
// Two bytes that differ in one bit.
static inline __m128i plain_pair(__m128i v, char bit, char both) {
  return plain_equal(_mm_or_si128(v, _mm_set1_epi8(bit)), both);
}

static inline __m128i plain_stops_template(__m128i v) {
  __m128i low = _mm_cmplt_epi8(v, _mm_set1_epi8(' ')), end = plain_equal(v, 0x7F);
  __m128i lines = plain_or(plain_equal(v, '\n'), plain_equal(v, '\t'));
  end = plain_or(end, plain_or(plain_equal(v, '`'), plain_or(plain_equal(v, '$'), plain_equal(v, '\\'))));
  return plain_or(_mm_andnot_si128(lines, low), end);
}

static inline __attribute__((always_inline)) __m128i plain_stops(__m128i v, TsxPlace place) {
  // A byte beyond ASCII is negative, and so less than a space.
  __m128i low = _mm_cmplt_epi8(v, _mm_set1_epi8(' ')), end = plain_equal(v, 0x7F);
  switch (place) {
    case IN_STRING:
      return plain_or(plain_or(low, end), plain_or(plain_equal(v, '\''), plain_equal(v, '\\')));
    case IN_TEMPLATE:
      return plain_stops_template(v);
    case IN_TEXT:  // what is behind 'z', < and >, &; so also | and ~, which are looked at again
      end = _mm_cmpgt_epi8(v, _mm_set1_epi8('z'));
      return plain_or(plain_or(low, end), plain_or(plain_pair(v, 0x02, '>'), plain_equal(v, '&')));
    case IN_ATTR:  // " and &
      return plain_or(plain_or(low, end), plain_pair(v, 0x04, '&'));
    case IN_ENCODED:
      return plain_or(plain_stops_template(v), plain_equal(v, '&'));
    case IN_COMMENT:
      break;
  }
  return plain_or(plain_or(low, end), plain_or(plain_equal(v, '*'), plain_equal(v, '/')));
}

/// Copies 8 to 15 bytes, or 4 to 7, as two words that may overlap; answers whether there is no stop in them.
static inline __attribute__((always_inline)) bool plain_words(char *to, Str s, TsxPlace place) {
  uint64_t front = 0, back = 0;
  size_t size = s.len >= 8 ? 8 : 4, last = s.len - size;
  if (size == 8) {
    memcpy(&front, s.data, 8), memcpy(&back, s.data + last, 8);
    memcpy(to, &front, 8), memcpy(to + last, &back, 8);
  } else {
    memcpy(&front, s.data, 4), memcpy(&back, s.data + last, 4);
    memcpy(to, &front, 4), memcpy(to + last, &back, 4);
    front |= front << 32, back |= back << 32;
  }
  __m128i v = _mm_set_epi64x((long long)back, (long long)front);
  return !_mm_movemask_epi8(plain_stops(v, place));
}

/// Copies 16 bytes; answers which are stops, a bit each.
static inline __attribute__((always_inline)) unsigned plain_16(char *to, const char *from, TsxPlace place) {
  __m128i v = _mm_loadu_si128((const void *)from);
  _mm_storeu_si128((void *)to, v);
  return (unsigned)_mm_movemask_epi8(plain_stops(v, place));
}

/// Copies `s` up to the first stop, or what may be one, and perhaps more; answers where that is, or its
/// length.
static inline __attribute__((always_inline)) size_t plain_ascii(char *to, Str s, TsxPlace place) {
  if (s.len < 16) {
    bool plain = s.len >= 4 && plain_words(to, s, place);
    return plain ? s.len : plain_bytes(to, s, 0, place);
  }
  size_t at = 0;
  for (; at + 16 <= s.len; at += 16) {
    unsigned stops = plain_16(to + at, s.data + at, place);
    if (stops) return at + (size_t)__builtin_ctz(stops);
  }
  if (at == s.len) return at;
  at = s.len - 16;  // some of these have been looked at
  unsigned stops = plain_16(to + at, s.data + at, place);
  return stops ? at + (size_t)__builtin_ctz(stops) : s.len;
}

#else

static inline size_t plain_ascii(char *to, Str s, TsxPlace place) { return plain_bytes(to, s, 0, place); }

#endif

/// Length of the code point beyond ASCII that `s` begins with; *plain: a reader can see it, and it is well
/// formed. In tsx_escape.c.
size_t plain_wide(Str s, bool *plain);

/// The same for most letters and for dashes and quotes; 0: not one of them.
static inline size_t plain_letter(Str s) {
  const unsigned char *c = (const unsigned char *)s.data;
  if (s.len < 2 || (c[1] & 0xC0) != 0x80) return 0;
  if (c[0] >= 0xC3 && c[0] < 0xD8) return 2;
  if (s.len < 3 || (c[2] & 0xC0) != 0x80) return 0;
  if (c[0] == 0xE2) return c[1] > 0x81 || (c[1] == 0x80 && c[2] >= 0x90 && c[2] < 0xA8) ? 3 : 0;
  return c[0] >= 0xE3 && c[0] <= 0xEC ? 3 : 0;
}

/// plain_copy() from `at` on, where something stands that is not plain ASCII.
static inline __attribute__((always_inline)) size_t plain_copy_on(char *to, Str s, size_t at,
                                                                  TsxPlace place) {
  while (at < s.len) {
    Str rest = str_skip(s, at);
    bool plain = !scan_set_has(&tsx_stops[place], rest.data[0]);
    size_t length = 1;
    if ((unsigned char)rest.data[0] >= 0x80) {
      length = plain_letter(rest);
      plain = length > 0;
      if (!plain) length = plain_wide(rest, &plain);
    }
    if (!plain) break;
    for (size_t i = 0; i < length; i++) to[at + i] = rest.data[i];
    at += length;
    if (at < s.len && (unsigned char)s.data[at] < 0x80) at += plain_ascii(to + at, str_skip(s, at), place);
  }
  return at;
}

/// Copies the front of `s` in which no byte stops and nothing is hidden to `to`, where all of `s` has room;
/// answers its length. Nothing behind `s` is read, nothing behind its length written.
static inline __attribute__((always_inline)) size_t plain_copy(char *to, Str s, TsxPlace place) {
  size_t at = plain_ascii(to, s, place);
  return at == s.len ? at : plain_copy_on(to, s, at, place);
}

/// TypeScript's own emitter takes what looks like a comment at the start of a JSX text for one (5.9).
static inline bool plain_starts_comment(Str s) {
  size_t i = 0;
  while (i < s.len && s.data[i] == ' ') i++;
  return i + 1 < s.len && s.data[i] == '/' && (s.data[i + 1] == '*' || s.data[i + 1] == '/');
}
#endif
