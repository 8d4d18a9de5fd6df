/* server/: the half of operations that need the environment. One module an integration, and the handler that
 * answers /_fx/INTEGRATION/OPERATION. runtime/README.md, section 8. */
#ifndef FXC_EMIT_SERVER_H
#define FXC_EMIT_SERVER_H

#include "base/buf.h"
#include "emit/project_files.h"
#include "ir/ir.h"

/// Whether some release that can run has a binding for the server alone.
bool emits_server(const Ir *ir, Arena *arena, IntegrationId integration);

/// Prints server/operations/NAME.ts of such an integration.
void emit_server_operations(const Ir *ir, IntegrationId integration, Arena *arena, Buf *out);
/// What it exports.
Str server_operations_name(Arena *arena, Str integration);
/// Prints server/handler.ts, which is for all integrations in use.
void emit_server_handler(const Ir *ir, UsedIntegrations used, Arena *arena, Buf *out);

#endif
