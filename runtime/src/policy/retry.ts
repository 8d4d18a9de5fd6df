// In: attempts that may fail. Out: the first success, or the error of the last attempt. Pauses have full jitter: anything
// from nothing to the backoff, equally likely, which spreads clients best that failed at the same moment (M. Brooker,
// "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). A provider's `Retry-After` is the least pause.

import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';
import type { RetryLimit } from '../config.js';
import { PolicyError } from './policy.js';

/** Nobody waits longer for a provider that asks to: the call ends with its error. */
const PATIENCE = 60_000;

export interface RetryRules {
  readonly limit: RetryLimit;
  readonly clock: Clock;
  readonly deadline: number | undefined;
  /** Whether an attempt that ended so may be followed by another. */
  readonly mayRetry: (this: void, error: unknown) => boolean;
  readonly retryAfter: (this: void, error: unknown) => number | undefined;
}

/** The longest pause behind the `failures`th failing attempt. */
export function backoffOf({ backoff, from, to }: RetryLimit, failures: number): number {
  const factor = { constant: 1, linear: failures, exponential: 2 ** (failures - 1) }[backoff];
  return Math.min(to, from * factor);
}

/** How long to wait for the next attempt; undefined: there shall be none. */
function pauseOf({ limit, clock, deadline = Infinity, mayRetry, retryAfter }: RetryRules, failures: number, error: unknown): number | undefined {
  if (failures > limit.attempts || !mayRetry(error)) return undefined;
  const asked = retryAfter(error) ?? 0;
  const pause = Math.max(asked, clock.random() * backoffOf(limit, failures));
  return asked > PATIENCE || clock.now() + pause >= deadline ? undefined : pause;
}

export async function withRetry<T>(rules: RetryRules, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  let last: unknown;
  for (let failures = 1; ; failures += 1) {
    let pause: number | undefined;
    try {
      return await attempt();
    } catch (error) {
      // A later attempt that was not sent says less than the one before, which the provider failed.
      if (failures === 1 || signal.aborted || !(error instanceof PolicyError) || error.kind === 'timeout') last = error;
      pause = signal.aborted ? undefined : pauseOf(rules, failures, error);
    }
    if (pause === undefined) throw last;
    await sleep(rules.clock, pause, signal);
  }
}
