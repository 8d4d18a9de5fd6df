/* The escaper: data from pages and manifests in, the inside of a literal, JSX text or comment out. Whatever
 * could end the literal, start a hole or a tag, break a line, or hide from a reader's eye (control
 * characters, line separators, bidirectional controls) comes out as an escape. Ill-formed UTF-8
 * becomes U+FFFD. Surprising: plain runs are looked at and copied in one go (tsx_plain.h). */
#include "base/utf8.h"
#include "emit/tsx.h"
#include "emit/tsx_plain.h"

size_t plain_wide(Str s, bool *plain) {
  uint32_t point;
  size_t length = utf8_decode(s, &point);
  bool replaced = point == 0xFFFD && !(length == 3 && !memcmp(s.data, "\xEF\xBF\xBD", 3));
  *plain = !replaced && !tsx_is_hidden(point);
  return length;
}

static void put_code_point(Buf *out, uint32_t point) {
  if (point == '\n')
    buf_put(out, STR("\\n"));
  else if (point == '\r')
    buf_put(out, STR("\\r"));
  else if (point == '\t')
    buf_put(out, STR("\\t"));
  else if (point > 0xFFFF)
    buf_printf(out, "\\u{%x}", point);
  else
    buf_printf(out, "\\u%04x", point);
}

// Copies plain runs and gives what stops one to the context's rule.
typedef void Rule(Buf *out, uint32_t point, Str rest);

static inline __attribute__((always_inline)) void put_escaped(Buf *out, Str data, TsxPlace place,
                                                              Rule *rule) {
  for (;;) {
    size_t run = plain_copy(buf_reserve(out, data.len), data, place);
    out->len += run;
    data = str_skip(data, run);
    if (!data.len) return;
    uint32_t point;
    size_t length = utf8_decode(data, &point);
    data = str_skip(data, length);
    rule(out, point, data);
  }
}

static void rule_string(Buf *out, uint32_t point, Str rest) {
  (void)rest;
  if (point == '\'' || point == '\\')
    buf_printf(out, "\\%c", (char)point);
  else
    put_code_point(out, point);
}

// Line breaks and tabs stand as they are, a CR is one (as HTML would read it); a '$' at the end may meet a
// '{' of the next stretch.
static void rule_template(Buf *out, uint32_t point, Str rest) {
  if (point == '\r') {
    if (!str_starts(rest, STR("\n"))) buf_char(out, '\n');
    return;
  }
  if (point == '$' && rest.len && rest.data[0] != '{')
    buf_char(out, '$');
  else if (point == '$' || point == '`' || point == '\\')
    buf_printf(out, "\\%c", (char)point);
  else
    put_code_point(out, point);
}

static void put_reader_code(Buf *out, uint32_t point) { buf_printf(out, "U+%04X", point); }

// In a comment nothing can be escaped: "*/" gets a space between, what is hidden is named.
static void rule_comment(Buf *out, uint32_t point, Str rest) {
  if (point == '\n' || point == '\t' || point == '/') {
    buf_char(out, (char)point);
  } else if (point == '*') {
    buf_char(out, '*');
    if (rest.len && rest.data[0] == '/') buf_char(out, ' ');
  } else if (point != '\r') {
    put_reader_code(out, point);
  }
}

static void rule_line(Buf *out, uint32_t point, Str rest) {
  (void)rest;
  if (point == '*' || point == '/')
    buf_char(out, (char)point);
  else if (point < ' ')
    buf_char(out, ' ');
  else
    put_reader_code(out, point);
}

void tsx_put_string(Buf *out, Str data) {
  buf_char(out, '\'');
  put_escaped(out, data, IN_STRING, rule_string);
  buf_char(out, '\'');
}

void tsx_put_template(Buf *out, Str data) { put_escaped(out, data, IN_TEMPLATE, rule_template); }

void tsx_put_comment(Buf *out, Str data) { put_escaped(out, data, IN_COMMENT, rule_comment); }

void tsx_put_line(Buf *out, Str data) { put_escaped(out, data, IN_COMMENT, rule_line); }

static bool is_plain(Str s, TsxPlace place) {
  for (size_t at = 0;;) {
    at += scan_until(scan_best(), &tsx_stops[place], str_skip(s, at));
    if (at == s.len) return true;
    bool plain = (unsigned char)s.data[at] >= 0x80;
    if (plain) at += plain_wide(str_skip(s, at), &plain);
    if (!plain) return false;
  }
}

bool tsx_is_plain_attr(Str s) { return is_plain(s, IN_ATTR); }

bool tsx_is_plain_text(Str s) { return !plain_starts_comment(s) && is_plain(s, IN_TEXT); }

static bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

static bool is_reserved(Str s) {
  static const char *const words[] = {
      "abstract",  "any",      "arguments", "as",         "async",    "await",    "boolean",    "break",
      "case",      "catch",    "class",     "const",      "continue", "debugger", "default",    "delete",
      "do",        "else",     "enum",      "eval",       "export",   "extends",  "false",      "finally",
      "for",       "function", "if",        "implements", "import",   "in",       "instanceof", "interface",
      "let",       "never",    "new",       "null",       "number",   "object",   "package",    "private",
      "protected", "public",   "return",    "static",     "string",   "super",    "switch",     "symbol",
      "this",      "throw",    "true",      "try",        "type",     "typeof",   "undefined",  "unknown",
      "var",       "void",     "while",     "with",       "yield"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_eq(s, str_from(words[i]))) return true;
  return false;
}

bool tsx_is_identifier(Str s) {
  if (!s.len || !is_name_start(s.data[0])) return false;
  for (size_t i = 1; i < s.len; i++)
    if (!is_name_part(s.data[i])) return false;
  return !is_reserved(s);
}

bool tsx_is_attr_name(Str s) {
  if (!s.len || !is_name_start(s.data[0])) return false;
  for (size_t i = 1; i < s.len; i++)
    if (!is_name_part(s.data[i]) && s.data[i] != '-') return false;
  return true;
}
