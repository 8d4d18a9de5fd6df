/* The escapes of templates: a value in, its text for one position out. In: any bytes; ill-formed UTF-8
 * becomes U+FFFD. Out: text that its position's reader takes for exactly that value, or, where the position
 * has no way to say it (a comment, a line of Markdown), for something that differs from it in white space
 * only. Surprising: code shares the escaper of emitted code (tsx.h); only its edges, where a value meets the
 * template's own text, are looked at here. */
#include "base/url.h"
#include "base/utf8.h"
#include "emit/template_position.h"
#include "emit/tsx.h"

typedef void PutPoint(Buf *out, uint32_t point, Str bytes);

static void put_each(Buf *out, Str text, PutPoint *put) {
  while (text.len) {
    uint32_t point;
    size_t length = utf8_decode(text, &point);
    put(out, point, point == 0xFFFD ? STR("\xEF\xBF\xBD") : str_take(text, length));
    text = str_skip(text, length);
  }
}

static bool is_break(uint32_t point) {
  return point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 || point == 0x2029;
}

// What a reader can not see, YAML does not allow, or that turns the direction of text around.
static bool is_hidden(uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         point == 0xFFFE || point == 0xFFFF;
}

/* Lines of text */

static void put_in_line(Buf *out, uint32_t point, Str bytes) {
  if (is_break(point) || point == '\t')
    buf_char(out, ' ');
  else if (is_hidden(point))
    buf_char(out, '?');
  else
    buf_put(out, bytes);
}

/* HTML */

static void put_html(Buf *out, uint32_t point, Str bytes) {
  switch (point) {
    case '&':
      buf_put(out, STR("&amp;"));
      return;
    case '<':
      buf_put(out, STR("&lt;"));
      return;
    case '>':
      buf_put(out, STR("&gt;"));
      return;
    case '"':
      buf_put(out, STR("&quot;"));
      return;
    case '\'':
      buf_put(out, STR("&#39;"));
      return;
    case '\r':
      buf_put(out, STR("&#13;"));
      return;  // as it is, it would be read as a line feed
    case 0:
      buf_put(out, STR("\xEF\xBF\xBD"));
      return;
    default:
      buf_put(out, bytes);
  }
}

// A URL that would run is no URL any more.
static void put_url_guard(Buf *out, Str text) {
  if (url_runs_script(text)) buf_put(out, STR("unsafe:"));
}

// References are not decoded in a comment, but they can not end it either.
static void put_html_comment(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (c == '<' || c == '>' || c == '&')
      put_html(out, (unsigned char)c, STR(""));
    else
      buf_char(out, c);
    bool meets = i + 1 == text.len || text.data[i + 1] == '-' || text.data[i + 1] == '!';
    if (c == '-' && meets) buf_char(out, ' ');
  }
  if (text.len && text.data[text.len - 1] == '!') buf_char(out, ' ');
}

/* TSX */

static void put_attr(Buf *out, uint32_t point, Str bytes) {
  if (point == 0xFFFD || !(is_hidden(point) || strchr("\"'&<>{}", (int)(point < 0x80 ? point : ' '))))
    buf_put(out, bytes);
  else
    buf_printf(out, "&#%u;", point);
}

// Between tags JSX drops line breaks with the white space around them, and white space at a line's end.
static void put_tsx_text(Buf *out, Str text) {
  bool edges = text.len && str_trim(text).len == text.len;
  if (!text.len || (edges && tsx_is_plain_text(text))) {
    buf_put(out, text);
    return;
  }
  buf_char(out, '{');
  tsx_put_string(out, text);
  buf_char(out, '}');
}

// The inside of a string for either sort of quotes.
static void put_string(Buf *out, Str text) {
  while (text.len) {
    ptrdiff_t quote = str_find_char(text, '"');
    Str run = quote < 0 ? text : str_take(text, (size_t)quote);
    size_t from = out->len;
    tsx_put_string(out, run);
    memmove(out->data + from, out->data + from + 1, out->len - from - 2);
    out->len -= 2;
    if (quote >= 0) buf_put(out, STR("\\\""));
    text = str_skip(text, run.len + (quote >= 0));
  }
}

// A value's first and last character may meet the template's own '*' and '/'.
static void put_comment(Buf *out, Str text) {
  tsx_put_comment(out, text);
  if (text.len && text.data[text.len - 1] == '*') buf_char(out, ' ');
}

static bool is_name_char(char c, bool dash) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (dash ? c == '-' : c == '_' || c == '$');
}

static void put_name(Buf *out, Str text, bool part) {
  size_t from = out->len;
  bool digit = text.len && text.data[0] >= '0' && text.data[0] <= '9';
  if (!part && (digit || !text.len)) buf_char(out, '_');
  for (size_t i = 0; i < text.len; i++) buf_char(out, is_name_char(text.data[i], false) ? text.data[i] : '_');
  Str name = str_skip(buf_str(out), from);
  if (!part && !tsx_is_identifier(name)) buf_char(out, '_');  // a reserved word
}

static void put_name_part(Buf *out, Str text) { put_name(out, text, true); }

static void put_name_value(Buf *out, const TemplateValue *value, Str text) {
  if (value->kind == TEMPLATE_TEXT)
    put_name(out, text, false);
  else
    buf_put(out, value->kind == TEMPLATE_NONE ? STR("undefined") : text);
}

/* YAML */

static void put_yaml_double(Buf *out, uint32_t point, Str bytes) {
  if (point == '"' || point == '\\')
    buf_printf(out, "\\%c", (char)point);
  else if (!is_hidden(point))
    buf_put(out, bytes);
  else
    buf_printf(out, point < 0x100 ? "\\x%02x" : "\\u%04x", point);
}

static void put_yaml_single(Buf *out, uint32_t point, Str bytes) {
  if (point == '\'') buf_char(out, '\'');
  put_in_line(out, point, bytes);
}

// Words and numbers that YAML 1.1 or 1.2 read as something else than text are quoted.
static bool is_yaml_plain(Str s) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || strchr("-_?./", c)))) return false;
  }
  static const char *const words[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_eq_nocase(s, str_from(words[i]))) return false;
  return s.len > 0;
}

static void put_quoted(Buf *out, Str text, PutPoint *put) {
  buf_char(out, '"');
  put_each(out, text, put);
  buf_char(out, '"');
}

/* JSON, .fx */

static void put_json(Buf *out, uint32_t point, Str bytes) {
  if (point == '"' || point == '\\')
    buf_printf(out, "\\%c", (char)point);
  else if (point < 0x20 || point == 0x7F || point == 0x2028 || point == 0x2029)
    buf_printf(out, "\\u%04x", point);
  else
    buf_put(out, bytes);
}

static void put_fx(Buf *out, uint32_t point, Str bytes) {
  if (point == '"' || point == '\\')
    buf_printf(out, "\\%c", (char)point);
  else if (point == '\n' || point == '\t')
    buf_put(out, point == '\n' ? STR("\\n") : STR("\\t"));
  else if (is_hidden(point))
    buf_printf(out, "\\u{%x}", point);
  else
    buf_put(out, bytes);
}

static bool is_fx_reserved(Str name) {
  static const char *const words[] = {"in", "and", "or", "not", "true", "false", "null"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_eq(name, str_from(words[i]))) return true;
  return false;
}

// [a-z][a-z0-9]*(-[a-z0-9]+)*, a reserved word between backquotes.
static void put_fx_name(Buf *out, Str text) {
  size_t from = out->len;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    bool starts = out->len == from, dash = !is_name_char(c, false) || c == '_' || c == '$';
    if (starts && c >= '0' && c <= '9') buf_put(out, STR("n"));
    if (!dash)
      buf_char(out, c);
    else if (!starts && out->data[out->len - 1] != '-')
      buf_char(out, '-');
  }
  if (out->len > from && out->data[out->len - 1] == '-') out->len--;
  if (out->len == from) buf_put(out, STR("unnamed"));
  Str name = str_skip(buf_str(out), from);
  if (!is_fx_reserved(name)) return;
  buf_put(out, STR("``"));
  memmove(out->data + from + 1, out->data + from, name.len);
  out->data[from] = '`';
}

/* Markdown */

static void put_markdown(Buf *out, uint32_t point, Str bytes) {
  if (point < 0x80 && point && strchr("\\`*_[]<>|#&~", (int)point)) buf_char(out, '\\');
  put_in_line(out, point, bytes);
}

// Lists, rules, headings underlined, and code by indentation.
static void put_markdown_start(Buf *out, Str text) {
  text = str_trim(text);
  size_t digits = 0;
  while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9') digits++;
  bool listed = digits && digits < text.len && strchr(".)", text.data[digits]);
  if (listed) buf_put(out, str_take(text, digits));
  if (listed || (text.len && strchr("-+=", text.data[0]))) buf_char(out, '\\');
  put_each(out, listed ? str_skip(text, digits) : text, put_markdown);
}

// Nothing is escaped in code; an empty span would be no span.
static void put_code(Buf *out, uint32_t point, Str bytes) {
  if (point == '`')
    buf_char(out, '\'');
  else
    put_in_line(out, point, bytes);
}

static void put_code_span(Buf *out, Str text) { put_each(out, text.len ? text : STR(" "), put_code); }

static void put_target(Buf *out, uint32_t point, Str bytes) {
  if (point <= ' ' || point == 0x7F || (point < 0x80 && strchr("<>()\"'`\\[]*_~|", (int)point)))
    buf_printf(out, "%%%02X", point);
  else
    put_in_line(out, point, bytes);
}

static void put_yaml_scalar(Buf *out, const TemplateValue *value, Str text) {
  if (value->kind != TEMPLATE_TEXT || is_yaml_plain(text))
    buf_put(out, value->kind == TEMPLATE_NONE ? STR("null") : text);
  else
    put_quoted(out, text, put_yaml_double);
}

static void put_json_value(Buf *out, const TemplateValue *value, Str text) {
  if (value->kind == TEMPLATE_TEXT)
    put_quoted(out, text, put_json);
  else
    buf_put(out, value->kind == TEMPLATE_NONE ? STR("null") : text);
}

// How a rule is carried out: the value's text, point by point or as a whole.
typedef struct Escape {
  bool url;                                                       // a URL: no script scheme
  PutPoint *point;                                                // each code point …
  void (*whole)(Buf *out, Str text);                              // … or the text …
  void (*value)(Buf *out, const TemplateValue *value, Str text);  // … or by what the value is
} Escape;

static const Escape escapes[] = {
    [ESCAPE_NONE] = {0},
    [ESCAPE_RAW] = {.whole = buf_put},
    [ESCAPE_LINE] = {.point = put_in_line},
    [ESCAPE_HTML] = {.point = put_html},
    [ESCAPE_HTML_URL] = {.url = true, .point = put_html},
    [ESCAPE_HTML_COMMENT] = {.whole = put_html_comment},
    [ESCAPE_TSX_TEXT] = {.whole = put_tsx_text},
    [ESCAPE_TSX_ATTR] = {.point = put_attr},
    [ESCAPE_TSX_ATTR_URL] = {.url = true, .point = put_attr},
    [ESCAPE_STRING] = {.whole = put_string},
    [ESCAPE_TEMPLATE] = {.whole = tsx_put_template},
    [ESCAPE_BLOCK_COMMENT] = {.whole = put_comment},
    [ESCAPE_LINE_COMMENT] = {.whole = tsx_put_line},
    [ESCAPE_NAME] = {.value = put_name_value},
    [ESCAPE_NAME_PART] = {.whole = put_name_part},
    [ESCAPE_YAML_SCALAR] = {.value = put_yaml_scalar},
    [ESCAPE_YAML_DOUBLE] = {.point = put_yaml_double},
    [ESCAPE_YAML_SINGLE] = {.point = put_yaml_single},
    [ESCAPE_JSON_STRING] = {.point = put_json},
    [ESCAPE_JSON_VALUE] = {.value = put_json_value},
    [ESCAPE_MARKDOWN] = {.point = put_markdown},
    [ESCAPE_MARKDOWN_START] = {.whole = put_markdown_start},
    [ESCAPE_MARKDOWN_CODE] = {.whole = put_code_span},
    [ESCAPE_MARKDOWN_URL] = {.url = true, .point = put_target},
    [ESCAPE_FX_STRING] = {.point = put_fx},
    [ESCAPE_FX_NAME] = {.whole = put_fx_name},
};

void template_escape(TemplateEscape escape, const TemplateValue *value, Buf *out) {
  const Escape *rule = &escapes[escape];
  Str text = value->kind == TEMPLATE_TRUE    ? STR("true")
             : value->kind == TEMPLATE_FALSE ? STR("false")
                                             : value->text;
  if (rule->url) put_url_guard(out, text);
  if (rule->point) put_each(out, text, rule->point);
  if (rule->whole) rule->whole(out, text);
  if (rule->value) rule->value(out, value, text);
}
