/* Loosening in the notations that need no document: .fx and HTML; the rest is in loosen_yaml.c.
 * Files are read again: only a diagnostic with a fix pays for that. */
#include "passes/loosen.h"

#include "base/file.h"
#include "fx/tree.h"
#include "json/json.h"
#include "yaml/yaml.h"

static void add_edit(const Ir *ir, LoosenEdits *edits, SourceId source, uint32_t start, uint32_t end,
                     Str text) {
  vec_push(ir->arena, edits, (DiagEdit){{source, start, end}, text});
}

// As the readers want it, with zeros behind the text.
static bool load(const Ir *ir, SourceId source, Str *text) {
  Str found;
  if (!source_load(ir->sources, source, ir->arena, &found)) return false;
  char *padded = arena_zero(ir->arena, found.len + FILE_PADDING);
  if (found.len) memcpy(padded, found.data, found.len);
  *text = (Str){padded, found.len};
  return true;
}

static Str bytes_at(Str text, uint32_t start, uint32_t end) {
  return str_take(str_skip(text, start), end - start);
}

/* .fx: `requires a` becomes `optional a`; of `requires a, b` one item moves in front */

static FxId clause_of(const FxTree *tree, Span name, FxId *item) {
  for (FxId id = 1; id < tree->nodes.len; id++) {
    if (fx_node(tree, id)->kind != FX_CLAUSE || !fx_is(tree, id, STR("requires"))) continue;
    for (*item = fx_child(tree, id); *item; *item = fx_next(tree, *item))
      if (span_cmp(fx_name_span(tree, *item), name) == 0) return id;
  }
  return 0;
}

// The bytes of a list item with the comma that it takes along.
static Span item_with_comma(const FxTree *tree, FxId clause, FxId item) {
  Span span = fx_span(tree, item);
  FxId before = 0, next = fx_next(tree, item);
  for (FxId id = fx_child(tree, clause); id != item; id = fx_next(tree, id)) before = id;
  if (next)
    span.end = fx_span(tree, next).start;
  else if (before)
    span.start = fx_span(tree, before).end;
  return span;
}

static bool has_comment(const FxTree *tree, Span span) {
  for (size_t i = 0; i < tree->comments.len; i++) {
    const FxComment *comment = &tree->comments.data[i];
    if (comment->start < span.end && comment->end > span.start) return true;
  }
  return false;
}

static Str line_start(Str text, uint32_t at) {
  uint32_t from = at;
  while (from > 0 && (text.data[from - 1] == ' ' || text.data[from - 1] == '\t')) from--;
  return bytes_at(text, from, at);
}

static bool loosen_fx(const Ir *ir, SourceId source, Str text, Span name, LoosenEdits *edits) {
  DiagBag ignored = {.arena = ir->arena};
  FxTree *tree = fx_parse(ir->arena, source, text, &ignored);
  FxId item, clause = tree->root ? clause_of(tree, name, &item) : 0;
  if (!clause) return false;
  Span word = fx_name_span(tree, clause);
  bool only = fx_child(tree, clause) == item && !fx_next(tree, item);
  if (only) {
    add_edit(ir, edits, source, word.start, word.end, STR("optional"));
    return true;
  }
  Span gone = item_with_comma(tree, clause, item);
  if (has_comment(tree, gone)) return false;
  bool first = fx_token(tree, fx_node(tree, clause)->first)->first;
  Str gap = first ? str_concat(ir->arena, STR("\n"), line_start(text, word.start)) : STR("  ");
  add_edit(ir, edits, source, word.start, word.start,
           str_printf(ir->arena, "optional %.*s%.*s", STR_ARG(fx_text(tree, item)), STR_ARG(gap)));
  add_edit(ir, edits, source, gone.start, gone.end, STR(""));
  return true;
}

/* Requirements */

static bool read_document(const Ir *ir, SourceId source, Str text, DocEvents *doc) {
  DiagBag ignored = {.arena = ir->arena};
  bool json = str_ends(source_path(ir->sources, source), STR(".json"));
  bool read = json ? json_events(ir->arena, source, text, &ignored, doc)
                   : yaml_events(ir->arena, source, text, &ignored, doc);
  doc->source = source;
  doc->bytes = text;
  doc->notation = json ? DOC_JSON : DOC_YAML;
  return read;
}

bool loosen_requirement(const Ir *ir, RequirementId id, LoosenEdits *edits) {
  const Requirement *row = ir_requirement(ir, id);
  SourceId source = row->span.source;
  Str text, path = source ? source_path(ir->sources, source) : STR_NONE;
  bool ours = source && ir_integration(ir, row->integration)->place == IR_PLACE_PROJECT;
  if (!ours || !load(ir, source, &text)) return false;
  if (str_ends(path, STR(".fx"))) return loosen_fx(ir, source, text, row->span, edits);
  DocEvents doc = {0};
  return read_document(ir, source, text, &doc) && loosen_in_document(ir->arena, &doc, row->span, edits);
}

/* Attributes: what stands between the quotes is a list with commas */

typedef struct AttributeValue {
  uint32_t start, end;  // between the quotes
  uint32_t attribute;   // where the attribute starts, with the white space before it
  bool quoted;
} AttributeValue;

static bool is_html(Str path) {
  return str_ends(path, STR(".html")) || str_ends(path, STR(".htm")) || str_ends(path, STR(".xhtml"));
}

// Backwards from the name: the quote, `=`, the attribute's name. An unquoted value is a single name.
static bool find_value(Str text, Span name, Str attribute, AttributeValue *value) {
  const char *at = text.data;
  uint32_t i = name.start;
  while (i > 0 && at[i - 1] != '"' && at[i - 1] != '\'' && at[i - 1] != '<' && at[i - 1] != '=') i--;
  if (i < 2 || at[i - 1] == '<') return false;
  char quote = at[i - 1] == '=' ? 0 : at[i - 1];
  value->start = i;
  value->end = name.end;
  while (quote && value->end < text.len && at[value->end] != quote) value->end++;
  if (value->end >= text.len || (!quote && i != name.start)) return false;
  value->quoted = quote != 0;
  if (quote) i--;
  while (i > 0 && (str_is_space(at[i - 1]) || at[i - 1] == '=')) i--;
  if (i < attribute.len || !str_eq_nocase(bytes_at(text, i - (uint32_t)attribute.len, i), attribute))
    return false;
  i -= (uint32_t)attribute.len;
  while (i > 0 && str_is_space(at[i - 1])) i--;
  value->attribute = i;
  return true;
}

// The bytes of an item with the comma that it takes along. Answers whether it is the only one.
static bool item_of_value(Str text, Span *item, AttributeValue *value, bool *only) {
  uint32_t whole = value->end;
  while (value->start < item->start && str_is_space(text.data[value->start])) value->start++;
  while (value->end > item->end && str_is_space(text.data[value->end - 1])) value->end--;
  *only = item->start == value->start && item->end == value->end;
  if (*only) return true;
  uint32_t start = item->start, end = item->end;
  while (end < value->end && str_is_space(text.data[end])) end++;
  if (end < value->end) {  // with the comma behind it
    if (text.data[end++] != ',') return false;
    while (end < value->end && str_is_space(text.data[end])) end++;
  } else {  // with the one before it, and what blanks there are
    end = whole;
    while (start > value->start && str_is_space(text.data[start - 1])) start--;
    if (start == value->start || text.data[start - 1] != ',') return false;
    for (start--; start > value->start && str_is_space(text.data[start - 1]);) start--;
  }
  item->start = start;
  item->end = end;
  return true;
}

static bool loosen_attribute(const Ir *ir, Span item, Str attribute, AttributeValue *value, bool *only,
                             LoosenEdits *edits) {
  Str text;
  if (!item.source || !is_html(source_path(ir->sources, item.source))) return false;
  if (!load(ir, item.source, &text) || item.end > text.len) return false;
  if (!find_value(text, item, attribute, value)) return false;
  uint32_t end = value->end + (value->quoted ? 1 : 0);
  if (!item_of_value(text, &item, value, only)) return false;
  value->end = end;
  if (!*only) add_edit(ir, edits, item.source, item.start, item.end, STR(""));
  return true;
}

bool loosen_depends(const Ir *ir, Span span, LoosenEdits *edits) {
  AttributeValue value;
  bool only;
  if (!loosen_attribute(ir, span, STR("data-depends-on"), &value, &only, edits)) return false;
  if (only) add_edit(ir, edits, span.source, value.attribute, value.end, STR(""));
  return true;
}

/* Links of a chain: the only one becomes `static` */

bool loosen_use_fallback(const Ir *ir, Span span, LoosenEdits *edits) {
  AttributeValue value;
  bool only;
  if (!loosen_attribute(ir, span, STR("data-integration-fallback"), &value, &only, edits)) return false;
  if (only) add_edit(ir, edits, span.source, span.start, span.end, STR("static"));
  return true;
}

static FxId link_of(const FxTree *tree, Span name, FxId *clause) {
  for (*clause = 1; *clause < tree->nodes.len; ++*clause) {
    if (fx_node(tree, *clause)->kind != FX_CLAUSE || !fx_is(tree, *clause, STR("fallback"))) continue;
    for (FxId link = fx_child(tree, *clause); link; link = fx_next(tree, link))
      if (span_cmp(fx_token_span(tree, fx_node(tree, link)->first), name) == 0) return link;
  }
  return 0;
}

static bool unlink_fx(const Ir *ir, SourceId source, Str text, Span name, LoosenEdits *edits) {
  DiagBag ignored = {.arena = ir->arena};
  FxTree *tree = fx_parse(ir->arena, source, text, &ignored);
  FxId clause, link = tree->root ? link_of(tree, name, &clause) : 0;
  if (!link) return false;
  bool only = fx_child(tree, clause) == link && !fx_next(tree, link);
  Span gone = only ? fx_span(tree, link) : item_with_comma(tree, clause, link);
  if (has_comment(tree, gone)) return false;
  add_edit(ir, edits, source, gone.start, gone.end, only ? STR("static") : STR(""));
  return true;
}

bool loosen_fallback(const Ir *ir, IntegrationId integration, Span name, LoosenEdits *edits) {
  Str text;
  DocEvents doc = {0};
  bool ours = name.source && ir_integration(ir, integration)->place == IR_PLACE_PROJECT;
  if (!ours || !load(ir, name.source, &text)) return false;
  if (str_ends(source_path(ir->sources, name.source), STR(".fx")))
    return unlink_fx(ir, name.source, text, name, edits);
  return read_document(ir, name.source, text, &doc) && unlink_in_document(ir->arena, &doc, name, edits);
}
