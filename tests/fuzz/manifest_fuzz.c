/* A manifest in YAML, or in JSON when the first byte is odd. */
#include "ast/ast.h"

#include "fuzz.h"

static void fuzz_one(Arena *arena, Str input) {
  bool json = input.len > 0 && (input.data[0] & 1);
  Str path = json ? STR("integrations/a.json") : STR("integrations/a.yaml");
  DiagBag bag = {.arena = arena};
  Ast *ast = ast_read_manifest_file(arena, (SourceId){1}, path, str_skip(input, 1), &bag);
  if (!ast) return;
  Buf out = {0};
  ast_print(ast, &out);
  buf_free(&out);
}
