// In: calls of one operation that come within a short time. Out: one request for all of them; each caller gets its own
// result or error. Who is aborted before it goes is not in it; when all are, nothing is sent, or what was sent is aborted.

import type { OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import type { BatchLimit } from '../config.js';
import { crowd } from './abort.js';

/** Sends the inputs: a result or an Error for each, in their order. */
export type SendBatch = (inputs: readonly OperationInput[], signal: AbortSignal) => Promise<readonly unknown[]>;

interface Seat {
  readonly input: OperationInput;
  readonly signal: AbortSignal;
  readonly send: SendBatch;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The batch goes when it is full, or `within` after its first call, by the `send` of the first in it. */
export type Batch = (input: OperationInput, signal: AbortSignal, send: SendBatch) => Promise<unknown>;

export function batch({ size, within }: BatchLimit, clock: Clock): Batch {
  let seats: Seat[] = [];
  let all = crowd();
  let cancel: (() => void) | undefined;
  const waiting = (): Seat[] => seats.filter((seat) => !seat.signal.aborted);

  const go = async (): Promise<void> => {
    const gone = waiting();
    const { signal } = all;
    cancel?.();
    cancel = undefined;
    seats = [];
    all = crowd();
    try {
      const results = (await gone[0]?.send(gone.map(({ input }) => input), signal)) ?? [];
      if (results.length !== gone.length) throw new TypeError('a batch has to give a result for each input');
      gone.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        (result instanceof Error ? reject : resolve)(result);
      });
    } catch (error) {
      for (const { reject } of gone) reject(error);
    }
  };

  return (input, signal, send) => {
    if (all.signal.aborted) all = crowd();
    const work = new Promise((resolve, reject) => {
      seats = [...waiting(), { input, signal, send, resolve, reject }];
    });
    const joined = all.join(signal, work);
    if (seats.length >= size) void go();
    else cancel ??= clock.after(within, () => void go());
    return joined;
  };
}
