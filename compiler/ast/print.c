/* In: a tree of clauses. Out: --emit=ast, a node a line, children indented. */
#include "ast/ast.h"

static void put_quoted(Buf *out, Str text) {
  buf_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", c);
    else if (c < ' ' || c == 0x7F)
      buf_printf(out, "\\u{%x}", c);
    else
      buf_char(out, (char)c);
  }
  buf_char(out, '"');
}

static bool has_number(AstKind kind) {
  return (kind >= AST_BOOL && kind <= AST_RATE) || kind == AST_THRESHOLD || (kind == AST_ELEMENT);
}

static void put_node(const AstNode *node, size_t depth, Buf *out) {
  buf_repeat(out, ' ', depth * 2);
  if (node->clause) buf_printf(out, "%s", clause_info(node->clause)->id);
  if (node->name.data) {
    if (node->clause) buf_char(out, ' ');
    put_quoted(out, node->name);
  }
  if (node->clause || node->name.data) buf_char(out, ' ');
  buf_printf(out, "%s", ast_kind_name(node->kind));
  if (has_number(node->kind)) buf_printf(out, " %.15g", node->number);
  if (node->text.data) {
    buf_char(out, ' ');
    put_quoted(out, node->text);
  }
  if (node->wrong) buf_printf(out, " wrong");
  buf_char(out, '\n');
}

/// Depth is bounded by the readers (maps and lists by 128, types by 32), so recursion is.
static void put_tree(const AstNode *node, size_t depth, Buf *out) {
  put_node(node, depth, out);
  for (const AstNode *child = node->first; child; child = child->next) put_tree(child, depth + 1, out);
}

void ast_print(const Ast *ast, Buf *out) {
  for (const AstNode *child = ast->root->first; child; child = child->next) put_tree(child, 0, out);
}
