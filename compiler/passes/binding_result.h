/* Where the fields of an operation's answer are in the answer of its provider. */
#ifndef FXC_PASSES_BINDING_RESULT_H
#define FXC_PASSES_BINDING_RESULT_H

#include "passes/reference.h"

/// Checks `each` and `result` against what the operation returns: JSON Pointers (RFC 6901), known fields, no
/// required one missing (FX2006, FX2007, FX2008). scope->operation is set.
void binding_check_result(const RefScope *scope, const Binding *binding, DiagBag *diags);

#endif
