/* Loosening a dependency in the notations that need no document: .fx and HTML; the rest is in loosen_yaml.c.
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

bool loosen_requirement(const Ir *ir, RequirementId id, LoosenEdits *edits) {
  const Requirement *row = ir_requirement(ir, id);
  SourceId source = row->span.source;
  Str text, path = source ? source_path(ir->sources, source) : STR_NONE;
  bool ours = source && ir_integration(ir, row->integration)->place == IR_PLACE_PROJECT;
  if (!ours || !load(ir, source, &text)) return false;
  if (str_ends(path, STR(".fx"))) return loosen_fx(ir, source, text, row->span, edits);
  DiagBag ignored = {.arena = ir->arena};
  DocEvents doc = {0};
  bool json = str_ends(path, STR(".json"));
  bool read = json ? json_events(ir->arena, source, text, &ignored, &doc)
                   : yaml_events(ir->arena, source, text, &ignored, &doc);
  doc.source = source;
  doc.bytes = text;
  doc.notation = json ? DOC_JSON : DOC_YAML;
  return read && loosen_in_document(ir->arena, &doc, row->span, edits);
}

/* data-depends-on: what stands between the quotes is a list with commas */

typedef struct AttributeValue {
  uint32_t start, end;  // between the quotes
  uint32_t attribute;   // where the attribute starts, with the white space before it
  bool quoted;
} AttributeValue;

static bool is_html(Str path) {
  return str_ends(path, STR(".html")) || str_ends(path, STR(".htm")) || str_ends(path, STR(".xhtml"));
}

// Backwards from the name: the quote, `=`, the attribute's name. An unquoted value is a single name.
static bool find_value(Str text, Span name, AttributeValue *value) {
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
  static const Str attribute = {"data-depends-on", 15};
  if (i < attribute.len || !str_eq_nocase(bytes_at(text, i - (uint32_t)attribute.len, i), attribute))
    return false;
  i -= (uint32_t)attribute.len;
  while (i > 0 && str_is_space(at[i - 1])) i--;
  value->attribute = i;
  return true;
}

bool loosen_depends(const Ir *ir, Span span, LoosenEdits *edits) {
  Str text;
  AttributeValue value;
  if (!span.source || !is_html(source_path(ir->sources, span.source))) return false;
  if (!load(ir, span.source, &text) || span.end > text.len) return false;
  if (!find_value(text, span, &value)) return false;
  while (value.start < span.start && str_is_space(text.data[value.start])) value.start++;
  uint32_t start = span.start, end = span.end;
  while (end < value.end && str_is_space(text.data[end])) end++;
  if (end < value.end) {  // with the comma behind it
    if (text.data[end++] != ',') return false;
    while (end < value.end && str_is_space(text.data[end])) end++;
  } else if (start > value.start) {  // with the one before it
    while (start > value.start && str_is_space(text.data[start - 1])) start--;
    if (text.data[start - 1] != ',') return false;
    for (start--; start > value.start && str_is_space(text.data[start - 1]);) start--;
  }
  if (start == value.start && end >= value.end) {  // the attribute with its last name
    start = value.attribute;
    end = value.end + (value.quoted ? 1 : 0);
  }
  add_edit(ir, edits, span.source, start, end, STR(""));
  return true;
}
