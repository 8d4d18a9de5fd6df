/* In: a tree. Out: its tokens, or its nodes, as text that a person reads. */
#include "diag/report.h"
#include "fx/tree.h"

// A bracket gives two levels, or four in a clause with a value; the rest is a few.
enum { FX_PRINT_DEPTH = 5 * FX_DEPTH_LIMIT };

const char *fx_token_kind_name(FxTokenKind kind) {
  static const char *const names[] = {"end",         "word",   "quoted-name", "path",  "use",     "class",
                                      "id",          "string", "raw-string",  "regex", "number",  "duration",
                                      "share",       "size",   "rate",        "date",  "version", "range",
                                      "bad-literal", "sign",   "bad"};
  return names[kind];
}

static const char *kind_name(FxKind kind) {
  static const char *const names[] = {"file", "clause", "pair",    "block", "scalar",
                                      "list", "record", "element", "error"};
  return names[kind];
}

static void put_line(const FxTree *tree, const char *kind, uint32_t start, uint32_t end, Buf *out) {
  buf_printf(out, "%s %u-%u ", kind, start, end);
  diag_put_safe(out, str_span(tree->bytes.data + start, tree->bytes.data + end), 0);
  buf_char(out, '\n');
}

void fx_print_tokens(const FxTree *tree, Buf *out) {
  static const char *const names[] = {"comment", "block-comment", "doc-comment"};
  size_t comment = 0;
  for (uint32_t i = 0; i < tree->tokens.len; i++) {
    const FxToken *token = fx_token(tree, i);
    bool last = token->kind == FX_TOKEN_END;
    for (; comment < tree->comments.len && (last || tree->comments.data[comment].start < token->end);
         comment++) {
      const FxComment *c = &tree->comments.data[comment];
      put_line(tree, names[c->kind], c->start, c->end, out);
    }
    if (token->kind != FX_TOKEN_END)
      put_line(tree, fx_token_kind_name(token->kind), token->start, token->end, out);
  }
}

/// The next node in the order of the text; *depth follows it. 0 behind the last one.
static FxId step(const FxTree *tree, FxId *path, uint32_t *depth) {
  FxId id = path[*depth];
  if (fx_child(tree, id) && *depth + 1 < FX_PRINT_DEPTH) {
    path[++*depth] = fx_child(tree, id);
    return path[*depth];
  }
  while (!fx_next(tree, path[*depth])) {
    if (*depth == 0) return 0;
    --*depth;
  }
  return path[*depth] = fx_next(tree, path[*depth]);
}

void fx_print_tree(const FxTree *tree, Buf *out) {
  FxId path[FX_PRINT_DEPTH] = {tree->root};
  uint32_t depth = 0;
  for (FxId id = tree->root; id; id = step(tree, path, &depth)) {
    const FxNode *node = fx_node(tree, id);
    buf_repeat(out, ' ', 2 * depth);
    buf_put(out, str_from(kind_name(node->kind)));
    if (node->name != FX_NO_TOKEN) buf_printf(out, " %.*s", STR_ARG(fx_token_text(tree, node->name)));
    if (node->second != FX_NO_TOKEN) buf_printf(out, " %.*s", STR_ARG(fx_token_text(tree, node->second)));
    Span span = fx_span(tree, id);
    buf_printf(out, " %u-%u", span.start, span.end);
    if (node->kind == FX_SCALAR || node->kind == FX_ERROR) {
      buf_char(out, ' ');
      diag_put_safe(out, fx_text(tree, id), 0);
    }
    buf_char(out, '\n');
  }
}
