/* HTTP bindings: their checks, and which of them only a server may perform. */
#ifndef FXC_PASSES_BINDINGS_H
#define FXC_PASSES_BINDINGS_H

#include "passes/reference.h"

/// Checks one binding and fills in which operation it performs. `scope` says of which release it is.
void binding_check(const RefScope *scope, Ir *ir, Binding *binding, DiagBag *diags);

/// The scope of a binding's references.
RefScope binding_scope(const Ir *ir, const Release *release, const Binding *binding);

/// Whether the binding needs something of the server's environment, by itself or through a configuration
/// value: no browser is to perform it. A variable that is not secret and has a default is no secret: the
/// default is used.
bool binding_is_secret(const Ir *ir, const Release *release, const Binding *binding);

/// Whether the variable has a value that may stand in code for browsers.
bool binding_env_is_public(const Env *env);
/// Whether a configuration value holds something that is not public.
bool binding_config_is_secret(const Ir *ir, const Release *release, ValueId value);

/// Whether there is a reference in a configuration value.
bool binding_config_refers(const Ir *ir, ValueId value);

#endif
