/* In: mistakes that the grammar has a rule for. Out: one diagnostic each, with the edit that mends it. */
#include "fx/parse.h"
#include "fx_parse.h"

static Diag *mistake(FxParse *parse, FxRange range, const char *message) {
  parse->tree->broken = true;
  Span span = span_join(fx_token_span(parse->tree, range.first), fx_token_span(parse->tree, range.last));
  return diag_add(parse->bag, FX2004, span, "%s", message);
}

/// What the words and commas before a comma stand behind: a token, 0 when something else is between.
static uint32_t head_of_list(const FxParse *parse, uint32_t comma) {
  const FxToken *tokens = parse->tree->tokens.data;
  uint32_t at = comma;
  while (at >= 2 && (tokens[at].symbol == FX_SYM_COMMA || at == comma) &&
         tokens[at - 1].symbol != FX_SYM_COMMA)
    at -= 2;
  return at;
}

void fx_stray_comma(FxParse *parse, FxRange comma) {
  uint32_t head = head_of_list(parse, comma.first);
  uint16_t symbol = parse->tree->tokens.data[head].symbol;
  if (symbol == FX_SYM_COLON && head > 0 && parse->tree->tokens.data[head - 1].symbol == FX_SYM_MANY)
    return;  // features: a, b: the sign is reported, and the comma is right
  if (symbol == FX_SYM_FALLBACK) {
    Diag *chain = mistake(parse, comma, "'->' stands between the links of a chain");
    diag_fix(chain, DIAG_MACHINE_APPLICABLE, chain->span, STR(" ->"), "replace with '->'");
    return;
  }
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

void fx_stray_sign(FxParse *parse, FxRange sign) {
  Str text = fx_token_text(parse->tree, sign.first);
  Diag *d = mistake(parse, sign, str_printf(parse->arena, "no '%.*s' stands here", STR_ARG(text)).data);
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(""), "remove it");
}

void fx_not_equals(FxParse *parse, FxRange sign) {
  Diag *d = mistake(parse, sign, "a '=' stands before what a name is bound to");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(" ="), "replace with '='");
}

void fx_unknown_method(FxParse *parse, FxRange word) {
  static const char *const methods[] = {"get", "post", "put", "patch", "delete", "head"};
  Str text = fx_token_text(parse->tree, word.first);
  Diag *d = mistake(parse, word, str_printf(parse->arena, "'%.*s' is no method of HTTP", STR_ARG(text)).data);
  diag_help(d, "it is one of get, post, put, patch, delete, head");
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    if (str_eq_nocase(text, str_from(methods[i])))
      diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, str_from(methods[i]), "replace with '%s'", methods[i]);
}

void fx_generic_type(FxParse *parse, FxRange type, FxRange item) {
  Diag *d = mistake(parse, type, "a type has no types in angle brackets");
  Span from = fx_token_span(parse->tree, item.first), to = fx_token_span(parse->tree, item.last);
  Str text = str_span(parse->tree->bytes.data + from.start, parse->tree->bytes.data + to.end);
  Str name = fx_token_text(parse->tree, type.first);
  if (!str_eq(name, STR("Array")) && !str_eq(name, STR("List"))) return;
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, str_printf(parse->arena, "%.*s[]", STR_ARG(text)),
           "write it as a list");
}

void fx_colon_returns(FxParse *parse, FxRange colon) {
  Diag *d = mistake(parse, colon, "the type of the answer stands behind '->'");
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(" ->"), "replace with '->'");
}

void fx_braced_event(FxParse *parse, FxRange brace) {
  Diag *d = mistake(parse, brace, "what an event carries stands in parentheses");
  diag_help(d, "write it like 'event done(result: string, at: date)'");
}
