/* In: where the parser could not go on. Out: one diagnostic for one mistake, and a place to go on at. */
#include "base/suggest.h"
#include "fx/parse.h"
#include "fx_parse.h"

static const FxToken *token_at(const FxParse *parse, uint32_t at) {
  return &parse->tree->tokens.data[parse->feed.data[at].token];
}

static uint16_t symbol_at(const FxParse *parse, uint32_t at) { return parse->feed.data[at].symbol; }

static bool is_name(uint16_t symbol) { return symbol >= FX_SYM_NAME && symbol <= FX_SYM_TEXT; }

/* Going on */

static bool resumes(const FxParse *parse, uint32_t at, FxResume resume) {
  uint16_t symbol = symbol_at(parse, at);
  if (symbol == FX_SYM_RBRACE || symbol == FX_SYM_RBRACKET || symbol == FX_SYM_RPAREN) return false;
  bool first = token_at(parse, at)->first && symbol != FX_SYM_GAP;
  if (resume == FX_RESUME_DECLARATION)
    return first && (symbol == FX_SYM_INTEGRATION || symbol == FX_SYM_PROJECT || symbol == FX_SYM_VIEW) &&
           symbol_at(parse, at + 1) != FX_SYM_COLON;
  if (symbol == FX_SYM_SEMICOLON) return true;
  if (resume == FX_RESUME_ITEM) return first || symbol == FX_SYM_COMMA;
  return first && is_name(symbol);
}

/// Where a token is in the feed.
static uint32_t find_feed(const FxParse *parse, uint32_t token) {
  uint32_t low = 0, high = (uint32_t)parse->feed.len - 1;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (parse->feed.data[middle].token < token)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

FxId fx_give_up(FxParse *parse, FxRange *range, FxResume resume) {
  uint32_t from = find_feed(parse, range->first), at = parse->wrong;
  if (from >= at) from = at++;
  uint16_t depth = parse->feed.data[from].depth;
  while (symbol_at(parse, at) != FX_SYM_END && parse->feed.data[at].depth >= depth &&
         !(parse->feed.data[at].depth == depth && resumes(parse, at, resume)))
    at++;
  parse->stuck = at == parse->resumed && symbol_at(parse, at) == FX_SYM_END;
  if (at == parse->resumed && !parse->stuck) at++;
  parse->at = parse->resumed = at;
  *range = (FxRange){parse->feed.data[from].token, parse->feed.data[at - 1].token};
  return fx_make(parse, FX_ERROR, FX_NO_TOKEN, FX_NO_TOKEN, *range, (FxList){0, 0});
}

void fx_skip_block(FxParse *parse) { parse->at = parse->feed.data[parse->at - 1].match; }

/* Telling */

typedef struct Expected {
  const uint16_t *symbols;
  int count;
} Expected;

static bool expects(Expected expected, uint16_t symbol) {
  for (int i = 0; i < expected.count; i++)
    if (expected.symbols[i] == symbol) return true;
  return false;
}

enum { MOST_WORDS = 5 };

typedef struct Words {
  const char *list[MOST_WORDS];
  int count;
} Words;

static void add_word(Words *words, const char *word) {
  for (int i = 0; i < words->count; i++)
    if (words->list[i] == word) return;
  if (words->count < MOST_WORDS) words->list[words->count++] = word;
}

/// What a set of tokens amounts to: "a value", "a clause", "a type".
static const char *group_of(Expected expected) {
  bool name = expects(expected, FX_SYM_NAME), text = expects(expected, FX_SYM_STRING);
  bool end = expects(expected, FX_SYM_RBRACE);
  bool element =
      expects(expected, FX_SYM_CLASS) || (expects(expected, FX_SYM_TEXT) && !expects(expected, FX_SYM_USE));
  if (name && end && element) return "an element";
  if (name && end && expects(expected, FX_SYM_IN) == 0 && expects(expected, FX_SYM_SEMICOLON) &&
      !expects(expected, FX_SYM_PATH))
    return "a clause";
  if (expects(expected, FX_SYM_LBRACE) && !text) return NULL;
  if (text && expects(expected, FX_SYM_LITERAL) && expects(expected, FX_SYM_CONSTANT)) return "a value";
  if (text && name && expects(expected, FX_SYM_LPAREN)) return "a type";
  return name ? "a name" : NULL;
}

/// Whether the token is one of the many that the group's name stands for.
static bool in_group(const char *group, uint16_t symbol) {
  if (!group) return false;
  if (is_name(symbol)) return true;
  bool key = symbol == FX_SYM_STRING || symbol == FX_SYM_PATH || symbol == FX_SYM_USED;
  if (strcmp(group, "a type") == 0) return symbol == FX_SYM_LPAREN || key;
  if (strcmp(group, "a clause") == 0 || strcmp(group, "an element") == 0) return symbol != FX_SYM_RBRACE;
  bool literal = symbol == FX_SYM_LITERAL || symbol == FX_SYM_REGEX || symbol == FX_SYM_CONSTANT;
  if (strcmp(group, "a value") == 0)
    return key || literal || symbol == FX_SYM_LBRACKET || symbol == FX_SYM_LBRACE;
  return key;
}

/// A sign that separates, or that would make a name of the keyword before it, is nobody's next thought.
static bool worth_saying(Expected expected, const char *group, uint16_t symbol) {
  if (!group && is_name(symbol) && expects(expected, FX_SYM_NAME)) return false;
  bool key = expects(expected, FX_SYM_COLON) && expects(expected, FX_SYM_EQUALS);
  if (key && (symbol == FX_SYM_COLON || (symbol == FX_SYM_EQUALS && expected.count > 2))) return false;
  if (group && (symbol == FX_SYM_COLON || symbol == FX_SYM_EQUALS)) return false;
  if (symbol == FX_SYM_QUESTION && expects(expected, FX_SYM_COLON)) return false;
  return symbol != FX_SYM_SEMICOLON && symbol != FX_SYM_COMMA && symbol != FX_SYM_END && symbol != FX_SYM_OWN;
}

static Words words_of(Expected expected) {
  Words words = {0};
  const char *group = group_of(expected);
  if (group) add_word(&words, group);
  for (int i = 0; i < expected.count; i++)
    if (worth_saying(expected, group, expected.symbols[i]) && !in_group(group, expected.symbols[i]))
      add_word(&words, fx_symbol_name(expected.symbols[i]));
  for (int i = 0; i < expected.count && words.count == 0; i++)
    add_word(&words, fx_symbol_name(expected.symbols[i]));
  return words;
}

/// "a value, '}' or 'when'": signs and words in quotes, descriptions as they are.
static Str join_words(FxParse *parse, const Words *words) {
  Str text = STR("");
  for (int i = 0; i < words->count; i++) {
    const char *word = words->list[i], *between = i == 0 ? "" : i + 1 < words->count ? ", " : " or ";
    bool bare = strchr(word, ' ') != NULL;
    text = str_printf(parse->arena, bare ? "%.*s%s%s" : "%.*s%s'%s'", STR_ARG(text), between, word);
  }
  return text;
}

static Str shown(const FxParse *parse, uint32_t at) {
  if (symbol_at(parse, at) == FX_SYM_END) return STR("the end of the file");
  Str text = fx_token_text(parse->tree, parse->feed.data[at].token);
  ptrdiff_t line = str_find_char(text, '\n');
  return str_printf(parse->arena, "'%.*s'", STR_ARG(line < 0 ? text : str_take(text, (size_t)line)));
}

/// What may stand in the place of the wrong token, behind the one before it.
static Diag *expect(FxParse *parse, Str expected, bool complete) {
  uint32_t at = parse->wrong;
  const FxToken *found = token_at(parse, at);
  bool gap = symbol_at(parse, at) == FX_SYM_GAP;
  bool earlier = at > 0 && !complete && (gap || found->first || found->kind == FX_TOKEN_END);
  uint32_t place = parse->feed.data[earlier ? at - 1 : at].token;
  Str behind = at > 0 ? shown(parse, at - 1) : STR_NONE;
  bool say_behind = at > 0 && (earlier || !found->first) && behind.len <= 40 &&
                    symbol_at(parse, at - 1) != FX_SYM_LBRACE && symbol_at(parse, at - 1) != FX_SYM_RBRACE;
  Str where = say_behind ? str_printf(parse->arena, " behind %.*s", STR_ARG(behind)) : STR("");
  Str what =
      earlier && say_behind ? STR("") : str_printf(parse->arena, ", found %.*s", STR_ARG(shown(parse, at)));
  return diag_add(parse->bag, FX2004, fx_token_span(parse->tree, place), "expected %.*s%.*s%.*s",
                  STR_ARG(expected), STR_ARG(where), STR_ARG(what));
}

/// The opening bracket around the wrong token, as far as it is near; 0 when it is not.
static uint32_t bracket_around(const FxParse *parse) {
  enum { FAR = 1000 };
  uint16_t depth = parse->feed.data[parse->wrong].depth;
  for (uint32_t at = parse->wrong, n = 0; at-- > 0 && depth > 0 && n < FAR; n++)
    if (parse->feed.data[at].depth < depth) return at;
  return 0;
}

/// The word that starts the line, if it starts a clause and is none: where it is in the feed, else 0.
static uint32_t unknown_word(const FxParse *parse, Expected expected) {
  uint32_t at = parse->wrong;
  bool next = at > 0 && symbol_at(parse, at - 1) == FX_SYM_FIRST && expects(expected, FX_SYM_LBRACE) &&
              expects(expected, FX_SYM_EQUALS);
  if (next) return at - 1;
  while (at > 0 && !token_at(parse, at)->first) at--;
  return parse->unknown && parse->feed.data[at].token + 1 == parse->unknown ? at : 0;
}

/// Whether the mistake has been reported where it was made.
static bool is_told(const FxParse *parse) {
  uint32_t at = parse->wrong, open = bracket_around(parse);
  bool mended = open && parse->feed.data[open].mended && symbol_at(parse, open) != FX_SYM_LBRACE;
  return mended || token_at(parse, at)->wrong || (at > 0 && token_at(parse, at - 1)->wrong);
}

/// `route v3 if a == b`: the word is wrong, its condition is right.
static bool report_if(FxParse *parse) {
  uint32_t at = parse->wrong;
  if (at < 3 || symbol_at(parse, at) != FX_SYM_COMPARE) return false;
  uint32_t token = parse->feed.data[at - 2].token;
  if (!str_eq(fx_token_text(parse->tree, token), STR("if"))) return false;
  parse->tree->tokens.data[token].wrong = true;
  Diag *d = diag_add(parse->bag, FX2004, fx_token_span(parse->tree, token), "a condition starts with 'when'");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR("when"), "replace with 'when'");
  return true;
}

static void report_unknown(FxParse *parse, uint32_t at) {
  uint32_t token = parse->feed.data[at].token;
  if (parse->tree->tokens.data[token].wrong) return;
  parse->tree->tokens.data[token].wrong = true;
  Str word = fx_token_text(parse->tree, token), near = fx_near_word(word);
  Diag *d = diag_add(parse->bag, FX2006, fx_token_span(parse->tree, token), "no clause is called '%.*s'",
                     STR_ARG(word));
  if (!near.data) return;
  diag_help(d, "did you mean '%.*s'?", STR_ARG(near));
  diag_fix(d, DIAG_MAYBE, d->span, near, "replace with '%.*s'", STR_ARG(near));
}

/// A word that only goes on with a clause stands where one starts.
static bool starts_nothing(const FxParse *parse, Expected expected) {
  uint32_t at = parse->wrong, open = bracket_around(parse);
  uint16_t symbol = at > 0 ? symbol_at(parse, at - 1) : FX_SYM_END,
           around = open > 0 ? symbol_at(parse, open - 1) : FX_SYM_END;
  bool record = around == FX_SYM_ONE || around == FX_SYM_EQUALS || symbol_at(parse, open) != FX_SYM_LBRACE;
  return is_name(symbol) && symbol > FX_SYM_OWN && expected.count == 2 && expects(expected, FX_SYM_EQUALS) &&
         expects(expected, FX_SYM_COLON) && !record && !token_at(parse, at)->first;
}

static void help(FxParse *parse, Diag *d, Expected expected) {
  uint32_t at = parse->wrong;
  uint16_t symbol = symbol_at(parse, at);
  if (symbol == FX_SYM_ID) diag_help(d, "a comment starts with '//'");
  const char *group = group_of(expected);
  bool reserved = symbol == FX_SYM_CONSTANT || (symbol >= FX_SYM_IN && symbol <= FX_SYM_OR);
  if (reserved && group && strcmp(group, "a name") == 0) {
    Str word = fx_token_text(parse->tree, parse->feed.data[at].token);
    diag_help(d, "'%.*s' is a reserved word; as a name it is written `%.*s`", STR_ARG(word), STR_ARG(word));
  }
  if (symbol == FX_SYM_OR && expects(expected, FX_SYM_AND))
    diag_help(d, "write a 'route' of its own for each of the cases");
  if (expects(expected, FX_SYM_CLASS) && (symbol == FX_SYM_EQUALS || symbol == FX_SYM_LPAREN))
    diag_help(d, "attributes stand in brackets, as in [for=\"street\"]");
  uint32_t before = at > 0 ? token_at(parse, at - 1)->end : 0;
  if (at > 0 && symbol_at(parse, at - 1) == FX_SYM_COLON &&
      memcmp(parse->tree->bytes.data + before, "//", 2) == 0)
    diag_help(d, "a URL stands in quotes");
}

static void suggest_declaration(FxParse *parse, Diag *d) {
  Suggestion search = suggest_start(fx_token_text(parse->tree, parse->feed.data[parse->wrong].token));
  suggest_offer(&search, STR("integration"));
  suggest_offer(&search, STR("project"));
  suggest_offer(&search, STR("view"));
  if (search.best.data)
    diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, search.best, "replace with '%.*s'", STR_ARG(search.best));
}

/// A keyword below a header without its brace was read as the word that may stand behind its name.
static bool below_header(const FxParse *parse, Expected expected) {
  uint32_t at = parse->wrong;
  if (at < 3 || !expects(expected, FX_SYM_LBRACE) || !token_at(parse, at - 1)->first) return false;
  return symbol_at(parse, at - 3) == FX_SYM_INTEGRATION || symbol_at(parse, at - 3) == FX_SYM_RELEASE;
}

void fx_syntax_error(FxParse *parse, const uint16_t *symbols, int count) {
  parse->tree->broken = true;
  parse->wrong = parse->at - 1;
  Expected expected = {symbols, count};
  if (is_told(parse) || report_if(parse)) return;
  if (below_header(parse, expected)) parse->wrong--;
  uint32_t unknown = unknown_word(parse, expected);
  if (unknown) {
    report_unknown(parse, unknown);
    return;
  }
  if (starts_nothing(parse, expected)) {
    Str word = shown(parse, parse->wrong - 1);
    diag_add(parse->bag, FX2004, fx_token_span(parse->tree, parse->feed.data[parse->wrong - 1].token),
             "no clause starts with %.*s", STR_ARG(word));
    return;
  }
  Words words = words_of(expected);
  bool declaration = expects(expected, FX_SYM_END);
  const char *group = group_of(expected);
  bool complete =
      declaration || (group && (strcmp(group, "a clause") == 0 || strcmp(group, "an element") == 0));
  Diag *d = expect(parse, join_words(parse, &words), complete);
  help(parse, d, expected);
  fx_cure(parse, d, symbols, count);
  if (declaration) suggest_declaration(parse, d);
}

void fx_too_deep(FxParse *parse) {
  parse->tree->broken = true;
  diag_add(parse->bag, FX8006, span_file(parse->tree->source), "the file is nested too deeply");
}
