/* What an emitted page can see of an integration, as bytes: its props with their types, the records these are
 * made of, and the features of its releases. No places, no handles, nothing that depends on the order in
 * which files are read or clauses are written: equal bytes mean equal pages, whatever the releases. */
#ifndef FXC_IR_INTERFACE_H
#define FXC_IR_INTERFACE_H

#include "base/hash.h"
#include "ir/ir.h"

/// Appends the interface of an integration to `out`. Its types must have been checked (the passes of
/// FACT_INTEGRATIONS), since a type that has no declaration is one of the things that count. The name is not
/// part of it. Scratch memory comes from `arena`.
void ir_interface_write(const Ir *ir, IntegrationId id, Arena *arena, Buf *out);

/// The digest of these bytes.
Digest ir_interface_digest(const Ir *ir, IntegrationId id, Arena *arena);

/// Adds an integration of that name with the interface in `bytes`, which are not trusted, and makes the name
/// known; its rows have no places. False, with nothing made known, when the bytes are no interface. What it
/// adds serves emit_page() alone: there is one release, without a version, that has all features.
bool ir_interface_read(Ir *ir, Str name, Str bytes);

#endif
