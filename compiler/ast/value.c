/* In: scalars and trees of values of a YAML or JSON file. Out: AST nodes of the kind that their clause
 * asks for. Whether a scalar is quoted matters only for text: `"true"` is text where `true` is none. */
#include <math.h>

#include "ast/literal.h"
#include "ast/reader.h"
#include "base/date.h"
#include "base/suggest.h"

static const DocNode *at(const AstReader *reader, uint32_t i) { return doc_node(reader->doc, i); }

bool ast_is_null(const AstReader *reader, uint32_t value) {
  const DocNode *node = at(reader, value);
  double number;
  return node->kind == DOC_SCALAR && node->style == DOC_PLAIN &&
         literal_core(node->text, &number) == CORE_NULL;
}

static Str raw_text(const AstReader *reader, uint32_t value) {
  const DocNode *node = at(reader, value);
  return str_take(str_skip(reader->doc->bytes, node->start), node->end - node->start);
}

/// `[TODO: the label]` without quotes is a YAML list; it is a hole all the same.
bool ast_is_hole(const AstReader *reader, uint32_t value) {
  const DocNode *node = at(reader, value);
  Str text = node->kind == DOC_SCALAR ? node->text
             : node->kind == DOC_LIST ? raw_text(reader, value)
                                      : STR_NONE;
  return str_starts(text, STR("[TODO")) || str_starts(text, STR("[REQUIRES"));
}

static const char *found_kind(const AstReader *reader, uint32_t value) {
  const DocNode *node = at(reader, value);
  double number;
  bool fx = reader->doc->notation == DOC_FX;
  if (node->kind != DOC_SCALAR) return node->kind == DOC_LIST ? "a list" : fx ? "values in braces" : "a map";
  return ast_is_null(reader, value)                         ? "nothing"
         : literal_core(node->text, &number) == CORE_STRING ? "text"
                                                            : NULL;
}

/// `label:Address` where a map is expected is one text without a space.
static void offer_space(AstReader *reader, Diag *d, uint32_t value) {
  Str raw = raw_text(reader, value);
  ptrdiff_t colon = str_find_char(raw, ':');
  if (colon <= 0 || str_find_char(str_take(raw, (size_t)colon), ' ') >= 0) return;
  Span place = span_part(d->span, (uint32_t)colon + 1, (uint32_t)colon + 1);
  diag_help(d, "a space is missing behind ':'");
  diag_fix(d, DIAG_MAYBE, place, STR(" "), "insert a space");
}

/// `traffic: "10"`: in quotes it is text, whatever it looks like.
static void offer_bare(AstReader *reader, Diag *d, uint32_t value) {
  double number;
  Str text = at(reader, value)->text;
  if (literal_core(text, &number) == CORE_STRING) return;
  diag_fix(d, DIAG_MAYBE, d->span, text, "write it without quotes")->bare = true;
}

Diag *ast_wrong_type(AstReader *reader, AstNode *node, uint32_t value, const char *expected) {
  if (node) node->wrong = true;
  bool fx = reader->doc->notation == DOC_FX;
  if (fx && strcmp(expected, "a map") == 0) expected = "values in braces";
  const char *found = found_kind(reader, value);
  bool scalar = at(reader, value)->kind == DOC_SCALAR && (!found || strcmp(found, "text") == 0);
  Span span = doc_span(reader->doc, value);
  if (span.end == span.start && node) span = node->key_span;
  Diag *d = scalar ? diag_add(reader->bag, FX2007, span, "expected %s, found '%.*s'", expected,
                              STR_ARG(at(reader, value)->text))
                   : diag_add(reader->bag, FX2007, span, "expected %s, found %s", expected, found);
  if (!fx && scalar && at(reader, value)->style == DOC_PLAIN && strncmp(expected, "a map", 5) == 0)
    offer_space(reader, d, value);
  DocStyle style = at(reader, value)->style;
  if (scalar && (style == DOC_SINGLE || style == DOC_DOUBLE)) offer_bare(reader, d, value);
  return d;
}

typedef bool ReadKind(AstReader *reader, AstNode *node, const DocNode *scalar);

static bool plain_number(const DocNode *scalar, double *number) {
  if (scalar->style != DOC_PLAIN) return false;
  CoreKind kind = literal_core(scalar->text, number);
  return (kind == CORE_INT || kind == CORE_FLOAT) && isfinite(*number) && *number >= 0;
}

static bool set(AstNode *node, AstKind kind, double number) {
  node->kind = kind;
  node->number = number;
  return true;
}

static bool read_text(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double number;
  if (scalar->style == DOC_PLAIN && literal_core(scalar->text, &number) != CORE_STRING) return false;
  return set(node, AST_TEXT, 0);
}

/// Versions and ranges: `3.2` is a float to YAML and a range to us.
static bool read_spelled(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double number;
  if (scalar->style == DOC_PLAIN && literal_core(scalar->text, &number) == CORE_BOOL) return false;
  return set(node, AST_TEXT, 0);
}

static bool word_byte(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
}

static bool read_name(AstReader *reader, AstNode *node, const DocNode *scalar) {
  for (size_t i = 0; i < scalar->text.len; i++)
    if ((unsigned char)scalar->text.data[i] <= ' ') return false;
  return scalar->text.len > 0 && read_text(reader, node, scalar);
}

static bool read_label(AstReader *reader, AstNode *node, const DocNode *scalar) {
  Str text = scalar->text;
  if (text.len == 0 || !word_byte(text.data[0])) return false;
  for (size_t i = 0; i < text.len; i++)
    if (!word_byte(text.data[i]) && text.data[i] != '-' && text.data[i] != '.') return false;
  return read_spelled(reader, node, scalar);
}

static bool same_word(Str word, Str text) {
  if (word.len != text.len) return false;
  for (size_t i = 0; i < word.len; i++)
    if (word.data[i] != text.data[i] &&
        !(word.data[i] == '_' && (text.data[i] == '-' || text.data[i] == ' ')))
      return false;
  return true;
}

static bool read_choice(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  Str rest = str_from(clause_info(node->clause)->detail), word;
  for (double index = 0; clause_next_word(&rest, &word); index++) {
    if (!same_word(word, scalar->text)) continue;
    node->text = word;
    return set(node, AST_CHOICE, index);
  }
  return false;
}

static bool read_switch(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double number;
  if (scalar->style == DOC_PLAIN && literal_core(scalar->text, &number) == CORE_BOOL)
    return set(node, AST_BOOL, number);
  if (str_eq(scalar->text, STR("on"))) return set(node, AST_BOOL, 1);
  return str_eq(scalar->text, STR("off")) && set(node, AST_BOOL, 0);
}

static bool read_int(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double number;
  return plain_number(scalar, &number) && number == floor(number) && number <= 9007199254740991.0 &&
         set(node, AST_INT, number);
}

static bool read_date(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  int32_t days;
  return date_parse(scalar->text, &days) && set(node, AST_DATE, days);
}

static bool read_duration(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double ms;
  return (plain_number(scalar, &ms) || literal_duration(scalar->text, &ms)) && set(node, AST_DURATION, ms);
}

static bool read_share(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double share;
  return (plain_number(scalar, &share) || literal_share(scalar->text, &share)) && share <= 1 &&
         set(node, AST_SHARE, share);
}

static bool read_percent(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double share;
  if (plain_number(scalar, &share)) return share <= 100 && set(node, AST_SHARE, share / 100);
  return literal_share(scalar->text, &share) && share <= 1 && set(node, AST_SHARE, share);
}

static bool read_rate(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double rate;
  node->text = scalar->text;  // says for which interval it is
  return (plain_number(scalar, &rate) || literal_rate(scalar->text, &rate)) && set(node, AST_RATE, rate);
}

static bool read_size(AstReader *reader, AstNode *node, const DocNode *scalar) {
  (void)reader;
  double bytes;
  return (plain_number(scalar, &bytes) || literal_size(scalar->text, &bytes)) && set(node, AST_SIZE, bytes);
}

static bool read_element(AstReader *reader, AstNode *node, const DocNode *scalar) {
  Str text = scalar->text;
  bool optional = str_ends(text, STR("?"));
  if (optional) text.len--;
  for (size_t i = 0; i < text.len; i++)
    if (!word_byte(text.data[i]) && text.data[i] != '-') return false;
  node->text = text.len ? str_lower(reader->arena, text) : STR("any");
  return (text.len || optional) && set(node, AST_ELEMENT, optional);
}

typedef struct Kind {
  ReadKind *read;
  const char *expected, *cure;
} Kind;

static const Kind kinds[KIND_COUNT] = {
    [KIND_TEXT] = {read_text, "text", "put quotes around it to make it text"},
    [KIND_NAME] = {read_name, "a name", "a name has no white space in it"},
    [KIND_LABEL] = {read_label, "a release's label", "a label is written like v3 or v3-beta"},
    [KIND_IDENT] = {read_name, "a name", "a name has no white space in it"},
    [KIND_CHOICE] = {read_choice, NULL, NULL},
    [KIND_SWITCH] = {read_switch, "true or false", NULL},
    [KIND_INT] = {read_int, "a whole number", "write it without quotes and unit, like 100"},
    [KIND_DATE] = {read_date, "a date", "write it like 2025-06-30"},
    [KIND_DURATION] = {read_duration, "a duration",
                       "write it like 300ms, 2s, 5m, 1h or 7d; a plain number is milliseconds"},
    [KIND_SHARE] = {read_share, "a share", "write it like 5%, or as a number between 0 and 1"},
    [KIND_PERCENT] = {read_percent, "a percentage", "write it like 5% or 5; it is at most 100"},
    [KIND_RATE] = {read_rate, "a rate", "write it like 50/s or 1000/m"},
    [KIND_SIZE] = {read_size, "a size", "write it like 512B, 64KiB or 10MiB"},
    [KIND_VERSION] = {read_spelled, "a version", "write it like \"3.2.0\""},
    [KIND_RANGE] = {read_spelled, "a version range", "write it like \"^3.2\""},
    [KIND_PATTERN] = {read_text, "a regular expression", "put quotes around it"},
    [KIND_ELEMENT] = {read_element, "the name of an element",
                      "write it like input, or input? when it may be absent"},
};

static void offer_words(Diag *d, const AstNode *node, Str text) {
  Str words = str_from(clause_info(node->clause)->detail), word;
  diag_help(d, "it is one of: %.*s", STR_ARG(words));
  Suggestion search = suggest_start(text);
  while (clause_next_word(&words, &word)) suggest_offer(&search, word);
  if (search.best.data)
    diag_fix(d, DIAG_MAYBE, d->span, search.best, "replace with '%.*s'", STR_ARG(search.best));
}

static void report_scalar(AstReader *reader, AstNode *node, uint32_t value) {
  const ClauseInfo *info = clause_info(node->clause);
  const Kind *kind = &kinds[info->kind];
  if (!kind->expected) {
    Str key = ast_clause_name(reader, node->clause);
    Diag *d = ast_wrong_type(reader, node, value,
                             str_printf(reader->arena, "a word for '%.*s'", STR_ARG(key)).data);
    offer_words(d, node, at(reader, value)->kind == DOC_SCALAR ? at(reader, value)->text : STR_NONE);
    return;
  }
  Diag *d = ast_wrong_type(reader, node, value, kind->expected);
  bool scalar = at(reader, value)->kind == DOC_SCALAR;
  if (kind->cure && (scalar || info->kind != KIND_TEXT)) diag_help(d, "%s", kind->cure);
  bool quotable = info->kind == KIND_TEXT && scalar && at(reader, value)->text.len;
  if (quotable)
    diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span,
             str_printf(reader->arena, "\"%.*s\"", STR_ARG(at(reader, value)->text)), "put quotes around it");
}

/// Documentation ends with its last word, however its notation ends a text of several lines.
static void trim_end(Str *text) {
  while (text->len && strchr(" \t\r\n", text->data[text->len - 1])) text->len--;
}

void ast_read_scalar(AstReader *reader, AstNode *node, uint32_t value) {
  const ClauseInfo *info = clause_info(node->clause);
  const DocNode *scalar = at(reader, value);
  bool empty = ast_is_null(reader, value) || (scalar->kind == DOC_SCALAR && str_trim(scalar->text).len == 0);
  if (ast_is_hole(reader, value) || (empty && info->need != NEED_OPTIONAL)) {
    node->kind = AST_HOLE;
    node->text = scalar->kind == DOC_SCALAR ? scalar->text : raw_text(reader, value);
    if (node->span.end == node->span.start) node->span = node->key_span;
    return;
  }
  if (scalar->kind == DOC_SCALAR) node->text = scalar->text;
  if (strcmp(info->fx, "///") == 0) trim_end(&node->text);
  if (scalar->kind == DOC_SCALAR && kinds[info->kind].read(reader, node, scalar)) return;
  report_scalar(reader, node, value);
}

/* Trees of values */

static bool is_reference(Str text) {
  Str rest = str_starts(text, STR("env."))      ? str_skip(text, 4)
             : str_starts(text, STR("config.")) ? str_skip(text, 7)
                                                : STR_NONE;
  for (size_t i = 0; i < rest.len; i++)
    if (!word_byte(rest.data[i]) && rest.data[i] != '.' && rest.data[i] != '-') return false;
  return rest.len > 0;
}

static void read_scalar_value(AstNode *node, const DocNode *scalar) {
  static const AstKind kind_of[] = {AST_NULL, AST_BOOL, AST_INT, AST_NUMBER, AST_TEXT};
  node->text = scalar->text;
  node->kind = AST_TEXT;
  if (scalar->style == DOC_PLAIN) node->kind = kind_of[literal_core(scalar->text, &node->number)];
  if (node->kind == AST_TEXT && is_reference(node->text)) node->kind = AST_REFERENCE;
}

static void read_items(AstReader *reader, AstNode *node, uint32_t value) {
  bool record = at(reader, value)->kind == DOC_MAP;
  for (uint32_t i = value + 1; i < at(reader, value)->next;) {
    uint32_t key = i, item = record ? at(reader, i)->next : i;
    i = at(reader, item)->next;
    if (record && at(reader, key)->duplicate) continue;
    AstNode *child = ast_add(reader->arena, node, (AstNode){.span = doc_span(reader->doc, item)});
    if (record) child->name = at(reader, key)->text, child->key_span = doc_span(reader->doc, key);
    ast_read_value(reader, child, item);
  }
}

void ast_read_value(AstReader *reader, AstNode *node, uint32_t value) {
  const DocNode *given = at(reader, value);
  const ClauseInfo *info = clause_info(node->clause);
  bool record = node->clause && strcmp(info->detail ? info->detail : "", "record") == 0;
  if (record && given->kind != DOC_MAP) {
    ast_wrong_type(reader, node, value, "a map");
    return;
  }
  if (given->kind == DOC_SCALAR) {
    read_scalar_value(node, given);
    return;
  }
  node->kind = given->kind == DOC_MAP ? AST_RECORD : AST_LIST;
  read_items(reader, node, value);
}
