/* HTML as far as positions ask: text, tags, quoted attributes, comments, and elements whose text is no
 * markup. In: literal text. Out: what a value inserted behind it is part of. Surprising: attributes that are
 * scripts or style sheets, and the texts of script and style, take no value at all: what is one value in HTML
 * may be several in the language inside. */
#include "emit/template_position.h"

typedef enum HtmlMode {
  IN_TEXT,
  IN_OPEN,  // behind '<'
  IN_TAG_NAME,
  IN_TAG,
  IN_ATTR_NAME,
  IN_VALUE,  // behind '='
  IN_DOUBLE,
  IN_SINGLE,
  IN_UNQUOTED,
  IN_COMMENT,
  IN_DECLARATION,  // <!doctype …>
  IN_RAW,          // text without markup and references
  IN_REFERENCES,   // text without markup
} HtmlMode;

typedef struct TextElement {
  const char *name;
  HtmlMode mode;
} TextElement;

// Indexed by Position.quotes - 1 while their text is read.
static const TextElement text_elements[] = {
    {"script", IN_RAW},    {"style", IN_RAW},        {"xmp", IN_RAW},
    {"iframe", IN_RAW},    {"noembed", IN_RAW},      {"noframes", IN_RAW},
    {"plaintext", IN_RAW}, {"title", IN_REFERENCES}, {"textarea", IN_REFERENCES},
};
enum { TEXT_ELEMENTS = sizeof text_elements / sizeof *text_elements };

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static size_t open_tag(Position *at, Str rest) {
  char c = rest.data[0];
  at->quotes = 0;
  if (str_starts(rest, STR("!--"))) {
    at->mode = IN_COMMENT;
    at->run = 0;
    return 3;
  }
  if (c == '!' || c == '?') {
    at->mode = IN_DECLARATION;
  } else if (is_letter(c) || c == '/') {
    at->mode = IN_TAG_NAME;
    return c == '/';
  } else {
    at->mode = IN_TEXT;
  }
  return 1;
}

static size_t tag_name(Position *at, Str rest) {
  size_t n = 0;
  while (n < rest.len && !str_is_space(rest.data[n]) && rest.data[n] != '/' && rest.data[n] != '>') n++;
  for (size_t i = 0; i < TEXT_ELEMENTS; i++)
    if (str_eq_nocase(str_take(rest, n), str_from(text_elements[i].name))) at->quotes = (uint8_t)(i + 1);
  if (n < rest.len) at->mode = IN_TAG;
  return n;
}

static void end_tag(Position *at) {
  at->mode = at->quotes ? (uint8_t)text_elements[at->quotes - 1].mode : IN_TEXT;
  at->url = at->refused = false;
}

static size_t tag(Position *at, char c) {
  if (c == '>')
    end_tag(at);
  else if (c == '=')
    at->mode = IN_VALUE;
  else if (!str_is_space(c) && c != '/')
    at->mode = IN_ATTR_NAME;
  return at->mode != IN_ATTR_NAME;
}

static size_t attr_name(Position *at, Str rest) {
  size_t n = 0;
  while (n < rest.len && !str_is_space(rest.data[n]) && !strchr("/>=", rest.data[n])) n++;
  at->url = position_is_url_attr(str_take(rest, n));
  at->refused = position_is_refused_attr(str_take(rest, n));
  if (n < rest.len) at->mode = IN_TAG;
  return n;
}

static size_t attr_value(Position *at, char c) {
  at->start = true;
  if (c == '>')
    end_tag(at);
  else if (!str_is_space(c))
    at->mode = c == '"' ? IN_DOUBLE : c == '\'' ? IN_SINGLE : IN_UNQUOTED;
  return 1;
}

static size_t quoted(Position *at, char c) {
  if (c == (at->mode == IN_DOUBLE ? '"' : '\'')) {
    at->mode = IN_TAG;
    at->url = at->refused = false;
  }
  at->start = at->start && str_is_space(c);
  return 1;
}

static size_t comment(Position *at, Str rest) {
  if (str_starts(rest, STR("-->")) || str_starts(rest, STR("--!>"))) {
    at->mode = IN_TEXT;
    at->run = 0;
    return rest.data[2] == '!' ? 4 : 3;
  }
  at->run = rest.data[0] == '-' || (at->run && rest.data[0] == '!');
  return 1;
}

// The end tag of the element whose text this is; anything else is text.
static size_t element_text(Position *at, Str rest) {
  Str name = str_from(text_elements[at->quotes - 1].name);
  bool ends = rest.data[0] == '<' && rest.len > name.len + 2 && rest.data[1] == '/' &&
              str_eq_nocase(str_take(str_skip(rest, 2), name.len), name) &&
              !is_letter(rest.data[name.len + 2]);
  if (!ends) return 1;
  at->quotes = 0;
  at->mode = IN_TAG;
  return name.len + 2;
}

size_t position_html(Position *at, Str rest) {
  char c = rest.data[0];
  switch ((HtmlMode)at->mode) {
    case IN_TEXT:
      if (c == '<') at->mode = IN_OPEN;
      return 1;
    case IN_OPEN:
      return open_tag(at, rest);
    case IN_TAG_NAME:
      return tag_name(at, rest);
    case IN_TAG:
      return tag(at, c);
    case IN_ATTR_NAME:
      return attr_name(at, rest);
    case IN_VALUE:
      return attr_value(at, c);
    case IN_DOUBLE:
    case IN_SINGLE:
      return quoted(at, c);
    case IN_UNQUOTED:
      if (str_is_space(c)) at->mode = IN_TAG;
      if (c == '>') end_tag(at);
      return 1;
    case IN_COMMENT:
      return comment(at, rest);
    case IN_DECLARATION:
      if (c == '>') at->mode = IN_TEXT;
      return 1;
    case IN_RAW:
    case IN_REFERENCES:
      return element_text(at, rest);
  }
  return 1;
}

TemplateEscape position_html_escape(const Position *at, const char **why, const char **help) {
  switch ((HtmlMode)at->mode) {
    case IN_TEXT:
    case IN_REFERENCES:
      return ESCAPE_HTML;
    case IN_DOUBLE:
    case IN_SINGLE:
      *why = "in an attribute that a browser takes apart or runs";
      if (at->refused) return ESCAPE_NONE;
      return at->url && at->start ? ESCAPE_HTML_URL : ESCAPE_HTML;
    case IN_COMMENT:
      *why = "where the comment may end";
      *help = "put a space between '-' and the tag";
      return at->run ? ESCAPE_NONE : ESCAPE_HTML_COMMENT;
    case IN_OPEN:
    case IN_TAG_NAME:
      *why = "in the name of a tag";
      return ESCAPE_NONE;
    case IN_TAG:
    case IN_ATTR_NAME:
      *why = "in a tag, beside its attributes";
      return ESCAPE_NONE;
    case IN_VALUE:
    case IN_UNQUOTED:
      *why = "in an attribute's value without quotes";
      *help = "put quotes around it";
      return ESCAPE_NONE;
    case IN_DECLARATION:
      *why = "in a declaration";
      return ESCAPE_NONE;
    case IN_RAW:
      *why = "in a script or a style sheet";
      return ESCAPE_NONE;
  }
  return ESCAPE_NONE;
}
