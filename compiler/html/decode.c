/* Decoding stretches of the text on demand: references, line breaks, U+0000, upper case.
 *
 * In: a view of the text with the flags the tokenizer gave it. Out: the same view when nothing is to
 * be done, else a copy. */
#include "base/utf8.h"
#include "html/entity.h"
#include "html/reference.h"

static char *put_codes(char *out, const uint32_t code[2]) {
  out += utf8_encode(code[0], out);
  return code[1] ? out + utf8_encode(code[1], out) : out;
}

/// The reference at `*p`, which moves over it. A short name with its semicolon means the same everywhere.
static char *put_reference(char *out, const char **p, const char *end, bool in_attribute) {
  const HtmlShortEntity *entity = html_entity_short(*p + 1);
  if (entity && entity->len < end - *p) {
    *p += 1 + entity->len;
    memcpy(out, entity->utf8, entity->bytes);
    return out + entity->bytes;
  }
  HtmlReference found = html_reference_read(*p, in_attribute);
  if (found.len > (size_t)(end - *p)) found.len = (size_t)(end - *p);
  if (found.code[0])
    out = put_codes(out, found.code);
  else
    out = (char *)memcpy(out, *p, found.len) + found.len;
  *p += found.len;
  return out;
}

static char *put_nul(char *out, bool keep_nul) {
  if (!keep_nul) return out;
  memcpy(out, "\xEF\xBF\xBD", 3);
  return out + 3;
}

static size_t count_nuls(Str raw) {
  size_t count = 0;
  for (size_t i = 0; i < raw.len; i++) count += raw.data[i] == '\0';
  return count;
}

/// What `c` at the front of the rest becomes; moves *p over it.
static char *put_special(char *out, const char **p, const char *end, uint8_t flags, bool in_attribute,
                         bool keep_nul) {
  char c = **p;
  if (c == '&' && flags & HTML_HAS_REFERENCE) return put_reference(out, p, end, in_attribute);
  ++*p;
  if (c == '\0' && flags & HTML_HAS_NUL) return put_nul(out, keep_nul);
  *out++ = c;
  if (c == '\r' && flags & HTML_HAS_CR) {
    out[-1] = '\n';
    if (*p < end && **p == '\n') ++*p;
  }
  return out;
}

/// The first byte from `p` on that may have to change, or `end`.
static const char *find_special(const char *p, const char *end, uint8_t flags) {
  if (!(flags & (HTML_HAS_CR | HTML_HAS_NUL))) {
    const char *found = memchr(p, '&', (size_t)(end - p));
    return found ? found : end;
  }
  while (p < end && *p != '&' && *p != '\r' && *p != '\0') p++;
  return p;
}

Str html_decode(Arena *arena, Str raw, uint8_t flags, bool in_attribute, bool keep_nul) {
  if (!(flags & (HTML_HAS_REFERENCE | HTML_HAS_CR | HTML_HAS_NUL))) return raw;
  // "&nGt;" and a few others are shorter than what they stand for (5 bytes for 6).
  size_t space = raw.len + raw.len / 4 + 8 + (flags & HTML_HAS_NUL ? 2 * count_nuls(raw) : 0);
  char *copy = arena_alloc(arena, space), *out = copy;
  const char *p = raw.data, *end = raw.data + raw.len;
  while (p < end) {
    const char *special = find_special(p, end, flags);
    memcpy(out, p, (size_t)(special - p));
    out += special - p;
    p = special;
    if (p < end) out = put_special(out, &p, end, flags, in_attribute, keep_nul);
  }
  return str_span(copy, out);
}

Str html_decode_name(Arena *arena, Str raw, uint8_t flags) {
  if (!(flags & (HTML_HAS_UPPER | HTML_HAS_NUL))) return raw;
  char *copy = arena_alloc(arena, raw.len + 2 * count_nuls(raw) + 1), *out = copy;
  for (size_t i = 0; i < raw.len; i++) {
    char c = raw.data[i];
    if (c == '\0') {
      out = put_nul(out, true);
    } else {
      *out++ = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
  }
  return str_span(copy, out);
}
