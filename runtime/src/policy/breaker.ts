// In: how requests end. Out: whether another may be sent. Failures in a row open the breaker; after `reset` exactly one
// request may try (the probe), and closes it or opens it again. What was sent before the state changed has no say
// any more: a late answer neither closes nor opens.

import type { Clock } from '../clock.js';
import type { BreakerLimit } from '../config.js';
import type { BreakerState } from './policy.js';
import { PolicyError } from './policy.js';

/** `other`: an error that says nothing of the provider; `gone`: it was not sent, or its caller took it back. */
export type Verdict = 'ok' | 'failed' | 'other' | 'gone';

export class Breaker {
  readonly #limit: BreakerLimit;
  readonly #clock: Clock;
  readonly #onMove: (state: BreakerState) => void;
  #state: BreakerState = 'closed';
  #failures = 0;
  #openedAt = 0;
  #probing = false;
  #turn = 0;

  constructor(limit: BreakerLimit, clock: Clock, onMove: (state: BreakerState) => void) {
    this.#limit = limit;
    this.#clock = clock;
    this.#onMove = onMove;
  }

  state(): BreakerState {
    return this.#state;
  }

  /** Throws if nothing may be sent; else what it returns is handed to `settle` behind the request. */
  enter(): number {
    if (this.#state === 'open') {
      const age = this.#clock.now() - this.#openedAt;
      if (age >= 0 && age < this.#limit.reset) throw refusal(this.#limit.reset - age);
      this.#move('half-open');
    }
    if (this.#probing) throw refusal();
    this.#probing = this.#state === 'half-open';
    return this.#turn;
  }

  settle(turn: number, verdict: Verdict): void {
    if (turn !== this.#turn) return;
    if (this.#probing) {
      this.#probing = false;
      if (verdict !== 'gone') this.#move(verdict === 'failed' ? 'open' : 'closed');
    } else if (verdict === 'ok') {
      this.#failures = 0;
    } else if (verdict === 'failed' && (this.#failures += 1) >= this.#limit.failures) {
      this.#move('open');
    }
  }

  #move(state: BreakerState): void {
    this.#state = state;
    this.#turn += 1;
    this.#failures = 0;
    this.#openedAt = this.#clock.now();
    this.#onMove(state);
  }
}

/** What a call is told that the breaker does not let through. */
export function refusal(retryAfter?: number): PolicyError {
  return new PolicyError('open', 'the breaker is open', retryAfter);
}
