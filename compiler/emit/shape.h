/* Validators of the runtime (string, record({…}), list(…)) for types of the IR. */
#ifndef FXC_EMIT_SHAPE_H
#define FXC_EMIT_SHAPE_H

#include "emit/tsx.h"
#include "ir/ir.h"

typedef struct ShapeNames {
  const Str *shapes;  // by TypeDeclId.n - 1: "addressShape"
  uint32_t declared;  // type declarations up to this TypeDeclId.n have been printed
} ShapeNames;

/// The validator of a type as code; imports what it needs. A shape that is not declared yet is reached
/// through lazy().
Str shape_of(TsxModule *module, const Ir *ir, const ShapeNames *names, TypeId type);
/// record({…}) over fields.
Str shape_of_fields(TsxModule *module, const Ir *ir, const ShapeNames *names, IrRange fields);

#endif
