// See display.h. The surprise: a message is cut inside its 'quotes' only, because what stands there
// comes from a file; the words around it are ours.
#include "diag/display.h"

#include <stdio.h>

#include "base/utf8.h"
#include "diag/report.h"

enum { LONGEST_MESSAGE = 500 };

static const Str ellipsis = {"\xE2\x80\xA6", 3};

// Format characters that hide or reorder what stands around them.
static bool is_treacherous(uint32_t point) {
  return (point >= 0x80 && point < 0xA0) || point == 0x061C || point == 0x180E ||
         (point >= 0x200B && point <= 0x200F && point != 0x200D) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || (point >= 0xFFF0 && point <= 0xFFFB) ||
         (point >= 0xE0000 && point <= 0xE007F);
}

static Cell escaped(const char *format, uint32_t value, size_t taken) {
  Cell cell = {.taken = (uint8_t)taken};
  cell.len = cell.width = (uint8_t)snprintf(cell.text, sizeof cell.text, format, value);
  return cell;
}

Cell display_cell(Str rest) {
  uint8_t byte = (uint8_t)rest.data[0];
  if (byte == '\n') return (Cell){"\\n", 2, 2, 1};
  if (byte == '\r') return (Cell){"\\r", 2, 2, 1};
  if (byte == '\t') return (Cell){"\\t", 2, 2, 1};
  if (byte < 0x20 || byte == 0x7F) return escaped("\\x%02x", byte, 1);
  uint32_t point;
  size_t taken = utf8_decode(rest, &point);
  bool ill_formed = point == 0xFFFD && !str_starts(rest, STR("\xEF\xBF\xBD"));
  if (ill_formed) return escaped("\\x%02x", byte, 1);
  if (is_treacherous(point)) return escaped("\\u{%x}", point, taken);
  Cell cell = {.len = (uint8_t)taken, .width = (uint8_t)utf8_width(point), .taken = (uint8_t)taken};
  memcpy(cell.text, rest.data, taken);
  return cell;
}

Cell display_source_cell(Str rest, size_t column) {
  if (rest.data[0] != '\t') return display_cell(rest);
  uint8_t width = (uint8_t)(DISPLAY_TAB - column % DISPLAY_TAB);
  Cell cell = {.len = width, .width = width, .taken = 1};
  memset(cell.text, ' ', width);
  return cell;
}

// Bytes of `text` that fit `columns`; a flood of marks without width is too long as well.
static size_t fitting(Str text, size_t columns) {
  size_t at = 0, column = 0;
  while (at < text.len) {
    Cell cell = display_cell(str_skip(text, at));
    column += cell.width;
    if (column > columns || at > columns * 8) break;
    at += cell.taken;
  }
  return at;
}

// The part to show, and whether an ellipsis stands behind it.
static Str cut(Str text, size_t columns, bool *was_cut) {
  *was_cut = columns && fitting(text, columns) < text.len;
  return *was_cut ? str_take(text, fitting(text, columns - 1)) : text;
}

void diag_put_safe(Buf *out, Str text, size_t columns) {
  bool was_cut;
  Str shown = cut(text, columns, &was_cut);
  for (size_t at = 0; at < shown.len;) {
    Cell cell = display_cell(str_skip(shown, at));
    buf_put(out, (Str){cell.text, cell.len});
    at += cell.taken;
  }
  if (was_cut) buf_put(out, ellipsis);
}

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

// The index of the quote that closes the one at `at`, or the length: one that no letter follows.
static size_t closing_quote(Str text, size_t at) {
  for (size_t i = at + 1; i < text.len; i++)
    if (text.data[i] == '\'' && (i + 1 == text.len || !is_word(text.data[i + 1]))) return i;
  return text.len;
}

static bool opens_quote(Str text, size_t at) {
  return text.data[at] == '\'' && (at == 0 || !is_word(text.data[at - 1]));
}

static void cut_quotes(Buf *out, Str text) {
  for (size_t at = 0; at < text.len;) {
    size_t end = at;
    while (end < text.len && !opens_quote(text, end)) end++;
    buf_put(out, str_span(text.data + at, text.data + end));
    if (end == text.len) return;
    size_t close = closing_quote(text, end);
    bool was_cut;
    Str inside = cut(str_span(text.data + end + 1, text.data + close), DISPLAY_COLUMNS, &was_cut);
    buf_char(out, '\'');
    buf_put(out, inside);
    if (was_cut) buf_put(out, ellipsis);
    if (close < text.len) buf_char(out, '\'');
    at = close < text.len ? close + 1 : close;
  }
}

void display_message_raw(Buf *out, Str message) {
  if (message.len <= DISPLAY_COLUMNS) {
    buf_put(out, message);
    return;
  }
  size_t start = out->len;
  cut_quotes(out, message);
  Str made = str_skip(buf_str(out), start);
  bool was_cut;
  Str shown = cut(made, LONGEST_MESSAGE, &was_cut);
  if (!was_cut) return;
  out->len = start + shown.len;
  buf_put(out, ellipsis);
}

void display_message(Buf *out, Str message) {
  if (message.len <= DISPLAY_COLUMNS) {
    diag_put_safe(out, message, 0);
    return;
  }
  Buf plain = {0};
  display_message_raw(&plain, message);
  diag_put_safe(out, buf_str(&plain), 0);
  buf_free(&plain);
}
