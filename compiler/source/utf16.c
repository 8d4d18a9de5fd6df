/* In: text. Out: where its lines start, and how bytes and UTF-16 units differ along it. Surprising: it goes
 * by 64 bytes, a bit each, and most blocks have no byte that matters; on a line without characters beyond
 * ASCII a column is a subtraction. */
#include "source/utf16.h"

#include "base/vec.h"

enum { BLOCK = 64, STEPS = 8 };

// What stands in 64 bytes, the first byte in the lowest bit.
typedef struct Bits {
  uint64_t lf, cr;
  uint64_t wide;  // beyond ASCII; of these:
  uint64_t rest;  // all but the first byte of a code point
  uint64_t four;  // the first of four bytes
} Bits;

#if defined(__SSE2__) && !defined(FXC_NO_SIMD)
#include <emmintrin.h>

static uint64_t mask_at(__m128i v, unsigned shift) {
  return (uint64_t)(unsigned)_mm_movemask_epi8(v) << shift;
}

static __m128i load(const char *p) { return _mm_loadu_si128((const void *)p); }

// Its top bits: the bytes that matter.
static __m128i odd_bytes(__m128i v) {
  return _mm_or_si128(
      v, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));
}

static bool is_plain(const char *p) {
  __m128i front = _mm_or_si128(odd_bytes(load(p)), odd_bytes(load(p + 16)));
  __m128i back = _mm_or_si128(odd_bytes(load(p + 32)), odd_bytes(load(p + 48)));
  return !_mm_movemask_epi8(_mm_or_si128(front, back));
}

static Bits read_bits(const char *p) {
  Bits bits = {0};
  if (is_plain(p)) return bits;
  for (unsigned i = 0; i < BLOCK; i += 16) {
    __m128i v = load(p + i);
    bits.lf |= mask_at(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), i);
    bits.cr |= mask_at(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')), i);
    bits.wide |= mask_at(v, i);
  }
  for (unsigned i = 0; bits.wide && i < BLOCK; i += 16) {
    __m128i v = load(p + i);
    bits.rest |= mask_at(_mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0)), i);
    bits.four |= mask_at(_mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xF0)), v), i);
  }
  return bits;
}

#else

static Bits read_bits(const char *p) {
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

#endif

// By how many bytes the front of a block is longer than its units: a code point has 1, 2 or 3 bytes for one
// unit, or 4 bytes for two.
static uint32_t spare_of(const Bits *bits, uint64_t front) {
  if (!bits->wide) return 0;
  return (uint32_t)(__builtin_popcountll(bits->rest & front) - __builtin_popcountll(bits->four & front));
}

static uint64_t bits_below(unsigned bit) { return ((uint64_t)1 << bit) - 1; }

typedef struct Finder {
  Arena *arena;
  Str text;
  VEC(Utf16Line) lines;
} Finder;

static void add_lines(Finder *finder, size_t at, const Bits *bits, uint32_t spare) {
  uint64_t ends = bits->lf | (bits->cr & ~(bits->lf >> 1));
  Str behind = str_skip(finder->text, at + BLOCK);
  if (bits->cr >> (BLOCK - 1) && behind.len && behind.data[0] == '\n') ends &= bits_below(BLOCK - 1);
  for (; ends; ends &= ends - 1) {
    unsigned bit = (unsigned)__builtin_ctzll(ends);
    Utf16Line line = {(uint32_t)at + bit + 1, spare + spare_of(bits, bits_below(bit))};
    vec_push(finder->arena, &finder->lines, line);
  }
}

// The last, shorter block is looked at with NULs behind it.
static Bits bits_at(Str text, size_t at) {
  if (at + BLOCK <= text.len) return read_bits(text.data + at);
  char last[BLOCK] = {0};
  if (at < text.len) memcpy(last, text.data + at, text.len - at);
  return read_bits(last);
}

Utf16Index utf16_index(Arena *arena, Str text) {
  Finder finder = {.arena = arena, .text = text};
  size_t blocks = text.len / BLOCK + 1;
  uint32_t *spare = arena_alloc(arena, blocks * sizeof *spare), sum = 0;
  vec_push(arena, &finder.lines, (Utf16Line){0, 0});
  for (size_t i = 0; i < blocks; i++) {
    Bits bits = bits_at(text, i * BLOCK);
    spare[i] = sum;
    if (bits.lf | bits.cr) add_lines(&finder, i * BLOCK, &bits, sum);
    sum += spare_of(&bits, ~(uint64_t)0);
  }
  vec_push(arena, &finder.lines, (Utf16Line){(uint32_t)text.len, sum});
  return (Utf16Index){text, finder.lines.data, (uint32_t)finder.lines.len - 1, spare};
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
