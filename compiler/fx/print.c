/* In: a tree. Out: its tokens, as text that a person reads. */
#include "diag/report.h"
#include "fx/tree.h"

const char *fx_token_kind_name(FxTokenKind kind) {
  static const char *const names[] = {"end",         "word",   "quoted-name", "path",  "use",     "class",
                                      "id",          "string", "raw-string",  "regex", "number",  "duration",
                                      "share",       "size",   "rate",        "date",  "version", "range",
                                      "bad-literal", "sign",   "bad"};
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
