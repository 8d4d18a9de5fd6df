/* The escaper: data from pages and manifests in, the inside of a literal, JSX text or comment out. Whatever
 * could end the literal, start a hole or a tag, break a line, or hide from a reader's eye (control
 * characters, line separators, bidirectional controls) comes out as an escape. Ill-formed UTF-8
 * becomes U+FFFD. Surprising: one table of byte classes serves all contexts, as plain runs are copied whole.
 */
#include "base/utf8.h"
#include "emit/tsx.h"

enum {
  NOT_STRING = 1 << 0,    // in "…" and '…'
  NOT_TEMPLATE = 1 << 1,  // in `…`
  NOT_TEXT = 1 << 2,      // in JSX text
  NOT_ATTR = 1 << 3,      // in a JSX attribute's "…"
  NOT_COMMENT = 1 << 4,   // in comments
  WIDE = 1 << 5,          // the first byte of a code point beyond ASCII
};
enum { ALL = NOT_STRING | NOT_TEMPLATE | NOT_TEXT | NOT_ATTR | NOT_COMMENT };

static const uint8_t classes[256] = {
    [0 ... 8] = ALL,
    ['\t'] = NOT_STRING | NOT_TEXT | NOT_ATTR | NOT_COMMENT,
    [11 ... 31] = ALL,
    [127] = ALL,
    ['"'] = NOT_ATTR,
    ['\n'] = NOT_STRING | NOT_TEXT | NOT_ATTR | NOT_COMMENT,
    ['\''] = NOT_STRING,
    ['\\'] = NOT_STRING | NOT_TEMPLATE,
    ['`'] = NOT_TEMPLATE,
    ['$'] = NOT_TEMPLATE,
    ['{'] = NOT_TEXT,
    ['}'] = NOT_TEXT,
    ['<'] = NOT_TEXT,
    ['>'] = NOT_TEXT,
    ['&'] = NOT_TEXT | NOT_ATTR,
    ['*'] = NOT_COMMENT,
    ['/'] = NOT_COMMENT,
    [128 ... 255] = WIDE,
};

bool tsx_is_hidden(uint32_t point) {
  return (point >= 0x80 && point <= 0x9F) || point == 0xAD || point == 0x61C || point == 0x180E ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFB) ||
         (point >= 0xE0000 && point <= 0xE007F);
}

// Most text beyond ASCII is letters: the few lead bytes that can start something hidden are looked at
// closely.
static size_t wide_run(Str s, bool *plain) {
  uint32_t point;
  size_t length = utf8_decode(s, &point);
  bool replaced = point == 0xFFFD && !(length == 3 && !memcmp(s.data, "\xEF\xBF\xBD", 3));
  *plain = !replaced && !tsx_is_hidden(point);
  return length;
}

// Without branches, so that text costs a load and an "or" a byte.
static inline uint8_t classes_of_eight(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  return classes[p[0]] | classes[p[1]] | classes[p[2]] | classes[p[3]] | classes[p[4]] | classes[p[5]] |
         classes[p[6]] | classes[p[7]];
}

// The length of the front of `s` in which no byte has one of the classes and nothing is hidden.
static size_t plain_run(Str s, uint8_t mask) {
  size_t i = 0;
  for (;;) {
    for (; i + 8 <= s.len && !(classes_of_eight(s.data + i) & (mask | WIDE)); i += 8) continue;
    while (i < s.len && !(classes[(unsigned char)s.data[i]] & (mask | WIDE))) i++;
    if (i == s.len || !(classes[(unsigned char)s.data[i]] & WIDE)) return i;
    bool plain;
    size_t length = wide_run(str_skip(s, i), &plain);
    if (!plain) return i;
    i += length;
  }
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

static void put_escaped(Buf *out, Str data, uint8_t mask, Rule *rule) {
  for (;;) {
    size_t run = plain_run(data, mask);
    buf_put(out, str_take(data, run));
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
  put_escaped(out, data, NOT_STRING, rule_string);
  buf_char(out, '\'');
}

void tsx_put_template(Buf *out, Str data) { put_escaped(out, data, NOT_TEMPLATE, rule_template); }

void tsx_put_comment(Buf *out, Str data) { put_escaped(out, data, NOT_COMMENT, rule_comment); }

void tsx_put_line(Buf *out, Str data) { put_escaped(out, data, NOT_COMMENT, rule_line); }

bool tsx_is_plain_attr(Str s) { return plain_run(s, NOT_ATTR) == s.len; }

// TypeScript's own emitter takes what looks like a comment at the start of a text for one (5.9).
static bool starts_like_comment(Str s) {
  while (s.len && s.data[0] == ' ') s = str_skip(s, 1);
  return s.len > 1 && s.data[0] == '/' && (s.data[1] == '*' || s.data[1] == '/');
}

bool tsx_is_plain_text(Str s) { return plain_run(s, NOT_TEXT) == s.len && !starts_like_comment(s); }

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
