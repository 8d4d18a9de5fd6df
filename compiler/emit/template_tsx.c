/* TypeScript and TSX as far as positions ask: strings, template strings with their holes, comments, patterns,
 * elements. In: literal text. Out: what a value inserted behind it is part of. Surprising: whether '<' starts
 * an element and '/' a pattern depends on whether an operand is expected, which the last token tells; a word
 * in front of an insertion is never a keyword. */
#include "emit/template_position.h"
#include "emit/tsx.h"

typedef enum TsxMode {
  IN_CODE,
  IN_NUMBER,
  IN_LINE,
  IN_BLOCK,
  IN_SINGLE,
  IN_DOUBLE,
  IN_TEMPLATE,
  IN_PATTERN,
  IN_CLASS,  // […] of a pattern
  IN_TAG_NAME,
  IN_TAG,
  IN_VALUE,  // behind an attribute's '='
  IN_ATTR_SINGLE,
  IN_ATTR_DOUBLE,
  IN_TEXT,
  IN_CLOSING,
} TsxMode;

// What a closing brace or tag leads back to.
typedef enum TsxFrame { FRAME_BRACE, FRAME_HOLE, FRAME_TEXT_HOLE, FRAME_TAG_HOLE, FRAME_ELEMENT } TsxFrame;

static bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         (unsigned char)c >= 0x80;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static char second(Str rest) { return rest.len > 1 ? rest.data[1] : 0; }

static void push(Position *at, TsxFrame frame, TsxMode mode) {
  if (at->depth == POSITION_DEPTH) {
    at->lost = true;
    return;
  }
  at->frames[at->depth++] = (uint8_t)frame;
  at->mode = (uint8_t)mode;
  at->operand = true;
  at->run = 0;
}

static void pop(Position *at) {
  static const TsxMode modes[] = {[FRAME_BRACE] = IN_CODE,
                                  [FRAME_HOLE] = IN_TEMPLATE,
                                  [FRAME_TEXT_HOLE] = IN_TEXT,
                                  [FRAME_TAG_HOLE] = IN_TAG};
  TsxFrame frame = at->depth ? (TsxFrame)at->frames[--at->depth] : FRAME_BRACE;
  bool in_element = frame == FRAME_ELEMENT && at->depth && at->frames[at->depth - 1] == FRAME_ELEMENT;
  if (frame == FRAME_ELEMENT)
    at->mode = in_element ? IN_TEXT : IN_CODE;
  else
    at->mode = (uint8_t)modes[frame];
  at->operand = frame == FRAME_BRACE;
  at->run = 0;
}

/* Code */

// Words that an expression follows.
static bool is_operator_word(Str word) {
  static const char *const words[] = {"return", "typeof", "case",  "in",      "of",
                                      "new",    "delete", "void",  "throw",   "do",
                                      "else",   "await",  "yield", "default", NULL};
  for (const char *const *at = words; *at; at++)
    if (str_eq(word, str_from(*at))) return true;
  return false;
}

static size_t word(Position *at, Str rest) {
  size_t n = 0;
  while (n < rest.len && is_name_char(rest.data[n])) n++;
  at->operand = !at->in_name && n < rest.len && is_operator_word(str_take(rest, n));
  at->in_name = true;
  return n;
}

static size_t number(Position *at, Str rest) {
  size_t n = 0;
  while (n < rest.len && (is_name_char(rest.data[n]) || rest.data[n] == '.')) n++;
  at->mode = n == rest.len ? IN_NUMBER : IN_CODE;
  at->operand = false;
  return n ? n : position_tsx(at, rest);
}

// `<T,>(x: T) => …` and `<T extends U>` are type parameters.
static bool is_type_parameters(Str rest) {
  size_t n = 1;
  while (n < rest.len && is_name_char(rest.data[n])) n++;
  rest = str_skip(rest, n);
  return str_starts(rest, STR(",")) || str_starts(rest, STR(" extends "));
}

static size_t angle(Position *at, Str rest) {
  char next = second(rest);
  bool tag = next == 0 || next == '>' || (is_name_char(next) && !is_digit(next));
  if (at->language == TEMPLATE_TSX && at->operand && tag && !is_type_parameters(rest)) {
    push(at, FRAME_ELEMENT, next == '>' ? IN_TEXT : IN_TAG_NAME);
    return next == '>' ? 2 : 1;
  }
  at->operand = true;
  return 1;
}

static size_t slash(Position *at, Str rest) {
  char next = second(rest);
  at->run = 0;
  if (next == '/' || next == '*') {
    at->mode = next == '/' ? IN_LINE : IN_BLOCK;
    return 2;
  }
  if (at->operand) at->mode = IN_PATTERN;
  at->operand = true;
  return 1;
}

static size_t quote(Position *at, TsxMode mode) {
  at->mode = (uint8_t)mode;
  at->escaped = false;
  at->run = 0;
  return 1;
}

static size_t code(Position *at, Str rest) {
  char c = rest.data[0];
  if (is_name_char(c) && (at->in_name || !is_digit(c))) return word(at, rest);
  at->in_name = false;
  if (is_digit(c)) return number(at, rest);
  switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
      return 1;
    case '\'':
      return quote(at, IN_SINGLE);
    case '"':
      return quote(at, IN_DOUBLE);
    case '`':
      return quote(at, IN_TEMPLATE);
    case '/':
      return slash(at, rest);
    case '<':
      return angle(at, rest);
    case '{':
      push(at, FRAME_BRACE, IN_CODE);
      return 1;
    case '}':
      pop(at);
      return 1;
    default:
      at->operand = c != ')' && c != ']';
      return 1;
  }
}

/* Literals and comments */

static size_t close_literal(Position *at, char c, char end) {
  if (at->escaped)
    at->escaped = false;
  else if (c == '\\')
    at->escaped = true;
  else if (c == end) {
    at->mode = IN_CODE;
    at->operand = false;
  }
  return 1;
}

static size_t template_string(Position *at, Str rest) {
  char c = rest.data[0];
  bool dollar = at->run && !at->escaped;
  at->run = 0;
  if (dollar && c == '{') {
    push(at, FRAME_HOLE, IN_CODE);
    return 1;
  }
  if (!at->escaped && c == '$') at->run = 1;
  return close_literal(at, c, '`');
}

static size_t block_comment(Position *at, char c) {
  if (at->run && c == '/') at->mode = IN_CODE;
  at->run = c == '*';
  return 1;
}

static size_t pattern(Position *at, char c) {
  if (!at->escaped && at->mode == IN_PATTERN && c == '[')
    at->mode = IN_CLASS;
  else if (!at->escaped && at->mode == IN_CLASS && c == ']')
    at->mode = IN_PATTERN;
  else
    return close_literal(at, c, at->mode == IN_PATTERN ? '/' : 0);
  return 1;
}

/* Elements */

static size_t tag_name(Position *at, char c) {
  if (!is_name_char(c) && c != '.' && c != '-' && c != ':') {
    at->mode = IN_TAG;
    return 0;
  }
  return 1;
}

static size_t attr_name(Position *at, Str rest) {
  size_t n = 0;
  while (n < rest.len && (is_name_char(rest.data[n]) || rest.data[n] == '-' || rest.data[n] == ':')) n++;
  at->url = position_is_url_attr(str_take(rest, n));
  at->refused = position_is_refused_attr(str_take(rest, n));
  return n ? n : 1;
}

static size_t tag(Position *at, Str rest) {
  char c = rest.data[0];
  bool ends = c == '/' && second(rest) == '>';
  if (ends || c == '>') at->url = at->refused = false;
  if (ends) {
    pop(at);
    return 2;
  }
  if (c == '>') at->mode = IN_TEXT;
  if (c == '=') at->mode = IN_VALUE;
  if (c == '{') push(at, FRAME_TAG_HOLE, IN_CODE);
  return is_name_char(c) ? attr_name(at, rest) : 1;
}

static size_t attr_value(Position *at, char c) {
  at->start = true;
  if (c == '{') {
    at->url = at->refused = false;
    push(at, FRAME_TAG_HOLE, IN_CODE);
  } else if (!is_space(c)) {
    at->mode = c == '"' ? IN_ATTR_DOUBLE : c == '\'' ? IN_ATTR_SINGLE : IN_TAG;
  }
  return 1;
}

static size_t attr_text(Position *at, char c) {
  if (c == (at->mode == IN_ATTR_DOUBLE ? '"' : '\'')) {
    at->mode = IN_TAG;
    at->url = at->refused = false;
  }
  at->start = at->start && is_space(c);
  return 1;
}

static size_t element_text(Position *at, Str rest) {
  char c = rest.data[0], next = second(rest);
  if (c == '{') {
    push(at, FRAME_TEXT_HOLE, IN_CODE);
  } else if (c == '<' && next == '/') {
    at->mode = IN_CLOSING;
  } else if (c == '<') {
    push(at, FRAME_ELEMENT, next == '>' ? IN_TEXT : IN_TAG_NAME);
    return next == '>' ? 2 : 1;
  }
  return 1;
}

size_t position_tsx(Position *at, Str rest) {
  char c = rest.data[0];
  switch ((TsxMode)at->mode) {
    case IN_CODE:
      return code(at, rest);
    case IN_NUMBER:
      return number(at, rest);
    case IN_LINE:
      if (c == '\n') at->mode = IN_CODE;
      return 1;
    case IN_BLOCK:
      return block_comment(at, c);
    case IN_SINGLE:
      return close_literal(at, c, '\'');
    case IN_DOUBLE:
      return close_literal(at, c, '"');
    case IN_TEMPLATE:
      return template_string(at, rest);
    case IN_PATTERN:
    case IN_CLASS:
      return pattern(at, c);
    case IN_TAG_NAME:
      return tag_name(at, c);
    case IN_TAG:
      return tag(at, rest);
    case IN_VALUE:
      return attr_value(at, c);
    case IN_ATTR_SINGLE:
    case IN_ATTR_DOUBLE:
      return attr_text(at, c);
    case IN_TEXT:
      return element_text(at, rest);
    case IN_CLOSING:
      if (c == '>') pop(at);
      return 1;
  }
  return 1;
}

void position_tsx_insert(Position *at) {
  at->run = 0;
  at->in_name = at->mode == IN_CODE;
  if (at->mode == IN_CODE) at->operand = false;
}

bool position_tsx_number(const Position *at) {
  return (at->language == TEMPLATE_TSX || at->language == TEMPLATE_TS) && at->mode == IN_NUMBER;
}

static TemplateEscape attr_escape(const Position *at, const char **why) {
  *why = "in an attribute that a browser takes apart or runs";
  if (at->refused) return ESCAPE_NONE;
  return at->url && at->start ? ESCAPE_TSX_ATTR_URL : ESCAPE_TSX_ATTR;
}

static TemplateEscape unless(bool refused, TemplateEscape escape) { return refused ? ESCAPE_NONE : escape; }

TemplateEscape position_tsx_escape(const Position *at, const char **why, const char **help) {
  *why = at->escaped ? "behind a backslash" : at->run ? "behind '$', which a brace would make a hole" : "";
  switch ((TsxMode)at->mode) {
    case IN_CODE:
      return at->in_name ? ESCAPE_NAME_PART : ESCAPE_NAME;
    case IN_LINE:
      return ESCAPE_LINE_COMMENT;
    case IN_BLOCK:
      *why = "behind '*', where the comment may end";
      *help = "put a space between '*' and the tag";
      return unless(at->run > 0, ESCAPE_BLOCK_COMMENT);
    case IN_SINGLE:
    case IN_DOUBLE:
      return unless(at->escaped, ESCAPE_STRING);
    case IN_TEMPLATE:
      return unless(at->escaped || at->run, ESCAPE_TEMPLATE);
    case IN_ATTR_SINGLE:
    case IN_ATTR_DOUBLE:
      return attr_escape(at, why);
    case IN_TEXT:
      return ESCAPE_TSX_TEXT;
    case IN_NUMBER:
      *why = "in a number";
      return ESCAPE_NONE;
    case IN_PATTERN:
    case IN_CLASS:
      *why = "in a regular expression";
      return ESCAPE_NONE;
    case IN_TAG_NAME:
    case IN_CLOSING:
      *why = "in the name of a tag";
      return ESCAPE_NONE;
    case IN_TAG:
      *why = "in a tag, beside its attributes";
      return ESCAPE_NONE;
    case IN_VALUE:
      *why = "in an attribute's value without quotes";
      *help = "put quotes around it";
      return ESCAPE_NONE;
  }
  return ESCAPE_NONE;
}
