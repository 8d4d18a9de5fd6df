/* What a manifest says about run time, as trees of plain data: objects, lists, strings, numbers. From one
 * tree integration-config.ts and runtime-config.json are printed. The shapes are those of
 * runtime/src/config.ts; what the manifest does not say has no member. */
#ifndef FXC_EMIT_RUNTIME_DATA_H
#define FXC_EMIT_RUNTIME_DATA_H

#include "emit/json_writer.h"
#include "emit/tsx.h"
#include "ir/ir.h"

/// `limits`, NULL where there are none. A rate is a whole number of calls in the interval that was written,
/// or in as many of them as make it whole: 0.5/s is 1 call in 2,000 ms.
TsxNode *runtime_limits(const Ir *ir, Arena *arena, LimitsId limits);
/// `routes` and `canary`, NULL where there are none.
TsxNode *runtime_routes(const Ir *ir, Arena *arena, IrRange routes);
TsxNode *runtime_canary(const Ir *ir, Arena *arena, IntegrationId integration);
/// Adds a member if there is a value.
void runtime_member(Arena *arena, TsxNode *object, const char *key, TsxNode *value);
/// The tree as the next value of a JSON document.
void runtime_json(JsonWriter *w, const TsxNode *data);

#endif
