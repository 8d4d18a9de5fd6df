// In: nothing. Out: the one source of time and chance, so that tests can play both.

import { untilAborted } from './abort.js';

export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(this: void): number;
  /** Calls `run` after `ms`, or after `LONGEST_TIMER`; what it returns takes that back. */
  after(this: void, ms: number, run: () => void): () => void;
  /** 0 ≤ x < 1, as `Math.random`. */
  random(this: void): number;
}

/** What `setTimeout` can wait, 24.8 days: beyond that it would not wait at all. */
export const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Whether no more than `ms` have passed; of a time that is still to come they have: a clock was set back. */
export function isWithin(ms: number, age: number): boolean {
  return age >= 0 && age < ms;
}

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
export async function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let cancel: (() => void) | undefined;
  try {
    await untilAborted(signal, new Promise<void>((resolve) => (cancel = clock.after(ms, resolve))));
  } finally {
    cancel?.();
  }
}
