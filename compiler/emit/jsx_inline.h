/* The calls of jsx_writer.h that pages are made of, for those who write very many: the walk over a page is
 * compiled with them in it.
 *
 * In and out: as there. Surprising: each asks once for all the room that it may need, and data that can only
 * stand as it is or not at all is copied behind the end of the output, which then moves, or does not. */
#ifndef FXC_EMIT_JSX_INLINE_H
#define FXC_EMIT_JSX_INLINE_H

#include "emit/jsx_writer.h"
#include "emit/tsx_plain.h"

#define JSX_INLINE static inline __attribute__((always_inline))

/// The ways that few texts and values go, in jsx_writer.c: a text behind another one; a run of several; a
/// text in a template string of its own; a value in braces.
void jsx_join_text(JsxWriter *jsx, Str data, TsxOrigin origin);
void jsx_put_run(JsxWriter *jsx);
void jsx_put_template(JsxWriter *jsx, Str data, TsxOrigin origin);
void jsx_put_braced(JsxWriter *jsx, Str value);

/// How many bytes of white space a text begins with.
static inline size_t jsx_count_blanks(Str text) {
  size_t count = 0;
  while (count < text.len && str_is_space(text.data[count])) count++;
  return count;
}

/// What was written ends there.
static inline void jsx_end_at(JsxWriter *jsx, const char *end) {
  jsx->out->len = (size_t)(end - jsx->out->data);
}

/// Where so many bytes, one at least, can be written.
static inline char *jsx_room(JsxWriter *jsx, size_t more) {
  Buf *out = jsx->out;
  if (out->space - out->len < more) buf_grow(out, more);
  return out->data + out->len;
}

/// Notes that what stands at `at`, which may lie behind the end, comes from there.
static inline void jsx_mark_at(JsxWriter *jsx, TsxOrigin origin, const char *at) {
  if (!jsx->marks || !origin) return;
  TsxMark mark = {origin, (uint32_t)((size_t)(at - jsx->out->data) - jsx->start)};
  vec_push(jsx->marks->arena, &jsx->marks->list, mark);
}

/// Copies a name: most have fewer than eight bytes, two words that may overlap.
static inline char *jsx_copy_name(char *to, Str name) {
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

/// jsx_open(), jsx_close(), jsx_text(), jsx_attr_text().
JSX_INLINE void jsx_inline_open(JsxWriter *jsx, Str name, TsxOrigin origin) {
  if (jsx->texts.len) jsx_put_run(jsx);
  char *to = jsx_room(jsx, name.len + 2);
  if (jsx->in_tag) *to++ = '>';
  jsx_mark_at(jsx, origin, to);
  *to++ = '<';
  jsx_end_at(jsx, jsx_copy_name(to, name));
  jsx->in_tag = true;
  vec_push(jsx->arena, &jsx->open, name);
}

/// See above.
JSX_INLINE void jsx_inline_close(JsxWriter *jsx) {
  if (jsx->texts.len) jsx_put_run(jsx);
  Str name = jsx->open.data[--jsx->open.len];
  char *to = jsx_room(jsx, name.len + 4);
  if (jsx->in_tag && name.len) {
    memcpy(to, " />", 3);
    to += 3;
  } else {
    if (jsx->in_tag) *to++ = '>';
    *to++ = '<', *to++ = '/';
    to = jsx_copy_name(to, name);
    *to++ = '>';
  }
  jsx_end_at(jsx, to);
  jsx->in_tag = false;
}

/// Copies a text that is alone to `to`; NULL where it can not stand as it is, or, an indentation, in a
/// template string, or where the mark has to be looked for.
JSX_INLINE char *jsx_copy_text(JsxWriter *jsx, char *to, Str data, TsxOrigin origin) {
  if (data.len && data.data[0] == '\n') {
    if ((jsx->marks && origin) || plain_copy(to + 2, data, IN_TEMPLATE) < data.len) return NULL;
    memcpy(to, "{`", 2);
    memcpy(to + 2 + data.len, "`}", 2);
    return to + data.len + 4;
  }
  if (plain_starts_comment(data) || plain_copy(to, data, IN_TEXT) < data.len) return NULL;
  if (jsx->marks && origin) jsx_mark_at(jsx, origin, to + jsx_count_blanks(data));
  return to + data.len;
}

/// Whether nothing was printed since the last text.
static inline bool jsx_is_behind_text(const JsxWriter *jsx) { return jsx->out->len == jsx->last_end; }

/// Where a text of up to `room` bytes goes that is not behind another one. jsx->last_end is to be set when it
/// stands there. Without data it is what is printed then.
JSX_INLINE char *jsx_begin_text(JsxWriter *jsx, size_t room, Str data, TsxOrigin origin) {
  char *to = jsx_room(jsx, room + 1);
  if (jsx->in_tag) *to++ = '>';
  jsx->in_tag = false;
  jsx->last.data = data;
  jsx->last.origin = origin;
  jsx->last_start = (size_t)(to - jsx->out->data);
  if (jsx->marks) jsx->last_marks = jsx->marks->list.len;
  return to;
}

/// See above.
JSX_INLINE void jsx_inline_text(JsxWriter *jsx, Str data, TsxOrigin origin) {
  if (jsx_is_behind_text(jsx)) {
    jsx_join_text(jsx, data, origin);
    return;
  }
  char *to = jsx_begin_text(jsx, data.len + 4, data, origin);
  char *end = jsx_copy_text(jsx, to, data, origin);
  jsx_end_at(jsx, end ? end : to);
  if (!end) jsx_put_template(jsx, data, origin);
  jsx->last_end = jsx->out->len;
}

/// The value of an attribute behind its '=', for which there is room.
JSX_INLINE void jsx_inline_value(JsxWriter *jsx, char *to, Str value) {
  if (plain_copy(to + 1, value, IN_ATTR) < value.len) {
    jsx_end_at(jsx, to);
    jsx_put_braced(jsx, value);
    return;
  }
  to[0] = to[value.len + 1] = '"';
  jsx_end_at(jsx, to + value.len + 2);
}

/// See above.
JSX_INLINE void jsx_inline_attr_text(JsxWriter *jsx, Str name, TsxOrigin origin, Str value) {
  char *to = jsx_room(jsx, name.len + value.len + 4);
  *to++ = ' ';
  jsx_mark_at(jsx, origin, to);
  to = jsx_copy_name(to, name);
  *to++ = '=';
  jsx_inline_value(jsx, to, value);
}

#endif
