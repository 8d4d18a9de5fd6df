/* Inside ir/: lowering a manifest, by theme: lower_value.c texts, values, types; lower_interface.c what
 * pages see; lower_behavior.c what happens there; lower_release.c releases; lower_runtime.c what happens at
 * run time; lower_manifest.c the integration around them and what is missing in it. */
#ifndef FXC_IR_LOWER_H
#define FXC_IR_LOWER_H

#include "ir/lower_manifest.h"

typedef struct Lower {
  Ir *ir;
  DiagBag *bag;
  const AstNode *node;  // the integration's block
  IntegrationId id;
  const Ast *ast;
} Lower;

/* Rows of one table between two moments. */
#define lower_start(lower, table) ((uint32_t)(lower)->ir->table.len + 1)
#define lower_range(lower, table, start) lower_range_of((start), (uint32_t)(lower)->ir->table.len + 1)
static inline IrRange lower_range_of(uint32_t start, uint32_t end) {
  return end > start ? (IrRange){start, end - start} : (IrRange){0, 0};
}

/// The text, interned.
Sym lower_sym(Lower *lower, Str text);
/// The text of the first child that is that clause; sym 0 when there is none or it is a hole.
IrText lower_text(Lower *lower, const AstNode *block, ClauseId clause);
IrText lower_text_of(Lower *lower, const AstNode *node);
/// The same, checked as a range: FX4003 and no text when it is malformed.
IrText lower_version_range(Lower *lower, const AstNode *node);
IrVersion lower_version(Lower *lower, const AstNode *node);
IrNumber lower_number(const AstNode *block, ClauseId clause);
IrDate lower_date(const AstNode *block, ClauseId clause);
/// Name rows of every child that is that clause.
IrRange lower_names(Lower *lower, const AstNode *block, ClauseId clause);
ValueId lower_value(Lower *lower, const AstNode *node);
/// A literal for a place of that type: `300ms` becomes a duration where one is meant.
ValueId lower_literal(Lower *lower, const AstNode *node, TypeId type);
TypeId lower_type(Lower *lower, const AstNode *node);
IrRange lower_configs(Lower *lower, const AstNode *block, ClauseId clause);
IrRange lower_fields(Lower *lower, const AstNode *block, ClauseId clause);

/// The clauses of an integration, by what they say: its interface, its releases, what acts at run time.
void lower_interface(Lower *lower);
void lower_behaviors(Lower *lower);
void lower_releases(Lower *lower);
void lower_runtime(Lower *lower);

#endif
