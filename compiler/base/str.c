#include "base/str.h"

#include <stdio.h>

int str_cmp(Str a, Str b) {
  size_t n = a.len < b.len ? a.len : b.len;
  int order = n ? memcmp(a.data, b.data, n) : 0;
  if (order) return order;
  return a.len < b.len ? -1 : a.len > b.len;
}

/// Eight bytes, letters of ASCII in lower case.
static uint64_t lower_eight(const char *bytes) {
  uint64_t word, ones = 0x0101010101010101u;
  memcpy(&word, bytes, sizeof word);
  uint64_t low = word & 0x7F * ones;
  uint64_t from_a = low + (0x80 - 'A') * ones, behind_z = low + (0x7F - 'Z') * ones;  // in the top bits
  return word | ((from_a & ~behind_z & ~word & 0x80 * ones) >> 2);
}

bool str_eq_nocase(Str a, Str b) {
  size_t i = 0;
  if (a.len != b.len) return false;
  for (; a.len - i >= 8; i += 8)
    if (lower_eight(a.data + i) != lower_eight(b.data + i)) return false;
  for (; i < a.len; i++)
    if (str_lower_char(a.data[i]) != str_lower_char(b.data[i])) return false;
  return true;
}

bool str_starts(Str s, Str prefix) { return s.len >= prefix.len && str_eq(str_take(s, prefix.len), prefix); }

bool str_ends(Str s, Str suffix) {
  return s.len >= suffix.len && str_eq(str_skip(s, s.len - suffix.len), suffix);
}

ptrdiff_t str_find(Str s, Str needle) {
  if (needle.len == 0) return 0;
  const char *hit = s.len ? memmem(s.data, s.len, needle.data, needle.len) : NULL;
  return hit ? hit - s.data : -1;
}

ptrdiff_t str_find_char(Str s, char c) {
  const char *hit = s.len ? memchr(s.data, c, s.len) : NULL;
  return hit ? hit - s.data : -1;
}

ptrdiff_t str_rfind_char(Str s, char c) {
  const char *hit = s.len ? memrchr(s.data, c, s.len) : NULL;
  return hit ? hit - s.data : -1;
}

Str str_trim(Str s) {
  while (s.len && str_is_space(s.data[0])) s = str_skip(s, 1);
  while (s.len && str_is_space(s.data[s.len - 1])) s.len--;
  return s;
}

bool str_split(Str *rest, char sep, Str *part) {
  if (!rest->data) return false;
  ptrdiff_t at = str_find_char(*rest, sep);
  if (at < 0) {
    *part = *rest;
    *rest = STR_NONE;
  } else {
    *part = str_take(*rest, (size_t)at);
    *rest = (Str){rest->data + at + 1, rest->len - (size_t)at - 1};
  }
  return true;
}

Str str_copy(Arena *arena, Str s) {
  char *copy = arena_alloc(arena, s.len + 1);
  if (s.len) memcpy(copy, s.data, s.len);
  copy[s.len] = '\0';
  return (Str){copy, s.len};
}

char *str_cstr(Arena *arena, Str s) { return (char *)(size_t)str_copy(arena, s).data; }

Str str_vprintf(Arena *arena, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int len = vsnprintf(NULL, 0, format, args);
  size_t size = len < 0 ? 0 : (size_t)len;
  char *text = arena_alloc(arena, size + 1);
  vsnprintf(text, size + 1, format, again);
  va_end(again);
  return (Str){text, size};
}

Str str_printf(Arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vprintf(arena, format, args);
  va_end(args);
  return text;
}

Str str_lower(Arena *arena, Str s) {
  char *copy = arena_alloc(arena, s.len + 1);
  for (size_t i = 0; i < s.len; i++) copy[i] = str_lower_char(s.data[i]);
  copy[s.len] = '\0';
  return (Str){copy, s.len};
}

Str str_concat(Arena *arena, Str a, Str b) {
  char *text = arena_alloc(arena, a.len + b.len + 1);
  if (a.len) memcpy(text, a.data, a.len);
  if (b.len) memcpy(text + a.len, b.data, b.len);
  text[a.len + b.len] = '\0';
  return (Str){text, a.len + b.len};
}

Str str_join(Arena *arena, const Str *parts, size_t count, Str gap) {
  size_t len = count ? (count - 1) * gap.len : 0;
  for (size_t i = 0; i < count; i++) len += parts[i].len;
  char *text = arena_alloc(arena, len + 1), *at = text;
  for (size_t i = 0; i < count; i++) {
    if (i && gap.len) memcpy(at, gap.data, gap.len);
    if (i) at += gap.len;
    if (parts[i].len) memcpy(at, parts[i].data, parts[i].len);
    at += parts[i].len;
  }
  *at = '\0';
  return (Str){text, len};
}
