/* Text into the encoding of a page, for edits. In: UTF-8. Out: bytes that decode to it again. Surprising: a
 * page in an East Asian encoding takes ASCII only, which is what names and markup are made of; the tables
 * that iconv has differ from the web's. */
#include "base/utf8.h"
#include "html/encoding_table.h"

static char *put_utf16(char *out, uint32_t unit, bool big_endian) {
  *out++ = (char)(big_endian ? unit >> 8 : unit & 0xFF);
  *out++ = (char)(big_endian ? unit & 0xFF : unit >> 8);
  return out;
}

static Str encode_utf16(Arena *arena, Str text, bool big_endian) {
  char *bytes = arena_alloc(arena, 2 * text.len + 1), *out = bytes;
  while (text.len) {
    uint32_t point;
    text = str_skip(text, utf8_decode(text, &point));
    if (point > 0xFFFF) out = put_utf16(out, 0xD7C0 + (point >> 10), big_endian);
    out = put_utf16(out, point > 0xFFFF ? 0xDC00 + (point & 0x3FF) : point, big_endian);
  }
  return str_span(bytes, out);
}

// The byte that decodes to these bytes of UTF-8, or -1.
static int find_byte(Arena *arena, EncodingId id, Str wanted) {
  for (int byte = 0x80; byte <= 0xFF; byte++) {
    char one[1] = {(char)byte};
    char room[8];
    EncodingSink sink = {.arena = arena, .text = room};
    encoding_decode(&sink, id, (Str){one, 1}, 0);
    if (!sink.malformed && str_eq((Str){sink.text, sink.len}, wanted)) return byte;
  }
  return -1;
}

static bool encode_bytes(Arena *arena, EncodingId id, Str text, Str *bytes) {
  bool single = encoding_get(id)->kind == ENCODING_KIND_SINGLE_BYTE;
  char *out = arena_alloc(arena, text.len + 1);
  size_t len = 0;
  while (text.len) {
    uint32_t point;
    size_t length = utf8_decode(text, &point);
    int byte = point < 0x80 ? (int)point : single ? find_byte(arena, id, str_take(text, length)) : -1;
    if (byte < 0) return false;
    out[len++] = (char)byte;
    text = str_skip(text, length);
  }
  *bytes = (Str){out, len};
  return true;
}

bool html_encode(Arena *arena, const HtmlInput *input, Str text, Str *bytes) {
  EncodingId id = encoding_of_label(str_from(input->encoding));
  *bytes = text;
  switch (encoding_get(id)->kind) {
    case ENCODING_KIND_UTF8:
      return true;
    case ENCODING_KIND_UTF16LE:
    case ENCODING_KIND_UTF16BE:
      *bytes = encode_utf16(arena, text, encoding_get(id)->kind == ENCODING_KIND_UTF16BE);
      return true;
    case ENCODING_KIND_REPLACEMENT:
      return false;
    default:
      // Its bytes mean what the escapes before them say.
      return id != ENCODING_ISO_2022_JP && encode_bytes(arena, id, text, bytes);
  }
}
