/* Markdown as far as positions ask: text, code spans and fences, comments, tags, targets of links. In:
 * literal text. Out: what a value inserted behind it is part of. Surprising: where a line starts, what is
 * only text elsewhere would start a block, so the start of a line has an escape of its own. */
#include "emit/template_position.h"

typedef enum MarkdownMode {
  IN_TEXT,
  IN_CODE,   // quotes: how many backquotes end it
  IN_FENCE,  // quotes: the character of the fence
  IN_COMMENT,
  IN_TAG,
  IN_TARGET,  // behind ](
  IN_ANGLE,   // behind ](<
} MarkdownMode;

static size_t run_of(Str rest, char c) {
  size_t n = 0;
  while (n < rest.len && rest.data[n] == c) n++;
  return n;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static size_t line_break(Position *at, Str rest) {
  bool empty_line = at->start || (rest.len > 1 && rest.data[1] == '\n');
  if (at->mode == IN_CODE && empty_line) at->mode = IN_TEXT;  // a code span ends with its paragraph
  if (at->mode == IN_TARGET) at->mode = IN_TEXT;
  if (at->mode == IN_TEXT) at->quotes = 0;
  at->start = true;
  at->escaped = false;
  return 1;
}

static size_t fence(Position *at, Str rest) {
  char c = at->mode == IN_FENCE ? (char)at->quotes : rest.data[0];
  size_t n = run_of(rest, c);
  at->start = false;
  if (n < 3) return n ? n : 1;
  at->quotes = at->mode == IN_FENCE ? 0 : (uint8_t)c;
  at->mode = at->mode == IN_FENCE ? IN_TEXT : IN_FENCE;
  return n;
}

static size_t backquotes(Position *at, Str rest) {
  size_t n = run_of(rest, '`');
  if (at->mode == IN_TEXT)
    at->mode = IN_CODE, at->quotes = (uint8_t)n;
  else if (n == at->quotes)
    at->mode = IN_TEXT, at->quotes = 0;
  return n;
}

static size_t opening(Position *at, Str rest) {
  if (str_starts(rest, STR("<!--"))) {
    at->mode = IN_COMMENT;
    at->run = 0;
    return 4;
  }
  if (rest.len == 1 || is_letter(rest.data[1]) || strchr("/!?", rest.data[1])) at->mode = IN_TAG;
  return 1;
}

static size_t text(Position *at, Str rest) {
  char c = rest.data[0];
  if (at->start && c == ' ') return 1;
  if (at->start && run_of(rest, c) > 2 && (c == '`' || c == '~')) return fence(at, rest);
  at->start = false;
  if (at->escaped) {
    at->escaped = false;
    return 1;
  }
  at->escaped = c == '\\';
  if (c == '`') return backquotes(at, rest);
  if (c == '<') return opening(at, rest);
  if (!str_starts(rest, STR("]("))) return 1;
  bool angle = rest.len > 2 && rest.data[2] == '<';
  at->mode = angle ? IN_ANGLE : IN_TARGET;
  return angle ? 3 : 2;
}

static size_t comment(Position *at, Str rest) {
  at->run = rest.data[0] == '-';
  if (!str_starts(rest, STR("-->"))) return 1;
  at->mode = IN_TEXT;
  at->run = 0;
  return 3;
}

size_t position_markdown(Position *at, Str rest) {
  char c = rest.data[0];
  if (c == '\n') return line_break(at, rest);
  switch ((MarkdownMode)at->mode) {
    case IN_TEXT:
      return text(at, rest);
    case IN_CODE:
      at->start = false;
      return c == '`' ? backquotes(at, rest) : 1;
    case IN_FENCE:
      if (at->start && c == ' ') return 1;
      if (at->start) return fence(at, rest);
      return 1;
    case IN_COMMENT:
      return comment(at, rest);
    case IN_TAG:
      if (c == '>') at->mode = IN_TEXT;
      return 1;
    case IN_TARGET:
      if (c == ')' || c == ' ') at->mode = IN_TEXT;
      return 1;
    case IN_ANGLE:
      if (c == '>') at->mode = IN_TEXT;
      return 1;
  }
  return 1;
}

TemplateEscape position_markdown_escape(const Position *at, const char **why, const char **help) {
  switch ((MarkdownMode)at->mode) {
    case IN_TEXT:
      *why = "behind a backslash";
      if (at->escaped) return ESCAPE_NONE;
      return at->start ? ESCAPE_MARKDOWN_START : ESCAPE_MARKDOWN;
    case IN_CODE:
    case IN_FENCE:
      return ESCAPE_MARKDOWN_CODE;
    case IN_COMMENT:
      *why = "where the comment may end";
      *help = "put a space between '-' and the tag";
      return at->run ? ESCAPE_NONE : ESCAPE_HTML_COMMENT;
    case IN_TAG:
      *why = "in a tag of HTML";
      return ESCAPE_NONE;
    case IN_TARGET:
    case IN_ANGLE:
      return ESCAPE_MARKDOWN_URL;
  }
  return ESCAPE_NONE;
}
