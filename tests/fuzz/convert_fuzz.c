/* A manifest or a project file, in the notation that the first byte says. What can be converted can be
 * converted back, and the third conversion gives what the first gave. */
#include "edit/convert.h"

#include "fuzz.h"

static ConvertResult convert(Arena *arena, const char *path, Str input, Str *text) {
  DiagBag bag = {.arena = arena};
  Buf out = {0};
  ConvertResult result = convert_file(arena, (SourceId){1}, str_from(path), input, &bag, &out);
  *text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return result;
}

static void fuzz_one(Arena *arena, Str input) {
  static const char *const paths[] = {"a.yaml",       "a.json",       "a.fx",
                                      "project.yaml", "project.json", "project.fx"};
  if (!input.len) return;
  size_t kind = (unsigned char)input.data[0] % 6;
  bool project = kind >= 3, fx = kind % 3 == 2;
  const char *yaml = paths[project ? 3 : 0], *braces = paths[project ? 5 : 2];
  Str first, back, third;
  ConvertResult result = convert(arena, paths[kind], str_skip(input, 1), &first);
  if (result == CONVERT_BUG) abort();
  if (result != CONVERT_DONE) return;
  if (convert(arena, fx ? yaml : braces, first, &back) != CONVERT_DONE) abort();
  if (convert(arena, fx ? braces : yaml, back, &third) != CONVERT_DONE) abort();
  if (!str_eq(first, third)) abort();
}
