// In: calls of repeatable operations. Out: one request for calls that are equal and in flight at the same time, and
// answers that are kept for a while. Errors are never kept. Equal is: same operation, same JSON but for the order of members.
// What JSON cannot tell apart (a file, NaN) is never shared.

import type { Clock } from '../clock.js';
import { Crowd } from './abort.js';

/** Answers that are kept at most; the one that was not asked for the longest goes. */
const KEPT = 100;

interface Flight {
  readonly crowd: Crowd;
  readonly work: Promise<unknown>;
}

interface Kept {
  readonly value: unknown;
  readonly at: number;
}

function ordered(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('no JSON');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind && kind !== Object.prototype) throw new TypeError('no JSON');
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One text for all inputs that are equal; undefined if it has no faithful text. */
export function keyOf(operation: string, input: unknown): string | undefined {
  try {
    return JSON.stringify([operation, input], ordered);
  } catch {
    return undefined;
  }
}

export class Share {
  readonly #flights = new Map<string, Flight>();
  readonly #kept = new Map<string, Kept>();
  readonly #clock: Clock;
  readonly #cache: number;

  constructor(clock: Clock, cache: number) {
    this.#clock = clock;
    this.#cache = cache;
  }

  /** The kept answer, that of an equal call in flight, or what `start` gives: its signal aborts when all callers have left. */
  async run(key: string, caller: AbortSignal, start: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
    const kept = this.#find(key);
    if (kept) return kept.value;
    let flight = this.#flights.get(key);
    if (!flight || flight.crowd.signal.aborted) {
      const crowd = new Crowd();
      flight = { crowd, work: start(crowd.signal) };
      this.#flights.set(key, flight);
      void this.#land(key, flight);
    }
    return flight.crowd.join(caller, flight.work);
  }

  async #land(key: string, flight: Flight): Promise<void> {
    try {
      const value = await flight.work;
      if (this.#cache) this.#keep(key, { value, at: this.#clock.now() });
    } catch {
      // Those who wait for it are told.
    }
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  #find(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#kept.delete(key);
    const age = this.#clock.now() - kept.at;
    if (age < 0 || age >= this.#cache) return undefined;
    this.#kept.set(key, kept);
    return kept;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) return;
      this.#kept.delete(oldest);
    }
  }
}
