// In: a rate that several servers keep together, and who counts. Out: a gate that lets requests go as soon as the common count has
// room; who has to wait does so in a queue, first come, first served, and only its first one asks: those behind would
// be told the same.

import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';
import type { Rate } from '../config.js';
import { untilAborted } from '../abort.js';
import { PolicyError } from '../policy/policy.js';
import type { SharedLimits } from './limits.js';

/** How many may wait where the manifest does not say. */
const QUEUE = 1000;

export interface SharedGateOptions {
  readonly key: string;
  readonly rate: Rate;
  readonly clock: Clock;
  readonly queue: number | undefined;
  readonly ask: NonNullable<SharedLimits['provider']>;
}

/** For a policy: resolves when the request may go. */
export function sharedGate({ key, rate, clock, queue = QUEUE, ask }: SharedGateOptions): (signal: AbortSignal) => Promise<void> {
  let [last, waiting] = [Promise.resolve(), 0];
  let until = 0; // before that nobody need ask

  const take = async (): Promise<boolean> => {
    const wait = await ask(key, rate);
    if (wait > 0) until = clock.now() + wait;
    return wait <= 0;
  };

  const pass = async (signal: AbortSignal): Promise<void> => {
    do await sleep(clock, Math.max(0, until - clock.now()), signal);
    while (!(await take()));
  };

  return async (signal) => {
    if (waiting === 0 && clock.now() >= until && (await take())) return;
    if (waiting >= queue) throw new PolicyError('limited', 'too many calls wait', Math.max(0, until - clock.now()));
    waiting += 1;
    const turn = last.then(() => pass(signal));
    last = turn.catch(() => undefined);
    try {
      await untilAborted(signal, turn);
    } finally {
      waiting -= 1;
    }
  };
}
