// In: counts as they happen, and the time. Out: their sums over the last so many milliseconds, in memory that does not
// grow: a ring of parts, of which the oldest is dropped whole. So a sum covers the window but for up to one part of it, never more than the window.

import type { Clock } from '../clock.js';
import { PARTS, quantile } from './histogram.js';
import type { WindowCounts } from './snapshot.js';

/** A day, which every integration is counted over. */
export const DAY = 24 * 60 * 60 * 1000;

/** Parts of a window: of a day they are 15 minutes long. */
export const SLOTS = 96;

/** What is counted; the parts of the latency histogram come behind. */
const FIELDS = { asked: 0, errors: 1, timeouts: 2, calls: 3, fallbacks: 4 } as const;
const LATENCY = 5;
const WIDTH = LATENCY + PARTS;

export type WindowField = keyof typeof FIELDS;

/** A clock's time that never goes back: where the clock does, time goes on from where it was. */
export function steady(clock: Clock): (this: void) => number {
  let [last, lead] = [clock.now(), 0];
  return () => {
    const now = clock.now();
    if (now < last) lead += last - now;
    last = now;
    return now + lead;
  };
}

/** Sums over the last `over` milliseconds. */
export class Window {
  readonly over: number;
  #now: () => number;
  #slots = new Float64Array(SLOTS * WIDTH);
  #sums = new Float64Array(WIDTH);
  #slot: number;

  /** `now` does not go back (`steady`). */
  constructor(over: number, now: () => number) {
    this.over = over;
    this.#now = now;
    this.#slot = this.#current();
  }

  count(field: WindowField, by: number): void {
    this.#add(FIELDS[field], by);
  }

  /** `by` times that fell into a part of the histogram. */
  countLatency(part: number, by: number): void {
    this.#add(LATENCY + part, by);
  }

  counts(): WindowCounts {
    this.#advance();
    const sum = (field: WindowField): number => this.#sums[FIELDS[field]] ?? 0;
    const parts = this.#sums.subarray(LATENCY);
    return {
      over: this.over,
      asked: sum('asked'),
      errors: sum('errors'),
      timeouts: sum('timeouts'),
      calls: sum('calls'),
      fallbacks: sum('fallbacks'),
      latency: { p50: quantile(0.5, parts), p90: quantile(0.9, parts), p95: quantile(0.95, parts), p99: quantile(0.99, parts) },
    };
  }

  #current(): number {
    return Math.floor((this.#now() * SLOTS) / this.over);
  }

  #add(field: number, by: number): void {
    this.#advance();
    const at = (this.#slot % SLOTS) * WIDTH + field;
    this.#slots[at] = (this.#slots[at] ?? 0) + by;
    this.#sums[field] = (this.#sums[field] ?? 0) + by;
  }

  /** Takes what has grown old out of the sums. */
  #advance(): void {
    const current = this.#current();
    const passed = Math.min(current - this.#slot, SLOTS);
    for (let i = 1; i <= passed; i++) {
      const start = ((current - passed + i) % SLOTS) * WIDTH;
      for (let field = 0; field < WIDTH; field++) {
        this.#sums[field] = (this.#sums[field] ?? 0) - (this.#slots[start + field] ?? 0);
      }
      this.#slots.fill(0, start, start + WIDTH);
    }
    this.#slot = current;
  }
}

