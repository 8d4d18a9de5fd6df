// In: attempts that may fail. Out: the first success, or the error of the last attempt. Pauses have full jitter: anything
// from nothing to the backoff, equally likely, which spreads clients best that failed at the same moment (M. Brooker,
// "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). A provider's `Retry-After` is the least pause.

import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';
import type { RetryLimit } from '../config.js';

/** Nobody waits longer for a provider that asks to: the call ends with its error. */
const PATIENCE = 60_000;

/** The longest pause behind the `failures`th failing attempt. */
export function backoffOf({ backoff, from, to }: RetryLimit, failures: number): number {
  return Math.min(to, from * { constant: 1, linear: failures, exponential: 2 ** (failures - 1) }[backoff]);
}

/**
 * `askedOf`: the pause that the provider asked for with this error, 0 if it did not; undefined if no other attempt may
 * follow. A pause that would last beyond `deadline` is not begun.
 */
export async function withRetry<T>(
  limit: RetryLimit,
  clock: Clock,
  deadline: number,
  signal: AbortSignal,
  attempt: () => Promise<T>,
  askedOf: (error: unknown) => number | undefined,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const asked = failures > limit.attempts || signal.aborted ? undefined : askedOf(error);
      if (asked === undefined || asked > PATIENCE) throw error;
      const pause = Math.max(asked, Math.floor(clock.random() * backoffOf(limit, failures)));
      if (clock.now() + pause >= deadline) throw error;
      await sleep(clock, pause, signal);
    }
  }
}
