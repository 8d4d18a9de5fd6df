/* A page to its facts. Every place must lie in the page, and a name without character references must be the
 * bytes there: what a diagnostic underlines and a fix replaces. Where a search of the bytes finds nothing,
 * there are no facts. The first byte chooses whether an alias counts. */
#include "diag/diag.h"
#include "html/encoding.h"
#include "html/tree.h"
#include "ir/facts.h"

#include "fuzz.h"

static void check_place(Str bytes, const FactText *fact) {
  if (!fact->text.data) return;
  if (fact->span.start > fact->span.end || fact->span.end > bytes.len) abort();
}

static void check_name(Str bytes, const HtmlInput *input, const FactText *name) {
  check_place(bytes, name);
  Str there = str_take(str_skip(bytes, name->span.start), name->span.end - name->span.start);
  // Other encodings have other bytes.
  if (input->text.data != bytes.data || str_find_char(there, '&') >= 0) return;
  if (!str_eq(there, name->text)) abort();
}

static void fuzz_one(Arena *arena, Str input) {
  Str bytes = str_skip(input, input.len ? 1 : 0);
  HtmlInput decoded = html_decode_bytes(arena, bytes);
  HtmlOptions html = {0};
  HtmlTree *tree = html_parse(arena, decoded.text, &html);
  static const Str alias = {"data-widget", sizeof "data-widget" - 1};
  FactsOptions options = {.aliases = &alias, .alias_count = input.len && (input.data[0] & 1)};
  PageFacts facts = {.source = 1};
  DiagBag bag = {.arena = arena};
  facts_from_html(&facts, tree, &decoded, &options, arena, &bag);
  facts_locate(&facts, bytes, arena);
  if (facts_absent(arena, bytes, &options, NULL) &&
      (facts.elements.len || decoded.source == HTML_ENCODING_GUESSED || bag.list.len))
    abort();
  for (size_t i = 0; i < facts.elements.len; i++) {
    const FactElement *element = &facts.elements.data[i];
    for (size_t k = 0; k < element->names.len; k++) check_name(bytes, &decoded, &element->names.data[k]);
    for (size_t k = 0; k < element->ranges.len; k++) check_place(bytes, &element->ranges.data[k]);
    for (size_t k = 0; k < element->attrs.len; k++) check_place(bytes, &element->attrs.data[k].value);
    for (size_t k = 0; k < element->slots.len; k++) check_place(bytes, &element->slots.data[k].name);
    if (element->span.end > bytes.len) abort();
  }
  for (size_t i = 0; i < bag.list.len; i++)
    if (bag.list.data[i]->span.end > bytes.len) abort();
}
