/* The multi-byte encodings of East Asia, by the C library's iconv().
 *
 * In: bytes. Out: text in a sink. Surprising: iconv() is given room for one character at a time, which
 * is how it tells where each of them ends; runs of ASCII go around it. */
#include <errno.h>
#include <iconv.h>

#include "base/mem.h"
#include "html/encoding_table.h"

typedef struct Converter {
  EncodingSink *sink;
  iconv_t iconv;
  Str bytes;
  size_t at;
  bool stateful;  // ISO-2022-JP, where ASCII bytes are not always ASCII
} Converter;

static size_t ascii_len(Str s) {
  size_t len = 0;
  while (len < s.len && (unsigned char)s.data[len] < 0x80) len++;
  return len;
}

/// Bytes of an ill-formed sequence: an ASCII byte behind a lead byte is not part of it.
static size_t malformed_len(const Converter *c) {
  size_t left = c->bytes.len - c->at;
  unsigned char lead = (unsigned char)c->bytes.data[c->at];
  if (left < 2 || lead <= 0x80 || lead == 0xFF || c->stateful) return 1;
  return (unsigned char)c->bytes.data[c->at + 1] < 0x80 ? 1 : 2;
}

/// Converts one character (or two, where one sequence stands for two) or an error.
static void convert_one(Converter *c) {
  uint32_t points[2];
  char *in = (char *)(c->bytes.data + c->at);
  size_t before = c->bytes.len - c->at, in_left = before, written = 0;
  int error = 0;
  for (size_t room = 4; room <= 8 && in_left == before && !written; room += 4) {
    char *out = (char *)points;
    size_t out_left = room;
    errno = 0;
    error = iconv(c->iconv, &in, &in_left, &out, &out_left) == (size_t)-1 ? errno : 0;
    written = (room - out_left) / 4;
    if (error != E2BIG) break;
  }
  size_t taken = before - in_left;
  for (size_t i = 0; i < written; i++) {
    encoding_put(c->sink, points[i], c->at + (i ? taken : 0), i ? 0 : taken);
  }
  c->at += taken;
  if (written || (taken && error != EILSEQ && error != EINVAL)) return;
  size_t len = error == EINVAL ? c->bytes.len - c->at : malformed_len(c);
  encoding_put_malformed(c->sink, c->at, len);
  c->at += len;
}

static void convert(void *arg) {
  Converter *c = arg;
  while (c->at < c->bytes.len) {
    size_t ascii = c->stateful ? 0 : ascii_len(str_skip(c->bytes, c->at));
    encoding_put_ascii(c->sink, c->bytes.data + c->at, c->at, ascii);
    c->at += ascii;
    if (c->at < c->bytes.len) convert_one(c);
  }
}

/// Without the converter, everything but ASCII is a replacement.
static void replace_all(Converter *c) {
  for (; c->at < c->bytes.len; c->at++) {
    size_t ascii = ascii_len(str_skip(c->bytes, c->at));
    encoding_put_ascii(c->sink, c->bytes.data + c->at, c->at, ascii);
    c->at += ascii;
    if (c->at < c->bytes.len) encoding_put_malformed(c->sink, c->at, 1);
  }
}

void encoding_decode_iconv(EncodingSink *sink, const Encoding *encoding, Str bytes, size_t from) {
  const char *native = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "UTF-32LE" : "UTF-32BE";
  Converter c = {.sink = sink, .bytes = bytes, .at = from};
  c.stateful = strcmp(encoding->iconv_name, "ISO-2022-JP") == 0;
  c.iconv = iconv_open(native, encoding->iconv_name);
  if (c.iconv == (iconv_t)-1) {
    replace_all(&c);
    return;
  }
  bool finished = mem_guard(convert, &c);
  iconv_close(c.iconv);
  if (!finished) mem_exhausted();
}
