// In: calls of one release. Out: their results, within the limits. The way of a call, and what it holds meanwhile:
//
//   share → batch → retry( breaker → queue for rate and concurrency → attempt with its timeout )
//
// Equal calls and batches come first, so that limits count requests and not calls. Retry is around the rest: an attempt that
// is tried again asks the breaker and stands in the queue again, and a pause holds neither a place in the queue nor
// one of the concurrent requests. The breaker comes before the queue: while it is open nobody waits for nothing, and who
// waits when it opens is sent away. A timeout counts from the moment that the request goes.

import type { OperationInput } from '../adapter.js';
import { untilAborted } from './abort.js';
import { Batch } from './batch.js';
import type { Verdict } from './breaker.js';
import { Breaker, refusal } from './breaker.js';
import { Gate } from './gate.js';
import type { BreakerState, PolicyCall, PolicyOptions, PolicyOutcome } from './policy.js';
import { PolicyError } from './policy.js';
import { withRetry } from './retry.js';
import { Share, keyOf } from './share.js';
import { withTimeout } from './timeout.js';

/** Sends one request. */
type Send<T> = (signal: AbortSignal) => Promise<T>;

/** A call, and how its requests are counted. */
interface Counted extends PolicyCall {
  readonly count: () => void;
}

export class Policy {
  readonly #options: PolicyOptions;
  readonly #share: Share;
  readonly #batches = new Map<string, Batch>();
  readonly #breaker: Breaker | undefined;
  readonly #gate: Gate | undefined;
  #running = 0;
  #waiting: (() => void)[] = [];

  constructor(options: PolicyOptions) {
    const { limits, clock, cache } = options;
    this.#options = options;
    this.#share = new Share(clock, cache);
    if (limits.rate || limits.concurrency) this.#gate = new Gate(limits, clock);
    if (limits.breaker) this.#breaker = new Breaker(limits.breaker, clock, (state) => this.#moved(state));
  }

  state(): BreakerState {
    return this.#breaker?.state() ?? 'closed';
  }

  /** Rejects with the provider's error, a PolicyError, or the reason of the call's signal, as soon as that aborts. */
  async run(call: PolicyCall): Promise<PolicyOutcome> {
    call.signal.throwIfAborted();
    let attempts = 0;
    const count = (): void => {
      attempts += 1;
      call.onAttempt?.();
    };
    this.#running += 1;
    try {
      return { value: await this.#shared({ ...call, count }), attempts };
    } finally {
      this.#running -= 1;
      if (!this.#running) for (const done of this.#waiting.splice(0)) done();
    }
  }

  /** Resolves when no call is in flight. */
  async drained(): Promise<void> {
    if (this.#running) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #moved(state: BreakerState): void {
    if (state === 'open') this.#gate?.clear(refusal(this.#options.limits.breaker?.reset));
    this.#options.onBreaker(state);
  }

  #shared(call: Counted): Promise<unknown> {
    const key = call.repeatable ? keyOf(call.operation, call.input) : undefined;
    const start = (signal: AbortSignal): Promise<unknown> => this.#joined(call, signal);
    return key === undefined ? start(call.signal) : this.#share.run(key, call.signal, start);
  }

  #joined(call: Counted, caller: AbortSignal): Promise<unknown> {
    const { operation, input, batch } = call;
    const limit = this.#options.limits.batch;
    if (!limit || !batch) return this.#tried(call, caller, async (signal) => call.run(input, { signal }));
    let waiting = this.#batches.get(operation);
    if (!waiting) this.#batches.set(operation, (waiting = new Batch(limit, this.#options.clock)));
    return waiting.add(input, caller, (inputs: readonly OperationInput[], all) =>
      this.#tried(call, all, async (signal) => batch(inputs, { signal })),
    );
  }

  #tried<T>(call: Counted, caller: AbortSignal, send: Send<T>): Promise<T> {
    const { limits, clock, isRefused, retryAfter } = this.#options;
    const attempt = (): Promise<T> => this.#asked(call, caller, send);
    if (!limits.retry || call.remote) return attempt();
    const mayRetry = (error: unknown): boolean =>
      this.state() !== 'open' && (isRefused(error) || (call.repeatable && this.#isFailure(error)));
    return withRetry({ limit: limits.retry, clock, deadline: call.deadline, mayRetry, retryAfter }, caller, attempt);
  }

  async #asked<T>(call: Counted, caller: AbortSignal, send: Send<T>): Promise<T> {
    const breaker = this.#breaker;
    const turn = breaker?.enter() ?? 0;
    let verdict: Verdict = 'gone';
    try {
      const value = await this.#sent(call, caller, send);
      verdict = 'ok';
      return value;
    } catch (error) {
      if (!caller.aborted && !isOwn(error)) verdict = this.#isFailure(error) ? 'failed' : 'other';
      throw error;
    } finally {
      breaker?.settle(turn, verdict);
    }
  }

  async #sent<T>({ remote, count }: Counted, caller: AbortSignal, send: Send<T>): Promise<T> {
    const { limits, clock } = this.#options;
    const gate = remote ? undefined : this.#gate;
    const timeout = remote ? undefined : limits.timeout;
    await gate?.enter(caller);
    try {
      caller.throwIfAborted();
      count();
      return await (timeout ? withTimeout(clock, timeout, caller, send) : untilAborted(caller, send(caller)));
    } finally {
      gate?.leave();
    }
  }

  #isFailure(error: unknown): boolean {
    return error instanceof PolicyError ? error.kind === 'timeout' : this.#options.isAway(error);
  }
}

/** Nothing was sent: the provider has no part in it. */
function isOwn(error: unknown): boolean {
  return error instanceof PolicyError && error.kind !== 'timeout';
}
