/* Loosening in the notations that need no document: .fx and HTML; the rest is in loosen_yaml.c.
 * Files are read again, one at a time: only diagnostics with fixes pay for that, and only so many. */
#include "passes/loosen.h"

#include "ast/ast.h"
#include "base/file.h"
#include "fx/tree.h"
#include "json/json.h"
#include "yaml/yaml.h"

static void add_edit(Loosen *l, LoosenEdits *edits, uint32_t start, uint32_t end, Str text) {
  vec_push(l->ir->arena, edits, (DiagEdit){{l->source, start, end}, text});
}

/* The file that is open: the last one stays read */

Loosen loosen_begin(const Ir *ir) { return (Loosen){.ir = ir, .looks = 256}; }

void loosen_end(Loosen *l) { arena_free(&l->arena); }

static bool is_html(Str path) {
  return str_ends(path, STR(".html")) || str_ends(path, STR(".htm")) || str_ends(path, STR(".xhtml"));
}

// As the readers want it, with zeros behind the text.
static bool load(Loosen *l) {
  Str found;
  if (!source_load(l->ir->sources, l->source, &l->arena, &found)) return false;
  char *padded = arena_zero(&l->arena, found.len + FILE_PADDING);
  if (found.len) memcpy(padded, found.data, found.len);
  l->text = (Str){padded, found.len};
  return true;
}

static bool parse(Loosen *l) {
  DiagBag ignored = {.arena = &l->arena};
  Str path = source_path(l->ir->sources, l->source);
  if (is_html(path)) return true;
  if (ast_is_fx(path)) {
    l->tree = fx_parse(&l->arena, l->source, l->text, &ignored);
    return l->tree->root != 0;
  }
  DocEvents doc = {0};
  bool json = str_ends(path, STR(".json"));
  bool read = json ? json_events(&l->arena, l->source, l->text, &ignored, &doc)
                   : yaml_events(&l->arena, l->source, l->text, &ignored, &doc);
  doc.source = l->source;
  doc.bytes = l->text;
  doc.notation = json ? DOC_JSON : DOC_YAML;
  if (read) loosen_read_document(l, &doc);
  return read;
}

static bool open_file(Loosen *l, SourceId source) {
  if (!source || !l->looks) return false;
  l->looks--;
  if (l->source == source) return l->readable;
  arena_reset(&l->arena);
  *l = (Loosen){.ir = l->ir, .looks = l->looks, .arena = l->arena, .source = source};
  l->readable = load(l) && parse(l);
  return l->readable;
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

static bool loosen_fx(Loosen *l, Span name, LoosenEdits *edits) {
  Arena *arena = l->ir->arena;
  const FxTree *tree = l->tree;
  FxId item, clause = clause_of(tree, name, &item);
  if (!clause) return false;
  Span word = fx_name_span(tree, clause);
  bool only = fx_child(tree, clause) == item && !fx_next(tree, item);
  if (only) {
    add_edit(l, edits, word.start, word.end, STR("optional"));
    return true;
  }
  Span gone = item_with_comma(tree, clause, item);
  if (has_comment(tree, gone)) return false;
  bool first = fx_token(tree, fx_node(tree, clause)->first)->first;
  Str gap = first ? str_concat(arena, STR("\n"), line_start(l->text, word.start)) : STR("  ");
  add_edit(l, edits, word.start, word.start,
           str_printf(arena, "optional %.*s%.*s", STR_ARG(fx_text(tree, item)), STR_ARG(gap)));
  add_edit(l, edits, gone.start, gone.end, STR(""));
  return true;
}

/* Requirements */

bool loosen_requirement(Loosen *l, RequirementId id, LoosenEdits *edits) {
  const Requirement *row = ir_requirement(l->ir, id);
  bool ours = ir_integration(l->ir, row->integration)->place == IR_PLACE_PROJECT;
  if (!ours || !open_file(l, row->span.source)) return false;
  return l->tree ? loosen_fx(l, row->span, edits) : loosen_in_document(l, row->span, edits);
}

/* Attributes: what stands between the quotes is a list with commas */

typedef struct AttributeValue {
  uint32_t start, end;  // between the quotes
  uint32_t attribute;   // where the attribute starts, with the white space before it
  bool quoted;
} AttributeValue;

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

static bool loosen_attribute(Loosen *l, Span item, Str attribute, AttributeValue *value, bool *only,
                             LoosenEdits *edits) {
  if (!item.source || !is_html(source_path(l->ir->sources, item.source))) return false;
  if (!open_file(l, item.source) || item.end > l->text.len) return false;
  if (!find_value(l->text, item, attribute, value)) return false;
  uint32_t end = value->end + (value->quoted ? 1 : 0);
  if (!item_of_value(l->text, &item, value, only)) return false;
  value->end = end;
  if (!*only) add_edit(l, edits, item.start, item.end, STR(""));
  return true;
}

bool loosen_depends(Loosen *l, Span span, LoosenEdits *edits) {
  AttributeValue value;
  bool only;
  if (!loosen_attribute(l, span, STR("data-depends-on"), &value, &only, edits)) return false;
  if (only) add_edit(l, edits, value.attribute, value.end, STR(""));
  return true;
}

/* Links of a chain: the only one becomes `static` */

bool loosen_use_fallback(Loosen *l, Span span, LoosenEdits *edits) {
  AttributeValue value;
  bool only;
  if (!loosen_attribute(l, span, STR("data-integration-fallback"), &value, &only, edits)) return false;
  if (only) add_edit(l, edits, span.start, span.end, STR("static"));
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

static bool unlink_fx(Loosen *l, Span name, LoosenEdits *edits) {
  const FxTree *tree = l->tree;
  FxId clause, link = link_of(tree, name, &clause);
  if (!link) return false;
  bool only = fx_child(tree, clause) == link && !fx_next(tree, link);
  Span gone = only ? fx_span(tree, link) : item_with_comma(tree, clause, link);
  if (has_comment(tree, gone)) return false;
  add_edit(l, edits, gone.start, gone.end, only ? STR("static") : STR(""));
  return true;
}

bool loosen_fallback(Loosen *l, IntegrationId integration, Span name, LoosenEdits *edits) {
  bool ours = ir_integration(l->ir, integration)->place == IR_PLACE_PROJECT;
  if (!ours || !open_file(l, name.source)) return false;
  return l->tree ? unlink_fx(l, name, edits) : loosen_unlink_in_document(l, name, edits);
}
