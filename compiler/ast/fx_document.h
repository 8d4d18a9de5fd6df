/* Inside ast/: a .fx file as the document that its YAML twin would be. */
#ifndef FXC_AST_FX_DOCUMENT_H
#define FXC_AST_FX_DOCUMENT_H

#include "ast/ast.h"
#include "fx/tree.h"

/// The declarations of a file that are of that shape (SHAPE_file: integrations; SHAPE_project: the project)
/// as nodes. Reports what has no place in a document: FX2003, FX2004, FX2006, FX2007. False when the file has
/// no such declaration.
bool fx_document(Arena *arena, const FxTree *tree, ShapeId shape, DiagBag *bag, DocEvents *doc);

#endif
