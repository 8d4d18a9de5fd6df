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

/* Sources */

// Without what a URL parser drops, and with its slashes.
static Str plain_url(Arena *arena, Str url) {
  char *text = arena_alloc(arena, url.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < url.len; i++) {
    unsigned char c = (unsigned char)url.data[i];
    if (c == '\t' || c == '\n' || c == '\r' || (len == 0 && c <= 0x20)) continue;
    text[len++] = c == '\\' ? '/' : (char)c;
  }
  text[len] = 0;
  return (Str){text, len};
}

static bool in_host(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// host or host:port.
static bool can_be_named(Str host) {
  size_t i = 0;
  while (i < host.len && in_host(host.data[i])) i++;
  if (i == 0) return false;
  if (i < host.len && host.data[i] == ':' && i + 1 < host.len)
    i++;
  else
    return i == host.len;
  while (i < host.len && host.data[i] >= '0' && host.data[i] <= '9') i++;
  return i == host.len;
}

// The host begins behind any number of slashes and behind a user's name.
static Str host_of(Arena *arena, Str rest) {
  while (rest.len && rest.data[0] == '/') rest = str_skip(rest, 1);
  size_t end = 0;
  while (end < rest.len && rest.data[end] != '/' && rest.data[end] != '?' && rest.data[end] != '#') end++;
  Str host = str_take(rest, end);
  ptrdiff_t user = str_rfind_char(host, '@');
  return str_lower(arena, user < 0 ? host : str_skip(host, (size_t)user + 1));
}

Str url_source(Arena *arena, Str url) {
  static const char *const hosted[] = {"https", "http", "wss", "ws"};
  Str text = plain_url(arena, url);
  if (scheme_is(text, STR("data"))) return STR("data:");
  if (scheme_is(text, STR("blob"))) return STR("blob:");
  if (str_starts(text, STR("//"))) {
    Str host = host_of(arena, text);
    return !host.len ? STR("") : can_be_named(host) ? host : STR("https:");
  }
  for (size_t i = 0; i < sizeof hosted / sizeof *hosted; i++) {
    Str scheme = str_from(hosted[i]);
    if (!scheme_is(text, scheme)) continue;
    Str host = host_of(arena, str_skip(text, scheme.len + 1));
    if (can_be_named(host)) return str_printf(arena, "%.*s://%.*s", STR_ARG(scheme), STR_ARG(host));
    return host.len ? str_concat(arena, scheme, STR(":")) : STR("");
  }
  return STR("");
}
