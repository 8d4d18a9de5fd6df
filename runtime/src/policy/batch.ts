// In: calls of one operation that come within a short time. Out: one request for all of them; each caller gets its own
// result or error. Who is aborted before it goes is not in it; when all are, nothing is sent, or what was sent is aborted.

import type { OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import type { BatchLimit } from '../config.js';
import { Crowd } from './abort.js';

/** Sends the inputs: a result or an Error for each, in their order. */
export type SendBatch = (inputs: readonly OperationInput[], signal: AbortSignal) => Promise<readonly unknown[]>;

interface Seat {
  readonly input: OperationInput;
  readonly signal: AbortSignal;
  readonly send: SendBatch;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Batch {
  readonly #limit: BatchLimit;
  readonly #clock: Clock;
  #seats: Seat[] = [];
  #crowd = new Crowd();
  #cancel: (() => void) | undefined;

  constructor(limit: BatchLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** The batch goes when it is full, or `within` after its first call, by the `send` of the first in it. */
  add(input: OperationInput, signal: AbortSignal, send: SendBatch): Promise<unknown> {
    if (this.#crowd.signal.aborted) this.#crowd = new Crowd();
    const work = new Promise<unknown>((resolve, reject) => {
      this.#seats = [...this.#waiting(), { input, signal, send, resolve, reject }];
    });
    const joined = this.#crowd.join(signal, work);
    const go = (): void => void this.#go();
    if (this.#seats.length >= this.#limit.size) go();
    else this.#cancel ??= this.#clock.after(this.#limit.within, go);
    return joined;
  }

  #waiting(): Seat[] {
    return this.#seats.filter((seat) => !seat.signal.aborted);
  }

  async #go(): Promise<void> {
    const seats = this.#waiting();
    const { signal } = this.#crowd;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#seats = [];
    this.#crowd = new Crowd();
    const [first] = seats;
    if (!first) return;
    try {
      const results = await first.send(seats.map((seat) => seat.input), signal);
      if (results.length !== seats.length) throw new TypeError('a batch has to give a result for each input');
      seats.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        (result instanceof Error ? reject : resolve)(result);
      });
    } catch (error) {
      for (const seat of seats) seat.reject(error);
    }
  }
}
