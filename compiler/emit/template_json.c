/* JSON and .fx as far as positions ask; both have strings in double quotes and little else. In: literal text.
 * Out: what a value inserted behind it is part of. Surprising: a value that stands bare in JSON brings its
 * own quotes when it is a text; in .fx, where names stand bare, it becomes a name. */
#include "emit/template_position.h"

typedef enum DataMode {
  IN_CODE,
  IN_STRING,
  IN_RAW_STRING,  // """…"""
  IN_LINE,
  IN_BLOCK,
  IN_PATTERN,
} DataMode;

static size_t string(Position *at, char c) {
  if (at->escaped)
    at->escaped = false;
  else if (c == '\\')
    at->escaped = true;
  else if (c == '"')
    at->mode = IN_CODE;
  return 1;
}

size_t position_json(Position *at, Str rest) {
  char c = rest.data[0];
  if (at->mode == IN_STRING) return string(at, c);
  at->in_name = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  if (c == '"') at->mode = IN_STRING;
  return 1;
}

TemplateEscape position_json_escape(const Position *at, const char **why, const char **help) {
  *why = at->escaped ? "behind a backslash" : "in the middle of a value";
  *help = "put double quotes around the whole value";
  if (at->mode == IN_STRING) return at->escaped ? ESCAPE_NONE : ESCAPE_JSON_STRING;
  return at->in_name ? ESCAPE_NONE : ESCAPE_JSON_VALUE;
}

static bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static size_t fx_code(Position *at, Str rest) {
  char c = rest.data[0];
  bool behind_name = at->in_name;
  at->in_name = is_name_char(c);
  at->run = 0;
  if (str_starts(rest, STR("\"\"\""))) {
    at->mode = IN_RAW_STRING;
    return 3;
  }
  if (str_starts(rest, STR("//")) || str_starts(rest, STR("/*"))) {
    at->mode = rest.data[1] == '/' ? IN_LINE : IN_BLOCK;
    return 2;
  }
  if (c == '"') at->mode = IN_STRING;
  if (c == '/' && !behind_name) at->mode = IN_PATTERN;  // behind a number it is a rate: 50/s
  at->escaped = false;
  return 1;
}

static size_t fx_block(Position *at, char c) {
  if (at->run && c == '/') at->mode = IN_CODE;
  at->run = c == '*';
  return 1;
}

static size_t fx_raw(Position *at, Str rest) {
  if (!str_starts(rest, STR("\"\"\""))) return 1;
  at->mode = IN_CODE;
  return 3;
}

static size_t fx_pattern(Position *at, char c) {
  if (!at->escaped && c == '/') at->mode = IN_CODE;
  at->escaped = !at->escaped && c == '\\';
  return 1;
}

size_t position_fx(Position *at, Str rest) {
  char c = rest.data[0];
  switch ((DataMode)at->mode) {
    case IN_STRING:
      return string(at, c);
    case IN_RAW_STRING:
      return fx_raw(at, rest);
    case IN_LINE:
      if (c == '\n') at->mode = IN_CODE;
      return 1;
    case IN_BLOCK:
      return fx_block(at, c);
    case IN_PATTERN:
      return fx_pattern(at, c);
    default:
      return fx_code(at, rest);
  }
}

TemplateEscape position_fx_escape(const Position *at, const char **why, const char **help) {
  switch ((DataMode)at->mode) {
    case IN_STRING:
      *why = "behind a backslash";
      return at->escaped ? ESCAPE_NONE : ESCAPE_FX_STRING;
    case IN_RAW_STRING:
      *why = "in a raw string";
      return ESCAPE_NONE;
    case IN_LINE:
      return ESCAPE_LINE_COMMENT;
    case IN_BLOCK:
      *why = "where the comment may end";
      *help = "put a space between '*' and the tag";
      return at->run ? ESCAPE_NONE : ESCAPE_BLOCK_COMMENT;
    case IN_PATTERN:
      *why = "in a regular expression";
      return ESCAPE_NONE;
    default:
      *why = "in the middle of a name";
      return at->in_name ? ESCAPE_NONE : ESCAPE_FX_NAME;
  }
}
