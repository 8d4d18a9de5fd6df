/* Did you mean: the nearest of a set of candidates by edit distance. */
#ifndef FXC_BASE_SUGGEST_H
#define FXC_BASE_SUGGEST_H

#include "base/str.h"

typedef struct Suggestion {
  Str wanted;
  Str best;  // STR_NONE while nothing is near enough
  size_t distance;
} Suggestion;

/// Starts a search for something like `wanted`.
Suggestion suggest_start(Str wanted);
/// Offers one candidate; the first of equally near ones wins. Near enough is an optimal string
/// alignment distance of at most a third of the longer length, case ignored.
void suggest_offer(Suggestion *search, Str candidate);

#endif
