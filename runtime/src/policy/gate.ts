// In: rate, concurrency and the length of the queue. Out: requests that go one after the other, first come, first
// served, when both allow it. There is one queue for both, so nobody overtakes. Who is aborted leaves it at once.

import type { Clock } from '../clock.js';
import type { Limits } from '../config.js';
import { onAbort } from '../abort.js';
import { PolicyError } from './policy.js';
import { slidingWindow } from './rate.js';

/** How many may wait where the manifest does not say: a bound for memory's sake. */
const ROOM = 1000;

interface Waiter {
  go(): void;
  stop(reason: Error): void;
}

export interface Gate {
  /** Resolves when it is the request's turn; `leave` has to follow. Rejects when the queue is full or the signal aborts. */
  enter(this: void, signal: AbortSignal): Promise<void>;
  /** The request has ended, however. */
  leave(this: void): void;
  /** Sends all away that wait. */
  clear(this: void, reason: Error): void;
}

export function gate({ rate, burst, concurrency = Infinity, queue = ROOM }: Limits, clock: Clock): Gate {
  const window = rate && slidingWindow(rate, burst);
  const waiting = new Set<Waiter>();
  let running = 0;
  let cancel: (() => void) | undefined;

  /** Lets go who may; returns how long the next one waits for the rate, where it is that. */
  const pump = (): number | undefined => {
    cancel?.();
    for (const waiter of waiting) {
      if (running >= concurrency) return undefined;
      const now = clock.now();
      const wait = window?.wait(now);
      if (wait) {
        cancel = clock.after(wait, pump);
        return wait;
      }
      window?.take(now);
      running += 1;
      waiter.go();
    }
    return undefined;
  };

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(waiter);
          unlisten();
        };
        const waiter: Waiter = {
          go() {
            leave();
            resolve();
          },
          stop(reason) {
            leave();
            reject(reason);
          },
        };
        const refuse = (reason: Error): void => {
          waiter.stop(reason);
          pump();
        };
        const unlisten = onAbort(signal, refuse);
        waiting.add(waiter);
        const wait = pump();
        if (waiting.size > queue) refuse(new PolicyError('limited', 'too many calls wait', wait));
      }),
    leave() {
      running -= 1;
      pump();
    },
    clear(reason) {
      for (const waiter of waiting) waiter.stop(reason);
      pump();
    },
  };
}
