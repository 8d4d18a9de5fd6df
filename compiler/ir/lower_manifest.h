/* From the clauses of a manifest to rows. What is wrong is reported once, at its place; the row is made all
 * the same, with the neutral value. */
#ifndef FXC_IR_LOWER_MANIFEST_H
#define FXC_IR_LOWER_MANIFEST_H

#include "ast/ast.h"
#include "ir/ir.h"

/// Adds the integrations of one file and everything below them.
void ir_lower_manifest(Ir *ir, const Ast *ast, IrPlaceKind place, DiagBag *bag);

#endif
