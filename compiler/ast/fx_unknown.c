/* In: a word of .fx that is no clause of the block it stands in. Out: FX2006 with what may have been meant:
 * the block that it belongs in, what .fx calls the key of YAML, or a word that is nearly the same. */
#include "ast/reader.h"
#include "base/suggest.h"

enum { SURE_DISTANCE = 1, SURE_LENGTH = 4, MOST_PLACES = 3 };

static Str first_word(const char *words) {
  Str rest = str_from(words), word = STR("");
  str_split(&rest, ' ', &word);
  return word;
}

static bool is_word(Str text) { return text.len && (text.data[0] | 32) >= 'a' && (text.data[0] | 32) <= 'z'; }

static bool same_key(Str a, Str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (a.data[i] != b.data[i] && !(a.data[i] == '_' && b.data[i] == '-') &&
        !(a.data[i] == '-' && b.data[i] == '_'))
      return false;
  return true;
}

/// The clause of the shape that YAML calls so, and that .fx has another word for.
static ClauseId find_key(ShapeId shape, Str key) {
  for (ClauseId c = shape_first(shape); c < CLAUSE_COUNT && clause_info(c)->shape == shape; c++) {
    Str paths = str_from(clause_info(c)->yaml), path, part, last = STR("");
    if (!is_word(str_from(clause_info(c)->fx))) continue;
    while (str_split(&paths, '|', &path)) {
      while (str_split(&path, '.', &part))
        if (!str_eq(part, STR("*"))) last = part;
      if (same_key(last, key)) return c;
    }
  }
  return CLAUSE_none;
}

/// Whether the word opens the block, so that in it the word is no clause but an operand.
static bool opens(ShapeId shape, Str word) {
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    uint16_t way;
    const ClauseInfo *info = clause_info(c);
    if (info->kind == KIND_BLOCK && str_eq(first_word(info->fx), word) && clause_block(c, &way) == shape)
      return true;
  }
  return false;
}

/// "an integration, a release": the blocks that have a clause of that word; empty when none has.
static Str places_of(AstReader *reader, Str word) {
  Str text = STR("");
  size_t places = 0;
  for (ShapeId shape = SHAPE_none + 1; shape < SHAPE_COUNT && places < MOST_PLACES; shape++) {
    ClauseId c = shape_first(shape);
    while (c < CLAUSE_COUNT && clause_info(c)->shape == shape &&
           !str_eq(first_word(clause_info(c)->fx), word))
      c++;
    if (c >= CLAUSE_COUNT || clause_info(c)->shape != shape || opens(shape, word)) continue;
    text = str_printf(reader->arena, "%.*s%s%s", STR_ARG(text), places++ ? ", " : "",
                      shape_info(shape)->sentence);
  }
  return text;
}

static void suggest_word(AstNode *parent, ShapeId shape, Str word, Diag *d) {
  Suggestion search = suggest_start(word);
  for (ClauseId c = shape_first(shape); c < CLAUSE_COUNT && clause_info(c)->shape == shape; c++)
    if (is_word(str_from(clause_info(c)->fx))) suggest_offer(&search, first_word(clause_info(c)->fx));
  if (!search.best.data) {
    bool binds = clause_by_word(shape, STR("="), CLAUSE_none) != CLAUSE_none;
    diag_help(
        d, binds ? "a name of your own starts with 'x-'; a name that is bound to something has '=' behind it"
                 : "a name of your own starts with 'x-' and has '=' behind it");
    return;
  }
  bool given = false;  // already: to have it twice is no cure
  for (ClauseId c = shape_first(shape); c < CLAUSE_COUNT && clause_info(c)->shape == shape; c++)
    given |= clause_info(c)->form == FORM_ONE && parent->seen & clause_bit(c) &&
             str_eq(first_word(clause_info(c)->fx), search.best);
  bool sure = !given && search.distance <= SURE_DISTANCE && word.len >= SURE_LENGTH;
  diag_help(d, "did you mean '%.*s'?", STR_ARG(search.best));
  diag_fix(d, sure ? DIAG_MACHINE_APPLICABLE : DIAG_MAYBE, d->span, search.best, "replace with '%.*s'",
           STR_ARG(search.best));
  for (ClauseId c = shape_first(shape); c < CLAUSE_COUNT && clause_info(c)->shape == shape; c++)
    if (str_eq(first_word(clause_info(c)->fx), search.best)) parent->seen |= clause_bit(c);
}

/// What may stand behind the first of two words: "prop config feature" behind `rename`.
static Str clause_words(AstReader *reader, ShapeId shape, Str word) {
  Str text = STR("");
  for (ClauseId c = shape_first(shape); c < CLAUSE_COUNT && clause_info(c)->shape == shape; c++) {
    Str words = str_from(clause_info(c)->fx);
    if (words.len > word.len + 1 && str_starts(words, word) && words.data[word.len] == ' ')
      text = str_printf(reader->arena, "%.*s%s%.*s", STR_ARG(text), text.len ? " " : "",
                        STR_ARG(str_skip(words, word.len + 1)));
  }
  return text;
}

void ast_unknown_word(AstReader *reader, AstNode *parent, ShapeId shape, uint32_t key) {
  Str text = doc_node(reader->doc, key)->text, word = first_word(str_cstr(reader->arena, text));
  Span span = doc_span(reader->doc, key);
  const char *block = shape_info(shape)->sentence;
  if (word.len < text.len && clause_words(reader, shape, word).len) {
    Str second = str_skip(text, word.len + 1), words = clause_words(reader, shape, word);
    Span place = span_part(span, span.end - span.start - (uint32_t)second.len, span.end - span.start);
    Diag *d = diag_add(reader->bag, FX2006, place, "'%.*s' cannot stand behind '%.*s'", STR_ARG(second),
                       STR_ARG(word));
    diag_help(d, "it is one of: %.*s", STR_ARG(words));
    return;
  }
  Str places = places_of(reader, word);
  ClauseId other = find_key(shape, word);
  if (places.len && !other) {
    Diag *d = diag_add(reader->bag, FX2006, span, "'%.*s' does not belong in %s", STR_ARG(text), block);
    diag_help(d, "it belongs in: %.*s", STR_ARG(places));
    return;
  }
  Diag *d = diag_add(reader->bag, FX2006, span, "no clause of %s is called '%.*s'", block, STR_ARG(text));
  if (other) {
    Str name = clause_word(other);
    diag_help(d, "here it is written '%.*s'", STR_ARG(name));
    diag_fix(d, DIAG_MAYBE, span, name, "replace with '%.*s'", STR_ARG(name));
    parent->seen |= clause_bit(other);
  } else if (clause_find(shape_root(shape), word)) {
    diag_help(d, "what it holds in YAML stands right in the block here");
    parent->seen = ~(uint64_t)0;
  } else {
    suggest_word(parent, shape, word, d);
  }
}
