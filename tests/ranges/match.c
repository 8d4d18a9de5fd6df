/* Answers for the test of ranges. In: lines "range TAB version". Out: a line each: `y`, `n`, or `refused`
 * where one of the two is malformed. Ranges and versions have no tab and no line end here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/range.h"

static const char *answer(Arena *arena, Str line) {
  Str text;
  Range range;
  Version version;
  VersionFault fault;
  if (!str_split(&line, '\t', &text) || !range_parse(arena, text, &range, &fault)) return "refused";
  if (!version_parse(line, &version, &fault)) return "refused";
  return range_matches(&range, &version) ? "y" : "n";
}

int main(void) {
  Arena arena = {0};
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    puts(answer(&arena, str_from(line)));
    arena_reset(&arena);
  }
  arena_free(&arena);
  return EXIT_SUCCESS;
}
