#include "base/url.h"

static bool scheme_is(Str value, Str scheme) {
  size_t seen = 0;
  for (size_t i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.data[i];
    if (c == '\t' || c == '\n' || c == '\r' || (seen == 0 && c <= 0x20)) continue;
    if (seen == scheme.len) return c == ':';
    if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + ('a' - 'A'));
    if (c != (unsigned char)scheme.data[seen]) return false;
    seen++;
  }
  return false;
}

bool url_runs_script(Str value) {
  return scheme_is(value, STR("javascript")) || scheme_is(value, STR("vbscript"));
}
