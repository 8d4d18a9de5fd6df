/* In: the tokens. Out: the feed of the parser, in which every bracket has its partner.
 *
 * Where brackets do not pair up, the parser would find the mistake far from its place, and then others that
 * are none. So they are counted first; when some are missing or too many, a second walk looks at the
 * indentation: a line that starts no farther right than the line of an open bracket ends what that bracket
 * opened. */
#include "fx/parse.h"
#include "fx_parse.h"

typedef struct Open {
  uint32_t feed;    // where its bracket is
  uint32_t indent;  // of the line that the bracket is on
} Open;

typedef struct Match {
  FxParse *parse;
  VEC(Open) open;
  uint32_t indent;          // of the line that the walk is on
  uint32_t missing, extra;  // in the first walk counted, in the second one still to be found
  bool mend;
  uint16_t lead;  // the keyword that the last clause starts with
  bool view;      // elements may have the names of keywords
} Match;

static uint16_t closer_of(uint16_t symbol) {
  return symbol == FX_SYM_LBRACE     ? FX_SYM_RBRACE
         : symbol == FX_SYM_LBRACKET ? FX_SYM_RBRACKET
         : symbol == FX_SYM_LPAREN   ? FX_SYM_RPAREN
                                     : 0;
}

static bool is_closer(uint16_t symbol) {
  return symbol == FX_SYM_RBRACE || symbol == FX_SYM_RBRACKET || symbol == FX_SYM_RPAREN;
}

/// How far right the first token of a line starts.
static uint32_t indent_of(const FxTree *tree, uint32_t start) {
  uint32_t line = start;
  while (line > 0 && tree->bytes.data[line - 1] != '\n') line--;
  return start - line;
}

static FxFeed *fed(Match *match, uint32_t at) { return &match->parse->feed.data[at]; }

static void feed(Match *match, uint32_t token, uint16_t symbol) {
  FxFeed entry = {.token = token, .symbol = symbol, .depth = (uint16_t)match->open.len};
  vec_push(match->parse->arena, &match->parse->feed, entry);
}

/// The bracket that closes the innermost open one; `token` is the bracket, or the one before a missing
/// bracket.
static void close(Match *match, uint32_t token) {
  Open opened = vec_last(&match->open);
  match->open.len--;
  uint32_t here = (uint32_t)match->parse->feed.len;
  feed(match, token, closer_of(fed(match, opened.feed)->symbol));
  fed(match, here)->match = opened.feed;
  fed(match, opened.feed)->match = here;
}

/// Closes the innermost open bracket before `next`, where its partner is missing.
static void mend(Match *match, uint32_t next) {
  FxTree *tree = match->parse->tree;
  uint32_t token = fed(match, vec_last(&match->open).feed)->token;
  if (match->mend && !match->parse->swallowed) {
    Str text = fx_token_text(tree, token);
    Diag *d = diag_add(match->parse->bag, FX2004, fx_token_span(tree, token), "this '%.*s' is never closed",
                       STR_ARG(text));
    if (tree->tokens.data[next].kind != FX_TOKEN_END)
      diag_note(d, fx_token_span(tree, next), "it seems to end before this");
  }
  match->missing = match->mend ? match->missing - (match->missing > 0) : match->missing + 1;
  fed(match, vec_last(&match->open).feed)->mended = true;
  close(match, next - 1);
}

static bool opens_below(const Match *match, uint16_t closer) {
  for (size_t i = match->open.len; i-- > 0;)
    if (closer_of(match->parse->feed.data[match->open.data[i].feed].symbol) == closer) return true;
  return false;
}

static void drop(Match *match, uint32_t token) {
  if (!match->mend) {
    match->extra++;
    return;
  }
  if (match->extra) match->extra--;
  FxTree *tree = match->parse->tree;
  Str text = fx_token_text(tree, token);
  Diag *d = diag_add(match->parse->bag, FX2004, fx_token_span(tree, token), "this '%.*s' closes nothing",
                     STR_ARG(text));
  diag_fix(d, DIAG_MAYBE, d->span, STR(""), "remove it");
}

static void take_closer(Match *match, uint32_t token, const FxToken *given) {
  bool aligned = given->first && match->open.len && vec_last(&match->open).indent < match->indent;
  if (!opens_below(match, given->symbol) || (match->mend && match->extra && aligned)) {
    drop(match, token);
    return;
  }
  while (closer_of(fed(match, vec_last(&match->open).feed)->symbol) != given->symbol) mend(match, token);
  while (match->mend && match->missing && given->first && match->open.len > 1 &&
         vec_last(&match->open).indent > match->indent && opens_below(match, given->symbol))
    mend(match, token);
  close(match, token);
}

static bool take_opener(Match *match, uint32_t token, uint16_t symbol) {
  vec_push(match->parse->arena, &match->open, (Open){(uint32_t)match->parse->feed.len, match->indent});
  uint32_t depth = (uint32_t)match->open.len - 1;
  feed(match, token, symbol);
  vec_last(&match->parse->feed).depth = (uint16_t)depth;
  if (depth < FX_DEPTH_LIMIT) return true;
  diag_add(match->parse->bag, FX8006, fx_token_span(match->parse->tree, token),
           "brackets are nested more than %d levels deep", FX_DEPTH_LIMIT);
  return false;
}

/* Missing values */

static bool is_keyword(uint16_t symbol) { return symbol > FX_SYM_OWN && symbol <= FX_SYM_TEXT; }

static uint16_t symbol_back(const Match *match, size_t back) {
  size_t count = match->parse->feed.len;
  return count < back ? FX_SYM_LBRACE : match->parse->feed.data[count - back].symbol;
}

static bool takes_list(uint16_t lead) {
  return lead == FX_SYM_MANY || lead == FX_SYM_RANGES || lead == FX_SYM_OPTIONAL || lead == FX_SYM_USE ||
         lead == FX_SYM_FILL || lead == FX_SYM_DROP || lead == FX_SYM_ENTRY;
}

/// Whether the last token fed is a keyword at the start of a clause, or a sign, so that a value is to follow.
static bool wants_value(const Match *match) {
  uint16_t last = symbol_back(match, 1), before = symbol_back(match, 2);
  if (last == FX_SYM_COLON || last == FX_SYM_EQUALS || last == FX_SYM_ARROW || last == FX_SYM_BAR)
    return true;
  if (last == FX_SYM_COMMA) return takes_list(match->lead);
  if (before == FX_SYM_RENAME || before == FX_SYM_DROP || before == FX_SYM_VALUE) return true;
  bool first = match->parse->tree->tokens.data[vec_last(&match->parse->feed).token].first;
  return is_keyword(last) && (first || before == FX_SYM_LBRACE || before == FX_SYM_RBRACE ||
                              before == FX_SYM_SEMICOLON || before == FX_SYM_STRING);
}

/// Whether a clause, or a pair, starts at the token: a word that starts its line, with its value behind it.
static bool starts_clause(const Match *match, uint32_t token) {
  const FxToken *word = &match->parse->tree->tokens.data[token], *next = word + 1;
  if (!word->first || word->kind != FX_TOKEN_WORD || next->kind == FX_TOKEN_END || next->first) return false;
  uint16_t last = symbol_back(match, 1);
  if (last == FX_SYM_EQUALS && (next->symbol == FX_SYM_EQUALS || word->symbol == FX_SYM_METHOD))
    return next->symbol == FX_SYM_EQUALS;
  return is_keyword(word->symbol) && (next->symbol == FX_SYM_STRING || next->symbol == FX_SYM_LITERAL ||
                                      next->symbol == FX_SYM_NAME || is_keyword(next->symbol));
}

static void feed_gap(Match *match, uint32_t token) {
  uint16_t symbol = match->parse->tree->tokens.data[token].symbol;
  bool declares = symbol == FX_SYM_VIEW || symbol == FX_SYM_INTEGRATION || symbol == FX_SYM_PROJECT;
  if (!match->open.len && declares) match->view = symbol == FX_SYM_VIEW;
  if (match->parse->feed.len && !match->view && starts_clause(match, token) && wants_value(match))
    feed(match, vec_last(&match->parse->feed).token, FX_SYM_GAP);
  uint16_t last = symbol_back(match, 1);
  bool leads =
      match->parse->tree->tokens.data[token].first || last == FX_SYM_LBRACE || last == FX_SYM_SEMICOLON;
  if (leads && is_keyword(symbol)) match->lead = symbol;
}

static bool walk(Match *match) {
  FxTree *tree = match->parse->tree;
  match->open.len = match->parse->feed.len = 0;
  match->view = false;
  for (uint32_t i = 0; i < tree->tokens.len; i++) {
    const FxToken *token = &tree->tokens.data[i];
    if (token->kind == FX_TOKEN_BAD) continue;
    if (token->first) match->indent = indent_of(tree, token->start);
    bool line = match->mend && match->missing && token->first && !is_closer(token->symbol);
    while (line && match->missing && match->open.len && vec_last(&match->open).indent >= match->indent)
      mend(match, i);
    while (token->kind == FX_TOKEN_END && match->open.len) mend(match, i);
    feed_gap(match, i);
    if (is_closer(token->symbol))
      take_closer(match, i, token);
    else if (!closer_of(token->symbol))
      feed(match, i, token->symbol);
    else if (!take_opener(match, i, token->symbol))
      return false;
  }
  return true;
}

bool fx_match_brackets(FxParse *parse) {
  Match match = {.parse = parse};
  bool shallow = walk(&match);
  if (shallow && (match.missing || match.extra)) {
    match.mend = parse->tree->broken = true;
    shallow = walk(&match);
  }
  if (!shallow) parse->tree->broken = true;
  return shallow;
}
