/* Where in its language a template stands: the state of a small machine that reads the literal text of a
 * template from its start, and says at each tag how a value has to be escaped there.
 *
 * The machines (template_tsx.c, template_html.c, template_yaml.c, template_json.c, template_markdown.c) know
 * as much of their language as the question needs, no more: which literal, comment, tag or text a place lies
 * in. Where a value could change what the text around it means, there is no escape, and the machine says why.
 */
#ifndef FXC_EMIT_TEMPLATE_POSITION_H
#define FXC_EMIT_TEMPLATE_POSITION_H

#include "base/buf.h"
#include "emit/template.h"

/// How a value is written; one line a rule. An example is `a "b" <c>` in that position.
typedef enum TemplateEscape {
  ESCAPE_NONE,            // there is no escape: FX5003
  ESCAPE_RAW,             // as it is
  ESCAPE_LINE,            // in one line, otherwise as it is: plain text, YAML comments and block scalars
  ESCAPE_HTML,            // text and quoted attributes: a &quot;b&quot; &lt;c&gt;
  ESCAPE_HTML_URL,        // the start of an attribute that is a URL: no script scheme either
  ESCAPE_HTML_COMMENT,    // neither "--" nor '>' can occur
  ESCAPE_TSX_TEXT,        // JSX text: as it is, or {'a "b" <c>'}
  ESCAPE_TSX_ATTR,        // between the quotes of a JSX attribute, which know character references only
  ESCAPE_TSX_ATTR_URL,    // the same at the start of a URL
  ESCAPE_STRING,          // between quotes of a TypeScript string: a "b" <c>, quotes behind a backslash
  ESCAPE_TEMPLATE,        // in a template string
  ESCAPE_BLOCK_COMMENT,   // its end can not occur
  ESCAPE_LINE_COMMENT,    // no line end can occur
  ESCAPE_NAME,            // code: an identifier, a__b___c_
  ESCAPE_NAME_PART,       // the same behind the start of an identifier
  ESCAPE_YAML_SCALAR,     // a whole scalar: plain where that is safe, else "a \"b\" <c>"
  ESCAPE_YAML_DOUBLE,     // between double quotes
  ESCAPE_YAML_SINGLE,     // between single quotes, in one line
  ESCAPE_JSON_STRING,     // between quotes
  ESCAPE_JSON_VALUE,      // a whole value: a number, true, false, null or a string with its quotes
  ESCAPE_MARKDOWN,        // text in one line: a "b" \<c\>
  ESCAPE_MARKDOWN_START,  // the same at the start of a line, where a block could start
  ESCAPE_MARKDOWN_CODE,   // between backquotes
  ESCAPE_MARKDOWN_URL,    // the target of a link
  ESCAPE_FX_STRING,       // between the quotes of an .fx string
  ESCAPE_FX_NAME,         // a name of .fx: a-b-c
} TemplateEscape;

enum { POSITION_DEPTH = 48 };

/// A state. Zeroed but for the language it is the start of a file.
typedef struct Position {
  uint8_t language;  // TemplateLanguage
  uint8_t mode;      // of the language's machine; 0 is the start
  bool escaped;      // behind a backslash
  bool operand;      // TypeScript: an expression may start here, so '<' is a tag and '/' a pattern
  bool in_name;      // TypeScript, .fx: behind a character of a name
  bool url;          // in an attribute that is a URL
  bool start;        // at the start of an attribute's value; of a line
  bool refused;      // in an attribute that runs what it says
  bool torn;         // literal text stands where the end of a value had to be
  bool lost;         // nested too deep to know
  uint8_t run;       // how many of the last characters were the one that counts: '*', '-', '`', '"'
  uint8_t quotes;    // Markdown: length of the run of backquotes that opened the code span
  uint8_t depth;
  uint8_t frames[POSITION_DEPTH];  // what is open, outermost first
  uint16_t column, indent, base;   // YAML: here; of the node that a block scalar belongs to; of the partial
} Position;

/// The start of a file.
Position position_start(TemplateLanguage language);

/// Goes over literal text. False when the text does not fit behind the value that was inserted last: there
/// its escape is not certain to be one value any more.
bool position_text(Position *at, Str text);
/// Goes over an inserted value.
void position_insert(Position *at);

/// The escape for a value here; with ESCAPE_NONE, *why is what the position is ("in the name of a tag") and
/// *help how to do without.
TemplateEscape position_escape(const Position *at, const char **why, const char **help);

/// What is known where a section may have been rendered or not: `at` from before it becomes what holds in
/// both cases. False when that is nothing: another literal, tag or comment is open behind it, or (where the
/// section `repeats`) its end does not lead to its start.
bool position_join(Position *at, const Position *behind, bool repeats);
/// Appends what tells two states apart, as a part of a key.
void position_key(const Position *at, Buf *out);

/// Writes a value.
void template_escape(TemplateEscape escape, const TemplateValue *value, Buf *out);

/* The machines: each goes over the start of a literal text and answers how many characters that were (at
 * least one); `torn` is set where position_text() answers false. */
typedef size_t PositionStep(Position *at, Str rest);
typedef TemplateEscape PositionEscape(const Position *at, const char **why, const char **help);
PositionStep position_tsx, position_html, position_yaml, position_json, position_markdown, position_fx;
PositionEscape position_tsx_escape, position_html_escape, position_yaml_escape, position_json_escape,
    position_markdown_escape, position_fx_escape;
void position_tsx_insert(Position *at);
void position_yaml_insert(Position *at);
/// What may differ in a join: behind the digits of a number; before, in or behind a scalar without quotes.
bool position_tsx_number(const Position *at);
bool position_yaml_between(const Position *at);
bool position_yaml_plain(const Position *at);
void position_yaml_set_after(Position *at);

/// Whether an attribute holds a URL, or runs what it says (handlers, srcdoc, style): any notation of its
/// name.
bool position_is_url_attr(Str name);
bool position_is_refused_attr(Str name);

#endif
