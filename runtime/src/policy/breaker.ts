// In: how requests end. Out: whether another may be sent. Failures in a row open the breaker; after `reset` exactly one
// request may try (the probe), and closes it or opens it again. What was sent before the state changed has no say
// any more: a late answer neither closes nor opens.

import type { Clock } from '../clock.js';
import { isWithin } from '../clock.js';
import type { BreakerLimit } from '../config.js';
import type { BreakerState } from './policy.js';
import { PolicyError } from './policy.js';

/** `other`: an error that says nothing of the provider; `gone`: it was not sent, or its caller took it back. */
export type Verdict = 'ok' | 'failed' | 'other' | 'gone';

export interface Breaker {
  state(this: void): BreakerState;
  /** Throws if nothing may be sent; else what it returns is told how the request ended. */
  enter(this: void): (verdict: Verdict) => void;
}

export function breaker({ failures, reset }: BreakerLimit, clock: Clock, onMove: (state: BreakerState) => void): Breaker {
  let state: BreakerState = 'closed';
  let failed = 0;
  let since = 0;
  let probing = false;
  let turn = 0;

  const move = (to: BreakerState): void => {
    state = to;
    turn += 1;
    failed = 0;
    since = clock.now();
    onMove(to);
  };

  const settle = (verdict: Verdict): void => {
    if (probing) {
      probing = false;
      if (verdict !== 'gone') move(verdict === 'failed' ? 'open' : 'closed');
    } else if (verdict === 'ok') {
      failed = 0;
    } else if (verdict === 'failed') {
      failed += 1;
      if (failed >= failures) move('open');
    }
  };

  return {
    state: () => state,
    enter() {
      if (state === 'open') {
        const age = clock.now() - since;
        if (isWithin(reset, age)) throw refusal(reset - age);
        move('half-open');
      }
      if (probing) throw refusal();
      probing = state === 'half-open';
      const mine = turn;
      return (verdict) => {
        if (mine === turn) settle(verdict);
      };
    },
  };
}

/** What a call is told that the breaker does not let through. */
export function refusal(retryAfter?: number): PolicyError {
  return new PolicyError('open', 'the breaker is open', retryAfter);
}
