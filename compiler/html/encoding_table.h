/* The encodings of the Encoding Standard and their decoders, for html/encoding.c. */
#ifndef FXC_HTML_ENCODING_TABLE_H
#define FXC_HTML_ENCODING_TABLE_H

#include "base/vec.h"
#include "html/encoding.h"

typedef enum EncodingId {
  ENCODING_NONE,
#define ENCODING(constant, name, kind, iconv_name) ENCODING_##constant,
#include "encodings.def"
#undef ENCODING
  ENCODING_COUNT,
} EncodingId;

typedef enum EncodingKind {
  ENCODING_KIND_UTF8,
  ENCODING_KIND_SINGLE_BYTE,
  ENCODING_KIND_UTF16LE,
  ENCODING_KIND_UTF16BE,
  ENCODING_KIND_USER_DEFINED,
  ENCODING_KIND_REPLACEMENT,
  ENCODING_KIND_ICONV,
  ENCODING_KIND_JAPANESE,
} EncodingKind;

typedef struct Encoding {
  const char *name;
  EncodingKind kind;
  const char *iconv_name;  // ENCODING_KIND_ICONV
} Encoding;

/// The line of the table.
const Encoding *encoding_get(EncodingId id);

/// The encoding that a label means; white space around it and case do not count. ENCODING_NONE for
/// labels that the standard does not have.
EncodingId encoding_of_label(Str label);

/// What the first bytes of a page declare (HTML standard, 13.2.3.2). *label is the declaration's label,
/// or that of the first declaration whose label is unknown when no other is found.
EncodingId encoding_prescan(Arena *arena, Str bytes, Str *label);

/// The UTF-8 text that a decoder writes, and where its parts come from. `text` has room for three
/// bytes for each byte of the file, a replacement at its end, and padding.
typedef struct EncodingSink {
  Arena *arena;
  char *text;
  size_t len;
  VEC(HtmlOffset) offsets;
  uint32_t file_end;              // of the bytes decoded so far
  uint32_t text_step, file_step;  // widths of the characters of the open stretch
  uint32_t malformed;
} EncodingSink;

/// Appends a character that `file_len` bytes at `file` stand for.
void encoding_put(EncodingSink *sink, uint32_t point, size_t file, size_t file_len);
/// Appends `len` bytes that are ASCII in the file as in the text.
void encoding_put_ascii(EncodingSink *sink, const char *bytes, size_t file, size_t len);
/// The same for U+FFFD, counting an ill-formed sequence.
void encoding_put_malformed(EncodingSink *sink, size_t file, size_t file_len);

/// Decodes bytes[from, …) by the encoding.
void encoding_decode(EncodingSink *sink, EncodingId id, Str bytes, size_t from);
/// The part of it that the C library does.
void encoding_decode_iconv(EncodingSink *sink, const Encoding *encoding, Str bytes, size_t from);
/// EUC-JP and ISO-2022-JP.
void encoding_decode_japanese(EncodingSink *sink, EncodingId id, Str bytes, size_t from);

#endif
