// In: the limits of an integration. Out: the types of what stands between the engine and one release of it: sharing and
// keeping of answers, batches, rate, concurrency, breaker, attempts with their timeouts and pauses. One policy a release.

import type { BatchFunction, OperationFunction, OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import type { Limits } from '../config.js';

/** A limit was in the way: `timeout`: an attempt took too long; `limited`: the queue is full; `open`: the breaker is. */
export class PolicyError extends Error {
  readonly kind: 'timeout' | 'limited' | 'open';
  /** Milliseconds until it makes sense to try again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(kind: PolicyError['kind'], message: string, retryAfter?: number) {
    super(message);
    this.name = 'PolicyError';
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface PolicyOptions {
  readonly limits: Limits;
  readonly clock: Clock;
  /** How long answers of repeatable operations are kept; 0: not at all. */
  readonly cache: number;
  /** A failure of the provider, not of the input: it is tried again where that is safe, and counts for the breaker. */
  readonly isAway: (this: void, error: unknown) => boolean;
  /** The provider has surely not done it (429): it is tried again though the operation is not repeatable. */
  readonly isRefused: (this: void, error: unknown) => boolean;
  /** Milliseconds that the provider asked to wait (`Retry-After`). */
  readonly retryAfter: (this: void, error: unknown) => number | undefined;
  /**
   * Asked before each request that is not remote, where several processes keep one rate together (the limits have none then). While it
   * takes its time the request has its place among the concurrent ones. It rejects with a PolicyError `limited` if too many wait.
   */
  readonly gate?: (this: void, signal: AbortSignal) => Promise<void>;
  readonly onBreaker: (this: void, state: BreakerState) => void;
}

/** One call, as the engine hands it over. */
export interface PolicyCall {
  readonly operation: string;
  readonly input: OperationInput;
  readonly run: OperationFunction;
  readonly batch: BatchFunction | undefined;
  /** May be tried again, shared and kept. */
  readonly repeatable: boolean;
  /** The server half performs it, and keeps the limits of the provider: no rate, concurrency, timeout or retry here. */
  readonly remote: boolean;
  /** The caller's: aborting it ends this call, and nobody else's that shares its answer. */
  readonly signal: AbortSignal;
  /** When its budget ends, by the clock: a pause that would last longer is not begun. The signal aborts by itself. */
  readonly deadline?: number;
  /** Called before each request that is sent for this call; of those that share one, for the first. */
  readonly onAttempt?: (this: void) => void;
}

export interface PolicyOutcome {
  readonly value: unknown;
}
