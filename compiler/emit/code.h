/* Values and types of the IR as TypeScript. Everything that a manifest controls goes through the escaper of
 * emit/tsx.h, so the results may stand as code (TSX_CODE). */
#ifndef FXC_EMIT_CODE_H
#define FXC_EMIT_CODE_H

#include "emit/tsx.h"
#include "ir/ir.h"

/// A value: 'us', 7, true, ['a', 'b'], { a: 1 }. Durations are milliseconds, shares 0 to 1, sizes bytes,
/// rates { count, per } with `per` in milliseconds; dates and references are strings.
Str code_value(Arena *arena, const Ir *ir, ValueId value);

/// Calls a second as the runtime wants them: a count and its milliseconds.
Str code_rate(Arena *arena, double per_second);

/// A string literal with its quotes.
Str code_string(Arena *arena, Str data);
/// The key of an object literal: bare when it is an identifier, else quoted.
Str code_key(Arena *arena, Str data);

/// A literal where a value of that type is wanted: the text 300ms as a duration is 300.
Str code_literal(Arena *arena, const Ir *ir, ValueId value, TypeId wanted);
/// A member of a value: "address.street", "address?.['a-b']" where the value may be missing.
Str code_member(Arena *arena, Str base, Str name, bool optional);
/// The inside of a template string.
Str code_template(Arena *arena, Str data);
/// A name for a local variable or a function: camelCase, with "_" behind a reserved word.
Str code_local(Arena *arena, Str name);

/// What a type expression is in TypeScript. Named types are looked up in `names`, by TypeDeclId.n - 1.
Str code_type(Arena *arena, const Ir *ir, const Str *names, TypeId type);

/// The same without an outermost `?`.
TypeId code_required(const Ir *ir, TypeId type, bool *optional);

#endif
