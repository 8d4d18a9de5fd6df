/* Stub manifests: what pages already say about an integration without a manifest, with holes to fill in. */
#ifndef FXC_EMIT_STUB_MANIFEST_H
#define FXC_EMIT_STUB_MANIFEST_H

#include "emit/templates.h"
#include "ir/ir.h"

/// Writes a YAML manifest for `name`: props, slots, capabilities and places from the uses of that name. It is
/// marked as a stub (FX2002 until the mark is removed), and its holes start with "[TODO". `templates` NULL:
/// by the built-in template.
void emit_stub_manifest(const Ir *ir, Str name, const Templates *templates, Buf *out);

#endif
