/* The URL of a binding: a text with holes. */
#ifndef FXC_PASSES_BINDING_URL_H
#define FXC_PASSES_BINDING_URL_H

#include "passes/reference.h"

/// FX2006 and FX2007 for holes that name nothing, that may be empty, or that would let a caller choose the
/// host; FX2007 for what is no http URL and no path on the page's own host.
void binding_check_url(const RefScope *scope, const Binding *binding, DiagBag *diags);

/// Where in the URL the host ends: before it no parameter may stand, behind it holes are percent-encoded. A
/// hole that begins the URL stands for all of an address's beginning.
size_t binding_url_host_end(Str url);

#endif
