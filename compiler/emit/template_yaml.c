/* YAML as far as positions ask: where a scalar may start, plain and quoted scalars, flow collections,
 * comments, block scalars. In: literal text. Out: what a value inserted behind it is part of. Surprising: an
 * inserted value is a whole scalar, quoted when it has to be, so nothing but the end of a scalar may follow
 * it; text that does is what makes position_text() answer false. */
#include "emit/template_position.h"

typedef enum YamlMode {
  IN_START,  // a scalar may start
  IN_PLAIN,
  IN_AFTER,  // a scalar has ended
  IN_DOUBLE,
  IN_SINGLE,
  IN_COMMENT,
  IN_BLOCK_HEADER,  // behind | or >
  IN_BLOCK,
} YamlMode;

static bool is_break(char c) { return c == '\n' || c == '\r'; }
static bool is_space(char c) { return c == ' ' || c == '\t' || is_break(c); }
static char second(Str rest) { return rest.len > 1 ? rest.data[1] : ' '; }

// The first thing of its line says how far in the line's node stands.
static void begins(Position *at, YamlMode mode) {
  if (at->start) at->indent = at->column;
  at->start = false;
  at->mode = (uint8_t)mode;
  at->escaped = at->in_name = false;
}

static bool ends_key(const Position *at, Str rest) {
  return rest.data[0] == ':' && (is_space(second(rest)) || (at->depth && strchr(",[]{}", second(rest))));
}

// What leads from one scalar to the next; false for anything else.
static bool separator(Position *at, Str rest) {
  char c = rest.data[0];
  if (ends_key(at, rest) || (at->depth && c == ','))
    at->mode = IN_START;
  else if (at->depth && (c == ']' || c == '}'))
    at->depth--, at->mode = IN_AFTER;
  else
    return false;
  at->in_name = false;
  return true;
}

static void opens(Position *at) {
  if (at->depth < POSITION_DEPTH)
    at->depth++;
  else
    at->lost = true;
}

static size_t start(Position *at, Str rest) {
  char c = rest.data[0];
  if (c == ' ' || c == '\t') return 1;
  if ((c == '-' || c == '?') && is_space(second(rest))) {
    if (at->start) at->indent = at->column;
    return 1;
  }
  if (c == '-' && at->column == 0 && str_starts(rest, STR("---"))) return 3;
  if (separator(at, rest)) return 1;
  switch (c) {
    case '#':
    case '%':
      at->mode = IN_COMMENT;
      return 1;
    case '"':
      begins(at, IN_DOUBLE);
      return 1;
    case '\'':
      begins(at, IN_SINGLE);
      return 1;
    case '[':
    case '{':
      begins(at, IN_START);
      opens(at);
      return 1;
    case '&':
    case '!':
    case '*': {
      size_t n = 1;
      while (n < rest.len && !is_space(rest.data[n])) n++;
      return n;
    }
    case '|':
    case '>':
      if (!at->depth) {
        at->mode = IN_BLOCK_HEADER;
        return 1;
      }
  }
  begins(at, IN_PLAIN);
  return 1;
}

static size_t plain(Position *at, Str rest) {
  if (is_space(rest.data[0]) && second(rest) == '#') at->mode = IN_COMMENT;
  separator(at, rest);
  return 1;
}

static size_t after(Position *at, Str rest) {
  char c = rest.data[0];
  if (c == ' ' || c == '\t') {
    if (second(rest) == '#') at->mode = IN_COMMENT;
  } else if (!separator(at, rest)) {
    at->torn |= at->in_name;
    at->mode = IN_PLAIN;
  }
  return 1;
}

static size_t double_quoted(Position *at, char c) {
  if (at->escaped)
    at->escaped = false;
  else if (c == '\\')
    at->escaped = true;
  else if (c == '"')
    at->mode = IN_AFTER;
  return 1;
}

static size_t single_quoted(Position *at, Str rest) {
  if (rest.data[0] != '\'') return 1;
  if (str_starts(rest, STR("''"))) return 2;
  at->mode = IN_AFTER;
  return 1;
}

// A line that stands no deeper than the node ends its block scalar; an empty one does not.
static size_t block_line(Position *at, Str rest) {
  size_t n = 0;
  while (n < rest.len && rest.data[n] == ' ') n++;
  if (n < rest.len && is_break(rest.data[n])) return n ? n : 1;
  if (at->column + n <= at->indent) at->mode = IN_START;
  at->start = at->mode == IN_START;
  return n;
}

static size_t line_break(Position *at) {
  bool quoted = at->mode == IN_DOUBLE || at->mode == IN_SINGLE;
  if (at->mode == IN_BLOCK_HEADER) at->mode = IN_BLOCK;
  if (!quoted && at->mode != IN_BLOCK) at->mode = IN_START;
  at->column = at->base;
  at->start = !quoted;
  at->in_name = at->escaped = false;
  return 1;
}

static size_t step(Position *at, Str rest) {
  switch ((YamlMode)at->mode) {
    case IN_START:
      return start(at, rest);
    case IN_PLAIN:
      return plain(at, rest);
    case IN_AFTER:
      return after(at, rest);
    case IN_DOUBLE:
      return double_quoted(at, rest.data[0]);
    case IN_SINGLE:
      return single_quoted(at, rest);
    case IN_COMMENT:
    case IN_BLOCK_HEADER:
      return 1;
    case IN_BLOCK:
      return at->start ? block_line(at, rest) : 1;
  }
  return 1;
}

size_t position_yaml(Position *at, Str rest) {
  if (rest.data[0] == '\n') return line_break(at);
  size_t n = step(at, rest);
  at->column = (uint16_t)(at->column + n < UINT16_MAX ? at->column + n : UINT16_MAX);
  return n;
}

void position_yaml_insert(Position *at) {
  if (at->mode != IN_START) return;
  begins(at, IN_AFTER);
  at->in_name = true;
}

bool position_yaml_between(const Position *at) {
  return at->mode == IN_START || at->mode == IN_PLAIN || at->mode == IN_AFTER;
}

bool position_yaml_plain(const Position *at) { return at->mode == IN_PLAIN; }

void position_yaml_set_after(Position *at) {
  at->mode = IN_AFTER;
  at->in_name = false;
}

TemplateEscape position_yaml_escape(const Position *at, const char **why, const char **help) {
  *help = "put double quotes around the whole scalar";
  switch ((YamlMode)at->mode) {
    case IN_START:
      return ESCAPE_YAML_SCALAR;
    case IN_DOUBLE:
      *why = "behind a backslash";
      return at->escaped ? ESCAPE_NONE : ESCAPE_YAML_DOUBLE;
    case IN_SINGLE:
      return ESCAPE_YAML_SINGLE;
    case IN_COMMENT:
    case IN_BLOCK:
      return ESCAPE_LINE;
    case IN_PLAIN:
      *why = "in the middle of a scalar without quotes";
      return ESCAPE_NONE;
    case IN_AFTER:
      *why = "directly behind a scalar";
      return ESCAPE_NONE;
    case IN_BLOCK_HEADER:
      *why = "in the header of a block scalar";
      return ESCAPE_NONE;
  }
  return ESCAPE_NONE;
}
