/* Decoding to UTF-8 with a map back to the file (Encoding Standard, sections 8, 9 and 14).
 *
 * In: bytes and an encoding. Out: text, offsets, and the count of ill-formed sequences. A stretch of
 * the map is a run of characters of one width in the text and one in the file, so that offsets in it
 * are proportional and a page of ASCII in UTF-16 needs one stretch. */
#include "base/scan.h"
#include "base/utf8.h"
#include "html/encoding_table.h"

static const uint16_t single_bytes[ENCODING_COUNT][128] = {
#define SINGLE_BYTE(encoding, ...) [ENCODING_##encoding] = {__VA_ARGS__},
#include "single_byte.def"
#undef SINGLE_BYTE
};

static void start_stretch(EncodingSink *sink, size_t file, size_t text_step, size_t file_step) {
  uint32_t text = (uint32_t)sink->len;
  bool gap = sink->offsets.len > 0 && file != sink->file_end;
  if (!gap && text_step == sink->text_step && file_step == sink->file_step) return;
  if (gap) vec_push(sink->arena, &sink->offsets, ((HtmlOffset){text, sink->file_end}));
  vec_push(sink->arena, &sink->offsets, ((HtmlOffset){text, (uint32_t)file}));
  sink->text_step = (uint32_t)text_step;
  sink->file_step = (uint32_t)file_step;
}

void encoding_put(EncodingSink *sink, uint32_t point, size_t file, size_t file_len) {
  char bytes[4];
  size_t len = utf8_encode(point, bytes);
  start_stretch(sink, file, len, file_len);
  memcpy(sink->text + sink->len, bytes, len);
  sink->len += len;
  sink->file_end = (uint32_t)(file + file_len);
}

void encoding_put_ascii(EncodingSink *sink, const char *bytes, size_t file, size_t len) {
  if (!len) return;
  start_stretch(sink, file, 1, 1);
  memcpy(sink->text + sink->len, bytes, len);
  sink->len += len;
  sink->file_end = (uint32_t)(file + len);
}

void encoding_put_malformed(EncodingSink *sink, size_t file, size_t file_len) {
  encoding_put(sink, 0xFFFD, file, file_len);
  sink->malformed++;
}

/// Well-formed UTF-8 maps byte by byte like ASCII, so it shares its stretches.
static void decode_utf8(EncodingSink *sink, Str bytes, size_t i) {
  while (i < bytes.len) {
    size_t valid = utf8_valid_prefix(str_skip(bytes, i));
    encoding_put_ascii(sink, bytes.data + i, i, valid);
    i += valid;
    if (i == bytes.len) break;
    uint32_t point;
    size_t len = utf8_decode(str_skip(bytes, i), &point);
    encoding_put_malformed(sink, i, len);
    i += len;
  }
}

static void decode_single_byte(EncodingSink *sink, Str bytes, size_t i, const uint16_t *table) {
  while (i < bytes.len) {
    size_t ascii = scan_ascii(str_skip(bytes, i));
    encoding_put_ascii(sink, bytes.data + i, i, ascii);
    i += ascii;
    if (i == bytes.len) break;
    unsigned char byte = (unsigned char)bytes.data[i];
    uint32_t point = table ? table[byte - 0x80] : 0xF780u + byte - 0x80;
    if (point) {
      encoding_put(sink, point, i, 1);
    } else {
      encoding_put_malformed(sink, i, 1);
    }
    i++;
  }
}

static uint32_t unit_at(Str bytes, size_t i, bool big) {
  uint32_t first = (unsigned char)bytes.data[i], second = (unsigned char)bytes.data[i + 1];
  return big ? first << 8 | second : second << 8 | first;
}

static void decode_utf16(EncodingSink *sink, Str bytes, size_t i, bool big) {
  while (i + 1 < bytes.len) {
    uint32_t unit = unit_at(bytes, i, big);
    uint32_t low = unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes.len ? unit_at(bytes, i + 2, big) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      encoding_put(sink, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), i, 4);
      i += 4;
      continue;
    }
    if (unit >= 0xD800 && unit < 0xDC00 && i + 3 >= bytes.len) break;  // one error with what is left
    if (unit >= 0xD800 && unit <= 0xDFFF) {
      encoding_put_malformed(sink, i, 2);
    } else {
      encoding_put(sink, unit, i, 2);
    }
    i += 2;
  }
  if (i < bytes.len) encoding_put_malformed(sink, i, bytes.len - i);
}

void encoding_decode(EncodingSink *sink, EncodingId id, Str bytes, size_t from) {
  const Encoding *encoding = encoding_get(id);
  EncodingId table = id == ENCODING_ISO_8859_8_I ? ENCODING_ISO_8859_8 : id;
  switch (encoding->kind) {
    case ENCODING_KIND_UTF8:
      decode_utf8(sink, bytes, from);
      break;
    case ENCODING_KIND_SINGLE_BYTE:
      decode_single_byte(sink, bytes, from, single_bytes[table]);
      break;
    case ENCODING_KIND_UTF16LE:
      decode_utf16(sink, bytes, from, false);
      break;
    case ENCODING_KIND_UTF16BE:
      decode_utf16(sink, bytes, from, true);
      break;
    case ENCODING_KIND_USER_DEFINED:
      decode_single_byte(sink, bytes, from, NULL);
      break;
    case ENCODING_KIND_REPLACEMENT:
      if (from < bytes.len) encoding_put_malformed(sink, from, bytes.len - from);
      break;
    case ENCODING_KIND_ICONV:
      encoding_decode_iconv(sink, encoding, bytes, from);
      break;
    case ENCODING_KIND_JAPANESE:
      encoding_decode_japanese(sink, id, bytes, from);
      break;
  }
  vec_push(sink->arena, &sink->offsets, ((HtmlOffset){(uint32_t)sink->len, (uint32_t)bytes.len}));
}
