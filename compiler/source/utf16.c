/* In: text. Out: where its lines start, and how bytes and UTF-16 units differ along it. Surprising: it goes
 * by 64 bytes, a bit each, and in most blocks nothing but line breaks matters; on a line, and up to its first
 * character beyond ASCII, a column is a subtraction. */
#include "source/utf16.h"

#include "base/scan.h"
#include "base/vec.h"

enum { BLOCK = 64, STEPS = 8 };

// What stands in 64 bytes, the first byte in the lowest bit.
typedef struct Bits {
  uint64_t lf, cr;
  uint64_t wide;  // beyond ASCII; of these:
  uint64_t rest;  // all but the first byte of a code point
  uint64_t four;  // the first of four bytes
} Bits;

#if defined(__x86_64__) && !defined(FXC_NO_SIMD)
#include <immintrin.h>

static inline __m128i load(const char *p) { return _mm_loadu_si128((const void *)p); }
static inline __m128i equal(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }

// The top bits of 64 bytes.
static inline uint64_t mask(__m128i a, __m128i b, __m128i c, __m128i d) {
  uint64_t low = (unsigned)_mm_movemask_epi8(a) | (unsigned)_mm_movemask_epi8(b) << 16;
  uint64_t high = (unsigned)_mm_movemask_epi8(c) | (unsigned)_mm_movemask_epi8(d) << 16;
  return low | high << 32;
}

// Whether one of 16 bytes is a CR or not ASCII, in its top bit.
static inline __m128i odd_bytes(__m128i v) { return _mm_or_si128(v, equal(v, '\r')); }

static inline __m128i is_rest(__m128i v) { return _mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0)); }
static inline __m128i is_four(__m128i v) {
  __m128i least = _mm_set1_epi8((char)0xF0);
  return _mm_cmpeq_epi8(_mm_max_epu8(v, least), v);
}

static inline __attribute__((always_inline)) Bits read_bits(const char *p) {
  __m128i a = load(p), b = load(p + 16), c = load(p + 32), d = load(p + 48);
  Bits bits = {.lf = mask(equal(a, '\n'), equal(b, '\n'), equal(c, '\n'), equal(d, '\n'))};
  __m128i front = _mm_or_si128(odd_bytes(a), odd_bytes(b)), back = _mm_or_si128(odd_bytes(c), odd_bytes(d));
  if (!_mm_movemask_epi8(_mm_or_si128(front, back))) return bits;
  bits.cr = mask(equal(a, '\r'), equal(b, '\r'), equal(c, '\r'), equal(d, '\r'));
  bits.wide = mask(a, b, c, d);
  bits.rest = mask(is_rest(a), is_rest(b), is_rest(c), is_rest(d));
  bits.four = mask(is_four(a), is_four(b), is_four(c), is_four(d));
  return bits;
}

// The same with vectors of twice the width.
#define WIDE __attribute__((target("avx2,popcnt")))

WIDE static inline uint64_t wide_mask(__m256i front, __m256i back) {
  return (uint64_t)(unsigned)_mm256_movemask_epi8(back) << 32 | (unsigned)_mm256_movemask_epi8(front);
}

WIDE static inline uint64_t wide_equal(__m256i front, __m256i back, char c) {
  __m256i all = _mm256_set1_epi8(c);
  return wide_mask(_mm256_cmpeq_epi8(front, all), _mm256_cmpeq_epi8(back, all));
}

WIDE static inline Bits read_wide(const char *p) {
  __m256i front = _mm256_loadu_si256((const void *)p), back = _mm256_loadu_si256((const void *)(p + 32));
  Bits bits = {.lf = wide_equal(front, back, '\n'), .cr = wide_equal(front, back, '\r')};
  bits.wide = wide_mask(front, back);
  if (!bits.wide) return bits;
  __m256i rest = _mm256_set1_epi8((char)0xC0), four = _mm256_set1_epi8((char)0xF0);
  bits.rest = wide_mask(_mm256_cmpgt_epi8(rest, front), _mm256_cmpgt_epi8(rest, back));
  bits.four = wide_mask(_mm256_cmpeq_epi8(_mm256_max_epu8(front, four), front),
                        _mm256_cmpeq_epi8(_mm256_max_epu8(back, four), back));
  return bits;
}

#else

static inline Bits read_bits(const char *p) {
  Bits bits = {0};
  for (unsigned i = 0; i < BLOCK; i++) {
    unsigned char c = (unsigned char)p[i];
    bits.lf |= (uint64_t)(c == '\n') << i;
    bits.cr |= (uint64_t)(c == '\r') << i;
    bits.wide |= (uint64_t)(c >= 0x80) << i;
    bits.rest |= (uint64_t)((c & 0xC0) == 0x80) << i;
    bits.four |= (uint64_t)(c >= 0xF0) << i;
  }
  return bits;
}

#define WIDE
static inline Bits read_wide(const char *p) { return read_bits(p); }

#endif

// By how many bytes the front of a block is longer than its units: a code point has 1, 2 or 3 bytes for one
// unit, or 4 bytes for two.
static inline uint32_t spare_of(const Bits *bits, uint64_t front) {
  if (!bits->wide) return 0;
  return (uint32_t)(__builtin_popcountll(bits->rest & front) - __builtin_popcountll(bits->four & front));
}

static uint64_t bits_below(unsigned bit) { return ((uint64_t)1 << bit) - 1; }

enum { NOT_KNOWN = UINT32_MAX };

typedef struct Finder {
  Arena *arena;
  Str text;
  VEC(Utf16Line) lines;
} Finder;

// Begins a line; there is room for it.
static inline void add_line(Finder *finder, uint32_t start, uint32_t spare) {
  Utf16Line *line = &finder->lines.data[finder->lines.len++];
  if (line[-1].plain == NOT_KNOWN) line[-1].plain = start - 1;
  *line = (Utf16Line){start, spare, NOT_KNOWN};
}

// Notes where the last line stops being plain, if it does so among these bytes of a block.
static void note_wide(Finder *finder, uint32_t at, uint64_t wide) {
  Utf16Line *line = &vec_last(&finder->lines);
  if (wide && line->plain == NOT_KNOWN) line->plain = at + (uint32_t)__builtin_ctzll(wide);
}

static __attribute__((noinline)) void add_odd_lines(Finder *finder, uint32_t at, const Bits *bits,
                                                    uint32_t spare) {
  uint64_t ends = bits->lf | (bits->cr & ~(bits->lf >> 1)), wide = bits->wide;
  Str behind = str_skip(finder->text, (size_t)at + BLOCK);
  if (bits->cr >> (BLOCK - 1) && behind.len && behind.data[0] == '\n') ends &= bits_below(BLOCK - 1);
  for (; ends; ends &= ends - 1) {
    unsigned bit = (unsigned)__builtin_ctzll(ends);
    note_wide(finder, at, wide & bits_below(bit));
    wide &= ~bits_below(bit);
    add_line(finder, at + bit + 1, spare + spare_of(bits, bits_below(bit)));
  }
  note_wide(finder, at, wide);
}

static __attribute__((noinline)) void need_room(Finder *finder) {
  size_t size = finder->lines.space * sizeof(Utf16Line);
  finder->lines.data = arena_grow(finder->arena, finder->lines.data, size, 2 * size);
  finder->lines.space *= 2;
}

// Adds the lines that begin in a block; answers what is spare in it.
static inline uint32_t add_lines(Finder *finder, uint32_t at, Bits bits, uint32_t spare) {
  if (finder->lines.space - finder->lines.len < BLOCK + 1) need_room(finder);
  if (bits.cr | bits.wide) {
    Bits odd = bits;
    add_odd_lines(finder, at, &odd, spare);
    return spare_of(&odd, ~(uint64_t)0);
  }
  Utf16Line *line = &vec_last(&finder->lines), *first = line;
  for (uint64_t ends = bits.lf; ends; ends &= ends - 1) {
    uint32_t start = at + (uint32_t)__builtin_ctzll(ends) + 1;
    if (line->plain == NOT_KNOWN) line->plain = start - 1;
    *++line = (Utf16Line){start, spare, NOT_KNOWN};
  }
  finder->lines.len += (size_t)(line - first);
  return 0;
}

// The last, shorter block is looked at with NULs behind it.
static Bits bits_at(Str text, size_t at) {
  if (at + BLOCK <= text.len) return read_bits(text.data + at);
  char last[BLOCK] = {0};
  if (at < text.len) memcpy(last, text.data + at, text.len - at);
  return read_bits(last);
}

// All blocks but the last; answers the sum of what is spare in them.
static inline __attribute__((always_inline)) uint32_t find_lines(Finder *finder, uint32_t *spare,
                                                                 size_t blocks, Bits (*read)(const char *)) {
  uint32_t sum = 0;
  for (size_t i = 0; i < blocks; i++) {
    spare[i] = sum;
    sum += add_lines(finder, (uint32_t)(i * BLOCK), read(finder->text.data + i * BLOCK), sum);
  }
  return sum;
}

static uint32_t find_plainly(Finder *finder, uint32_t *spare, size_t blocks) {
  return find_lines(finder, spare, blocks, read_bits);
}

WIDE static uint32_t find_widely(Finder *finder, uint32_t *spare, size_t blocks) {
  return find_lines(finder, spare, blocks, read_wide);
}

Utf16Index utf16_index(Arena *arena, Str text) {
  Finder finder = {.arena = arena, .text = text};
  size_t blocks = text.len / BLOCK;
  uint32_t *spare = arena_alloc(arena, (blocks + 1) * sizeof *spare);
  vec_room(arena, &finder.lines, 4 * BLOCK);
  finder.lines.data[finder.lines.len++] = (Utf16Line){0, 0, NOT_KNOWN};
  bool wide = scan_best() == SCAN_AVX2;
  uint32_t sum = wide ? find_widely(&finder, spare, blocks) : find_plainly(&finder, spare, blocks);
  spare[blocks] = sum;
  sum += add_lines(&finder, (uint32_t)(blocks * BLOCK), bits_at(text, blocks * BLOCK), sum);
  add_line(&finder, (uint32_t)text.len, sum);
  uint32_t count = (uint32_t)finder.lines.len - 1;
  Utf16Line *line = &finder.lines.data[count - 1];
  if (line->plain + 1 == (uint32_t)text.len) line->plain++;  // the end is one of its places
  return (Utf16Index){text, finder.lines.data, count, spare};
}

static uint32_t search_line(const Utf16Index *index, uint32_t offset) {
  uint32_t low = 0, high = index->count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (index->lines[middle].start <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static uint32_t line_of(const Utf16Index *index, uint32_t offset, uint32_t near) {
  if (near >= index->count || index->lines[near].start > offset) return search_line(index, offset);
  for (int step = 0; step < STEPS; step++, near++)
    if (near + 1 == index->count || index->lines[near + 1].start > offset) return near;
  return search_line(index, offset);
}

static uint32_t spare_before(const Utf16Index *index, uint32_t offset) {
  Bits bits = bits_at(index->text, offset / BLOCK * BLOCK);
  return index->spare[offset / BLOCK] + spare_of(&bits, bits_below(offset % BLOCK));
}

Utf16Place utf16_find(const Utf16Index *index, uint32_t offset, uint32_t near) {
  if (offset > index->text.len) offset = (uint32_t)index->text.len;
  uint32_t line = line_of(index, offset, near);
  const Utf16Line *found = &index->lines[line];
  Utf16Place place = {line, offset - found->start};
  if (found[0].spare != found[1].spare) place.column -= spare_before(index, offset) - found->spare;
  return place;
}
