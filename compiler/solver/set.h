/* Sets of candidates as words of 64 bits.
 *
 * In and out: arrays of `words` words. Nothing surprises: one word is the usual case, so the callers that are
 * in a hurry treat it apart. */
#ifndef FXC_SOLVER_SET_H
#define FXC_SOLVER_SET_H

#include <stdbool.h>
#include <stdint.h>

#define SET_BIT(i) (UINT64_C(1) << ((i) % 64))

/// Whether something is in both.
static inline bool set_meets(const uint64_t *a, const uint64_t *b, uint32_t words) {
  uint64_t common = 0;
  for (uint32_t i = 0; i < words; i++) common |= a[i] & b[i];
  return common != 0;
}

/// Whether all of `part` is in `whole`.
static inline bool set_within(const uint64_t *part, const uint64_t *whole, uint32_t words) {
  uint64_t outside = 0;
  for (uint32_t i = 0; i < words; i++) outside |= part[i] & ~whole[i];
  return outside == 0;
}

static inline bool set_is_empty(const uint64_t *set, uint32_t words) {
  uint64_t any = 0;
  for (uint32_t i = 0; i < words; i++) any |= set[i];
  return any == 0;
}

/// Changes `set`: only what is in `other` too, all that is in either, a copy, nothing.
static inline void set_keep(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t i = 0; i < words; i++) set[i] &= other[i];
}
static inline void set_join(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t i = 0; i < words; i++) set[i] |= other[i];
}
static inline void set_copy(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t i = 0; i < words; i++) set[i] = other[i];
}
static inline void set_clear(uint64_t *set, uint32_t words) {
  for (uint32_t i = 0; i < words; i++) set[i] = 0;
}

/// The first `count` members of a set of `words` words: all candidates, or with one more also absence.
static inline void set_fill(uint64_t *set, uint32_t count, uint32_t words) {
  for (uint32_t i = 0; i < words; i++)
    set[i] = count >= (i + 1) * 64 ? ~UINT64_C(0) : count > i * 64 ? SET_BIT(count) - 1 : 0;
}

/// The smallest member; the set is not empty.
static inline uint32_t set_first(const uint64_t *set) {
  uint32_t i = 0;
  while (set[i] == 0) i++;
  return i * 64 + (uint32_t)__builtin_ctzll(set[i]);
}

/// Whether it has two members or more.
static inline bool set_is_several(const uint64_t *set, uint32_t words) {
  bool one = false;
  for (uint32_t i = 0; i < words; i++) {
    if (set[i] == 0) continue;
    if (one || (set[i] & (set[i] - 1))) return true;
    one = true;
  }
  return false;
}

#endif
