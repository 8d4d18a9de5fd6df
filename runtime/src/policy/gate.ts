// In: rate, concurrency and the length of the queue. Out: requests that go one after the other, first come, first
// served, when both allow it. There is one queue for both, so nobody overtakes. Who is aborted leaves it at once.

import type { Clock } from '../clock.js';
import type { Limits } from '../config.js';
import { PolicyError } from './policy.js';
import { Rate } from './rate.js';

/** How many may wait where the manifest does not say: a bound for memory's sake. */
const QUEUE = 1000;

interface Waiter {
  go(): void;
  stop(reason: unknown): void;
}

export class Gate {
  readonly #clock: Clock;
  readonly #rate: Rate | undefined;
  readonly #most: number;
  readonly #room: number;
  readonly #queue = new Set<Waiter>();
  #running = 0;
  #cancel: (() => void) | undefined;

  constructor({ rate, burst, concurrency = Infinity, queue = QUEUE }: Limits, clock: Clock) {
    this.#clock = clock;
    this.#rate = rate && new Rate(rate, burst);
    this.#most = concurrency;
    this.#room = queue;
  }

  /** Resolves when it is the request's turn; `leave` has to follow. Rejects when the queue is full or the signal aborts. */
  enter(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#queue.delete(waiter);
        signal.removeEventListener('abort', abort);
      };
      const waiter: Waiter = {
        go: () => {
          leave();
          resolve();
        },
        stop: (reason) => {
          leave();
          reject(reason as Error);
        },
      };
      const abort = (): void => {
        waiter.stop(signal.reason);
        this.#pump();
      };
      this.#queue.add(waiter);
      signal.addEventListener('abort', abort);
      const wait = this.#pump();
      if (this.#queue.size > this.#room) waiter.stop(new PolicyError('limited', 'too many calls wait', wait));
    });
  }

  /** The request has ended, however. */
  leave(): void {
    this.#running -= 1;
    this.#pump();
  }

  /** Sends all away that wait. */
  clear(reason: unknown): void {
    for (const waiter of this.#queue) waiter.stop(reason);
    this.#pump();
  }

  /** Lets go who may; returns how long the next one waits for the rate, where it is that. */
  #pump(): number | undefined {
    this.#cancel?.();
    this.#cancel = undefined;
    for (const waiter of this.#queue) {
      if (this.#running >= this.#most) return undefined;
      const now = this.#clock.now();
      const wait = this.#rate?.wait(now);
      if (wait) {
        this.#cancel = this.#clock.after(wait, () => this.#pump());
        return wait;
      }
      this.#rate?.take(now);
      this.#running += 1;
      waiter.go();
    }
    return undefined;
  }
}
