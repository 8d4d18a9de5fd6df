/* Why a release was chosen, in words and as JSON. */
#ifndef FXC_EMIT_WHY_H
#define FXC_EMIT_WHY_H

#include "passes/why.h"

/// A heading, then the way from a page, what is said and what speaks against other releases, each with its
/// place as diagnostics name it. Where nothing was chosen, the conflicts among `diags` that name the
/// integration.
void emit_why(const Ir *ir, const Why *why, const DiagBag *diags, Buf *out);

/// {"interface": "why", "name", "release": {"label", "version", "provider", "reason"} or null, "needed":
/// [FACT], "constraints": [FACT], "others": [{"label", "version", "reason", "facts": [FACT]}], "conflicts":
/// [FACT]}; a FACT is {"place", "fact"}, and "counts": false where who says it was not chosen.
void emit_why_json(const Ir *ir, const Why *why, const DiagBag *diags, Buf *out);

#endif
