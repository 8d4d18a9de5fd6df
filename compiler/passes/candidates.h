/* Which releases of an integration may be chosen at all, and in which order they are liked. */
#ifndef FXC_PASSES_CANDIDATES_H
#define FXC_PASSES_CANDIDATES_H

#include "ir/range.h"
#include "passes/passes.h"

typedef struct Candidates {
  ReleaseId *releases;  // in the order of preference
  uint32_t count;
} Candidates;

/// `pin` is the range that the project forces, NULL without one. Retired releases never are candidates,
/// development and testing releases and betas only when a pin names them.
/// What the environment forces wins over statuses as a pin does; a release behind a flag that is off there is
/// none.
Candidates candidates_of(Ir *ir, IntegrationId integration, const Range *pin, const Setting *forced);

/// What the environment forces for the integration: a provider, else a flag that is on and that one of its
/// releases stands behind. NULL: nothing.
const Setting *candidates_forced(const Ir *ir, IntegrationId integration);
/// Whether a release is what the environment forces.
bool candidates_is_forced(const Ir *ir, const Setting *forced, const Release *release);

/// Whether a range holds a release. A release whose version is malformed is only in ranges of NULL.
bool candidates_in_range(const Ir *ir, const Range *range, ReleaseId release);

#endif
