/* integrations/NAME.tsx: the typed component of an integration with its types, operations, slots and events.
 * The shape is fixed in runtime/README.md, section 5. */
#ifndef FXC_EMIT_INTEGRATION_H
#define FXC_EMIT_INTEGRATION_H

#include "base/buf.h"
#include "base/vec.h"
#include "emit/templates.h"
#include "ir/ir.h"

/// Prints the module of one integration into its shell (`templates` NULL: the built-in one). The arena holds
/// the tree while it is printed.
void emit_integration(const Ir *ir, IntegrationId id, const Templates *templates, Arena *arena, Buf *out);

typedef struct IntegrationExport {
  Str name;
  bool type_only;
} IntegrationExport;

typedef VEC(IntegrationExport) IntegrationExports;

/// What that module exports, the component first.
IntegrationExports integration_exports(const Ir *ir, IntegrationId id, Arena *arena);

#endif
