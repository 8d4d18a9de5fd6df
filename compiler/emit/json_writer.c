#include "emit/json_writer.h"

#include "base/scan.h"
#include "base/utf8.h"
#include "emit/tsx.h"

static void new_line(JsonWriter *w) {
  if (w->depth > 0 && w->in_line[w->depth]) return;
  buf_char(w->out, '\n');
  buf_repeat(w->out, ' ', (size_t)w->depth * 2);
}

// What stands before a value: nothing behind a key, else the comma and the line break of its container.
static void lead(JsonWriter *w) {
  if (w->keyed) {
    w->keyed = false;
    return;
  }
  if (!w->depth) return;
  if (w->has_member[w->depth]) buf_put(w->out, w->in_line[w->depth] ? STR(", ") : STR(","));
  w->has_member[w->depth] = true;
  new_line(w);
}

static void open(JsonWriter *w, char bracket, bool in_line) {
  lead(w);
  buf_char(w->out, bracket);
  if (w->depth + 1 < JSON_DEEPEST)
    w->depth++;
  else
    w->beyond++;
  w->has_member[w->depth] = false;
  w->in_line[w->depth] = in_line;
}

void json_object(JsonWriter *w) { open(w, '{', false); }

void json_list(JsonWriter *w, bool in_line) { open(w, '[', in_line); }

void json_close(JsonWriter *w, char bracket) {
  bool had = w->has_member[w->depth], in_line = w->in_line[w->depth];
  if (w->beyond) {
    w->beyond--;
    w->has_member[w->depth] = true;  // the one around it has this one
    buf_char(w->out, bracket);
    return;
  }
  w->depth--;
  if (had && !in_line) new_line(w);
  buf_char(w->out, bracket);
}

// As JSON names a code point: two of them beyond the first plane.
static void put_code(Buf *out, uint32_t point) {
  if (point >= 0x10000) {
    buf_printf(out, "\\u%04x", 0xD800 + ((point - 0x10000) >> 10));
    point = 0xDC00 + (point & 0x3FF);
  }
  buf_printf(out, "\\u%04x", point);
}

// What is not printed as it is wherever it stands in a text.
#define IS_SPECIAL(c) ((c) < 0x20 || (c) == 0x7F || (c) == '"' || (c) == '\\')
static const ScanSet special = SCAN_SET(IS_SPECIAL);

static size_t plain_run(Str text) { return scan_until(scan_best(), &special, text); }

// One character that is not plain.
static void put_special(Buf *out, Str text, uint32_t point) {
  unsigned char c = (unsigned char)text.data[0];
  if (c == '"' || c == '\\')
    buf_printf(out, "\\%c", c);
  else if (c == '\n')
    buf_put(out, STR("\\n"));
  else if (c == '\t')
    buf_put(out, STR("\\t"));
  else if (c < 0x20 || c == 0x7F)
    buf_printf(out, "\\u%04x", c);
  else if (point == 0xFFFD)
    buf_put(out, STR("\xEF\xBF\xBD"));
  else if (tsx_is_hidden(point))
    put_code(out, point);
  else
    buf_put(out, text);
}

// What can not be seen is written as its number. RFC 8259, section 7; ill-formed bytes become U+FFFD, so that
// the document is UTF-8 whatever came in.
static void put_escaped(Buf *out, Str text) {
  while (text.len) {
    size_t plain = plain_run(text);
    buf_put(out, str_take(text, plain));
    text = str_skip(text, plain);
    if (!text.len) return;
    uint32_t point;
    size_t length = utf8_decode(text, &point);
    put_special(out, str_take(text, length), point);
    text = str_skip(text, length);
  }
}

void json_string(JsonWriter *w, Str value) {
  lead(w);
  buf_char(w->out, '"');
  put_escaped(w->out, value);
  buf_char(w->out, '"');
}

void json_key(JsonWriter *w, Str key) {
  json_string(w, key);
  buf_put(w->out, STR(": "));
  w->keyed = true;
}

static void put_number(JsonWriter *w, size_t value) {
  lead(w);
  buf_number(w->out, value);
}

void json_literal(JsonWriter *w, Str number) {
  lead(w);
  buf_put(w->out, number);
}

void json_bool(JsonWriter *w, bool value) {
  lead(w);
  buf_put(w->out, value ? STR("true") : STR("false"));
}

void json_string_member(JsonWriter *w, const char *key, Str value) {
  json_key(w, str_from(key));
  json_string(w, value);
}

void json_number_member(JsonWriter *w, const char *key, size_t value) {
  json_key(w, str_from(key));
  put_number(w, value);
}

void json_bool_member(JsonWriter *w, const char *key, bool value) {
  json_key(w, str_from(key));
  json_bool(w, value);
}

JsonWriter json_begin(Buf *out, Str interface) {
  JsonWriter w = {.out = out};
  json_object(&w);
  json_string_member(&w, "generated", STR("by fxc from the project; do not edit"));
  if (interface.len) json_string_member(&w, "interface", interface);
  return w;
}

void json_end(JsonWriter *w) {
  json_close(w, '}');
  buf_char(w->out, '\n');
}
