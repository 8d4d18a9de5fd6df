/* From the bytes of a file to the UTF-8 text that the tokenizer reads (WHATWG Encoding Standard;
 * WHATWG HTML, section 13.2.3). */
#ifndef FXC_HTML_ENCODING_H
#define FXC_HTML_ENCODING_H

#include <stdint.h>

#include "base/str.h"

typedef enum HtmlEncodingSource {
  HTML_ENCODING_BOM,
  HTML_ENCODING_META,
  HTML_ENCODING_UTF8,     // no declaration, and the bytes are valid UTF-8
  HTML_ENCODING_GUESSED,  // no declaration and no UTF-8: windows-1252 (FX8005, a warning)
} HtmlEncodingSource;

/// Where a stretch of the text came from, for encodings whose offsets differ from UTF-8's.
typedef struct HtmlOffset {
  uint32_t text, file;
} HtmlOffset;

typedef struct HtmlInput {
  Str text;              // UTF-8 with ill-formed parts as U+FFFD, NUL-terminated and padded
  const char *encoding;  // the standard's name, "UTF-8"
  HtmlEncodingSource source;
  Str label;                  // as declared, in lower case; unknown ones are kept and treated as undeclared
  uint32_t malformed;         // ill-formed sequences replaced
  uint32_t bom;               // bytes of the byte order mark, which `text` does not hold
  const HtmlOffset *offsets;  // NULL when file offset = text offset + bom
  size_t offset_count;
} HtmlInput;

/// Decodes `bytes` (as file_read() gives them). The text is a view of `bytes` where that is UTF-8
/// already, else a copy on the arena.
HtmlInput html_decode_bytes(Arena *arena, Str bytes);

/// Whether words of ASCII stand in the text of a page only where they stand in its bytes, and its encoding is
/// not guessed: who finds none of his words there need not decode it. `high` and `escape` say whether a byte
/// over 0x7F and an ESC may be among the bytes; without them most pages are not looked at. May answer false
/// for a page of which it is true.
bool html_reads_as_ascii(Arena *arena, Str bytes, bool high, bool escape);

/// The offset in the file of an offset in the text. O(log stretches).
uint32_t html_file_offset(const HtmlInput *input, uint32_t text_offset);
/// The way back: the offset in the text of an offset in the file; 0 inside the byte order mark.
uint32_t html_text_offset(const HtmlInput *input, uint32_t file_offset);

/// Text (UTF-8) in the encoding of the page, on the arena or the text itself; false where that cannot be
/// written.
bool html_encode(Arena *arena, const HtmlInput *input, Str text, Str *bytes);
/// The same for the end of a stretch of the text, never before the place of its start: neighbours in the text
/// of a view may come from anywhere in its file.
static inline uint32_t html_file_end(const HtmlInput *input, uint32_t text_start, uint32_t text_end) {
  uint32_t start = html_file_offset(input, text_start), end = html_file_offset(input, text_end);
  return end < start ? start : end;
}

#endif
