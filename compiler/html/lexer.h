/* The inside of the tokenizer, shared by its parts: grammar/html*.re and the scanners in this folder.
 *
 * Each part reads from lexer->at and leaves it behind what it took. Parts that make a token answer
 * true; false means that something was taken but no token came of it (an unfinished tag at the end
 * of the file, "</>"). */
#ifndef FXC_HTML_LEXER_H
#define FXC_HTML_LEXER_H

#include "base/map.h"
#include "html/names.h"
#include "html/token.h"

struct HtmlLexer {
  const char *begin, *end;  // the text
  const char *at;           // where the next token starts
  Arena *arena;
  HtmlErrors *errors;   // NULL: nobody wants them
  const char *checked;  // up to here characters are checked for the input stream's errors
  HtmlContentModel model;
  bool cdata_allowed;
  bool short_cuts;  // the short way of html/clean.h may be tried
  bool pi_is_comment;
  Str last_tag;  // the last start tag, as written, or as set by the tree builder
  bool wide;     // the processor has AVX2
  // Of the tag that is being read. The memory may be lent by who reads the tokens; html_grow_attrs() takes
  // other.
  VEC(HtmlAttr) attrs;
  // For the search for duplicates in one tag:
  uint64_t known_seen[2];  // bits by HtmlAttrName
  StrMap many_seen;        // decoded names, once there are many unknown ones
  size_t unknown_count;    // the attribute that is looked at included
};

static inline uint32_t html_offset(const HtmlLexer *lexer, const char *p) {
  return (uint32_t)(p - lexer->begin);
}

/// Reports a parse error at `p`, which lies in the text or at its end.
static inline void html_lexer_error(HtmlLexer *lexer, const char *code, const char *p) {
  if (!lexer->errors) return;
  HtmlError error = {code, html_offset(lexer, p)};
  vec_push(lexer->errors->arena, &lexer->errors->list, error);
}

/// Whether the NUL at `p` is the end of the text.
static inline bool html_at_end(const HtmlLexer *lexer, const char *p) { return p >= lexer->end; }

/// Flags of a stretch for html_decode(): those of `wanted` that it needs.
uint8_t html_flags_of(const char *begin, const char *end, uint8_t wanted);

// loop.def, once for each kind of processor: the next token, the short way where that can be
void html_next(HtmlLexer *lexer, HtmlToken *token);
void html_next_wide(HtmlLexer *lexer, HtmlToken *token);

/// The next token by the states of the standard, whatever they make of the text.
void html_lex_by_states(HtmlLexer *lexer, HtmlToken *token);

/// At "<" or "</" and a letter, by the standard's states.
bool html_lex_tag(HtmlLexer *lexer, HtmlToken *token);

/// At '<' in data; false also when the '<' is text (lexer->at is unchanged then).
bool html_lex_markup(HtmlLexer *lexer, HtmlToken *token);

/// Behind "<!--".
bool html_lex_comment(HtmlLexer *lexer, HtmlToken *token, const char *data);
/// `data` is where the comment's data starts; reads on to the next '>' from `from`.
bool html_lex_bogus_comment(HtmlLexer *lexer, HtmlToken *token, const char *data, const char *from);
/// Behind "<?".
bool html_lex_pi(HtmlLexer *lexer, HtmlToken *token, const char *p);
/// Behind "<!doctype".
bool html_lex_doctype(HtmlLexer *lexer, HtmlToken *token, const char *p);

/// Text up to the end tag that ends it, in RCDATA, RAWTEXT and script data.
bool html_lex_raw_text(HtmlLexer *lexer, HtmlToken *token);
/// The end of script data that starts at `p`: its end tag, or the end of the text.
const char *html_script_end(HtmlLexer *lexer, const char *p);
/// Whether the last start tag's name follows "</" at `p`, and is ended.
bool html_is_appropriate_end_tag(const HtmlLexer *lexer, const char *p);

/// Adds an attribute to the tag that is being read, unless its name is there already; false then.
bool html_add_attr(HtmlLexer *lexer, const HtmlAttr *attr);
/// Whether the name, which the table does not have, but which is counted in unknown_count already, is new in
/// its tag.
bool html_is_new_unknown(HtmlLexer *lexer, const HtmlAttr *attr);
/// Moves the attributes to a larger place.
void html_grow_attrs(HtmlLexer *lexer);
/// Looks up a name that stands in upper case, is long, or unknown; *flags become those of the name.
unsigned html_find_odd_name(const NameTable *table, const char *p, size_t len, uint8_t *flags);

/// Forgets the attributes of the last tag.
static inline void html_reset_attrs(HtmlLexer *lexer) {
  lexer->attrs.len = 0;
  lexer->known_seen[0] = lexer->known_seen[1] = 0;
  lexer->unknown_count = 0;
}

/// Tells what is known of a tag from its name and remembers the last start tag.
void html_finish_tag(HtmlLexer *lexer, HtmlToken *token, HtmlTokenKind kind, const char *end);

#endif
