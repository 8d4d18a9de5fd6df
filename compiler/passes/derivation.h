/* Why facts exclude each other, as lines of prose. */
#ifndef FXC_PASSES_DERIVATION_H
#define FXC_PASSES_DERIVATION_H

#include "passes/facts.h"

typedef struct Derivation {
  VEC(Str) lines;   // "because A and B, C (1)", … the last ends in the conclusion
  size_t left_out;  // steps of an argument that is too long to print; no lines then
} Derivation;

/// The argument over all facts of `facts`; no lines where nothing has to be derived, or when `steps` ran out.
Derivation derivation_of(const Facts *facts, size_t *steps);

#endif
