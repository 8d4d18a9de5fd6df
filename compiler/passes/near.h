/* Did you mean: names near a wrong one, and comma-separated lists. Shared by the passes. */
#ifndef FXC_PASSES_NEAR_H
#define FXC_PASSES_NEAR_H

#include "diag/diag.h"
#include "ir/ir.h"

/// The integration whose name is nearest to `wanted` (not `wanted` itself), 0 when none is near.
IntegrationId near_integration(const Ir *ir, Str wanted);

/// Adds "did you mean" and a fix that replaces `span` by `best`, unless best is empty. The fix is certain for
/// names of some length only.
void near_propose(Diag *diag, Span span, Str best);

/// Takes the next item off a comma-separated list, without white space around it; empty items are
/// skipped. *offset is its place in `whole`.
bool near_list_item(Str whole, Str *rest, Str *item, size_t *offset);

/// The place of an item in an attribute value: exact unless the value was written with character
/// references, then the whole value.
Span near_item_span(Span value, Str whole, size_t offset, size_t length);

#endif
