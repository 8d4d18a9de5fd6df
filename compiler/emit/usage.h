/* The uses of a project by integration, and what is wrong with each: what maps and reports have in common. */
#ifndef FXC_EMIT_USAGE_H
#define FXC_EMIT_USAGE_H

#include "diag/diag.h"
#include "ir/ir.h"

typedef struct UsedName {
  Str name;
  IntegrationId integration;  // 0: no manifest
  VEC(UseId) uses;            // on elements, in page order
  bool on_page;               // some element names it; else only a dependency does
  bool required;
  VEC(DiagCode) codes;  // of the errors that concern it, each once, in order
} UsedName;

typedef struct Usage {
  VEC(UsedName) names;  // in byte order
  size_t uses;          // on elements
  size_t pages;         // pages with uses
  size_t found;         // names that some element uses
} Usage;

/// Collects the uses; with `diags` (sorted and filtered) also the errors by integration. On the arena.
Usage usage_collect(const Ir *ir, const DiagBag *diags, Arena *arena);

/// Whether a diagnostic is an error about what it stands at, also where a run only warns of it.
bool usage_is_error(const Diag *diag);

/// An integration without an error and with a manifest.
bool usage_is_valid(const UsedName *name);

/// Uses of one integration lie all over the tables. While the use number `i` is written, what is needed of
/// those behind it is sent for: their places, their attributes.
void usage_foresee(const Ir *ir, const UsedName *name, size_t i);
void usage_foresee_attrs(const Ir *ir, const UsedName *name, size_t i);

#endif
