/* Small tools for clause trees: adding, finding, names of kinds. */
#include "ast/ast.h"

AstNode *ast_add(Arena *arena, AstNode *parent, AstNode node) {
  AstNode *copy = arena_alloc(arena, sizeof *copy);
  *copy = node;
  if (parent->last)
    parent->last->next = copy;
  else
    parent->first = copy;
  parent->last = copy;
  if (node.clause) parent->seen |= clause_bit(node.clause);
  return copy;
}

const AstNode *ast_child(const AstNode *node, ClauseId clause) {
  if (!(node->seen & clause_bit(clause))) return NULL;
  const AstNode *child = node->first;
  while (child && child->clause != clause) child = child->next;
  return child;
}

const AstNode *ast_next(const AstNode *node) {
  const AstNode *next = node->next;
  while (next && next->clause != node->clause) next = next->next;
  return next;
}

bool ast_excused(const AstNode *node, ClauseId clause) {
  return (node->seen & clause_bit(clause)) && !ast_child(node, clause);
}

const char *ast_kind_name(AstKind kind) {
  static const char *const names[] = {"none",   "block",     "text",     "null",      "bool", "int",
                                      "number", "date",      "duration", "share",     "size", "rate",
                                      "choice", "reference", "list",     "record",    "type", "union",
                                      "array",  "optional",  "element",  "threshold", "hole"};
  return names[kind];
}
