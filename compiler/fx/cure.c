/* In: a syntax error that has been reported. Out: its help, or the edit that mends it, where what stands
 * around the wrong token tells what was meant. What surprises: the parser knows only what may follow; the
 * habits of YAML, JSON and other languages that lead here are told apart by the tokens alone. */
#include "fx/parse.h"
#include "fx_parse.h"

typedef struct Place {
  const FxParse *parse;
  const uint16_t *expected;
  int count;
  uint32_t at;                         // of the wrong token, in the feed
  uint16_t found, next, before, back;  // the wrong token, the one behind it, the two before it
} Place;

static uint16_t symbol_at(const FxParse *parse, uint32_t at) {
  return at < parse->feed.len ? parse->feed.data[at].symbol : FX_SYM_END;
}

static bool expects(const Place *place, uint16_t symbol) {
  for (int i = 0; i < place->count; i++)
    if (place->expected[i] == symbol) return true;
  return false;
}

static Span span_at(const Place *place, uint32_t at) {
  return fx_token_span(place->parse->tree, place->parse->feed.data[at].token);
}

static bool is_name(uint16_t symbol) { return symbol >= FX_SYM_NAME && symbol <= FX_SYM_TEXT; }

static void insert(Diag *d, Span at, const char *text, const char *shown) {
  diag_fix(d, DIAG_MACHINE_APPLICABLE, span_part(at, 0, 0), str_from(text), "insert '%s'", shown);
}

static void replace(Diag *d, Span at, const char *text, const char *shown) {
  diag_fix(d, DIAG_MACHINE_APPLICABLE, at, str_from(text), "replace with '%s'", shown);
}

static void leave_out(Diag *d, Span at) { diag_fix(d, DIAG_MACHINE_APPLICABLE, at, STR(""), "remove it"); }

/// The keyword that the clause around the wrong token starts with, as far as it is on the same line.
static uint16_t lead_of(const Place *place) {
  for (uint32_t at = place->at; at-- > 0;) {
    uint16_t symbol = symbol_at(place->parse, at),
             before = at > 0 ? symbol_at(place->parse, at - 1) : FX_SYM_LBRACE;
    bool first = place->parse->tree->tokens.data[place->parse->feed.data[at].token].first;
    if (first || before == FX_SYM_LBRACE || before == FX_SYM_SEMICOLON) return symbol;
  }
  return FX_SYM_END;
}

/// Whether the wrong token stands in the braces of a route, as far as they open nearby.
static bool in_route(const Place *place) {
  enum { FAR = 100 };
  const FxFeed *feed = place->parse->feed.data;
  uint16_t depth = feed[place->at].depth;
  for (uint32_t at = place->at, n = 0; at-- > 2 && n < FAR; n++)
    if (feed[at].depth < depth)
      return feed[at].symbol == FX_SYM_LBRACE && feed[at - 2].symbol == FX_SYM_ROUTE;
  return false;
}

static void cure_header(const Place *place, Diag *d) {
  bool named =
      place->before == FX_SYM_INTEGRATION || place->before == FX_SYM_VIEW || place->before == FX_SYM_PROJECT;
  bool bound = place->back == FX_SYM_INTEGRATION || place->back == FX_SYM_TYPE;
  if (named && place->found == FX_SYM_COLON && is_name(place->next)) leave_out(d, span_at(place, place->at));
  if (bound && place->found == FX_SYM_EQUALS && place->next == FX_SYM_LBRACE)
    leave_out(d, span_at(place, place->at));
  else if (place->back == FX_SYM_TYPE && place->found == FX_SYM_EQUALS)
    diag_help(d, "a type is a record: 'type NAME { … }'; a choice stands where it is used");
}

static void cure_release(const Place *place, Diag *d) {
  if (place->back != FX_SYM_RELEASE || !expects(place, FX_SYM_EQUALS)) return;
  if (place->found == FX_SYM_LITERAL || place->found == FX_SYM_STRING)
    insert(d, span_at(place, place->at), "= ", "=");
  else if (place->found == FX_SYM_COLON)
    replace(d, span_at(place, place->at), " =", "=");
}

static void cure_prop(const Place *place, Diag *d) {
  if (place->back != FX_SYM_PROP || !expects(place, FX_SYM_COLON)) return;
  Span name = span_at(place, place->at - 1);
  if (place->found == FX_SYM_EQUALS)
    diag_help(d, "a type comes first, as in 'prop country: string = \"us\"'");
  else if ((is_name(place->found) || place->found == FX_SYM_STRING) && place->next != FX_SYM_COLON)
    insert(d, span_part(name, name.end - name.start, name.end - name.start), ":", ":");
}

static void cure_behaviour(const Place *place, Diag *d) {
  if (place->back != FX_SYM_ON || !expects(place, FX_SYM_OF)) return;
  if (is_name(place->found) && place->before != FX_SYM_OF)
    insert(d, span_at(place, place->at), "of ", "of");
  else
    diag_help(d, "write it like 'on change of street { … }'");
}

static void cure_range(const Place *place, Diag *d) {
  if (place->before != FX_SYM_RANGES || place->found != FX_SYM_USED) return;
  Str text = fx_token_text(place->parse->tree, place->parse->feed.data[place->at].token);
  uint32_t sign = (uint32_t)str_find_char(text, '@');
  diag_fix(d, DIAG_MACHINE_APPLICABLE, span_part(d->span, sign, sign + 1), STR(" "),
           "replace the '@' with a space");
}

/// A file of another notation that has the name of this one.
static void cure_notation(const Place *place, Diag *d) {
  if (place->found == FX_SYM_LBRACE && place->next == FX_SYM_STRING)
    diag_help(d, "this looks like JSON: call the file .json, and 'fxc convert' writes it as .fx");
  if (is_name(place->found) && place->next == FX_SYM_COLON)
    diag_help(d, "this looks like YAML: call the file .yaml, and 'fxc convert' writes it as .fx");
}

void fx_cure(const FxParse *parse, Diag *d, const uint16_t *expected, int count) {
  uint32_t at = parse->wrong;
  Place place = {.parse = parse,
                 .expected = expected,
                 .count = count,
                 .at = at,
                 .found = symbol_at(parse, at),
                 .next = symbol_at(parse, at + 1)};
  place.before = at > 0 ? symbol_at(parse, at - 1) : FX_SYM_END;
  place.back = at > 1 ? symbol_at(parse, at - 2) : FX_SYM_END;
  if (expects(&place, FX_SYM_END)) {
    cure_notation(&place, d);
    return;
  }
  cure_header(&place, d);
  cure_release(&place, d);
  cure_prop(&place, d);
  cure_behaviour(&place, d);
  cure_range(&place, d);
  uint16_t lead = lead_of(&place);
  if (lead == FX_SYM_FALLBACK) diag_help(d, "write it like 'fallback v3 -> v2 -> static'");
  if (place.found == FX_SYM_COLON && place.next == FX_SYM_LITERAL && in_route(&place))
    leave_out(d, span_at(&place, at));
  if (place.found == FX_SYM_STRING && place.next == FX_SYM_COLON && !d->helps.len)
    diag_help(d, "a keyword stands without quotes, and no ':' behind it");
}
