/* In: tokens of a view. Out: what they mean, each part with its place: strings with escapes, raw strings
 * whose lines lose their indentation, lists and records as attribute values. */
#include "base/utf8.h"
#include "viewforge/viewfx.h"

typedef VEC(HtmlOffset) Stretches;

static void add_stretch(Arena *arena, Stretches *stretches, size_t text, size_t file) {
  HtmlOffset offset = {(uint32_t)text, (uint32_t)file};
  vec_push(arena, stretches, offset);
}

static void set_stretches(ViewText *text, Arena *arena, Stretches *stretches) {
  if (stretches->len && vec_last(stretches).text == text->text.len)
    text->end = vec_last(stretches).file;
  else
    add_stretch(arena, stretches, text->text.len, text->end);
  text->stretches = stretches->data;
  text->count = stretches->len;
}

// `\n` and the like have two bytes, `\u{1F600}` goes to its brace.
static size_t escape_len(Str raw) {
  if (raw.len < 3 || raw.data[1] != 'u' || raw.data[2] != '{') return raw.len < 2 ? raw.len : 2;
  ptrdiff_t end = str_find_char(raw, '}');
  return end < 0 ? 2 : (size_t)end + 1;
}

static void walk_escapes(Arena *arena, ViewText *text, Str raw) {
  Stretches stretches = {0};
  size_t done = 0, at = 0;
  while (at < raw.len && done < text->text.len) {
    add_stretch(arena, &stretches, done, text->start + at);
    const char *escape = memchr(raw.data + at, '\\', raw.len - at);
    size_t run = escape ? (size_t)(escape - raw.data) - at : raw.len - at;
    if (run) {
      at += run, done += run;
      continue;
    }
    uint32_t point;
    done += utf8_decode(str_skip(text->text, done), &point);
    at += escape_len(str_skip(raw, at));
  }
  set_stretches(text, arena, &stretches);
}

// Each line of the text ends like one of the file; the first is behind the quotes and their line break.
static void walk_lines(Arena *arena, ViewText *text, Str raw) {
  Stretches stretches = {0};
  Str rest = text->text, line;
  ptrdiff_t open = str_find_char(raw, '\n');
  size_t at = open < 0 ? 0 : (size_t)open + 1;
  while (str_split(&rest, '\n', &line)) {
    Str below = str_skip(raw, at);
    ptrdiff_t end = str_find_char(below, '\n');
    size_t len = end < 0 ? below.len : (size_t)end;
    bool carriage = len > line.len && below.data[len - 1] == '\r';
    size_t cut = len - (carriage ? 1 : 0) - line.len;
    add_stretch(arena, &stretches, (size_t)(line.data - text->text.data), text->start + at + cut);
    size_t line_end = (size_t)(line.data - text->text.data) + line.len;
    add_stretch(arena, &stretches, line_end,
                text->start + at + cut + line.len);  // the break, and what is cut
    at += len + 1;
  }
  set_stretches(text, arena, &stretches);
}

ViewText viewfx_text(const Viewfx *view, uint32_t token) {
  Span span = fx_token_span(view->tree, token);
  FxTokenKind kind = (FxTokenKind)fx_token(view->tree, token)->kind;
  uint32_t quote = kind == FX_TOKEN_RAW_STRING                               ? 3
                   : kind == FX_TOKEN_STRING || kind == FX_TOKEN_QUOTED_NAME ? 1
                                                                             : 0;
  ViewText text = {.text = fx_decode(view->arena, view->tree, token),
                   .start = span.start + quote,
                   .end = span.end - quote};
  if (!text.text.data) text.text = STR("");
  Str raw = str_take(str_skip(view->tree->bytes, text.start), text.end - text.start);
  const char *from = text.text.data;
  if (from >= raw.data && from <= raw.data + raw.len) {  // nothing was decoded
    text.start += (uint32_t)(from - raw.data);
    text.end = text.start + (uint32_t)text.text.len;
  } else if (kind == FX_TOKEN_STRING) {
    walk_escapes(view->arena, &text, raw);
  } else if (kind == FX_TOKEN_RAW_STRING) {
    walk_lines(view->arena, &text, raw);
  }
  return text;
}

ViewText viewfx_name(const Viewfx *view, FxId id) { return viewfx_text(view, fx_node(view->tree, id)->name); }

/* Values of attributes */

static bool is_number_or_word(const Viewfx *view, FxId scalar) {
  FxTokenKind kind = (FxTokenKind)fx_token(view->tree, fx_node(view->tree, scalar)->first)->kind;
  Str text = fx_text(view->tree, scalar);
  return kind == FX_TOKEN_NUMBER || str_eq(text, STR("true")) || str_eq(text, STR("false")) ||
         str_eq(text, STR("null"));
}

static void put_json_text(Str text, Buf *out) {
  buf_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", c);
    else if ((unsigned char)c < 0x20)
      buf_printf(out, "\\u%04x", c);
    else
      buf_char(out, c);
  }
  buf_char(out, '"');
}

static void put_json(Viewfx *view, FxId value, Buf *out) {
  const FxNode *node = fx_node(view->tree, value);
  if (node->kind == FX_SCALAR) {
    Str text = fx_scalar(view->arena, view->tree, value);
    if (is_number_or_word(view, value))
      buf_put(out, text);
    else
      put_json_text(text, out);
    return;
  }
  bool record = node->kind == FX_RECORD;
  buf_char(out, record ? '{' : '[');
  for (FxId child = node->child; child; child = fx_next(view->tree, child)) {
    if (child != node->child) buf_put(out, STR(", "));
    if (record) put_json_text(viewfx_name(view, child).text, out);
    if (record) buf_put(out, STR(": "));
    FxId item = record ? fx_child(view->tree, child) : child;
    if (item) put_json(view, item, out);
  }
  buf_char(out, record ? '}' : ']');
}

static bool of_scalars(const Viewfx *view, FxId list) {
  for (FxId item = fx_child(view->tree, list); item; item = fx_next(view->tree, item))
    if (fx_node(view->tree, item)->kind != FX_SCALAR) return false;
  return true;
}

static void put_scalar(Viewfx *view, FxId scalar) {
  const FxNode *node = fx_node(view->tree, scalar);
  ViewText text = viewfx_text(view, node->first);
  if (node->last != node->first) text = view_made(fx_scalar(view->arena, view->tree, scalar), text.start);
  view_value(&view->out, text);
}

void viewfx_value(Viewfx *view, FxId value) {
  const FxNode *node = fx_node(view->tree, value);
  if (node->kind == FX_SCALAR) {
    put_scalar(view, value);
    return;
  }
  if (node->kind == FX_LIST && of_scalars(view, value)) {
    for (FxId item = node->child; item; item = fx_next(view->tree, item)) {
      if (item != node->child) view_put(&view->out, STR(","));
      put_scalar(view, item);
    }
    return;
  }
  Buf json = {0};
  put_json(view, value, &json);
  Span span = fx_span(view->tree, value);
  ViewText text = {.text = str_copy(view->arena, buf_str(&json)), .start = span.start, .end = span.end};
  buf_free(&json);
  view_value(&view->out, text);
}
