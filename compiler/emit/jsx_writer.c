/* Writing JSX (see jsx_writer.h). In: one call a tag, attribute or text. Out: the text. Surprising: most of
 * it stands in jsx_inline.h; here is what few texts need, runs of several and those with something to escape.
 */
#include "emit/jsx_inline.h"

/* Texts */

// The mark of a text stands behind its white space.
static void put_escaped(JsxWriter *jsx, Str data, TsxOrigin origin) {
  size_t blanks = jsx->marks && origin ? jsx_count_blanks(data) : 0;
  if (blanks) tsx_put_template(jsx->out, str_take(data, blanks));
  jsx_mark(jsx, origin);
  tsx_put_template(jsx->out, str_skip(data, blanks));
}

void jsx_put_template(JsxWriter *jsx, Str data, TsxOrigin origin) {
  buf_put(jsx->out, STR("{`"));
  put_escaped(jsx, data, origin);
  buf_put(jsx->out, STR("`}"));
}

static bool is_plain_run(const JsxText *texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!tsx_is_plain_text(texts[i].data)) return false;
  return true;
}

static void put_plain(JsxWriter *jsx, Str data, TsxOrigin origin) {
  size_t blanks = jsx->marks && origin ? jsx_count_blanks(data) : 0;
  buf_put(jsx->out, str_take(data, blanks));
  jsx_mark(jsx, origin);
  buf_put(jsx->out, str_skip(data, blanks));
}

void jsx_put_run(JsxWriter *jsx) {
  bool plain = is_plain_run(jsx->texts.data, jsx->texts.len);
  if (!plain) buf_put(jsx->out, STR("{`"));
  for (size_t i = 0; i < jsx->texts.len; i++) {
    const JsxText *text = &jsx->texts.data[i];
    if (plain)
      put_plain(jsx, text->data, text->origin);
    else
      put_escaped(jsx, text->data, text->origin);
  }
  if (!plain) buf_put(jsx->out, STR("`}"));
  jsx->texts.len = 0;
}

// The text that was printed last without an escape: plain, or in a template string, which no plain text looks
// like.
static Str printed_data(const JsxWriter *jsx) {
  Str printed = str_skip(buf_str(jsx->out), jsx->last_start);
  return str_starts(printed, STR("{`")) ? str_take(str_skip(printed, 2), printed.len - 4) : printed;
}

// A text behind another one: what is printed of the run is taken back, and it waits.
void jsx_join_text(JsxWriter *jsx, Str data, TsxOrigin origin) {
  if (!jsx->texts.len) {
    if (!jsx->last.data.data) jsx->last.data = str_copy(jsx->arena, printed_data(jsx));
    jsx->out->len = jsx->last_start;
    if (jsx->marks) jsx->marks->list.len = jsx->last_marks;
    vec_push(jsx->arena, &jsx->texts, jsx->last);
    jsx->last_end = jsx->last_start;
  }
  JsxText text = {data, origin};
  vec_push(jsx->arena, &jsx->texts, text);
}

void jsx_text(JsxWriter *jsx, Str data, TsxOrigin origin) { jsx_inline_text(jsx, data, origin); }

void jsx_settle(JsxWriter *jsx) {
  if (jsx->in_tag) buf_char(jsx->out, '>');
  jsx->in_tag = false;
  if (jsx->texts.len) jsx_put_run(jsx);
}

/* Tags and attributes */

void jsx_open(JsxWriter *jsx, Str name, TsxOrigin origin) { jsx_inline_open(jsx, name, origin); }

void jsx_close(JsxWriter *jsx) { jsx_inline_close(jsx); }

void jsx_attr(JsxWriter *jsx, Str name, TsxOrigin origin) {
  buf_char(jsx->out, ' ');
  jsx_mark(jsx, origin);
  buf_put(jsx->out, name);
}

void jsx_put_braced(JsxWriter *jsx, Str value) {
  buf_char(jsx->out, '{');
  tsx_put_string(jsx->out, value);
  buf_char(jsx->out, '}');
}

void jsx_attr_value(JsxWriter *jsx, Str value) {
  jsx_inline_value(jsx, buf_reserve(jsx->out, value.len + 2), value);
}

void jsx_attr_text(JsxWriter *jsx, Str name, TsxOrigin origin, Str value) {
  jsx_inline_attr_text(jsx, name, origin, value);
}
