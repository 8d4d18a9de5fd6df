/* The states of integrations as people and programs see them. What they are and since when is found out
 * elsewhere (workspace/states.h); here they are only put into words. */
#ifndef FXC_EMIT_STATUS_H
#define FXC_EMIT_STATUS_H

#include "emit/usage.h"

/// The main states, in the order of the pipeline.
typedef enum LifeStage { LIFE_DISCOVERED, LIFE_VALIDATED, LIFE_GENERATED, LIFE_ACTIVE } LifeStage;

/// One integration. Days are counted since 1970-01-01 in UTC; IR_NO_DATE: it is not so.
typedef struct StatusRow {
  Str name;
  IntegrationId integration;  // 0: no manifest
  ReleaseId release;          // the chosen one; 0: none
  const UsedName *used;       // NULL: nothing needs it
  LifeStage stage;
  int32_t since, deprecated, migrating;
} StatusRow;

typedef struct StatusRows {
  StatusRow *data;
  size_t len;
} StatusRows;

/// "Discovered", "Validated", "Generated", "Active".
const char *life_stage_name(LifeStage stage);

/// A table with a head: integration, state, since when, release, pages, owner. Its columns are as wide as
/// what stands in them, counted as a terminal shows it.
void emit_status_table(const Ir *ir, StatusRows rows, Arena *arena, Buf *out);

/// The same as JSON: {"interface": "status", "integrations": {NAME: {"state", "since", …}}}. The shape is
/// written down in workspace/README.md.
void emit_status_json(const Ir *ir, StatusRows rows, Arena *arena, Buf *out);

#endif
