#include "ir/attr_place.h"

AttrPlace attr_place(Arena *arena, SourceId source, const HtmlInput *input, Str text, const HtmlAttr *attr) {
  return (AttrPlace){
      .arena = arena,
      .raw = str_span(text.data + attr->value_start, text.data + attr->value_end),
      .flags = attr->value_flags,
      .input = input,
      .source = source,
      .value_start = attr->value_start,
  };
}

static bool may_change(char c) { return c == '&' || c == '\r' || c == '\0'; }

// A stretch starts at a byte that decoding may change, or at the beginning, and ends before the next such
// byte, so that each decodes by itself: a reference never spans two of them. Its tail stands unchanged.
static void next_stretch(AttrPlace *place) {
  place->raw_at += place->raw_len;
  place->decoded_at += place->decoded_len;
  Str raw = str_skip(place->raw, place->raw_at);
  size_t len = str_starts(raw, STR("\r\n")) ? 2 : 1;
  while (len < raw.len && !may_change(raw.data[len])) len++;
  raw = str_take(raw, len);
  Str decoded = html_decode(place->arena, raw, place->flags, true, true);
  size_t tail = 0;
  while (tail < raw.len && tail < decoded.len &&
         raw.data[raw.len - tail - 1] == decoded.data[decoded.len - tail - 1])
    tail++;
  place->raw_len = (uint32_t)raw.len;
  place->decoded_len = (uint32_t)decoded.len;
  place->tail = (uint32_t)tail;
}

// An offset inside what a reference became is taken to the reference's start, or its end when `as_end`.
static uint32_t raw_offset(AttrPlace *place, uint32_t offset, bool as_end) {
  if (!(place->flags & (HTML_HAS_REFERENCE | HTML_HAS_CR | HTML_HAS_NUL))) return offset;
  uint32_t inside = as_end && offset ? offset - 1 : offset;  // a byte of the stretch that is looked for
  while (inside >= place->decoded_at + place->decoded_len && place->raw_at + place->raw_len < place->raw.len)
    next_stretch(place);
  uint32_t from_end = place->decoded_at + place->decoded_len - offset;
  if (from_end <= place->tail) return place->raw_at + place->raw_len - from_end;
  return as_end ? place->raw_at + place->raw_len - place->tail : place->raw_at;
}

Span attr_place_span(AttrPlace *place, uint32_t start, uint32_t end) {
  uint32_t from = raw_offset(place, start, false);
  uint32_t to = raw_offset(place, end, true);
  return (Span){place->source, html_file_offset(place->input, place->value_start + from),
                html_file_end(place->input, place->value_start + from, place->value_start + to)};
}
