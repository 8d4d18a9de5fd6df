/* In: a place in data. Out: the next piece of markup that has to be looked at closely. Surprising: 64 bytes
 * are classified at once, and tags found among the bits. Within a tag a quote begins a value where it stands
 * behind '=' and a name that white space separates from what is before; that is looked at from the quote
 * back, since most tags have none. */
#include "html/skim_plain.h"

#include "base/scan.h"
#include "html/scan.h"

static inline bool is_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }
static inline bool is_name_byte(char c) {
  return is_letter(c) || (unsigned char)(c - '0') < 10 || c == '-' || c == '_' || c == ':';
}

#define BIT(letter) (1u << ((letter)&31))

/// By the first letter, the second ones of names that skim.c knows.
static const uint32_t pairs[32] = {
    ['c' & 31] = BIT('o'),                        // col
    ['d' & 31] = BIT('e'),                        // desc
    ['f' & 31] = BIT('o') | BIT('r'),             // foreignobject, frameset
    ['i' & 31] = BIT('f'),                        // iframe
    ['m' & 31] = BIT('a'),                        // math
    ['n' & 31] = BIT('o'),                        // noembed, noframes
    ['p' & 31] = BIT('l'),                        // plaintext
    ['s' & 31] = BIT('c') | BIT('t') | BIT('v'),  // script, style, svg
    ['t' & 31] = BIT('e') | BIT('i'),             // template, textarea, title
    ['x' & 31] = BIT('m'),                        // xmp
};

static inline bool may_be_special(const char *name) { return pairs[name[0] & 31] >> (name[1] & 31) & 1; }

/// Whether the quote, which is the first since the tag's name or a value's end, begins a value.
static inline bool begins_value(const char *quote) {
  const char *p = quote - 1;
  if (*p != '=') return false;
  while (is_name_byte(p[-1])) p--;
  if (p == quote - 1 || !html_is_space(p[-1])) return false;
  while (html_is_space(p[-1])) p--;
  return p[-1] != '=';
}

#if defined(__x86_64__) && !defined(FXC_NO_SIMD)
#include <immintrin.h>

#define WIDE __attribute__((target("avx2,bmi,bmi2")))

enum { BLOCK = 64 };

typedef struct Block {
  const char *at;
  uint64_t opens, stops;  // '<'; '>' and quotes
} Block;

WIDE static inline uint32_t bits_of(__m256i v, char c) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(c)));
}

WIDE static inline uint32_t stops_of(__m256i v) {
  __m256i quotes = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')),
                                   _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\'')));
  __m256i all = _mm256_or_si256(quotes, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('>')));
  return (uint32_t)_mm256_movemask_epi8(all);
}

WIDE static inline void look_at(Block *block, const char *p) {
  __m256i v = _mm256_loadu_si256((const void *)p), w = _mm256_loadu_si256((const void *)(p + BLOCK / 2));
  block->at = p;
  block->opens = bits_of(v, '<') | (uint64_t)bits_of(w, '<') << 32;
  block->stops = stops_of(v) | (uint64_t)stops_of(w) << 32;
}

/// The bits of the block from a place on, which lies in it or behind it.
WIDE static inline uint64_t from(const Block *block, uint64_t bits, const char *p) {
  size_t skipped = (size_t)(p - block->at);
  return skipped < BLOCK ? bits >> skipped << skipped : 0;
}

/// The first '<' at `p` or behind it, before `end`; NULL when there is none.
WIDE static inline const char *next_open(Block *block, const char *p, const char *end) {
  uint64_t found = from(block, block->opens, p);
  while (!found) {
    const char *next = block->at + BLOCK > p ? block->at + BLOCK : p;
    if (next >= end) return NULL;
    look_at(block, next);
    found = block->opens;
  }
  p = block->at + __builtin_ctzll(found);
  return p < end ? p : NULL;
}

/// The same for '>' and quotes. What is behind the text is no such byte.
WIDE static inline const char *next_stop(Block *block, const char *p, const char *end) {
  uint64_t found = from(block, block->stops, p);
  while (!found) {
    const char *next = block->at + BLOCK > p ? block->at + BLOCK : p;
    if (next >= end) return NULL;
    look_at(block, next);
    found = block->stops;
  }
  return block->at + __builtin_ctzll(found);
}

/// The '>' that ends a plain tag; NULL: it is none.
WIDE static inline const char *tag_close(Block *block, const char *name, const char *end) {
  const char *p = next_stop(block, name, end);
  while (p && *p != '>') {
    const char quote = *p;
    if (!begins_value(p)) return NULL;
    do p = next_stop(block, p + 1, end);
    while (p && *p != quote);
    p = p ? next_stop(block, p + 1, end) : NULL;
  }
  return p;
}

WIDE static const char *skim_wide(HtmlSkim *skim, const char *target) {
  Block block;
  look_at(&block, skim->at);
  while (skim->at <= target) {
    const char *open = next_open(&block, skim->at, target);
    if (!open) {
      skim->at = target;
      return NULL;
    }
    const char *name = open + 1 + (open[1] == '/');
    if (!is_letter(*name) || may_be_special(name)) return open;
    const char *close = tag_close(&block, name, skim->end);
    if (!close) return open;
    skim->at = skim->tag_end = close + 1;
  }
  return NULL;
}

const char *html_skim_plain(HtmlSkim *skim, const char *target) {
  if (scan_best() == SCAN_AVX2) return skim_wide(skim, target);
#else
const char *html_skim_plain(HtmlSkim *skim, const char *target) {
#endif
  const char *open = html_find_open(skim->at, target);
  if (!open) skim->at = target;
  return open;
}
