/* A strict reader for one flat JSON object a line, and the writer for strings.
 *
 * In: a line. Out: an Html5libRequest. Surprising: strings hold U+0000 ("\u0000"), which is why no
 * library for C strings is used. */
#include "base/file.h"
#include "base/utf8.h"
#include "html5lib.h"

typedef struct Reader {
  Arena *arena;
  const char *p, *end;
} Reader;

static void skip_space(Reader *r) {
  while (r->p < r->end && strchr(" \t\r\n", *r->p)) r->p++;
}

static bool take(Reader *r, const char *word) {
  skip_space(r);
  size_t len = strlen(word);
  if ((size_t)(r->end - r->p) < len || memcmp(r->p, word, len) != 0) return false;
  r->p += len;
  return true;
}

static bool read_hex(Reader *r, uint32_t *unit) {
  *unit = 0;
  if (r->end - r->p < 4) return false;
  for (int i = 0; i < 4; i++) {
    const char *digits = "0123456789abcdef", *digit = memchr(digits, *r->p++ | 0x20, 16);
    if (!digit) return false;
    *unit = *unit * 16 + (uint32_t)(digit - digits);
  }
  return true;
}

/// Behind "\u": a code point, joining surrogates; a lone one becomes U+FFFD.
static bool read_unicode(Reader *r, uint32_t *point) {
  uint32_t low = 0;
  if (!read_hex(r, point)) return false;
  if (*point < 0xD800 || *point > 0xDFFF) return true;
  const char *behind = r->p;
  if (*point < 0xDC00 && r->end - r->p > 2 && r->p[0] == '\\' && r->p[1] == 'u') {
    r->p += 2;
    if (!read_hex(r, &low)) return false;
  }
  if (low >= 0xDC00 && low <= 0xDFFF) {
    *point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
  } else {
    *point = 0xFFFD;
    r->p = behind;
  }
  return true;
}

static bool read_escape(Reader *r, char **out) {
  static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  if (r->p == r->end) return false;
  char c = *r->p++;
  uint32_t point;
  const char *letter = c ? strchr(letters, c) : NULL;
  if (letter) {
    *(*out)++ = values[letter - letters];
    return true;
  }
  if (c != 'u' || !read_unicode(r, &point)) return false;
  *out += utf8_encode(point, *out);
  return true;
}

static bool read_string(Reader *r, Str *value) {
  if (!take(r, "\"")) return false;
  char *out = arena_zero(r->arena, (size_t)(r->end - r->p) + FILE_PADDING + 1);
  value->data = out;
  while (r->p < r->end && *r->p != '"') {
    if ((unsigned char)*r->p < 0x20) return false;
    if (*r->p == '\\') {
      r->p++;
      if (!read_escape(r, &out)) return false;
    } else {
      *out++ = *r->p++;
    }
  }
  value->len = (size_t)(out - value->data);
  return take(r, "\"");
}

static bool read_member(Reader *r, Html5libRequest *request) {
  Str key, ignored, *value = &ignored;
  if (!read_string(r, &key) || !take(r, ":")) return false;
  if (str_eq(key, STR("op"))) value = &request->op;
  if (str_eq(key, STR("data"))) value = &request->data;
  if (str_eq(key, STR("state"))) value = &request->state;
  if (str_eq(key, STR("lastStartTag"))) value = &request->last_start_tag;
  if (str_eq(key, STR("fragment"))) value = &request->fragment;
  if (take(r, "null") || take(r, "false")) return true;
  if (take(r, "true")) {
    request->scripting |= str_eq(key, STR("scripting"));
    return true;
  }
  return read_string(r, value);
}

bool html5lib_read(Arena *arena, Str line, Html5libRequest *request) {
  Reader r = {arena, line.data, line.data + line.len};
  *request = (Html5libRequest){.data = STR("")};
  if (!take(&r, "{")) return false;
  do {
    if (!read_member(&r, request)) return false;
  } while (take(&r, ","));
  if (!take(&r, "}")) return false;
  skip_space(&r);
  return r.p == r.end;
}

void html5lib_put_string(Buf *out, Str s) {
  buf_char(out, '"');
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c < 0x20 || c == 0x7f) {
      buf_printf(out, "\\u%04x", c);
    } else {
      if (c == '"' || c == '\\') buf_char(out, '\\');
      buf_char(out, (char)c);
    }
  }
  buf_char(out, '"');
}
