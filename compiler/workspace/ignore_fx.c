/* Suppressions in .fx. In: a file that has the word. Out: each declaration, clause or element that follows
 * such a comment. Surprising: what follows is the largest node that starts there, so that a comment before an
 * integration is about all of it. */
#include "fx/tree.h"
#include "workspace/ignore.h"
#include "workspace/ignore_notations.h"

static bool can_be_meant(const FxNode *node) {
  return node->kind == FX_CLAUSE || node->kind == FX_PAIR || node->kind == FX_ELEMENT;
}

// By token: the largest node that starts there, or 0.
static FxId *find_starts(Arena *arena, const FxTree *tree) {
  FxId *starts = arena_array(arena, FxId, tree->tokens.len);
  for (FxId id = 1; id < tree->nodes.len; id++) {
    const FxNode *node = fx_node(tree, id);
    if (!can_be_meant(node)) continue;
    FxId *known = &starts[node->first];
    if (!*known || fx_node(tree, *known)->last < node->last) *known = id;
  }
  return starts;
}

static bool parts(const FxTree *tree, uint32_t token) {
  Str text = fx_token_text(tree, token);
  return str_eq(text, STR(";")) || str_eq(text, STR(","));
}

static Span scope_at(const FxTree *tree, const FxId *starts, uint32_t token) {
  while (fx_token(tree, token)->kind == FX_TOKEN_SIGN && parts(tree, token)) token++;
  return starts[token] ? fx_span(tree, starts[token]) : SPAN_NONE;
}

void ignore_read_fx(Arena *arena, SourceId source, Str bytes, bool ours, DiagBag *bag, Ignores *ignores) {
  Arena scratch = {0};
  DiagBag reported = {.arena = &scratch};  // who reads the file says so
  const FxTree *tree = fx_parse(&scratch, source, bytes, &reported);
  const FxId *starts = find_starts(&scratch, tree);
  uint32_t token = 0;
  for (uint32_t i = 0; i < tree->comments.len; i++) {
    while (token + 1 < tree->tokens.len && fx_token(tree, token + 1)->comment <= i) token++;
    const FxComment *found = &tree->comments.data[i];
    if (found->kind == FX_COMMENT_DOC) continue;
    IgnoreComment comment = {.text = bytes, .start = found->start, .end = found->end, .source = source};
    comment.ours = ours;
    comment.inner = found->start + 2;
    comment.inner_end =
        found->end - (found->kind == FX_COMMENT_BLOCK && found->end - found->start >= 4 ? 2 : 0);
    comment.scope = scope_at(tree, starts, token);
    ignore_take(arena, &comment, bag, ignores);
  }
  arena_free(&scratch);
}
