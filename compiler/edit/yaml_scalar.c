/* In: a text. Out: a YAML scalar that reads back as that text, by the core schema of YAML 1.2 and by the
 * older rules that other tools still follow (`yes`, `on`): plain, else in the quotes that need fewer escapes.
 */
#include "ast/literal.h"
#include "base/utf8.h"
#include "edit/yaml_node.h"

static bool is_old_word(Str text) {
  static const char *const words[] = {"yes", "no", "on", "off", "="};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_eq_nocase(text, str_from(words[i]))) return true;
  return false;
}

/// Versions and dates look like numbers, times and dates to other tools.
static bool is_old_number(Str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((text.data[i] < '0' || text.data[i] > '9') && !strchr(".:-", text.data[i])) return false;
  return text.len > 0;
}

static bool is_plain(Str text, bool flow) {
  double number;
  if (!text.len || strchr("-?:,[]{}#&*!|>'\"%@` .", text.data[0])) return false;
  if (literal_core(text, &number) != CORE_STRING || str_eq(text, STR("<<"))) return false;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i],
                  after = i + 1 < text.len ? (unsigned char)text.data[i + 1] : ' ';
    if (c < ' ' || c == 0x7F) return false;
    if (c == ':' && (after == ' ' || (flow && strchr(",[]{}", after)))) return false;
    if (c == ' ' && (after == '#' || i + 1 == text.len)) return false;
    if (flow && strchr(",[]{}", c)) return false;
  }
  return true;
}

bool yaml_is_printable(uint32_t c) {
  return c >= ' ' && c != 0x7F && !(c >= 0x80 && c < 0xA0) && c != 0x2028 && c != 0x2029 && c != 0xFEFF &&
         !(c >= 0x200B && c <= 0x200F) && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2060 && c <= 0x206F) &&
         (c & 0xFFFE) != 0xFFFE;
}

static void put_escape(Buf *out, uint32_t c) {
  static const char letters[] = "0......abtnvfr.............e";
  if (c < sizeof letters - 1 && letters[c] != '.')
    buf_printf(out, "\\%c", letters[c]);
  else
    buf_printf(out, c < 0x100 ? "\\x%02X" : c < 0x10000 ? "\\u%04X" : "\\U%08X", c);
}

void yaml_put_quoted(Buf *out, Str text) {
  buf_char(out, '"');
  for (size_t i = 0; i < text.len;) {
    uint32_t c;
    size_t length = utf8_decode(str_skip(text, i), &c);
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", (char)c);
    else if (yaml_is_printable(c))
      buf_put(out, str_take(str_skip(text, i), length));
    else
      put_escape(out, c);
    i += length;
  }
  buf_char(out, '"');
}

/// Text with quotes or backslashes, such as a regular expression, reads better in '…'.
static bool suits_single(Str text) {
  bool any = false;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c < ' ' || c >= 0x7F || c == '\'') return false;
    any |= c == '"' || c == '\\';
  }
  return any;
}

/// Letters of other scripts stand plain; what cannot be seen is escaped.
static bool is_visible(Str text) {
  for (size_t i = 0; i < text.len;) {
    uint32_t c;
    i += utf8_decode(str_skip(text, i), &c);
    if (c >= 0x80 && !yaml_is_printable(c)) return false;
  }
  return true;
}

void yaml_put_text(Buf *out, Str text, bool flow) {
  if (is_plain(text, flow) && is_visible(text) && !is_old_word(text) && !is_old_number(text))
    buf_put(out, text);
  else if (suits_single(text))
    buf_printf(out, "'%.*s'", STR_ARG(text));
  else
    yaml_put_quoted(out, text);
}

void yaml_put_key(Buf *out, Str text, bool flow) {
  if (is_plain(text, flow) && is_visible(text))
    buf_put(out, text);
  else
    yaml_put_text(out, text, flow);
}
