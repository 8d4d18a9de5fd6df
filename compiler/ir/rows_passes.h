/* The rows that passes add: edges of the dependency graph, choices, what can become live. */
#ifndef FXC_IR_ROWS_PASSES_H
#define FXC_IR_ROWS_PASSES_H

#include "ir/handles.h"

typedef struct Edge {
  IntegrationId from, to;
  RequirementId requirement;  // 0 when a page states it
  UseDependsId depends;       // the page's data-depends-on, else 0
  Span span;
} Edge;

typedef struct Cycle {
  IrRange edges;  // CycleEdge
} Cycle;

typedef struct CycleEdge {
  EdgeId edge;
} CycleEdge;

typedef struct Decision {
  IntegrationId integration;
  ReleaseId release;
  Sym reason;  // "active", "newest stable", "pinned", "required by geocoding", "locked", …
} Decision;

typedef enum IrLiveWhy {
  IR_LIVE_CHOSEN,
  IR_LIVE_ROUTE,
  IR_LIVE_CANARY,
  IR_LIVE_FLAG,
  IR_LIVE_PARALLEL,  // the other side of a migration, while both sides run
  IR_LIVE_FALLBACK,
  IR_LIVE_USE_PROVIDER,  // an element names the provider
  IR_LIVE_USE_FALLBACK,  // an element has a fallback chain of its own
  IR_LIVE_OVERRIDE       // the runtime overrides name it, or switch its flag on
} IrLiveWhy;

typedef struct LiveRelease {
  IntegrationId integration;
  ReleaseId release;
  IrLiveWhy why;
  UseId use;       // 0: for every use; else for this one alone
  Span span;       // of what makes it live; of the release where it is the chosen one
  bool otherwise;  // of IR_LIVE_OVERRIDE: it would be live without the overrides too
} LiveRelease;

/// What goes on beside the main state of an integration in the build (passes/lifecycle.c).
typedef struct State {
  IntegrationId integration;
  bool deprecated;  // the chosen release is, or the day is known on which its support ends
  bool migrating;   // two releases serve at a time, or one gives way to another
} State;

typedef struct Missing {
  Sym name;
  UseId first_use;  // 0 when only a requirement names it
  RequirementId requirement;
  bool required;  // some use of it is required
} Missing;

#endif
