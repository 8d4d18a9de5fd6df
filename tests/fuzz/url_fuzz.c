/* A URL of a page or of somebody's data. The source that stands for it in a policy is one word, which can end
 * neither the directive nor the policy; and white space in front hides no script. */
#include "base/url.h"

#include "fuzz.h"

static void fuzz_one(Arena *arena, Str url) {
  Str source = url_source(arena, url);
  for (size_t i = 0; i < source.len; i++) {
    unsigned char c = (unsigned char)source.data[i];
    if (c <= ' ' || c >= 0x7F || strchr(";,'\"", c)) abort();
  }
  Str parts[] = {STR(" \t\n"), url}, hidden = str_join(arena, parts, 2, STR(""));
  if (url_runs_script(url) != url_runs_script(hidden)) abort();
  if (url_runs_script(url) && source.len) abort();
}
