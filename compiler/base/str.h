/* Byte strings: a pointer and a length, never owned, not necessarily NUL-terminated. */
#ifndef FXC_BASE_STR_H
#define FXC_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"

typedef struct Str {
  const char *data;
  size_t len;
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((Str){NULL, 0})
/// For printf("%.*s", STR_ARG(s)).
#define STR_ARG(s) (int)(s).len, (s).data ? (s).data : ""

static inline Str str_from(const char *cstr) { return (Str){cstr, cstr ? strlen(cstr) : 0}; }
static inline Str str_span(const char *begin, const char *end) { return (Str){begin, (size_t)(end - begin)}; }
static inline bool str_eq(Str a, Str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}
static inline Str str_skip(Str s, size_t n) {
  return n < s.len ? (Str){s.data + n, s.len - n} : (Str){s.len ? s.data + s.len : s.data, 0};
}
static inline Str str_take(Str s, size_t n) { return (Str){s.data, n < s.len ? n : s.len}; }

/// ASCII: a letter in lower case, any other byte as it is; white space as HTML counts it.
static inline char str_lower_char(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }
static inline bool str_is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/// Order of the bytes, as memcmp; a prefix comes first.
int str_cmp(Str a, Str b);
/// ASCII case does not count.
bool str_eq_nocase(Str a, Str b);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/// Index of the first occurrence, or -1.
ptrdiff_t str_find(Str s, Str needle);
ptrdiff_t str_find_char(Str s, char c);
/// Index of the last occurrence, or -1.
ptrdiff_t str_rfind_char(Str s, char c);
/// Without ASCII white space (space, tab, CR, LF, FF) at both ends.
Str str_trim(Str s);
/// Takes the part up to `sep` off the front of `rest` (all of it when there is none); false when
/// `rest` is used up. "a,,b" gives "a", "" and "b".
bool str_split(Str *rest, char sep, Str *part);

/// A copy on the arena, NUL-terminated behind its end.
Str str_copy(Arena *arena, Str s);
/// The same, as a C string.
char *str_cstr(Arena *arena, Str s);
/// printf into the arena.
Str str_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_vprintf(Arena *arena, const char *format, va_list args);
Str str_lower(Arena *arena, Str s);
Str str_concat(Arena *arena, Str a, Str b);
/// All parts with `gap` between each two; in time that is linear in the length, which appending one by one is
/// not.
Str str_join(Arena *arena, const Str *parts, size_t count, Str gap);

#endif
