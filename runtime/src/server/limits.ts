// In: who asks, or whom is asked. Out: how long it is too early for that. Counts are kept here, in memory; `./redis` has
// the same for servers that share them.

import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import type { Rate } from '../config.js';

/** Counts that limits need. Both methods give 0, or the milliseconds after which it makes sense to try again. */
export interface SharedLimits {
  /** `points` more requests of one client, at `rate`. */
  client(this: void, key: string, points: number, rate: Rate): Promise<number>;
  /** One more request to one provider, at `rate` in any interval. Missing: each server counts for itself. */
  provider?(this: void, key: string, rate: Rate): Promise<number>;
}

/** What the library rejects with when a limit is reached; everything else is an error. */
function waitOf(rejection: unknown): number {
  const { msBeforeNext } = rejection as { readonly msBeforeNext?: unknown };
  if (typeof msBeforeNext !== 'number') throw rejection;
  return Math.max(1, msBeforeNext);
}

export interface Limiter {
  consume(key: string, points: number): Promise<unknown>;
}

/** The limiter for a rate, made when it is first asked for. */
export function limiterOf(make: (rate: Rate) => Limiter): (rate: Rate) => Limiter {
  const made = new Map<string, Limiter>();
  return (rate) => {
    const key = `${String(rate.count)}/${String(rate.per)}`;
    const found = made.get(key) ?? make(rate);
    made.set(key, found);
    return found;
  };
}

/** A request of more points than the limit has could never be answered: it takes all of them. */
export async function consume(limiter: Limiter, key: string, points: number, rate: Rate): Promise<number> {
  try {
    await limiter.consume(key, Math.min(points, rate.count));
    return 0;
  } catch (rejection) {
    return waitOf(rejection);
  }
}

/** Counts of this process alone. An entry lives for one interval. */
export function memoryLimits(): SharedLimits {
  const limiter = limiterOf(({ count, per }) => new RateLimiterMemory({ points: count, duration: per / 1000 }));
  return { client: (key, points, rate) => consume(limiter(rate), key, points, rate) };
}
