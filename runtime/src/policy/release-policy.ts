// In: calls of one release. Out: their results, within the limits. The way of a call, and what it holds meanwhile:
//
//   share → batch → retry( breaker → queue for rate and concurrency → attempt with its timeout )
//
// Equal calls and batches come first, so that limits count requests and not calls. Retry is around the rest: an attempt that
// is tried again asks the breaker and stands in the queue again, and a pause holds neither a place in the queue nor
// one of the concurrent requests. The breaker comes before the queue: while it is open nobody waits for nothing, and who
// waits when it opens is sent away. A timeout counts from the moment that the request goes.

import { untilAborted } from '../abort.js';
import type { Batch } from './batch.js';
import { batch } from './batch.js';
import type { Breaker, Verdict } from './breaker.js';
import { breaker, refusal } from './breaker.js';
import type { Gate } from './gate.js';
import { gate } from './gate.js';
import type { BreakerState, PolicyCall, PolicyOptions, PolicyOutcome } from './policy.js';
import { PolicyError } from './policy.js';
import { withRetry } from './retry.js';
import type { Share } from './share.js';
import { keyOf, share } from './share.js';
import { withTimeout } from './timeout.js';

/** Sends one request. */
type Send<T> = (signal: AbortSignal) => Promise<T>;

export class Policy {
  readonly #options: PolicyOptions;
  readonly #share: Share;
  readonly #batches = new Map<string, Batch>();
  readonly #breaker: Breaker | undefined;
  readonly #gate: Gate | undefined;
  #running = 0;
  #waiting: (() => void)[] = [];

  constructor(options: PolicyOptions) {
    const { limits, clock, cache, onBreaker } = options;
    this.#options = options;
    this.#share = share(clock, cache);
    if (limits.rate || limits.concurrency) this.#gate = gate(limits, clock);
    if (limits.breaker) {
      this.#breaker = breaker(limits.breaker, clock, (state) => {
        if (state === 'open') this.#gate?.clear(refusal());
        onBreaker(state);
      });
    }
  }

  state(): BreakerState {
    return this.#breaker?.state() ?? 'closed';
  }

  /** Rejects with the provider's error, a PolicyError, or the reason of the call's signal, as soon as that aborts. */
  async run(call: PolicyCall): Promise<PolicyOutcome> {
    call.signal.throwIfAborted();
    this.#running += 1;
    try {
      return { value: await this.#shared(call) };
    } finally {
      this.#running -= 1;
      if (!this.#running) for (const done of this.#waiting.splice(0)) done();
    }
  }

  /** Resolves when no call is in flight. */
  async drained(): Promise<void> {
    if (this.#running) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #shared(call: PolicyCall): Promise<unknown> {
    const key = call.repeatable && keyOf(call.operation, call.input);
    return key ? this.#share(key, call.signal, (signal) => this.#joined(call, signal)) : this.#joined(call, call.signal);
  }

  #joined(call: PolicyCall, caller: AbortSignal): Promise<unknown> {
    const { operation, input, run, batch: runBatch } = call;
    const { limits, clock } = this.#options;
    if (!limits.batch || !runBatch) return this.#tried(call, caller, async (signal) => run(input, { signal }));
    const add = this.#batches.get(operation) ?? batch(limits.batch, clock);
    this.#batches.set(operation, add);
    return add(input, caller, (inputs, all) => this.#tried(call, all, async (signal) => runBatch(inputs, { signal })));
  }

  #tried<T>(call: PolicyCall, caller: AbortSignal, send: Send<T>): Promise<T> {
    const { limits, clock, isRefused, retryAfter } = this.#options;
    const attempt = (): Promise<T> => this.#asked(call, caller, send);
    if (!limits.retry || call.remote) return attempt();
    return withRetry(limits.retry, clock, call.deadline ?? Infinity, caller, attempt, (error) =>
      this.state() === 'closed' && (isRefused(error) || (call.repeatable && this.#isFailure(error))) ? (retryAfter(error) ?? 0) : undefined,
    );
  }

  /** The breaker hears of the end before the place is given away: who waits for it may have to be sent away. */
  async #asked<T>({ remote, onAttempt }: PolicyCall, caller: AbortSignal, send: Send<T>): Promise<T> {
    const { limits, clock, gate: ask } = this.#options;
    const own = remote ? undefined : this.#gate;
    const settle = this.#breaker?.enter();
    let verdict: Verdict = 'gone';
    let sent = false;
    let leave: (() => void) | undefined;
    try {
      await own?.enter(caller);
      leave = own?.leave;
      if (ask && !remote) await untilAborted(caller, ask(caller));
      caller.throwIfAborted();
      sent = true;
      onAttempt?.();
      const value = await withTimeout(clock, remote ? 0 : limits.timeout, caller, send);
      verdict = 'ok';
      return value;
    } catch (error) {
      if (sent && !caller.aborted) verdict = this.#isFailure(error) ? 'failed' : 'other';
      throw error;
    } finally {
      settle?.(verdict);
      leave?.();
    }
  }

  #isFailure(error: unknown): boolean {
    return error instanceof PolicyError ? error.kind !== 'limited' : this.#options.isAway(error);
  }
}
