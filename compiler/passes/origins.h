/* `origins` of a release: where its adapter goes in the browser beyond what its bindings say. */
#ifndef FXC_PASSES_ORIGINS_H
#define FXC_PASSES_ORIGINS_H

#include "diag/diag.h"
#include "ir/ir.h"

typedef enum OriginKind {
  ORIGIN_CONNECT,
  ORIGIN_SCRIPT,
  ORIGIN_STYLE,
  ORIGIN_IMAGE,
  ORIGIN_FONT,
  ORIGIN_MEDIA,
  ORIGIN_FRAME,
  ORIGIN_WORKER,
  ORIGIN_FORM,
  ORIGIN_KINDS
} OriginKind;

/// "connect"
const char *origin_kind(OriginKind kind);
/// False: there is no kind of that name.
bool origin_kind_find(Str name, OriginKind *kind);
/// Whether a text is an origin as a policy takes it: "https://*.example.com:8443", "data:". Scratch on the
/// arena.
bool origin_is_source(Arena *arena, Str text);

/// FX2006 and FX2007 for what an integration's releases say there.
void types_check_origins(const Ir *ir, const Integration *integration, DiagBag *diags);

#endif
