/* In: the bytes of a .fx file. Out: its tree; and places, texts and names of its nodes. */
#include "fx/tree.h"

#include "base/utf8.h"
#include "fx/parse.h"
#include "fx_parse.h"

static bool check_encoding(FxTree *tree, DiagBag *bag) {
  size_t good = utf8_valid_prefix(tree->bytes);
  if (good == tree->bytes.len) return true;
  Span span = {tree->source, (uint32_t)good, (uint32_t)good + 1};
  Diag *d =
      diag_add(bag, FX8005, span, "the byte 0x%02X is not UTF-8", (unsigned char)tree->bytes.data[good]);
  d->severity = DIAG_ERROR;
  diag_help(d, "save the file as UTF-8");
  return false;
}

FxTree *fx_parse(Arena *arena, SourceId source, Str bytes, DiagBag *bag) {
  FxTree *tree = arena_new(arena, FxTree);
  tree->source = source;
  tree->bytes = bytes;
  vec_push(arena, &tree->nodes, (FxNode){0});
  FxParse parse = {.arena = arena, .tree = tree, .bag = bag};
  if (!check_encoding(tree, bag)) {
    uint32_t end = (uint32_t)bytes.len;
    vec_push(arena, &tree->tokens, (FxToken){.kind = FX_TOKEN_END, .first = true, .start = end, .end = end});
    tree->broken = true;
    return tree;
  }
  fx_scan(&parse);
  if (fx_match_brackets(&parse) && fx_yyparse(&parse) != 0) tree->root = 0;
  return tree;
}

Span fx_token_span(const FxTree *tree, uint32_t token) {
  const FxToken *t = fx_token(tree, token);
  return (Span){tree->source, t->start, t->end};
}

Span fx_span(const FxTree *tree, FxId id) {
  const FxNode *node = fx_node(tree, id);
  return (Span){tree->source, fx_token(tree, node->first)->start, fx_token(tree, node->last)->end};
}

static Str slice(const FxTree *tree, Span span) {
  return str_span(tree->bytes.data + span.start, tree->bytes.data + span.end);
}

Str fx_token_text(const FxTree *tree, uint32_t token) { return slice(tree, fx_token_span(tree, token)); }

Str fx_text(const FxTree *tree, FxId id) { return slice(tree, fx_span(tree, id)); }

Span fx_name_span(const FxTree *tree, FxId id) {
  uint32_t name = fx_node(tree, id)->name;
  return name == FX_NO_TOKEN ? SPAN_NONE : fx_token_span(tree, name);
}

Str fx_name(const FxTree *tree, FxId id) {
  uint32_t name = fx_node(tree, id)->name;
  return name == FX_NO_TOKEN ? STR_NONE : fx_token_text(tree, name);
}

bool fx_is(const FxTree *tree, FxId id, Str word) {
  const FxNode *node = fx_node(tree, id);
  if (node->name == FX_NO_TOKEN) return false;
  Str name = fx_name(tree, id);
  if (node->kind == FX_PAIR || node->second == FX_NO_TOKEN) return str_eq(name, word);
  Str second = fx_token_text(tree, node->second);
  return word.len == name.len + 1 + second.len && str_starts(word, name) && word.data[name.len] == ' ' &&
         str_ends(word, second);
}

FxId fx_find(const FxTree *tree, FxId parent, Str word) {
  FxId child = fx_child(tree, parent);
  while (child && !fx_is(tree, child, word)) child = fx_next(tree, child);
  return child;
}
