// In: calls of one operation that come within a short time. Out: one request for all of them; each caller gets its own
// result or error. Who is aborted before it goes is not in it; when all are, nothing is sent, or what was sent is aborted.

import type { OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import type { BatchLimit } from '../config.js';
import type { Crowd } from '../abort.js';
import { crowd } from '../abort.js';

/** Sends the inputs: a result or an Error for each, in their order. */
export type SendBatch = (inputs: readonly OperationInput[], signal: AbortSignal) => Promise<readonly unknown[]>;

interface Seat {
  readonly input: OperationInput;
  readonly signal: AbortSignal;
  readonly send: SendBatch;
}

/** A batch that has not gone. */
interface Bus extends Crowd {
  readonly seats: Seat[];
  readonly results: Promise<ReadonlyMap<Seat, unknown>>;
  go(this: void): void;
}

/** The batch goes when it is full, or `within` after its first call, by the `send` of the first in it. */
export type Batch = (input: OperationInput, signal: AbortSignal, send: SendBatch) => Promise<unknown>;

const seated = ({ seats }: Pick<Bus, 'seats'>): Seat[] => seats.filter(({ signal }) => !signal.aborted);

async function drive(seats: readonly Seat[], signal: AbortSignal): Promise<ReadonlyMap<Seat, unknown>> {
  const results = (await seats[0]?.send(seats.map(({ input }) => input), signal)) ?? [];
  if (results.length !== seats.length) throw new TypeError('not a result for each input');
  return new Map(seats.map((seat, index) => [seat, results[index]]));
}

export function batch({ size, within }: BatchLimit, clock: Clock): Batch {
  let next: Bus | undefined;

  const begin = (): Bus => {
    const { signal, join } = crowd();
    const seats: Seat[] = [];
    let leave: () => void;
    const results = new Promise<void>((resolve) => (leave = resolve)).then(() => drive(seated(bus), signal));
    const go = (): void => {
      cancel();
      if (next === bus) next = undefined;
      leave();
    };
    const cancel = clock.after(within, go);
    const bus: Bus = { seats, signal, join, results, go };
    return bus;
  };

  return async (input, signal, send) => {
    if (!next || next.signal.aborted) next = begin();
    const bus = next;
    const seat = { input, signal, send };
    bus.seats.push(seat);
    if (seated(bus).length >= size) bus.go();
    const result = (await bus.join(signal, bus.results)).get(seat);
    if (result instanceof Error) throw result;
    return result;
  };
}
