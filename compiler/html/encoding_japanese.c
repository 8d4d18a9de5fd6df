/* EUC-JP and ISO-2022-JP (Encoding Standard, sections 12.1 and 12.2).
 *
 * In: bytes. Out: text in a sink. Surprising: the C library's converters for both differ from the
 * standard, whose table of JIS X 0208 is that of Shift_JIS; so pairs of bytes become Shift_JIS and only
 * these are converted by the library. */
#include <iconv.h>

#include "base/mem.h"
#include "html/encoding_table.h"

typedef enum JisState { JIS_ASCII, JIS_ROMAN, JIS_KATAKANA, JIS_PAIRS } JisState;

typedef struct Japanese {
  EncodingSink *sink;
  iconv_t pairs, triples;  // from CP932 and from EUC-JP-MS
  const unsigned char *bytes;
  size_t len, at;
  JisState state;
  bool escaped;  // an escape sequence was the last thing: a second one is an error
} Japanese;

enum { NO_POINT = 0xFFFFFFFF };

/// The character of a whole sequence, or NO_POINT.
static uint32_t convert(iconv_t converter, const unsigned char *bytes, size_t len) {
  char in[3], *from = in;
  uint32_t point = 0;
  char *to = (char *)&point;
  size_t to_left = sizeof point;
  memcpy(in, bytes, len);
  if (converter == (iconv_t)-1) return NO_POINT;
  iconv(converter, NULL, NULL, NULL, NULL);
  if (iconv(converter, &from, &len, &to, &to_left) == (size_t)-1) return NO_POINT;
  return point >= 0xE000 && point <= 0xF8FF ? NO_POINT : point;
}

/// Of JIS X 0208, by row and cell from 0 to 93.
static uint32_t point_of_pair(const Japanese *j, unsigned row, unsigned cell) {
  unsigned lead = row / 2, trail = row % 2 * 94 + cell;
  unsigned char shift_jis[2] = {(unsigned char)(lead + (lead < 0x1F ? 0x81 : 0xC1)),
                                (unsigned char)(trail + (trail < 0x3F ? 0x40 : 0x41))};
  return convert(j->pairs, shift_jis, 2);
}

static void put(Japanese *j, uint32_t point, size_t len) {
  if (point != NO_POINT) {
    encoding_put(j->sink, point, j->at, len);
  } else {
    encoding_put_malformed(j->sink, j->at, len);
  }
  j->at += len;
  j->escaped = false;
}

static bool is_high(unsigned byte) { return byte >= 0xA1 && byte <= 0xFE; }

/// One sequence of EUC-JP that does not start with ASCII. An ASCII byte is never taken into an error.
static void euc_jp_sequence(Japanese *j) {
  const unsigned char *p = j->bytes + j->at;
  size_t left = j->len - j->at;
  unsigned lead = p[0], next = left > 1 ? p[1] : 0, last = left > 2 ? p[2] : 0;
  if (lead != 0x8E && lead != 0x8F && !is_high(lead)) {
    put(j, NO_POINT, 1);
  } else if (lead == 0x8E && next >= 0xA1 && next <= 0xDF) {
    put(j, 0xFF61 + next - 0xA1, 2);
  } else if (lead == 0x8F && is_high(next)) {
    uint32_t point = is_high(last) && next <= 0xED ? convert(j->triples, p, 3) : NO_POINT;
    put(j, point == 0xFFE4 && next == 0xA2 ? 0xA6 : point, last < 0x80 ? 2 : 3);  // the broken bar
  } else if (is_high(lead) && is_high(next)) {
    put(j, point_of_pair(j, lead - 0xA1, next - 0xA1), 2);
  } else {
    put(j, NO_POINT, next < 0x80 ? 1 : 2);
  }
}

static void decode_euc_jp(void *arg) {
  Japanese *j = arg;
  while (j->at < j->len) {
    if (j->bytes[j->at] < 0x80) {
      put(j, j->bytes[j->at], 1);
    } else {
      euc_jp_sequence(j);
    }
  }
}

/// An escape sequence at an ESC; an unknown one is an ill-formed ESC.
static void escape(Japanese *j) {
  const unsigned char *p = j->bytes + j->at;
  size_t left = j->len - j->at;
  Str sequence = {(const char *)p + 1, left > 2 ? 2 : 0};
  JisState state = JIS_ASCII;
  if (str_eq(sequence, STR("(J"))) state = JIS_ROMAN;
  if (str_eq(sequence, STR("(I"))) state = JIS_KATAKANA;
  if (str_eq(sequence, STR("$@")) || str_eq(sequence, STR("$B"))) state = JIS_PAIRS;
  if (state == JIS_ASCII && !str_eq(sequence, STR("(B"))) {
    put(j, NO_POINT, 1);
    return;
  }
  bool twice = j->escaped;
  j->state = state;
  if (twice) put(j, NO_POINT, 3);
  if (!twice) j->at += 3;
  j->escaped = true;
}

static void jis_pair(Japanese *j) {
  unsigned lead = j->bytes[j->at], next = j->at + 1 < j->len ? j->bytes[j->at + 1] : 0x1B;
  if (lead < 0x21 || lead > 0x7E || next == 0x1B) {
    put(j, NO_POINT, 1);
  } else if (next < 0x21 || next > 0x7E) {
    put(j, NO_POINT, 2);
  } else {
    put(j, point_of_pair(j, lead - 0x21, next - 0x21), 2);
  }
}

static void jis_single(Japanese *j) {
  uint32_t byte = j->bytes[j->at];
  if (j->state == JIS_KATAKANA) {
    put(j, byte >= 0x21 && byte <= 0x5F ? 0xFF61 + byte - 0x21 : NO_POINT, 1);
  } else if (byte == 0x0E || byte == 0x0F || byte >= 0x80) {
    put(j, NO_POINT, 1);
  } else if (j->state == JIS_ROMAN && (byte == 0x5C || byte == 0x7E)) {
    put(j, byte == 0x5C ? 0xA5 : 0x203E, 1);
  } else {
    put(j, byte, 1);
  }
}

static void decode_iso_2022_jp(void *arg) {
  Japanese *j = arg;
  while (j->at < j->len) {
    if (j->bytes[j->at] == 0x1B) {
      escape(j);
    } else if (j->state == JIS_PAIRS) {
      jis_pair(j);
    } else {
      jis_single(j);
    }
  }
}

void encoding_decode_japanese(EncodingSink *sink, EncodingId id, Str bytes, size_t from) {
  const char *native = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "UTF-32LE" : "UTF-32BE";
  Japanese j = {.sink = sink, .bytes = (const unsigned char *)bytes.data, .len = bytes.len, .at = from};
  j.pairs = iconv_open(native, "CP932");
  j.triples = iconv_open(native, "EUC-JP-MS");
  bool finished = mem_guard(id == ENCODING_EUC_JP ? decode_euc_jp : decode_iso_2022_jp, &j);
  if (j.pairs != (iconv_t)-1) iconv_close(j.pairs);
  if (j.triples != (iconv_t)-1) iconv_close(j.triples);
  if (!finished) mem_exhausted();
}
