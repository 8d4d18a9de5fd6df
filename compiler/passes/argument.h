/* A value that holds references, against the type of its place: arguments of calls and events, texts with
 * holes. */
#ifndef FXC_PASSES_ARGUMENT_H
#define FXC_PASSES_ARGUMENT_H

#include "passes/reference.h"

/// Checks a value against the type of its place, `name` for people; reports the innermost misfit (FX2006,
/// FX2007, FX2008). `wanted` 0: its type is malformed, only references are looked at.
bool argument_check(const RefScope *scope, ValueId value, TypeId wanted, Str name, DiagBag *diags);

/// Checks the holes of a text: each is something that can be written as text.
bool argument_check_holes(const RefScope *scope, const Value *value, DiagBag *diags);

#endif
