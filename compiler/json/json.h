/* Strict JSON (RFC 8259) as the same nodes that YAML gives. */
#ifndef FXC_JSON_JSON_H
#define FXC_JSON_JSON_H

#include "diag/diag.h"
#include "source/events.h"

enum { JSON_DEPTH_LIMIT = 128 };

/// Reads a file into nodes. False when something was wrong; the first reason is in the bag then (FX2005,
/// FX8005, FX8006) and the nodes are not to be used. `bytes` must be followed by a NUL.
bool json_events(Arena *arena, SourceId source, Str bytes, DiagBag *bag, DocEvents *out);

#endif
