/* In: marks in the order of the output. Out: a source map in one pass over them. Surprising: a map's paths
 * are URLs, so what a file name may have and a URL may not is written as %XX. */
#include "emit/source_map.h"

#include "emit/json_writer.h"
#include "source/utf16.h"

// Base64 digits of a VLQ (ECMA-426, 6.2): five bits each, the lowest first, the sixth says that more follow;
// the sign is the lowest bit of the number. Most are one digit.
enum { VLQ_BITS = 5, VLQ_MORE = 1 << VLQ_BITS, LONGEST_SEGMENT = 32 };

static inline char *put_vlq(char *out, int64_t number) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint64_t rest = number < 0 ? (uint64_t)-number << 1 | 1 : (uint64_t)number << 1;
  for (; rest >= VLQ_MORE; rest >>= VLQ_BITS) *out++ = digits[(rest & (VLQ_MORE - 1)) | VLQ_MORE];
  *out++ = digits[rest];
  return out;
}

static int64_t less(uint32_t a, uint32_t b) { return (int64_t)a - (int64_t)b; }

static inline uint32_t text_offset(const HtmlInput *input, uint32_t file_offset) {
  bool same = !input->offsets && !input->bom;
  return same ? file_offset : html_text_offset(input, file_offset);
}

// A segment: column, source, line and column of the source, each as the difference to the one before it.
static void put_mappings(const MapSource *source, Str code, const TsxMarks *marks, Arena *arena, Buf *out) {
  Utf16Index generated = utf16_index(arena, code);
  Utf16Index original = source->index ? *source->index : utf16_index(arena, source->input->text);
  Utf16Place at = {0, 0}, from = {0, 0};
  bool first = true;  // on its line
  char *start = buf_reserve(out, generated.count + marks->list.len * LONGEST_SEGMENT), *end = start;
  for (size_t i = 0; i < marks->list.len; i++) {
    const TsxMark *mark = &marks->list.data[i];
    bool again = i + 1 < marks->list.len && mark[1].at == mark->at;  // a text that came to nothing
    if (again || tsx_origin_source(mark->origin) != source->id) continue;
    Utf16Place here = utf16_place(&generated, mark->at, at.line);
    uint32_t offset = text_offset(source->input, tsx_origin_start(mark->origin));
    Utf16Place there = utf16_place(&original, offset, from.line);
    for (; at.line < here.line; at.line++, at.column = 0, first = true) *end++ = ';';
    if (!first) *end++ = ',';
    end = put_vlq(end, less(here.column, at.column));
    *end++ = 'A';
    end = put_vlq(end, less(there.line, from.line));
    end = put_vlq(end, less(there.column, from.column));
    at = here;
    from = there;
    first = false;
  }
  out->len += (size_t)(end - start);
}

static void put_url(Buf *out, Str path) {
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.data[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 (c && strchr("-._~/", c));
    if (plain)
      buf_char(out, (char)c);
    else
      buf_printf(out, "%%%02X", c);
  }
}

// No string of the map has a bare line break in it, so that this stands there once.
static const char sources[] = "  \"sources\": [\"";

void source_map_write(const MapSource *source, Str file, Str code, const TsxMarks *marks, Arena *arena,
                      Buf *out) {
  JsonWriter json = {.out = out};
  buf_put(out, STR("{\n  \"generated\": "));
  json_string(&json, str_concat(arena, STR("by fxc from "), source->name));
  buf_put(out, STR(",\n  \"version\": 3,\n  \"file\": "));
  json_string(&json, file);
  buf_put(out, STR(",\n"));
  buf_put(out, str_from(sources));
  put_url(out, source->path);
  buf_put(out, STR("\"],\n  \"names\": [],\n  \"mappings\": \""));
  put_mappings(source, code, marks, arena, out);
  buf_put(out, STR("\"\n}\n"));
}

bool source_map_move(Str map, Str path, Buf *out) {
  ptrdiff_t at = str_find(map, STR("\n  \"sources\": [\""));
  if (at < 0) return false;
  size_t start = (size_t)at + 1 + strlen(sources);
  ptrdiff_t end = str_find_char(str_skip(map, start), '"');
  if (end < 0) return false;
  buf_put(out, str_take(map, start));
  put_url(out, path);
  buf_put(out, str_skip(map, start + (size_t)end));
  return true;
}

void source_map_link(Str file, Buf *out) {
  buf_put(out, STR("//# sourceMappingURL="));
  put_url(out, file);
  buf_put(out, STR(".map\n"));
}
