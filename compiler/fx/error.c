/* In: where the parser could not go on. Out: one diagnostic for one mistake, and a place to go on at. */
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
  bool first = token_at(parse, at)->first && symbol != FX_SYM_GAP;
  if (resume == FX_RESUME_DECLARATION)
    return first && (symbol == FX_SYM_INTEGRATION || symbol == FX_SYM_PROJECT || symbol == FX_SYM_VIEW);
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

FxId fx_give_up(FxParse *parse, FxRange range, FxResume resume) {
  uint32_t from = find_feed(parse, range.first), at = parse->wrong;
  if (from >= at) from = at++;
  uint16_t depth = parse->feed.data[from].depth;
  while (symbol_at(parse, at) != FX_SYM_END && parse->feed.data[at].depth >= depth &&
         !(parse->feed.data[at].depth == depth && resumes(parse, at, resume)))
    at++;
  parse->at = at;
  FxRange skipped = {parse->feed.data[from].token, parse->feed.data[at - 1].token};
  return fx_make(parse, FX_ERROR, FX_NO_TOKEN, FX_NO_TOKEN, skipped, (FxList){0, 0});
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
  if (name && expects(expected, FX_SYM_RBRACE) && expects(expected, FX_SYM_TEXT) && !text) return "a clause";
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
  if (strcmp(group, "a clause") == 0) return symbol != FX_SYM_RBRACE;
  bool literal = symbol == FX_SYM_LITERAL || symbol == FX_SYM_REGEX || symbol == FX_SYM_CONSTANT;
  if (strcmp(group, "a value") == 0)
    return key || literal || symbol == FX_SYM_LBRACKET || symbol == FX_SYM_LBRACE;
  return key;
}

/// A sign that separates, or that would make a name of the keyword before it, is nobody's next thought.
static bool worth_saying(const char *group, uint16_t symbol) {
  if (group && (symbol == FX_SYM_COLON || symbol == FX_SYM_EQUALS)) return false;
  return symbol != FX_SYM_SEMICOLON && symbol != FX_SYM_COMMA && symbol != FX_SYM_END && symbol != FX_SYM_OWN;
}

static Words words_of(Expected expected) {
  Words words = {0};
  const char *group = group_of(expected);
  if (group) add_word(&words, group);
  for (int i = 0; i < expected.count; i++)
    if (worth_saying(group, expected.symbols[i]) && !in_group(group, expected.symbols[i]))
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

static void report(FxParse *parse, Str expected) {
  uint32_t at = parse->wrong;
  const FxToken *found = token_at(parse, at);
  bool gap = symbol_at(parse, at) == FX_SYM_GAP;
  bool earlier = at > 0 && (gap || found->first || found->kind == FX_TOKEN_END);
  uint32_t place = parse->feed.data[earlier ? at - 1 : at].token;
  Str behind = at > 0 ? shown(parse, at - 1) : STR_NONE;
  bool say_behind = at > 0 && behind.len <= 40 && symbol_at(parse, at - 1) != FX_SYM_LBRACE &&
                    symbol_at(parse, at - 1) != FX_SYM_RBRACE;
  Str where = say_behind ? str_printf(parse->arena, " behind %.*s", STR_ARG(behind)) : STR("");
  Str what =
      earlier && say_behind ? STR("") : str_printf(parse->arena, ", found %.*s", STR_ARG(shown(parse, at)));
  Diag *d = diag_add(parse->bag, FX2004, fx_token_span(parse->tree, place), "expected %.*s%.*s%.*s",
                     STR_ARG(expected), STR_ARG(where), STR_ARG(what));
  uint16_t symbol = symbol_at(parse, at);
  if (symbol == FX_SYM_ID) diag_help(d, "a comment starts with '//'");
  if (symbol == FX_SYM_CONSTANT || (symbol >= FX_SYM_IN && symbol <= FX_SYM_OR)) {
    Str word = fx_token_text(parse->tree, parse->feed.data[at].token);
    diag_help(d, "'%.*s' is a reserved word; as a name it is written `%.*s`", STR_ARG(word), STR_ARG(word));
  }
}

void fx_syntax_error(FxParse *parse, const uint16_t *symbols, int count) {
  parse->tree->broken = true;
  parse->wrong = parse->at - 1;
  Words words = words_of((Expected){symbols, count});
  report(parse, join_words(parse, &words));
}

void fx_too_deep(FxParse *parse) {
  parse->tree->broken = true;
  diag_add(parse->bag, FX8006, span_file(parse->tree->source), "the file is nested too deeply");
}

/* Mistakes that have a rule in the grammar */

static Diag *mistake(FxParse *parse, FxRange range, const char *message) {
  parse->tree->broken = true;
  Span span = span_join(fx_token_span(parse->tree, range.first), fx_token_span(parse->tree, range.last));
  return diag_add(parse->bag, FX2004, span, "%s", message);
}

void fx_stray_comma(FxParse *parse, FxRange comma) {
  Diag *d = mistake(parse, comma, "no ',' stands between clauses");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(""), "remove it");
}

void fx_bare_range(FxParse *parse, FxRange range) {
  Diag *d = mistake(parse, range, "a range with a comparison stands in quotes");
  Str text = str_take(str_skip(parse->tree->bytes, d->span.start), d->span.end - d->span.start);
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, str_printf(parse->arena, "\"%.*s\"", STR_ARG(text)),
           "put quotes around it");
}

void fx_optional_name(FxParse *parse, FxRange name, FxRange mark, FxRange type) {
  Diag *d = mistake(parse, mark, "the '?' of what may be absent stands behind the type");
  DiagFix *fix = diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(""), "move it behind the type");
  Span end = fx_token_span(parse->tree, type.last);
  diag_fix_edit(d, fix, span_part(end, end.end - end.start, end.end - end.start), STR("?"));
  (void)name;
}

void fx_single_equals(FxParse *parse, FxRange sign) {
  Diag *d = mistake(parse, sign, "a comparison for being equal is written '=='");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR("=="), "replace with '=='");
}

void fx_glued_class(FxParse *parse, FxRange path) {
  Diag *d = mistake(parse, path, "a space stands between an element and its class");
  Str text = fx_token_text(parse->tree, path.first);
  uint32_t dot = (uint32_t)str_find_char(text, '.');
  diag_fix(d, DIAG_MACHINE_APPLICABLE, span_part(d->span, dot, dot), STR(" "), "insert a space");
}
