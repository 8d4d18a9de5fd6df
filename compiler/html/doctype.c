/* What a document type says about quirks. In: a doctype token; out: the tree's quirks mode. */
#include "html/builder.h"

static Str identifier(HtmlBuilder *b, uint32_t start, uint32_t end) {
  return str_span(b->text + start, b->text + end);
}

static bool starts_nocase(Str s, Str prefix) {
  return s.len >= prefix.len && str_eq_nocase(str_take(s, prefix.len), prefix);
}

static HtmlQuirks quirks_of_public(Str id, bool has_system) {
#define QUIRKS_IS(name) \
  if (str_eq_nocase(id, STR(name))) return HTML_QUIRKS;
#define QUIRKS_PREFIX(name) \
  if (starts_nocase(id, STR(name))) return HTML_QUIRKS;
#define QUIRKS_BARE(name) \
  if (starts_nocase(id, STR(name))) return has_system ? HTML_LIMITED_QUIRKS : HTML_QUIRKS;
#define LIMITED_PREFIX(name) \
  if (starts_nocase(id, STR(name))) return HTML_LIMITED_QUIRKS;
#include "html_quirks.def"
#undef QUIRKS_IS
#undef QUIRKS_PREFIX
#undef QUIRKS_BARE
#undef LIMITED_PREFIX
  return HTML_NO_QUIRKS;
}

static HtmlQuirks quirks_of(HtmlBuilder *b, const HtmlToken *token) {
  Str name = identifier(b, token->name_start, token->name_end);
  Str system = identifier(b, token->system_start, token->system_end);
  if (token->force_quirks || !token->has_name || !str_eq_nocase(name, STR("html"))) return HTML_QUIRKS;
  if (token->has_system &&
      str_eq_nocase(system, STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")))
    return HTML_QUIRKS;
  if (!token->has_public) return HTML_NO_QUIRKS;
  return quirks_of_public(identifier(b, token->public_start, token->public_end), token->has_system);
}

void html_set_quirks(HtmlBuilder *b, const HtmlToken *token) { b->tree->quirks = quirks_of(b, token); }
