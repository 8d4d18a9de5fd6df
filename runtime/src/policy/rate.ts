// In: a rate, a burst. Out: when the next request may go. A sliding window: the times of the last `size` requests stand in
// a ring, and one more may go when the oldest of them is more than `span` ago. More than, for clocks count whole
// milliseconds: so there are never more than `size` in any interval of that length, wherever it begins.

import type { Limits } from '../config.js';

export class Rate {
  readonly #size: number;
  readonly #span: number;
  readonly #times: number[] = [];
  #next = 0;

  /** A burst stretches the window: twice the count in twice the time. */
  constructor({ count, per }: NonNullable<Limits['rate']>, burst = count) {
    this.#size = burst;
    this.#span = (per * burst) / count;
  }

  /** Milliseconds until a request may go; 0: now. A clock that was set back makes nobody wait. */
  wait(now: number): number {
    const age = now - (this.#times[this.#next] ?? -Infinity);
    return age < 0 || age > this.#span ? 0 : Math.floor(this.#span - age) + 1;
  }

  take(now: number): void {
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.#size;
  }
}
