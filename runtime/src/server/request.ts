// In: requests. Out: what all services of the server half check of them: the method, and how often their client asks.

import { clientKeyOf } from './client-key.js';
import type { SharedLimits } from './limits.js';
import type { HandlerOptions } from './options.js';
import { Refusal, retryAfter } from './refusal.js';

const CLIENT_RATE = { count: 100, per: 10_000 };

export function checkMethod(request: Request, ...allowed: readonly string[]): void {
  if (!allowed.includes(request.method)) throw new Refusal(405, 'rejected', `the method is ${allowed.join(' or ')}`, { allow: allowed.join(', ') });
}

/** Refuses a client that has asked for more than `points` too much. `kind` keeps the counts of services apart. */
export type ClientCheck = (this: void, request: Request, kind: string, points: number) => Promise<void>;

export function clientCheck({ clientKey = clientKeyOf, clientRate = CLIENT_RATE }: HandlerOptions, limits: SharedLimits): ClientCheck {
  return async (request, kind, points) => {
    const key = clientRate ? clientKey(request) : undefined;
    if (!clientRate || key === undefined || points === 0) return;
    const wait = await limits.client(`${kind} ${key}`, points, clientRate);
    if (wait > 0) throw new Refusal(429, 'busy', 'too many requests', retryAfter(wait));
  };
}
