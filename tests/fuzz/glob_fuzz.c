/* A glob, a line break, a path. What matches begins with the fixed prefix and lies in folders that a walk
 * enters; what has no special character matches itself alone. */
#include "base/glob.h"

#include "fuzz.h"

static bool is_plain(Str pattern) {
  for (size_t i = 0; i < pattern.len; i++)
    if (!pattern.data[i] || strchr("*?[]{},\\!", pattern.data[i])) return false;
  return true;
}

static void fuzz_one(Arena *arena, Str input) {
  (void)arena;
  ptrdiff_t end = str_find_char(input, '\n');
  Str pattern = end < 0 ? input : str_take(input, (size_t)end);
  Str path = end < 0 ? input : str_skip(input, (size_t)end + 1);
  if (pattern.len > 300 || path.len > 300 || str_starts(path, STR("/"))) return;
  Str prefix = glob_fixed_prefix(pattern);
  if (prefix.len > pattern.len) abort();
  bool matches = glob_match(pattern, path);
  if (is_plain(pattern) && matches != str_eq(pattern, path)) abort();
  if (!matches) return;
  if (is_plain(prefix) && !str_starts(path, prefix)) abort();
  if (memmem(path.data, path.len, "//", 2)) return;  // no walk makes such paths
  for (size_t i = 1; i + 1 < path.len; i++)
    if (path.data[i] == '/' && !glob_may_enter(pattern, str_take(path, i))) abort();
}
