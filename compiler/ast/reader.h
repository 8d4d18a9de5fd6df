/* Inside ast/: reading the nodes of a file by the table of clauses. */
#ifndef FXC_AST_READER_H
#define FXC_AST_READER_H

#include "ast/ast.h"

typedef struct AstReader {
  Arena *arena;
  DocEvents *doc;
  DiagBag *bag;
  bool all;  // ignored clauses and keys of the project's own become nodes too
} AstReader;

/// Reads a scalar by the kind of its clause into node->kind, text, number; reports what does not fit.
void ast_read_scalar(AstReader *reader, AstNode *node, uint32_t value);
/// Reads any tree of values (KIND_VALUE, KIND_LITERAL).
void ast_read_value(AstReader *reader, AstNode *node, uint32_t value);
/// Reads a type expression out of a scalar.
void ast_read_type(AstReader *reader, AstNode *node, uint32_t value);
/// Reads `fallback-rate > 5% over 5m` out of a scalar.
void ast_read_threshold(AstReader *reader, AstNode *node, uint32_t value);
/// Reads the pair `error_rate: 0.05` of a map as `error-rate > 5%`.
void ast_read_threshold_pair(AstReader *reader, AstNode *node, uint32_t key, uint32_t value);
/// FX2007 at the value: "expected X, found 'text'".
Diag *ast_wrong_type(AstReader *reader, AstNode *node, uint32_t value, const char *expected);
/// Whether the value is one that a person still has to fill in.
bool ast_is_hole(const AstReader *reader, uint32_t value);
bool ast_is_null(const AstReader *reader, uint32_t value);
/// Reports an unknown key with what may have been meant, which then is not missing in `parent` as well.
void ast_unknown_key(AstReader *reader, AstNode *parent, ShapeId shape, uint16_t way, uint32_t key);
/// The same for a word of .fx that is no clause of its block.
void ast_unknown_word(AstReader *reader, AstNode *parent, ShapeId shape, uint32_t key);
/// What the notation of the file calls a clause.
Str ast_clause_name(const AstReader *reader, ClauseId clause);

#endif
