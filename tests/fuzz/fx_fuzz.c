/* A .fx file: tokens and gaps are all of its bytes, nodes lie in each other, and as a manifest or, when its
 * length is odd, as a project file it comes through the reader. */
#include "ast/ast.h"
#include "fx/tree.h"

#include "fuzz.h"

static void expect(bool holds) {
  if (!holds) __builtin_trap();
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

static void check_gap(const FxTree *tree, uint32_t from, uint32_t to, uint32_t *comment) {
  for (uint32_t at = from; at < to;) {
    const FxComment *next = *comment < tree->comments.len ? &tree->comments.data[*comment] : NULL;
    bool here = next && next->start == at && next->end > at;
    expect(here || blank(tree->bytes.data[at]));
    at = here ? next->end : at + 1;
    expect(at <= to);
    *comment += here;
  }
}

static void check_bytes(const FxTree *tree) {
  uint32_t at = str_starts(tree->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0, comment = 0;
  for (uint32_t i = 0; i < tree->tokens.len; i++) {
    const FxToken *token = fx_token(tree, i);
    expect(token->comment == comment && token->start >= at && token->end >= token->start);
    check_gap(tree, at, token->start, &comment);
    at = token->end;
  }
  expect(at == tree->bytes.len && comment == tree->comments.len);
}

static void check_nodes(const FxTree *tree) {
  for (FxId id = 1; id < tree->nodes.len; id++) {
    const FxNode *node = fx_node(tree, id);
    expect(node->first <= node->last && node->last < tree->tokens.len);
    for (FxId child = node->child; child; child = fx_next(tree, child)) expect(child < id);
  }
}

static void fuzz_one(Arena *arena, Str input) {
  bool project = input.len & 1;
  Str text = input;
  DiagBag bag = {.arena = arena};
  FxTree *tree = fx_parse(arena, (SourceId){1}, text, &bag);
  expect(tree->broken == (bag.list.len > 0));
  if (tree->tokens.len > 1) check_bytes(tree);
  check_nodes(tree);
  Buf out = {0};
  fx_print_tokens(tree, &out);
  Ast *ast = project ? ast_read_project_file(arena, (SourceId){1}, STR("project.fx"), text, &bag)
                     : ast_read_manifest_file(arena, (SourceId){1}, STR("a.fx"), text, &bag);
  if (ast) ast_print(ast, &out);
  buf_free(&out);
}
