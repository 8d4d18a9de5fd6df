/* Inside fx/: the one parse that fx.re, fx.y and the files of this folder share. */
#ifndef FXC_FX_PARSE_H
#define FXC_FX_PARSE_H

#include "fx/tree.h"

/// Tokens, both inclusive: what the grammar has as the place of a symbol. Empty: `last` before `first`.
typedef struct FxRange {
  uint32_t first, last;
} FxRange;

/// A chain of nodes, not yet below another one.
typedef struct FxList {
  FxId first, last;
} FxList;

/// A token as the grammar is fed: bad ones left out, brackets that are missing put in.
typedef struct FxFeed {
  uint32_t token;  // of a bracket that was put in: the token before it
  uint16_t symbol;
  bool mended;     // an opening bracket whose partner was put in
  uint16_t depth;  // brackets open before it; a closing bracket has that of its opening one
  uint32_t match;  // of a bracket: where its partner is in the feed
} FxFeed;

typedef struct FxParse {
  Arena *arena;
  FxTree *tree;
  DiagBag *bag;
  VEC(FxFeed) feed;
  uint32_t at;        // what yylex gives next
  uint32_t wrong;     // where the last syntax error was seen
  uint32_t resumed;   // where the last recovery went on
  bool stuck;         // a recovery has nothing to go on with
  uint32_t unknown;   // 1 + the token of the last clause whose word is no keyword, if it starts a line
  bool told;          // the next token has a mistake in it that has been reported
  bool swallowed;     // the rest of the file is in a comment or a text that nothing closes
  uint32_t comments;  // that stand before the last token
} FxParse;

/* Tokens: fx.re */

/// Puts all tokens and comments into the tree, FX_TOKEN_END last; reports what is none.
void fx_scan(FxParse *parse);

/* What the scanner asks for: scan.c */

/// The keyword that is nearly the word; STR_NONE when none is.
Str fx_near_word(Str word);
/// Adds a token, or a comment.
void fx_put_token(FxParse *parse, FxTokenKind kind, uint16_t symbol, const char *start, const char *end);
void fx_put_comment(FxParse *parse, FxCommentKind kind, const char *start, const char *end);
/// Where a comment or a raw string ends; reports one that never does.
const char *fx_block_comment_end(FxParse *parse, const char *start);
const char *fx_raw_string_end(FxParse *parse, const char *start);
/// Reports escapes and characters that a string cannot have.
void fx_check_string(FxParse *parse, const char *start, const char *end);
/// Each reports one mistake from `start` to `end`.
void fx_unclosed(FxParse *parse, const char *start, const char *end, const char *what, char quote);
void fx_single_quotes(FxParse *parse, const char *start, const char *end);
const char *fx_smart_quotes(FxParse *parse, const char *start);
/// A comment that starts with '#'.
void fx_hash_comment(FxParse *parse, const char *start, const char *end);
/// What would be a text if it had quotes.
void fx_bare_text(FxParse *parse, const char *start, const char *end, const char *message);
/// A text that has a NUL byte in it: where the text ends. NULL when there is no such byte at `end`.
const char *fx_text_with_nul(FxParse *parse, const char *end);
const char *fx_bad_bytes(FxParse *parse, const char *start);
void fx_wrong_token(FxParse *parse, const char *start, const char *end, const char *message,
                    const char *instead);

/* Brackets: brackets.c */

/// Makes the feed of the tokens: reports and mends brackets without a partner. False: nested too deeply
/// (reported).
bool fx_match_brackets(FxParse *parse);

/* Building: build.c */

/// A node with its children; a chain of one; a chain with one more behind it (0: none), or with another
/// chain.
FxId fx_make(FxParse *parse, FxKind kind, uint32_t name, uint32_t second, FxRange range, FxList children);
FxList fx_just(FxId node);
FxList fx_add(FxParse *parse, FxList list, FxId node);
FxList fx_join(FxParse *parse, FxList list, FxList more);

/* Errors: error.c, cure.c */

/// What a recovery goes on with: the next declaration, clause, or item of a list.
typedef enum FxResume { FX_RESUME_DECLARATION, FX_RESUME_CLAUSE, FX_RESUME_ITEM } FxResume;

/// The node for what is given up, from the start of `range`, which becomes its place; the feed goes on behind
/// it.
FxId fx_give_up(FxParse *parse, FxRange *range, FxResume resume);
/// Reports a syntax error at the token that was given last, of which the parser knows what it would take.
void fx_syntax_error(FxParse *parse, const uint16_t *expected, int count);
/// Adds what cures the syntax error at parse->wrong, where that is plain; `expected`: the symbols that could
/// stand there.
void fx_cure(const FxParse *parse, Diag *d, const uint16_t *expected, int count);
/// Reports that the parser ran out of its stack.
void fx_too_deep(FxParse *parse);
/// What a symbol is called in messages: its alias in fx.y.
const char *fx_symbol_name(uint16_t symbol);
/// The feed goes on at the end of the block whose opening brace was given last.
void fx_skip_block(FxParse *parse);

/* Mistakes that have a rule in the grammar: mistakes.c */

/// Each reports one of them, at its place.
void fx_stray_comma(FxParse *parse, FxRange comma);
void fx_bare_range(FxParse *parse, FxRange range);
void fx_optional_name(FxParse *parse, FxRange name, FxRange mark, FxRange type);
void fx_single_equals(FxParse *parse, FxRange sign);
void fx_glued_class(FxParse *parse, FxRange path);
void fx_stray_sign(FxParse *parse, FxRange sign);
void fx_not_equals(FxParse *parse, FxRange sign);
void fx_unknown_method(FxParse *parse, FxRange word);
void fx_generic_type(FxParse *parse, FxRange type, FxRange item);
void fx_colon_returns(FxParse *parse, FxRange colon);
void fx_braced_event(FxParse *parse, FxRange brace);

#endif
