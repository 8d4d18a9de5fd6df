// In: nothing. Out: the one source of time and chance, so that tests can play both.

import { untilAborted } from './policy/abort.js';

/** The longest that timers of JavaScript wait; of a longer time they make none at all. */
const LONGEST = 2 ** 31 - 1;

export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(this: void): number;
  /** Calls `run` after `ms`, but after 24 days at the latest; what it returns takes that back. */
  after(this: void, ms: number, run: () => void): () => void;
  /** 0 ≤ x < 1, as `Math.random`. */
  random(this: void): number;
}

/** What a timer can wait of `ms`. */
export function timerOf(ms: number): number {
  return Math.min(ms, LONGEST);
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, timerOf(ms));
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
