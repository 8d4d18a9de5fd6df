/* In: pieces of HTML, each of a view or made up. Out: the page and its table of offsets. Surprising:
 * html_file_offset() draws a line between two entries, so whatever does not grow like the text (made-up text
 * does not grow at all) gets a second entry at its last byte; and the byte behind a text of the view, always
 * a quote or a bracket, still has that text's end, so that its span ends where it ends. */
#include "viewforge/writer.h"

#include "base/file.h"

void view_begin(ViewWriter *writer, Arena *arena, uint32_t place) {
  *writer = (ViewWriter){.arena = arena, .place = place};
}

void view_at(ViewWriter *writer, uint32_t place) { writer->place = place; }

static void start_segment(ViewWriter *w, uint32_t file, uint32_t until, bool made_up) {
  ViewSegment *last = w->segments.len ? &vec_last(&w->segments) : NULL;
  if (last && made_up && last->made_up && last->file == file) return;
  ViewSegment segment = {(uint32_t)w->text.len, file, until, made_up};
  vec_push(w->arena, &w->segments, segment);
}

void view_put(ViewWriter *w, Str html) {
  if (!html.len) return;
  start_segment(w, w->place, w->place, true);
  buf_put(&w->text, html);
}

void view_line(ViewWriter *w) {
  view_put(w, STR("\n"));
  buf_repeat(&w->text, ' ', w->depth * 2);
}

/* Text of the view */

typedef enum Escaping { AS_IT_IS, CONTENT, VALUE } Escaping;

static Str escape_of(char c, Escaping escaping) {
  if (escaping == AS_IT_IS) return STR_NONE;
  if (c == '&') return STR("&amp;");
  if (c == '\r') return STR("&#13;");
  if (escaping == VALUE) return c == '"' ? STR("&quot;") : STR_NONE;
  return c == '<' ? STR("&lt;") : c == '>' ? STR("&gt;") : STR_NONE;
}

// One run of the text that lies in one run of the file.
static void put_stretch(ViewWriter *w, Str text, uint32_t file, uint32_t until, Escaping escaping) {
  bool literal = until - file == text.len;
  for (size_t at = 0; at < text.len;) {
    size_t end = at;
    while (end < text.len && !escape_of(text.data[end], escaping).len) end++;
    Str piece = str_take(str_skip(text, at), end - at), escape = STR_NONE;
    if (end == at) escape = escape_of(text.data[end++], escaping);
    uint32_t from = literal ? file + (uint32_t)at : file, to = literal ? file + (uint32_t)end : until;
    start_segment(w, from, to, false);
    buf_put(&w->text, escape.len ? escape : piece);
    at = end;
  }
  if (!text.len) start_segment(w, file, until, false);
}

static void put_escaped(ViewWriter *w, ViewText text, Escaping escaping) {
  if (text.count < 2) put_stretch(w, text.text, text.start, text.end, escaping);
  for (size_t i = 0; i + 1 < text.count; i++) {
    const HtmlOffset *from = &text.stretches[i], *to = from + 1;
    put_stretch(w, str_take(str_skip(text.text, from->text), to->text - from->text), from->file, to->file,
                escaping);
  }
}

void view_text(ViewWriter *w, ViewText text) { put_escaped(w, text, CONTENT); }

void view_value(ViewWriter *w, ViewText text) { put_escaped(w, text, VALUE); }

void view_raw(ViewWriter *w, ViewText text) { put_escaped(w, text, AS_IT_IS); }

static void open_attr(ViewWriter *w, const char *name) {
  view_put(w, STR(" "));
  view_put(w, str_from(name));
  view_put(w, STR("=\""));
}

void view_attr(ViewWriter *w, const char *name, ViewText value) {
  if (!value.text.data) return;
  open_attr(w, name);
  view_value(w, value);
  view_put(w, STR("\""));
}

void view_attr_made(ViewWriter *w, const char *name, Str value) {
  view_attr(w, name, view_made(value, w->place));
}

/* The document around a view */

void view_shell_begin(ViewWriter *w, ViewText language, ViewText title) {
  view_put(w, STR("<!DOCTYPE html>\n<html lang=\""));
  view_value(w, language);
  view_put(w, STR("\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>"));
  view_text(w, title);
  view_put(w, STR("</title>\n</head>\n<body>"));
  w->depth = 1;
}

void view_shell_end(ViewWriter *w) { view_put(w, STR("\n</body>\n</html>\n")); }

/* The table of offsets */

static uint32_t segment_end(const ViewWriter *w, size_t i) {
  return i + 1 < w->segments.len ? w->segments.data[i + 1].text : (uint32_t)w->text.len;
}

typedef VEC(HtmlOffset) Offsets;

static void add_offset(Arena *arena, Offsets *offsets, uint32_t text, uint32_t file) {
  HtmlOffset offset = {text, file};
  if (offsets->len && vec_last(offsets).text == text)
    vec_last(offsets) = offset;
  else
    vec_push(arena, offsets, offset);
}

// The place of the segment's last byte, where its line would end elsewhere than the next one starts.
static void add_last_byte(const ViewWriter *w, Offsets *offsets, const ViewSegment *s, uint32_t end) {
  if (end <= s->text + 1) return;
  uint32_t literal = s->until - s->file == end - s->text ? end - 1 - s->text : 0;
  add_offset(w->arena, offsets, end - 1, s->file + literal);
}

static void find_offsets(const ViewWriter *w, Offsets *offsets) {
  for (size_t i = 0; i < w->segments.len; i++) {
    const ViewSegment *s = &w->segments.data[i], *next = i + 1 < w->segments.len ? s + 1 : NULL;
    uint32_t start = s->text, end = segment_end(w, i);
    if (i && s->made_up && !s[-1].made_up) {
      add_offset(w->arena, offsets, start, s[-1].until);
      if (end == ++start) continue;
    }
    add_offset(w->arena, offsets, start, s->file);
    bool joined = next && (next->made_up && !s->made_up ? true : next->file == s->until);
    ViewSegment rest = {start, s->file, s->until, s->made_up};
    if (s->made_up || !joined) add_last_byte(w, offsets, &rest, end);
  }
}

void view_end(ViewWriter *w, ViewPage *page) {
  char *text = arena_zero(w->arena, w->text.len + FILE_PADDING + 1);
  memcpy(text, w->text.data, w->text.len);
  page->text = (Str){text, w->text.len};
  Offsets offsets = {0};
  find_offsets(w, &offsets);
  page->offsets = offsets.data;
  page->offset_count = offsets.len;
  buf_free(&w->text);
}

HtmlInput view_input(const ViewPage *page) {
  return (HtmlInput){.text = page->text,
                     .encoding = "UTF-8",
                     .source = HTML_ENCODING_META,
                     .label = STR("utf-8"),
                     .offsets = page->offsets,
                     .offset_count = page->offset_count};
}
