/* A pattern, a line break, a text. A fault lies in the pattern; a pattern is answered the same twice; a text
 * is found in a longer one when the pattern has no edges to hold on to. */
#include "base/regex.h"

#include "fuzz.h"

static bool has_edges(Str pattern) {
  for (size_t i = 0; i < pattern.len; i++)
    if (strchr("^$\\", pattern.data[i])) return true;
  return false;
}

static void fuzz_one(Arena *arena, Str input) {
  ptrdiff_t end = str_find_char(input, '\n');
  Str pattern = end < 0 ? input : str_take(input, (size_t)end);
  Str text = end < 0 ? STR("") : str_take(str_skip(input, (size_t)end + 1), 2000);
  RegexFault fault = {0};
  Regex *regex = regex_compile(arena, pattern, &fault);
  if (!regex) {
    if (!fault.message || fault.start > fault.end || fault.end > pattern.len) abort();
    return;
  }
  bool found = regex_matches(regex, text, arena);
  if (regex_matches(regex, text, arena) != found) abort();
  Str parts[] = {STR("x"), text, STR("x")};
  if (found && !has_edges(pattern) && !regex_matches(regex, str_join(arena, parts, 3, STR("")), arena))
    abort();
}
