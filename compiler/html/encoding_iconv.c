/* GBK, gb18030, Big5, Shift_JIS and EUC-KR, by the C library's iconv().
 *
 * In: bytes. Out: text in a sink. Surprising: iconv() is given room for one character at a time, which
 * is how it tells where each of them ends; runs of ASCII go around it. */
#include <errno.h>
#include <iconv.h>

#include "base/mem.h"
#include "base/scan.h"
#include "html/encoding_table.h"

/// What the C library's converter does otherwise than the standard's decoder.
typedef struct Quirks {
  const char *iconv_name;
  unsigned char alone_low, alone_high;  // bytes that are ill-formed on their own, with 0x80 and 0xFF
  unsigned char alone_too;              // one more, or 0xFF
  uint32_t point_of_0x80;               // 0: ill-formed
  bool four_bytes;                      // lead, digit, lead, digit is one sequence
  bool accents;                         // see convert_accented()
} Quirks;

static const Quirks quirks[] = {
    {"GB18030", 0xFF, 0xFF, 0xFF, 0x20AC, true, false},
    {"BIG5-HKSCS", 0xFF, 0xFF, 0xFF, 0, false, true},
    {"CP932", 0xFD, 0xFE, 0xA0, 0x80, false, false},
    {"UHC", 0xFF, 0xFF, 0xFF, 0, false, false},
};

typedef struct Converter {
  EncodingSink *sink;
  iconv_t iconv;
  Str bytes;
  size_t at;
  const Quirks *quirks;
} Converter;

static bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

/// Bytes of an ill-formed sequence: an ASCII byte behind a lead byte is not part of it.
static size_t malformed_len(const Converter *c) {
  size_t left = c->bytes.len - c->at;
  unsigned char lead = (unsigned char)c->bytes.data[c->at];
  const unsigned char *p = (const unsigned char *)c->bytes.data + c->at;
  if (left < 2 || lead < 0x80) return 1;
  if (c->quirks->four_bytes && left >= 4 && is_digit(p[1]) && p[2] > 0x80 && p[2] < 0xFF && is_digit(p[3]))
    return 4;
  return p[1] < 0x80 ? 1 : 2;
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
  if (written == 1 && points[0] == 0xE5E5 && c->quirks->four_bytes) points[0] = 0x3000;  // A3 A0 of GBK
  for (size_t i = 0; i < written; i++) {
    encoding_put(c->sink, points[i], c->at + (i ? taken : 0), i ? 0 : taken);
  }
  c->at += taken;
  if (written || (taken && error != EILSEQ && error != EINVAL)) return;
  size_t len = error == EINVAL ? c->bytes.len - c->at : malformed_len(c);
  encoding_put_malformed(c->sink, c->at, len);
  c->at += len;
}

/// A byte that stands alone where the C library sees more in it.
static bool convert_alone(Converter *c) {
  const Quirks *q = c->quirks;
  unsigned char byte = (unsigned char)c->bytes.data[c->at];
  bool alone = byte == 0x80 || byte == 0xFF || byte == q->alone_too;
  if (!alone && (byte < q->alone_low || byte > q->alone_high)) return false;
  if (byte == 0x80 && q->point_of_0x80) {
    encoding_put(c->sink, q->point_of_0x80, c->at, 1);
  } else {
    encoding_put_malformed(c->sink, c->at, 1);
  }
  c->at++;
  return true;
}

/// The four sequences of Big5 that are a letter and an accent, which the library holds back.
static bool convert_accented(Converter *c) {
  if (c->bytes.len - c->at < 2 || c->bytes.data[c->at] != '\x88' || !c->quirks->accents) return false;
  unsigned char trail = (unsigned char)c->bytes.data[c->at + 1];
  if (trail != 0x62 && trail != 0x64 && trail != 0xA3 && trail != 0xA5) return false;
  encoding_put(c->sink, trail < 0x80 ? 0xCA : 0xEA, c->at, 2);
  encoding_put(c->sink, trail == 0x62 || trail == 0xA3 ? 0x304 : 0x30C, c->at + 2, 0);
  c->at += 2;
  return true;
}

typedef struct Big5 {
  uint16_t bytes;
  uint32_t point;
} Big5;

static const Big5 other_places[] = {
#define BIG5(bytes, point) {bytes, point},
#include "html/encoding_big5.def"
#undef BIG5
};

/// Characters of Big5 that the library knows at a newer place only, or takes for others.
static bool convert_otherwise(Converter *c) {
  if (!c->quirks->accents || c->bytes.len - c->at < 2) return false;
  const unsigned char *p = (const unsigned char *)c->bytes.data + c->at;
  unsigned bytes = (unsigned)p[0] << 8 | p[1];
  size_t low = 0, high = sizeof other_places / sizeof *other_places;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (other_places[middle].bytes < bytes)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == sizeof other_places / sizeof *other_places || other_places[low].bytes != bytes) return false;
  encoding_put(c->sink, other_places[low].point, c->at, 2);
  c->at += 2;
  return true;
}

static void convert(void *arg) {
  Converter *c = arg;
  while (c->at < c->bytes.len) {
    size_t ascii = scan_ascii(str_skip(c->bytes, c->at));
    encoding_put_ascii(c->sink, c->bytes.data + c->at, c->at, ascii);
    c->at += ascii;
    if (c->at < c->bytes.len && !convert_alone(c) && !convert_accented(c) && !convert_otherwise(c))
      convert_one(c);
  }
}

/// Without the converter, everything but ASCII is a replacement.
static void replace_all(Converter *c) {
  for (; c->at < c->bytes.len; c->at++) {
    size_t ascii = scan_ascii(str_skip(c->bytes, c->at));
    encoding_put_ascii(c->sink, c->bytes.data + c->at, c->at, ascii);
    c->at += ascii;
    if (c->at < c->bytes.len) encoding_put_malformed(c->sink, c->at, 1);
  }
}

void encoding_decode_iconv(EncodingSink *sink, const Encoding *encoding, Str bytes, size_t from) {
  const char *native = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "UTF-32LE" : "UTF-32BE";
  Converter c = {.sink = sink, .bytes = bytes, .at = from};
  c.quirks = quirks;
  while (strcmp(c.quirks->iconv_name, encoding->iconv_name) != 0) c.quirks++;
  c.iconv = iconv_open(native, encoding->iconv_name);
  if (c.iconv == (iconv_t)-1) {
    replace_all(&c);
    return;
  }
  bool finished = mem_guard(convert, &c);
  iconv_close(c.iconv);
  if (!finished) mem_exhausted();
}
