/* bindings/NAME/LABEL.ts: the adapter of a release that is done over HTTP. runtime/README.md, section 7. */
#ifndef FXC_EMIT_BINDINGS_H
#define FXC_EMIT_BINDINGS_H

#include "base/buf.h"
#include "ir/ir.h"

/// Whether that file is emitted for the release: it has bindings in the phase that is built, and no module.
bool emits_bindings(const Ir *ir, Arena *arena, ReleaseId release);

/// Prints it: an adapter whose operations send what the bindings say. What needs the environment is asked of
/// the server half instead.
void emit_bindings(const Ir *ir, ReleaseId release, Arena *arena, Buf *out);

#endif
