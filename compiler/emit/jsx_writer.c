/* Writing JSX (see jsx_writer.h). In: one call a tag, attribute or text. Out: the text. Surprising: a call
 * asks for all the room that it may need at once, and data that can only stand as it is or not at all is
 * taken back when it turns out, while it is copied, not to be plain. */
#include "emit/jsx_writer.h"

#include "emit/tsx_plain.h"

// Copies a name: most have fewer than eight bytes, two words that may overlap.
static inline char *copy_name(char *to, Str name) {
  const char *from = name.data;
  size_t len = name.len;
  if (len > 16) {
    memcpy(to, from, len);
  } else if (len >= 8) {
    memcpy(to, from, 8), memcpy(to + len - 8, from + len - 8, 8);
  } else if (len >= 4) {
    memcpy(to, from, 4), memcpy(to + len - 4, from + len - 4, 4);
  } else if (len) {
    to[0] = from[0], to[len / 2] = from[len / 2], to[len - 1] = from[len - 1];
  }
  return to + len;
}

static inline void end_at(JsxWriter *jsx, const char *end) { jsx->out->len = (size_t)(end - jsx->out->data); }

static size_t count_blanks(Str text) {
  size_t count = 0;
  while (count < text.len && str_is_space(text.data[count])) count++;
  return count;
}

/* Texts */

// One text in a template string of its own; false, and nothing is printed, where something has to be escaped.
static inline bool put_plain_template(JsxWriter *jsx, Str data) {
  char *to = buf_reserve(jsx->out, data.len + 4);
  if (plain_copy(to + 2, data, IN_TEMPLATE) < data.len) return false;
  memcpy(to, "{`", 2);
  memcpy(to + 2 + data.len, "`}", 2);
  jsx->out->len += data.len + 4;
  return true;
}

// The mark of a text stands behind its white space.
static void put_template(JsxWriter *jsx, const JsxText *text) {
  size_t blanks = jsx->marks && span_exists(text->span) ? count_blanks(text->data) : 0;
  if (blanks) tsx_put_template(jsx->out, str_take(text->data, blanks));
  jsx_mark(jsx, text->span);
  tsx_put_template(jsx->out, str_skip(text->data, blanks));
}

// False, and nothing is printed, where it can not stand as it is.
static inline bool put_plain(JsxWriter *jsx, const JsxText *text) {
  Str data = text->data;
  char *to = buf_reserve(jsx->out, data.len);
  if (plain_starts_comment(data) || plain_copy(to, data, IN_TEXT) < data.len) return false;
  if (jsx->marks && span_exists(text->span)) {
    uint32_t at = (uint32_t)(jsx->out->len - jsx->start + count_blanks(data));
    vec_push(jsx->marks->arena, &jsx->marks->list, (TsxMark){at, text->span});
  }
  jsx->out->len += data.len;
  return true;
}

static bool is_plain_run(const JsxText *texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!tsx_is_plain_text(texts[i].data)) return false;
  return true;
}

static void put_run(JsxWriter *jsx, const JsxText *texts, size_t count) {
  if (count > 1 && is_plain_run(texts, count)) {
    for (size_t i = 0; i < count; i++) put_plain(jsx, &texts[i]);
    return;
  }
  buf_put(jsx->out, STR("{`"));
  for (size_t i = 0; i < count; i++) put_template(jsx, &texts[i]);
  buf_put(jsx->out, STR("`}"));
}

// Whether a text that is alone could be printed as most are: plain, or an indentation, which has no mark.
static inline bool put_alone(JsxWriter *jsx, const JsxText *text) {
  Str data = text->data;
  if (!data.len || data.data[0] != '\n') return put_plain(jsx, text);
  return !(jsx->marks && span_exists(text->span)) && put_plain_template(jsx, data);
}

static void put_texts(JsxWriter *jsx) {
  put_run(jsx, jsx->texts.data, jsx->texts.len);
  jsx->texts.len = 0;
}

// A text behind another one: the run waits.
static void continue_run(JsxWriter *jsx, JsxText text) {
  if (!jsx->texts.len) {
    jsx->out->len = jsx->last_start;
    if (jsx->marks) jsx->marks->list.len = jsx->last_marks;
    vec_push(jsx->arena, &jsx->texts, jsx->last);
    jsx->last_end = jsx->last_start;
  }
  vec_push(jsx->arena, &jsx->texts, text);
}

/* Tags */

static inline void end_tag(JsxWriter *jsx) {
  if (jsx->in_tag) buf_char(jsx->out, '>');
  jsx->in_tag = false;
}

void jsx_text(JsxWriter *jsx, Str data, Span span) {
  JsxText text = {data, span};
  end_tag(jsx);
  if (jsx->out->len == jsx->last_end) {
    continue_run(jsx, text);
    return;
  }
  jsx->last = text;
  jsx->last_start = jsx->out->len;
  jsx->last_marks = jsx->marks ? jsx->marks->list.len : 0;
  if (!put_alone(jsx, &text)) put_run(jsx, &text, 1);
  jsx->last_end = jsx->out->len;
}

static inline void settle(JsxWriter *jsx) {
  end_tag(jsx);
  if (jsx->texts.len) put_texts(jsx);
}

void jsx_settle(JsxWriter *jsx) { settle(jsx); }

void jsx_open(JsxWriter *jsx, Str name, Span span) {
  settle(jsx);
  jsx_mark(jsx, span);
  char *to = buf_reserve(jsx->out, name.len + 1);
  *to++ = '<';
  end_at(jsx, copy_name(to, name));
  vec_push(jsx->arena, &jsx->open, name);
  jsx->in_tag = true;
}

void jsx_close(JsxWriter *jsx) {
  if (jsx->texts.len) put_texts(jsx);
  Str name = jsx->open.data[--jsx->open.len];
  char *to = buf_reserve(jsx->out, name.len + 4);
  if (jsx->in_tag && name.len) {
    memcpy(to, " />", 3);
    to += 3;
  } else {
    if (jsx->in_tag) *to++ = '>';
    *to++ = '<', *to++ = '/';
    to = copy_name(to, name);
    *to++ = '>';
  }
  end_at(jsx, to);
  jsx->in_tag = false;
}

/* Attributes */

static inline void put_attr_name(JsxWriter *jsx, Str name, Span span, size_t more) {
  char *to = buf_reserve(jsx->out, name.len + 1 + more);
  *to++ = ' ';
  end_at(jsx, to);
  jsx_mark(jsx, span);
  end_at(jsx, copy_name(to, name));
}

static void put_braced(JsxWriter *jsx, Str value) {
  buf_char(jsx->out, '{');
  tsx_put_string(jsx->out, value);
  buf_char(jsx->out, '}');
}

static inline void put_value(JsxWriter *jsx, Str value) {
  char *to = buf_reserve(jsx->out, value.len + 2);
  if (plain_copy(to + 1, value, IN_ATTR) < value.len) {
    put_braced(jsx, value);
    return;
  }
  to[0] = to[value.len + 1] = '"';
  jsx->out->len += value.len + 2;
}

void jsx_attr(JsxWriter *jsx, Str name, Span span) { put_attr_name(jsx, name, span, 0); }

void jsx_attr_value(JsxWriter *jsx, Str value) { put_value(jsx, value); }

void jsx_attr_text(JsxWriter *jsx, Str name, Span span, Str value) {
  put_attr_name(jsx, name, span, 1);
  jsx->out->data[jsx->out->len++] = '=';
  put_value(jsx, value);
}
