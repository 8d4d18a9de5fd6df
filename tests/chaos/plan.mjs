// In: a seed and a length. Out: how each provider fares in each second, what it does to each request, and what may fail
// at most because of it.

import { between, seeded } from '../runtime/fake-clock.mjs';

/** Faults that a provider can have; `refused` ones have surely not been done. */
export const FAULTS = ['error', 'busy', 'slow', 'garbage', 'drop', 'half', 'key', 'shape'];

/** Share of requests that fail in a second of that kind. */
const WEATHERS = { calm: 0, rough: 0.25, out: 1 };

/** What is left of an outage a second later: breakers probe, and a probe may meet a fault. */
const RESIDUE = 0.03;

export class Plan {
  #seed;
  #weathers = new Map();
  /** Seconds in which the machine had other things to do: nothing is expected of them. */
  stalled = new Set();

  constructor(seed) {
    this.#seed = seed;
  }

  /** `second`: since the start. Each provider has a seed of its own, so that a plan does not depend on who asks first. */
  weather(provider, second) {
    let list = this.#weathers.get(provider);
    if (!list) {
      const random = seeded(this.#seed ^ [...provider].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7));
      list = { random, kinds: [] };
      this.#weathers.set(provider, list);
    }
    while (list.kinds.length <= second) {
      const chance = list.random();
      list.kinds.push(chance < 0.45 ? 'calm' : chance < 0.85 ? 'rough' : 'out');
    }
    return list.kinds[Math.max(0, second)];
  }

  /** The fault that a request meets, or null. */
  fault(provider, second, random) {
    return random() < WEATHERS[this.weather(provider, second)] ? FAULTS[between(random, 0, FAULTS.length - 1)] : null;
  }

  /**
   * The chance that a call fails at a provider, at most: it is tried `attempts` times between two seconds of the plan, and while there was an
   * outage then or in the second before, or the machine was busy, nothing is expected of it.
   */
  failing(provider, from, to, attempts) {
    let worst = 0;
    for (let second = from - 1; second <= to; second += 1) {
      if (this.stalled.has(second)) return 1;
      const weather = this.weather(provider, Math.max(0, second));
      worst = Math.max(worst, weather === 'out' ? 1 : WEATHERS[weather] ** attempts + RESIDUE);
    }
    return Math.min(1, worst);
  }
}
