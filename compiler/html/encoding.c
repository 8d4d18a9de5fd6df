/* Which encoding a file is in, and its text (HTML standard, 13.2.3; Encoding Standard, section 6).
 *
 * In: the bytes of a file. Out: UTF-8 text, a view of the bytes whenever these are UTF-8 already.
 * Surprising: a file that declares nothing is UTF-8 if it can be, else windows-1252. */
#include "html/encoding.h"

#include "base/file.h"
#include "base/utf8.h"
#include "html/encoding_table.h"

/// The encoding of a byte order mark; *len is its length.
static EncodingId encoding_of_bom(Str bytes, uint32_t *len) {
  *len = 3;
  if (str_starts(bytes, STR("\xEF\xBB\xBF"))) return ENCODING_UTF_8;
  *len = 2;
  if (str_starts(bytes, STR("\xFE\xFF"))) return ENCODING_UTF_16BE;
  if (str_starts(bytes, STR("\xFF\xFE"))) return ENCODING_UTF_16LE;
  *len = 0;
  return ENCODING_NONE;
}

static EncodingId choose(Arena *arena, Str bytes, HtmlInput *input) {
  input->source = HTML_ENCODING_BOM;
  EncodingId id = encoding_of_bom(bytes, &input->bom);
  if (id != ENCODING_NONE) return id;
  input->source = HTML_ENCODING_META;
  id = encoding_prescan(arena, bytes, &input->label);
  if (id != ENCODING_NONE) return id;
  bool utf8 = utf8_valid_prefix(bytes) == bytes.len;
  input->source = utf8 ? HTML_ENCODING_UTF8 : HTML_ENCODING_GUESSED;
  return utf8 ? ENCODING_UTF_8 : ENCODING_WINDOWS_1252;
}

static void decode(Arena *arena, EncodingId id, Str bytes, HtmlInput *input) {
  EncodingSink sink = {.arena = arena};
  sink.text = arena_alloc(arena, 3 * bytes.len + 4 + FILE_PADDING);
  encoding_decode(&sink, id, bytes, input->bom);
  memset(sink.text + sink.len, 0, FILE_PADDING + 1);
  input->text = (Str){sink.text, sink.len};
  input->malformed = sink.malformed;
  input->offsets = sink.offsets.data;
  input->offset_count = sink.offsets.len;
}

HtmlInput html_decode_bytes(Arena *arena, Str bytes) {
  HtmlInput input = {.label = STR_NONE};
  if (!bytes.data) bytes = (Str){arena_zero(arena, FILE_PADDING + 1), 0};
  EncodingId id = choose(arena, bytes, &input);
  input.encoding = encoding_get(id)->name;
  Str body = str_skip(bytes, input.bom);
  if (id == ENCODING_UTF_8 && (input.source == HTML_ENCODING_UTF8 || utf8_valid_prefix(body) == body.len)) {
    input.text = body;
  } else {
    decode(arena, id, bytes, &input);
  }
  return input;
}

// UTF-16 puts a NUL into every letter, with a mark or without; ISO-2022-JP may put an ESC between any two. In
// other encodings of many bytes a letter behind the first byte of a character may be lost. What is left keeps
// every byte of ASCII as it is, and makes nothing else ASCII.
bool html_reads_as_ascii(Arena *arena, Str bytes, bool high, bool escape) {
  if (!high && !escape) return bytes.len < 2 || (bytes.data[0] && bytes.data[1]);
  HtmlInput input = {.label = STR_NONE};
  EncodingKind kind = encoding_get(choose(arena, bytes, &input))->kind;
  if (input.source == HTML_ENCODING_GUESSED) return false;
  return kind == ENCODING_KIND_UTF8 || kind == ENCODING_KIND_SINGLE_BYTE;
}

/// The last stretch that starts at or before the offset, in the text or in the file.
static const HtmlOffset *stretch_at(const HtmlInput *input, uint32_t offset, bool in_file) {
  size_t low = 0, high = input->offset_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    const HtmlOffset *stretch = &input->offsets[middle];
    if ((in_file ? stretch->file : stretch->text) <= offset)
      low = middle;
    else
      high = middle;
  }
  return &input->offsets[low];
}

static bool is_last(const HtmlInput *input, const HtmlOffset *stretch) {
  return stretch + 1 == input->offsets + input->offset_count;
}

uint32_t html_file_offset(const HtmlInput *input, uint32_t text_offset) {
  if (!input->offsets) return text_offset + input->bom;
  const HtmlOffset *stretch = stretch_at(input, text_offset, false);
  if (is_last(input, stretch)) return stretch->file;
  uint64_t text_len = stretch[1].text - stretch->text, file_len = stretch[1].file - stretch->file;
  return stretch->file + (uint32_t)((text_offset - stretch->text) * file_len / text_len);
}

uint32_t html_text_offset(const HtmlInput *input, uint32_t file_offset) {
  if (file_offset < input->bom) return 0;
  if (!input->offsets) return file_offset - input->bom;
  if (file_offset < input->offsets[0].file) return 0;
  const HtmlOffset *stretch = stretch_at(input, file_offset, true);
  if (is_last(input, stretch)) return stretch->text;
  uint64_t text_len = stretch[1].text - stretch->text, file_len = stretch[1].file - stretch->file;
  return stretch->text + (uint32_t)((file_offset - stretch->file) * text_len / file_len);
}
