/* What may be asked twice without harm. A method that RFC 9110, section 9.2.2, calls idempotent may (POST is
 * none, nor by RFC 5789 is PATCH); so may what carries a key by which the provider knows the second request
 * as the first, and what the manifest names. */
#ifndef FXC_PASSES_REPEATABLE_H
#define FXC_PASSES_REPEATABLE_H

#include "ir/ir.h"

/// Whether the manifest's `repeatable` names the operation.
bool operation_may_repeat(const Ir *ir, const Integration *integration, Sym operation);
/// Whether a release that performs its operation by this binding may be asked again.
bool binding_may_repeat(const Ir *ir, const Integration *integration, const Binding *binding);

#endif
