/* Suppressions in comments of YAML (first byte even) and .fx. All places lie in the file, and what would be
 * removed is the comment or stands in it. */
#include "fuzz.h"
#include "workspace/ignore.h"

static void check_span(Span span, Str text) {
  if (span_exists(span) && (span.start > span.end || span.end > text.len)) abort();
}

static void fuzz_one(Arena *arena, Str input) {
  if (!input.len) return;
  Str text = str_skip(input, 1), path = input.data[0] & 1 ? STR("a.fx") : STR("a.yaml");
  DiagBag bag = {.arena = arena};
  Ignores ignores = {0};
  ignore_read_file(arena, 1, path, text, true, &bag, &ignores);
  for (size_t i = 0; i < bag.list.len; i++) check_span(bag.list.data[i]->span, text);
  for (size_t i = 0; i < ignores.len; i++) {
    const Ignore *one = &ignores.data[i];
    check_span(one->scope, text);
    check_span(one->place, text);
    check_span(one->removed, text);
    if (one->place.start < one->removed.start || one->place.end > one->removed.end) abort();
  }
  ignore_apply(&ignores, &bag);
}
