/* The tokenizer of the HTML standard (WHATWG HTML, section 13.2.5).
 *
 * In: UTF-8 text in memory (html/encoding.h makes it from the bytes of a file), NUL-terminated, with
 * FILE_PADDING readable bytes behind. Out: one token a call. Nothing is copied: a token and its
 * attributes are offsets into that text, and what must be decoded (character references, CR LF,
 * NUL, upper case) is only marked by flags and decoded on demand.
 *
 * Two ways lead to the same tokens: the states of the standard (grammar/html*.re), which find every
 * parse error, and a short way for clean markup (html/clean.h), taken when nobody wants the errors.
 *
 * Surprising: the tree builder steers the tokenizer (content model, last start tag, whether CDATA
 * sections exist) between tokens, so both run in one loop and never a token ahead. */
#ifndef FXC_HTML_TOKEN_H
#define FXC_HTML_TOKEN_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "html/tag.h"

typedef enum HtmlTokenKind {
  HTML_TOKEN_END,  // end of file
  HTML_TOKEN_TEXT,
  HTML_TOKEN_START_TAG,
  HTML_TOKEN_END_TAG,
  HTML_TOKEN_COMMENT,
  HTML_TOKEN_DOCTYPE,
  HTML_TOKEN_PI,  // a processing instruction: target and data (standard of 2026)
} HtmlTokenKind;

/// What decoding a stretch of text must do; none set means the bytes are the value.
enum {
  HTML_HAS_REFERENCE = 1 << 0,  // '&' stands in it, where references count
  HTML_HAS_CR = 1 << 1,         // CR or CR LF is LF
  HTML_HAS_NUL = 1 << 2,        // U+0000: dropped or U+FFFD, by context
  HTML_HAS_UPPER = 1 << 3,      // ASCII upper case, in a name
  HTML_HAS_NONSPACE = 1 << 4,   // text: something else than the five white-space characters
};

/// An attribute as it stands in the text. Duplicates after the first are dropped (a parse error).
typedef struct HtmlAttr {
  uint32_t name_start, name_end;
  uint32_t value_start, value_end;  // without the quotes; equal when there is no value
  uint8_t name_flags, value_flags;
  char quote;  // '"', '\'' or 0 for none; '=' is missing when has_value is false
  bool has_value;
  uint16_t known;  // HtmlAttrName of html/tag.h, or 0
} HtmlAttr;

typedef struct HtmlToken {
  HtmlTokenKind kind;
  uint32_t start, end;                    // the whole token in the text, "<" to ">"
  HtmlTag tag;                            // tags; HTML_TAG_OTHER when the standard does not name it
  uint8_t flags;                          // of the text, or of the tag's name
  bool self_closing;                      // tags
  bool force_quirks;                      // doctype
  bool has_name, has_public, has_system;  // doctype
  uint32_t name_start, name_end;          // tag, doctype or PI name; text: where the content lies
  uint32_t public_start, public_end;      // doctype
  uint32_t system_start, system_end;      // doctype; PI and comment: where the data lies
  const HtmlAttr *attrs;                  // tags; valid until the next token
  uint32_t attr_count;
  uint32_t error;  // how many parse errors were reported up to this token
} HtmlToken;

/// The states that the tree builder (and the conformance suite) may set.
typedef enum HtmlContentModel {
  HTML_DATA,
  HTML_RCDATA,
  HTML_RAWTEXT,
  HTML_SCRIPT_DATA,
  HTML_PLAINTEXT,
  HTML_CDATA_SECTION,
} HtmlContentModel;

/// A parse error by its name in the standard ("eof-in-tag"), at a byte offset of the text.
typedef struct HtmlError {
  const char *code;
  uint32_t at;
} HtmlError;

/// In the order of the tokens; inside one token, characters that may not be in a file come last.
typedef struct HtmlErrors {
  Arena *arena;  // NULL: errors are not wanted and cost nothing
  VEC(HtmlError) list;
} HtmlErrors;

typedef struct HtmlLexer HtmlLexer;

/// A tokenizer over `text` (see above), on the arena. `errors` may be NULL.
HtmlLexer *html_lexer_new(Arena *arena, Str text, HtmlErrors *errors);

/// The next token. After HTML_TOKEN_END only that.
void html_lexer_next(HtmlLexer *lexer, HtmlToken *token);

/// From the next token on. `last_start_tag` decides which end tag ends RCDATA, RAWTEXT and script
/// data; the lexer remembers its own last start tag, so STR_NONE leaves it.
void html_lexer_set_content_model(HtmlLexer *lexer, HtmlContentModel model, Str last_start_tag);

/// Whether "<![CDATA[" opens a section now (the adjusted current node is foreign).
void html_lexer_allow_cdata(HtmlLexer *lexer, bool allowed);

/// Switches for tests; all are off.
typedef enum HtmlLexerOption {
  HTML_LEXER_STRICT_STATES,  // only the standard's states, not the short cut for error-free tags
  HTML_LEXER_NARROW,         // not the instructions that only some processors have
  HTML_LEXER_PI_IS_COMMENT,  // "<?" as before 2026: a bogus comment
} HtmlLexerOption;
void html_lexer_option(HtmlLexer *lexer, HtmlLexerOption option, bool on);

/// Decodes a stretch of the tokenizer's text, content or an attribute value: references (by the rules of an
/// attribute when `in_attribute`), line breaks, NUL (becomes U+FFFD when `keep_nul`, else is
/// dropped). Returns a view into the text when nothing has to change, else a copy on the arena.
Str html_decode(Arena *arena, Str raw, uint8_t flags, bool in_attribute, bool keep_nul);

/// A name in ASCII lower case, NUL as U+FFFD.
Str html_decode_name(Arena *arena, Str raw, uint8_t flags);

#endif
