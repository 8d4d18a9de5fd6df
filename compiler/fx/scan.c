/* In: what fx.re found. Out: tokens and comments of the tree, and a diagnostic for each mistake in them.
 * A word is a keyword only for the parser: the tree calls all of them words. */
#include "base/suggest.h"
#include "base/utf8.h"
#include "fx/parse.h"
#include "fx_parse.h"

typedef struct Word {
  const char *text;
  uint16_t symbol;
} Word;

static const Word words[] = {
#define WORD(text, symbol) {text, FX_SYM_##symbol},
#include "fx_words.def"
#undef WORD
};

static uint16_t find_keyword(Str word) {
  size_t low = 0, high = sizeof words / sizeof *words;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = str_cmp(word, str_from(words[middle].text));
    if (order == 0) return words[middle].symbol;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

bool fx_is_keyword(Str word) { return find_keyword(word) != 0; }

Str fx_near_word(Str word) {
  Suggestion search = suggest_start(word);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) suggest_offer(&search, str_from(words[i].text));
  return search.best;
}

/// Behind these a line goes on: no clause starts there.
static bool goes_on(uint16_t symbol) {
  return symbol == FX_SYM_COMMA || symbol == FX_SYM_EQUALS || symbol == FX_SYM_COLON ||
         symbol == FX_SYM_ARROW || symbol == FX_SYM_BAR || symbol == FX_SYM_LPAREN ||
         symbol == FX_SYM_LBRACKET;
}

/// The symbol of a word: that of a keyword, or that of a name.
static uint16_t word_symbol(const FxParse *parse, Str word, bool first) {
  uint16_t keyword = find_keyword(word);
  if (keyword) return keyword;
  if (str_starts(word, STR("x-")) || str_starts(word, STR("_"))) return FX_SYM_OWN;
  const FxTree *tree = parse->tree;
  bool inside = tree->tokens.len && goes_on(vec_last(&tree->tokens).symbol);
  return first && !inside ? FX_SYM_FIRST : FX_SYM_NAME;
}

static uint32_t offset(const FxParse *parse, const char *at) {
  return (uint32_t)(at - parse->tree->bytes.data);
}

static Span span_of(const FxParse *parse, const char *start, const char *end) {
  return (Span){parse->tree->source, offset(parse, start), offset(parse, end)};
}

/// Whether a line break (or nothing) lies between `from` and `to`.
static bool breaks(const FxParse *parse, uint32_t from, uint32_t to) {
  return from == 0 || memchr(parse->tree->bytes.data + from, '\n', to - from) != NULL;
}

void fx_put_token(FxParse *parse, FxTokenKind kind, uint16_t symbol, const char *start, const char *end) {
  FxTree *tree = parse->tree;
  FxToken token = {
      .kind = (uint8_t)kind, .symbol = symbol, .start = offset(parse, start), .end = offset(parse, end)};
  size_t count = tree->tokens.len;
  token.first = breaks(parse, count ? vec_last(&tree->tokens).end : 0, token.start);
  token.comment = parse->comments;
  token.wrong = parse->told || kind == FX_TOKEN_BAD;
  parse->told = false;
  parse->comments = (uint32_t)tree->comments.len;
  if (kind == FX_TOKEN_WORD && !symbol) token.symbol = word_symbol(parse, str_span(start, end), token.first);
  vec_push(parse->arena, &tree->tokens, token);
}

void fx_put_comment(FxParse *parse, FxCommentKind kind, const char *start, const char *end) {
  FxTree *tree = parse->tree;
  while (kind != FX_COMMENT_BLOCK && end > start && end[-1] == '\r') end--;
  FxComment comment = {.kind = (uint8_t)kind, .start = offset(parse, start), .end = offset(parse, end)};
  uint32_t before = tree->tokens.len ? vec_last(&tree->tokens).end : 0;
  if (tree->comments.len && vec_last(&tree->comments).end > before) before = vec_last(&tree->comments).end;
  comment.first = breaks(parse, before, comment.start);
  vec_push(parse->arena, &tree->comments, comment);
}

static Diag *wrong(FxParse *parse, const char *start, const char *end, const char *message) {
  parse->tree->broken = true;
  return diag_add(parse->bag, FX2004, span_of(parse, start, end), "%s", message);
}

const char *fx_block_comment_end(FxParse *parse, const char *start) {
  Str rest = str_skip(parse->tree->bytes, offset(parse, start) + 2);
  ptrdiff_t end = str_find(rest, STR("*/"));
  if (end >= 0) return rest.data + end + 2;
  parse->swallowed = true;
  wrong(parse, start, start + 2, "this comment is never closed");
  return rest.data + rest.len;
}

const char *fx_raw_string_end(FxParse *parse, const char *start) {
  Str rest = str_skip(parse->tree->bytes, offset(parse, start) + 3);
  ptrdiff_t end = str_find(rest, STR("\"\"\""));
  if (end >= 0) return rest.data + end + 3;
  parse->swallowed = true;
  diag_help(wrong(parse, start, start + 3, "this text is never closed"), "it ends with \"\"\"");
  return rest.data + rest.len;
}

/// The length of a right escape, 0 for a wrong one; *bad is then its length.
static size_t escape_length(Str at, size_t *bad) {
  *bad = at.len < 2 ? at.len : 2;
  if (at.len < 2) return 0;
  if (strchr("nt\"\\", at.data[1])) return 2;
  if (at.data[1] != 'u' || at.len < 3 || at.data[2] != '{') return 0;
  uint32_t point = 0;
  size_t i = 3;
  for (; i < at.len && i < 9 && strchr("0123456789abcdefABCDEF", at.data[i]); i++)
    point = point * 16 + (uint32_t)(at.data[i] <= '9' ? at.data[i] - '0' : (at.data[i] | 32) - 'a' + 10);
  bool closed = i > 3 && i < at.len && at.data[i] == '}';
  *bad = closed ? i + 1 : i;
  return closed && point && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF) ? i + 1 : 0;
}

void fx_check_string(FxParse *parse, const char *start, const char *end) {
  for (const char *at = start + 1; at < end - 1;) {
    size_t bad = 1, length = *at == '\\' ? escape_length(str_span(at, end - 1), &bad) : 1;
    if ((unsigned char)*at < ' ' && *at != '\t') {
      diag_help(wrong(parse, at, at + 1, "a text cannot have this control character in it"),
                "write it as \\u{%x}, or use \"\"\" for a text of several lines", (unsigned char)*at);
    } else if (!length) {
      diag_help(wrong(parse, at, at + bad, "this escape means nothing"),
                "escapes are \\n \\t \\\" \\\\ and \\u{1F600}; between \"\"\" and \"\"\" there are none");
      length = bad;
    }
    at += length;
  }
}

void fx_unclosed(FxParse *parse, const char *start, const char *end, const char *what, char quote) {
  parse->tree->broken = true;
  Diag *d =
      diag_add(parse->bag, FX2004, span_of(parse, start, end), "this %s is not closed on its line", what);
  if (quote == '"')
    diag_help(d, "put a '\"' behind it; a text of several lines stands between \"\"\" and \"\"\"");
  else
    diag_help(d, "put a '%c' behind it; a comment starts with '//'", quote);
}

void fx_single_quotes(FxParse *parse, const char *start, const char *end) {
  Diag *d = wrong(parse, start, end, "a text stands in double quotes");
  Str inner = str_span(start + 1, end - 1);
  if (str_find_char(inner, '"') >= 0) return;
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, str_printf(parse->arena, "\"%.*s\"", STR_ARG(inner)),
           "use double quotes");
}

void fx_hash_comment(FxParse *parse, const char *start, const char *end) {
  Diag *d = wrong(parse, start, end, "a comment starts with '//'");
  const FxTree *tree = parse->tree;
  bool first = !tree->tokens.len || breaks(parse, vec_last(&tree->tokens).end, offset(parse, start));
  // Behind other tokens it may be the start of an id of a view, and the rest of the line a block.
  diag_fix(d, first ? DIAG_MACHINE_APPLICABLE : DIAG_MAYBE, span_of(parse, start, start + 1), STR("//"),
           "replace '#' with '//'");
}

void fx_bare_text(FxParse *parse, const char *start, const char *end, const char *message) {
  parse->told = true;
  Diag *d = wrong(parse, start, end, message);
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span,
           str_printf(parse->arena, "\"%.*s\"", STR_ARG(str_span(start, end))), "put quotes around it");
}

const char *fx_text_with_nul(FxParse *parse, const char *end) {
  const char *limit = parse->tree->bytes.data + parse->tree->bytes.len, *at = end;
  if (end >= limit || *end) return NULL;
  while (at < limit && *at != '"' && *at != '\n') at += *at == '\\' && at + 1 < limit ? 2 : 1;
  wrong(parse, end, end + 1, "a text cannot have the control character U+0000 in it");
  parse->told = true;
  return at < limit && *at == '"' ? at + 1 : at > limit ? limit : at;
}

const char *fx_smart_quotes(FxParse *parse, const char *start) {
  const char *limit = parse->tree->bytes.data + parse->tree->bytes.len, *at = start + 3, *end = NULL;
  for (; at < limit && *at != '\n' && !end; at++)
    if (*at == '"' ||
        (at + 2 < limit && memcmp(at, "\xE2\x80", 2) == 0 && at[2] >= '\x98' && at[2] <= '\x9E'))
      end = at;
  Str inner = str_span(start + 3, end ? end : start + 3);
  const char *behind = !end ? start + 3 : *end == '"' ? end + 1 : end + 3;
  Diag *d = wrong(parse, start, behind, "these quotes are typographic ones; a text stands in '\"'");
  if (end)
    diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, str_printf(parse->arena, "\"%.*s\"", STR_ARG(inner)),
             "use straight quotes");
  return behind;
}

const char *fx_bad_bytes(FxParse *parse, const char *start) {
  FxTree *tree = parse->tree;
  Str rest = str_skip(tree->bytes, offset(parse, start));
  uint32_t point, at = offset(parse, start);
  size_t length = utf8_decode(rest, &point);
  bool again = tree->tokens.len && vec_last(&tree->tokens).kind == FX_TOKEN_BAD &&
               !breaks(parse, vec_last(&tree->tokens).end, at);
  fx_put_token(parse, FX_TOKEN_BAD, FX_SYM_END, start, start + length);
  if (again) return start + length;  // one is enough for a line
  parse->tree->broken = true;
  Span span = span_of(parse, start, start + length);
  if (point == 0xA0) {
    Diag *d = diag_add(parse->bag, FX2004, span, "this is a no-break space");
    diag_fix(d, DIAG_MACHINE_APPLICABLE, span, STR(" "), "replace it with a space");
  } else if (point < ' ' || point == 0x7F) {
    diag_add(parse->bag, FX2004, span, "the control character U+%04X means nothing here", point);
  } else {
    diag_add(parse->bag, FX2004, span, "'%.*s' means nothing here", (int)length, start);
  }
  return start + length;
}

void fx_wrong_token(FxParse *parse, const char *start, const char *end, const char *message,
                    const char *instead) {
  parse->told = true;
  Diag *d = wrong(parse, start, end, message);
  if (instead) diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, str_from(instead), "replace with '%s'", instead);
}
