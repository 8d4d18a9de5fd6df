/* Which releases of an integration may be chosen at all, and in which order they are liked. */
#ifndef FXC_PASSES_CANDIDATES_H
#define FXC_PASSES_CANDIDATES_H

#include "ir/range.h"
#include "passes/passes.h"

typedef struct Candidates {
  ReleaseId *releases;  // in the order of preference
  uint32_t count;
  uint32_t moved;  // which one the lock has put first; 0: none, the order is that of preference alone
} Candidates;

/// What makes releases candidates that their status alone would not.
typedef struct CandidateOpening {
  const Range *pin;       // the project's pin; NULL: none
  Sym label;              // the one release that an earlier validation chose; 0: none
  const Setting *forced;  // by the environment; NULL: nothing
  ReleaseId locked;       // comes first where it is a candidate; 0: none
} CandidateOpening;

/// Stable and deprecated releases, and what the opening names. Retired releases and those behind a flag that
/// is off in the environment never are candidates. What a pin or the environment excludes is a rule
/// (passes/constraints.h), so that it can be named when it is in the way.
Candidates candidates_of(Ir *ir, IntegrationId integration, const CandidateOpening *opening);

/// What the environment forces for the integration: a provider, else a flag that is on and that one of its
/// releases stands behind. NULL: nothing.
const Setting *candidates_forced(const Ir *ir, IntegrationId integration);
/// Whether a release is what the environment forces.
bool candidates_is_forced(const Ir *ir, const Setting *forced, const Release *release);

/// Whether it is available only from a day that lies ahead; on that day itself it is there.
bool candidates_comes_later(const Ir *ir, const Release *release);

/// Whether a range holds a release. A release whose version is malformed is only in ranges of NULL.
bool candidates_in_range(const Ir *ir, const Range *range, ReleaseId release);

#endif
