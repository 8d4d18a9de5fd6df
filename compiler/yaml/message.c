/* In: libyaml's error. Out: a diagnostic in the user's words with a cure. libyaml names what its grammar
 * wanted; people make few mistakes, so the text around the place tells which of them it was. */
#include "base/utf8.h"
#include "yaml/read.h"

typedef struct Fault {
  YamlRead *run;
  Str text;        // the whole file
  uint32_t at;     // where libyaml noticed
  uint32_t began;  // where the construct began
  Str line;        // the line of `at`
  uint32_t line_start;
  const char *problem, *context;
} Fault;

static bool says(const char *text, const char *part) { return text && strstr(text, part); }

static Str line_around(Str text, uint32_t at, uint32_t *start) {
  uint32_t from = at, to = at;
  while (from > 0 && text.data[from - 1] != '\n') from--;
  while (to < text.len && text.data[to] != '\n') to++;
  *start = from;
  return str_span(text.data + from, text.data + to);
}

static Span span_at(const Fault *fault, uint32_t at, uint32_t length) {
  if (at > fault->run->end) at = fault->run->end;
  uint32_t end = at + length > fault->run->end ? fault->run->end : at + length;
  return (Span){fault->run->doc->source, at, end};
}

static size_t indentation(Str line) {
  size_t n = 0;
  while (n < line.len && (line.data[n] == ' ' || line.data[n] == '\t')) n++;
  return n;
}

/// The text of the line without its indentation and what follows it.
static Span line_text(const Fault *fault) {
  size_t indent = indentation(fault->line);
  size_t end = fault->line.len;
  while (end > indent && strchr(" \t\r", fault->line.data[end - 1])) end--;
  return span_at(fault, fault->line_start + (uint32_t)indent, (uint32_t)(end - indent));
}

static bool report_tab(Fault *fault) {
  size_t indent = indentation(fault->line);
  ptrdiff_t tab = str_find_char(str_take(fault->line, indent), '\t');
  if (tab < 0) return false;
  size_t last = (size_t)tab;
  while (last < indent && fault->line.data[last] == '\t') last++;
  Span span = span_at(fault, fault->line_start + (uint32_t)tab, (uint32_t)(last - (size_t)tab));
  Diag *d = diag_add(fault->run->bag, FX2005, span, "a tab cannot indent YAML");
  diag_help(d, "indent with spaces");
  Str spaces = str_take(STR("                                "), 2 * (last - (size_t)tab));
  diag_fix(d, DIAG_MAYBE, span, spaces, "replace the tab with two spaces");
  return true;
}

/// The place behind "key:" when the next character follows at once, as in `label:Address`.
static bool find_tight_colon(Str line, size_t *at) {
  size_t i = indentation(line);
  while (i < line.len && (line.data[i] == '-' || line.data[i] == ' ')) i++;
  size_t start = i;
  while (i < line.len &&
         strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", line.data[i]))
    i++;
  if (i == start || i + 1 >= line.len || line.data[i] != ':' || strchr(" \t\r", line.data[i + 1]))
    return false;
  *at = i + 1;
  return true;
}

static bool report_tight_colon(Fault *fault) {
  size_t at = 0;
  Str line = fault->line;
  uint32_t start = fault->line_start;
  if (!find_tight_colon(line, &at)) {  // libyaml often notices a line too late
    line = line_around(fault->text, fault->began, &start);
    if (!find_tight_colon(line, &at)) return false;
  }
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, start + (uint32_t)at - 1, 1),
                     "a space is missing behind ':'");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, span_at(fault, start + (uint32_t)at, 0), STR(" "), "insert a space");
  return true;
}

/// A plain value runs on over the next line, so libyaml complains about the key below `label:Address`.
static bool report_tight_colon_above(Fault *fault) {
  uint32_t start = fault->line_start;
  if (start == 0) return false;
  Fault above = *fault;
  above.line = line_around(fault->text, start - 1, &above.line_start);
  above.began = above.at = above.line_start;
  return report_tight_colon(&above);
}

static bool report_quote(Fault *fault) {
  if (!says(fault->context, "quoted scalar")) return false;
  if (says(fault->problem, "escape") || says(fault->problem, "hexdecimal")) {
    Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 2),
                       "unknown escape in a \"quoted\" text");
    diag_help(d, "write the backslash twice, or use 'single quotes', where a backslash is a plain character");
    return true;
  }
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->began, 1),
                     "the quote that opens here is never closed");
  diag_help(d, "close it with %c; a quote of the same kind inside the text is written %s",
            fault->text.data[fault->began], fault->text.data[fault->began] == '"' ? "\\\"" : "''");
  return true;
}

static bool report_flow(Fault *fault) {
  bool map = says(fault->problem, "'}'"), list = says(fault->problem, "']'");
  if (!map && !list) return false;
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->began, 1),
                     map ? "the '{' that opens here is not closed where it should be"
                         : "the '[' that opens here is not closed where it should be");
  diag_note(d, span_at(fault, fault->at, 1), "a ',' or '%c' was expected here", map ? '}' : ']');
  diag_help(d, "close it, put ',' between its items, or quote an item that contains one of , [ ] { }");
  return true;
}

static bool report_start(Fault *fault) {
  if (!says(fault->problem, "cannot start any token")) return false;
  if (report_tab(fault)) return true;
  char c = fault->at < fault->text.len ? fault->text.data[fault->at] : ' ';
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 1),
                     c == '\t' ? "a tab cannot stand here" : "an unquoted value cannot start with '%c'", c);
  diag_help(d, c == '\t' ? "use spaces" : "put the value in quotes");
  return true;
}

static bool report_alias(Fault *fault) {
  if (!says(fault->context, "scanning an alias") && !says(fault->context, "scanning an anchor")) return false;
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->began, 1),
                     "an unquoted value cannot start with '%c'", fault->text.data[fault->began]);
  diag_help(d, "put the value in quotes");
  return true;
}

static bool report_second_colon(Fault *fault) {
  if (!says(fault->problem, "mapping values are not allowed")) return false;
  size_t indent = indentation(fault->line);
  Str before = str_take(str_skip(fault->line, indent), fault->at - fault->line_start - indent);
  bool second = str_find_char(before, ':') >= 0;
  if (!second && report_tight_colon_above(fault)) return true;
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 1),
                     second ? "a second ': ' in one line" : "a key cannot stand here");
  diag_help(d, second ? "put quotes around the value if the ':' belongs to it, else start a new line"
                      : "the line above has a value already: check its indentation, or end it with ':'");
  return true;
}

static bool report_colon(Fault *fault) {
  if (!says(fault->problem, "could not find expected ':'")) return false;
  if (report_tight_colon(fault)) return true;
  uint32_t start;
  Str line = line_around(fault->text, fault->began, &start);
  size_t indent = indentation(line);
  Diag *d = diag_add(fault->run->bag, FX2005,
                     span_at(fault, start + (uint32_t)indent, (uint32_t)(line.len - indent)),
                     "this line is no 'key: value'");
  diag_help(d, "put ': ' behind the key, or indent the line as a part of the value above");
  return true;
}

static bool report_indentation(Fault *fault) {
  if (!says(fault->problem, "did not find expected key") &&
      !says(fault->problem, "did not find expected '-'") &&
      !says(fault->problem, "did not find expected <document start>"))
    return false;
  if (report_tab(fault)) return true;
  if (str_starts(str_trim(fault->line), STR(":"))) {
    diag_add(fault->run->bag, FX2005, line_text(fault), "a name is missing before ':'");
    return true;
  }
  uint32_t column = fault->at - fault->line_start;
  if (column > indentation(fault->line)) {
    Diag *d =
        diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 1), "text behind the end of the value");
    bool single = fault->at > 0 && fault->text.data[fault->at - 1] == '\'';
    diag_help(d, single ? "a quote inside 'single quotes' is written twice: 'it''s'"
                        : "put the whole value in quotes, with the quotes inside it escaped");
    return true;
  }
  Diag *d = diag_add(fault->run->bag, FX2005, line_text(fault), "this line's indentation fits no line above");
  if (fault->began < fault->at)
    diag_note(d, span_at(fault, fault->began, 1), "the block it follows starts here");
  diag_help(d, "indent it like the keys or items that it belongs to");
  return true;
}

static bool report_item(Fault *fault) {
  if (!says(fault->problem, "block sequence entries are not allowed")) return false;
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 1), "a list item cannot stand here");
  diag_help(d, "start the list on a line of its own below the key, or write [a, b]");
  return true;
}

static bool report_bytes(Fault *fault) {
  if (fault->run->parser.error != YAML_READER_ERROR) return false;
  uint32_t at = fault->run->begin + (uint32_t)fault->run->parser.problem_offset;
  diag_add(fault->run->bag, FX2005, span_at(fault, at, 1),
           "a control character (U+%04X) cannot stand in YAML", (unsigned)fault->run->parser.problem_value);
  return true;
}

/// The bracket before `at` that nothing closes; `at` itself when there is none. Quotes are not looked at.
static uint32_t open_bracket(const Fault *fault) {
  size_t closed = 0;
  for (uint32_t i = fault->at; i-- > 0;) {
    char c = fault->text.data[i];
    if (c == ']' || c == '}') closed++;
    if ((c == '[' || c == '{') && !closed--) return i;
  }
  return fault->at;
}

static bool report_content(Fault *fault) {
  if (!says(fault->problem, "did not find expected node content")) return false;
  bool at_end = str_trim(str_skip(fault->text, fault->at)).len == 0;
  uint32_t open = open_bracket(fault);
  if (at_end && open < fault->at) {
    Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, open, 1),
                       "the '%c' that opens here is never closed", fault->text.data[open]);
    diag_help(d, "close it with '%c', or quote the value if the '%c' belongs to it",
              fault->text.data[open] == '[' ? ']' : '}', fault->text.data[open]);
    return true;
  }
  Diag *d = diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 1), "a value is missing here");
  diag_help(d,
            "write one, or \"\" for an empty text; a value that starts with a special character is quoted");
  return true;
}

static void report_other(Fault *fault) {
  if (report_tab(fault)) return;
  diag_add(fault->run->bag, FX2005, span_at(fault, fault->at, 1), "YAML syntax: %s%s%s",
           fault->problem ? fault->problem : "malformed", fault->context ? " " : "",
           fault->context ? fault->context : "");
}

void yaml_report_error(YamlRead *run) {
  typedef bool Report(Fault *);
  static Report *const reports[] = {report_bytes, report_quote,        report_flow,  report_start,
                                    report_alias, report_second_colon, report_colon, report_indentation,
                                    report_item,  report_content};
  Fault fault = {
      .run = run, .text = run->doc->bytes, .problem = run->parser.problem, .context = run->parser.context};
  fault.at = yaml_byte(run, run->parser.problem_mark.index);
  fault.began = fault.context ? yaml_byte(run, run->parser.context_mark.index) : fault.at;
  fault.line = line_around(fault.text, fault.at, &fault.line_start);
  for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
    if (reports[i](&fault)) return;
  report_other(&fault);
}
