/* Whether integrations hold up when their providers do not, as far as manifests tell: warnings only. The pass
 * (resilience.c) looks at each integration with what its calls may do, and at all of them together for
 * quotas.
 *
 * What a call does, as grammar/README.md fixes it: an attempt ends at the `timeout`; `retry` counts the
 * attempts behind the first, with a pause before each; when they are used up the next link of the fallback
 * chain does the same. */
#ifndef FXC_PASSES_RESILIENCE_H
#define FXC_PASSES_RESILIENCE_H

#include "passes/passes.h"

typedef enum Backoff { BACKOFF_EXPONENTIAL, BACKOFF_LINEAR, BACKOFF_CONSTANT } Backoff;

/// How one release is asked. Times in ms.
typedef struct Attempts {
  double timeout;      // of one; INFINITY without a limit
  double retries;      // behind the first
  double first, most;  // the first pause, and what none exceeds
  Backoff backoff;
} Attempts;

typedef struct Resilience {
  Ir *ir;
  DiagBag *diags;
  const Integration *integration;
  Limits limits;  // NAN for all that the manifest does not limit
  Attempts attempts;
  VEC(ReleaseId) tried;  // the release in force, then those of the chain before `static`, each once
  bool page_chain;       // some page names a provider or a chain of its own
  bool fx;               // the manifest is written in .fx, and so is what helps propose
} Resilience;

/// The pause before the n-th retry, n from 1.
double attempts_pause(const Attempts *attempts, double n);
/// All pauses together.
double attempts_pauses(const Attempts *attempts);
/// What the attempts and the pauses between them add up to.
double attempts_time(const Attempts *attempts);
/// The longest that a call may take: every release that is tried, one behind the other.
double resilience_longest(const Resilience *look);

/// Whether a link of the chain is the concept's own markup whatever has failed: nothing behind it is reached.
bool resilience_ends_chain(const Fallback *link);

/// The whole number below.
double resilience_floor(double number);
/// A time as manifests write it, "6.6s", and a rate, "1000/m", on the arena.
Str resilience_time(Arena *arena, double ms);
Str resilience_rate(Arena *arena, double per_second);

/// FX2019: a call may take longer than the component's budget.
void resilience_check_budget(const Resilience *look);
/// FX2020: failures that no link of the fallback chain answers, and links that are never reached.
void resilience_check_chain(const Resilience *look);
/// FX2021: an operation is retried that may not be done twice.
void resilience_check_retries(const Resilience *look);
/// FX2023: alerts and rollbacks that can never fire, or always do.
void resilience_check_alerts(const Resilience *look);
/// FX2020 for the chains that pages give.
void resilience_check_uses(const Ir *ir, DiagBag *diags);
/// FX2022: what the integrations in use may ask of a provider, against its quota.
void resilience_check_quotas(Ir *ir, DiagBag *diags);

#endif
