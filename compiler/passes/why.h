/* Why an integration has the release that it has: what is said about it and where, who needs it, and what
 * speaks against its other releases. */
#ifndef FXC_PASSES_WHY_H
#define FXC_PASSES_WHY_H

#include "passes/constraints.h"

/// Something that is said at a place.
typedef struct WhyFact {
  Span span;
  Str text;     // "this page asks for 'maps' ^3"
  bool counts;  // whoever says it is chosen
} WhyFact;

typedef VEC(WhyFact) WhyFacts;

/// A release that was not chosen.
typedef struct WhyNot {
  ReleaseId release;
  Str reason;      // "is beta: only a pin takes it"; empty where facts say it
  WhyFacts facts;  // what excludes it
} WhyNot;

typedef struct Why {
  IntegrationId integration;
  ReleaseId chosen;  // 0: none
  Str reason;
  WhyFacts needed;     // from a page to the integration, the shortest way
  WhyFacts said;       // every constraint, what counts first
  size_t more;         // of these, how many pages are left out
  VEC(WhyNot) others;  // newest first; those that are neither newer nor liked better are left out
} Why;

/// Finds it out from the decisions of a run, on `arena`.
void why_find(Why *why, Ir *ir, Arena *arena, IntegrationId integration);

#endif
