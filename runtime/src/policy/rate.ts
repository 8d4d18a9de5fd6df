// In: a rate, a burst. Out: when the next request may go. A sliding window: the times of the last `size` requests stand in
// a ring, and one more may go when the oldest of them is more than `span` ago. More than, for clocks count whole
// milliseconds: so there are never more than `size` in any interval of that length, wherever it begins.

import type { Rate } from '../config.js';

export interface Window {
  /** Milliseconds until a request may go; 0: now. A clock that was set back makes nobody wait. */
  wait(this: void, now: number): number;
  /** One goes. */
  take(this: void, now: number): void;
}

/** A burst stretches the window: twice the count in twice the time. */
export function slidingWindow({ count, per }: Rate, size = count): Window {
  const span = (per * size) / count;
  const times: number[] = [];
  let oldest = 0;
  return {
    wait(now) {
      const age = now - (times[oldest] ?? -Infinity);
      return age < 0 || age > span ? 0 : Math.floor(span - age) + 1;
    },
    take(now) {
      times[oldest] = now;
      oldest = (oldest + 1) % size;
    },
  };
}
