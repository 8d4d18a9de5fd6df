// The ways to look at many bytes at once. A text and a mark come in, places go out. What may surprise: the
// loop itself is written once, in scan_kernel.def, and read here for each kind of vector; the portable way is
// a plain loop, against which the others are tested.
#include "base/scan.h"

_Atomic unsigned char scan_known;

// Bytes of the text at `at` and at the mark's distances behind it.
static bool is_mark(const Scan *scan, size_t at) {
  for (size_t i = 0; i < SCAN_MARKS; i++) {
    unsigned char byte = (unsigned char)scan->text[at + scan->distance[i]];
    if ((byte | scan->fold[i]) != scan->byte[i]) return false;
  }
  return true;
}

static uint64_t kernel_portable(Scan *scan) {
  uint64_t hits = 0;
  while (!hits && scan->at < scan->len) {
    size_t left = scan->len - scan->at, count = left < SCAN_BLOCK ? left : SCAN_BLOCK;
    for (size_t i = 0; i < count; i++) {
      unsigned char byte = (unsigned char)scan->text[scan->at + i];
      scan->high |= byte > 0x7F;
      scan->escape |= byte == 0x1B;
      if (is_mark(scan, scan->at + i)) hits |= (uint64_t)1 << i;
    }
    scan->at += count;
  }
  return hits;
}

#if defined(__x86_64__) && !defined(FXC_NO_SIMD)
#include <immintrin.h>
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif

#define WAY sse2
#define TARGET
#define VECTOR __m128i
#define WIDE 16
#define LOAD(p) _mm_loadu_si128((const void *)(p))
#define FILL(c) _mm_set1_epi8(c)
#define EQUAL(a, b) _mm_cmpeq_epi8(a, b)
#define AND(a, b) _mm_and_si128(a, b)
#define OR(a, b) _mm_or_si128(a, b)
#define MASK(v) _mm_movemask_epi8(v)
#include "base/scan_kernel.def"

#define WAY avx2
#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256i
#define WIDE 32
#define LOAD(p) _mm256_loadu_si256((const void *)(p))
#define FILL(c) _mm256_set1_epi8(c)
#define EQUAL(a, b) _mm256_cmpeq_epi8(a, b)
#define AND(a, b) _mm256_and_si256(a, b)
#define OR(a, b) _mm256_or_si256(a, b)
#define MASK(v) _mm256_movemask_epi8(v)
#include "base/scan_kernel.def"

static ScanKernel *const kernels[] = {kernel_portable, kernel_sse2, kernel_avx2};

// The bytes of the text in the set, a bit each: 32 of them, or 16.
__attribute__((target("avx2"))) static inline uint32_t members_32(const ScanSet *set, const char *p) {
  __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)set->high));
  __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)set->low));
  __m256i text = _mm256_loadu_si256((const void *)p), half = _mm256_set1_epi8(15);
  __m256i upper = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(text, 4), half));
  __m256i lower = _mm256_shuffle_epi8(low, _mm256_and_si256(text, half));
  __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(upper, lower), _mm256_setzero_si256());
  return ~(uint32_t)_mm256_movemask_epi8(none);
}

__attribute__((target("avx2"))) static inline uint32_t members_16(const ScanSet *set, const char *p) {
  __m128i high = _mm_loadu_si128((const void *)set->high), low = _mm_loadu_si128((const void *)set->low);
  __m128i text = _mm_loadu_si128((const void *)p), half = _mm_set1_epi8(15);
  __m128i upper = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(text, 4), half));
  __m128i lower = _mm_shuffle_epi8(low, _mm_and_si128(text, half));
  __m128i none = _mm_cmpeq_epi8(_mm_and_si128(upper, lower), _mm_setzero_si128());
  return ~(uint32_t)_mm_movemask_epi8(none) & 0xFFFF;
}

/// As far as there are 16 bytes more; *found when it ends at a member.
__attribute__((target("avx2"))) static size_t until_wide(const ScanSet *set, Str text, bool *found) {
  size_t at = 0;
  for (; text.len - at >= 32; at += 32) {
    uint32_t members = members_32(set, text.data + at);
    *found = members != 0;
    if (members) return at + (size_t)__builtin_ctz(members);
  }
  if (text.len - at < 16) return at;
  uint32_t members = members_16(set, text.data + at);
  *found = members != 0;
  return members ? at + (size_t)__builtin_ctz(members) : at + 16;
}

/// How many blocks of 128 bytes are all ASCII, in bytes.
__attribute__((target("avx2"))) static size_t ascii_wide(Str text) {
  size_t at = 0;
  for (; text.len - at >= 128; at += 128) {
    const __m256i_u *p = (const void *)(text.data + at);
    __m256i low = _mm256_or_si256(_mm256_loadu_si256(p), _mm256_loadu_si256(p + 1));
    __m256i rest = _mm256_or_si256(_mm256_loadu_si256(p + 2), _mm256_loadu_si256(p + 3));
    if (_mm256_movemask_epi8(_mm256_or_si256(low, rest))) break;
  }
  return at;
}

/// Whether 64 bytes are all ASCII.
static inline bool is_ascii(const char *p) {
  __m128i low = _mm_or_si128(_mm_loadu_si128((const void *)p), _mm_loadu_si128((const void *)(p + 16)));
  __m128i rest =
      _mm_or_si128(_mm_loadu_si128((const void *)(p + 32)), _mm_loadu_si128((const void *)(p + 48)));
  return _mm_movemask_epi8(_mm_or_si128(low, rest)) == 0;
}

#else

static ScanKernel *const kernels[] = {kernel_portable, kernel_portable, kernel_portable};

static size_t until_wide(const ScanSet *set, Str text, bool *found) {
  (void)set, (void)text, (void)found;
  return 0;
}

static size_t ascii_wide(Str text) {
  (void)text;
  return 0;
}

static inline bool is_ascii(const char *p) {
  uint64_t all = 0, eight;
  for (size_t i = 0; i < SCAN_BLOCK; i += sizeof eight) {
    memcpy(&eight, p + i, sizeof eight);
    all |= eight;
  }
  return !(all & 0x8080808080808080u);
}

#endif

// The C library has asked the processor when the program began; to ask again takes as long as many files do
// where the machine is a virtual one.
#if !defined(__x86_64__) || defined(FXC_NO_SIMD)
static ScanWay best_way(void) { return SCAN_PORTABLE; }
#elif __has_include(<sys/platform/x86.h>)
static ScanWay best_way(void) {
  return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(BMI2) ? SCAN_AVX2 : SCAN_SSE2;
}
#else
static ScanWay best_way(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? SCAN_AVX2 : SCAN_SSE2;
}
#endif

ScanWay scan_ask(void) {
  ScanWay way = best_way();
  atomic_store_explicit(&scan_known, (unsigned char)(way + 1), memory_order_relaxed);
  return way;
}

Scan scan_start(ScanWay way, Str text, Str word, unsigned second, unsigned third) {
  Scan scan = {.text = text.len ? text.data : "", .len = text.len, .kernel = kernels[way]};
  unsigned distances[SCAN_MARKS] = {0, second, third};
  for (size_t i = 0; i < SCAN_MARKS; i++) {
    char byte = str_lower_char(word.data[distances[i]]);
    bool letter = byte >= 'a' && byte <= 'z';
    scan.byte[i] = (unsigned char)byte;
    scan.fold[i] = letter ? 0x20 : 0;
    scan.distance[i] = (unsigned char)distances[i];
  }
  return scan;
}

bool scan_next(Scan *scan, size_t *place) {
  if (!scan->hits) scan->hits = scan->kernel(scan);
  if (!scan->hits) return false;
  size_t in_last = scan->at % SCAN_BLOCK, start = scan->at - (in_last ? in_last : SCAN_BLOCK);
  *place = start + (size_t)__builtin_ctzll(scan->hits);
  scan->hits &= scan->hits - 1;
  return true;
}

size_t scan_ascii(Str text) {
  size_t at = text.len >= 256 && scan_best() == SCAN_AVX2 ? ascii_wide(text) : 0;
  while (text.len - at >= SCAN_BLOCK && is_ascii(text.data + at)) at += SCAN_BLOCK;
  for (; text.len - at >= 8; at += 8) {
    uint64_t eight;
    memcpy(&eight, text.data + at, 8);
    if (eight & 0x8080808080808080u) break;
  }
  while (at < text.len && (unsigned char)text.data[at] < 0x80) at++;
  return at;
}

size_t scan_until_long(ScanWay way, const ScanSet *set, Str text) {
  bool found = false;
  size_t at = way == SCAN_AVX2 ? until_wide(set, text, &found) : 0;
  while (!found && at < text.len && !scan_set_has(set, text.data[at])) at++;
  return at;
}
