// In: one attempt, and how long it may take. Out: what it gives, or a PolicyError `timeout`. The attempt's signal aborts
// with it; what an attempt that does not listen gives later is dropped, and it does not count as running any more.

import type { Clock } from '../clock.js';
import { onAbort, untilAborted } from '../abort.js';
import { PolicyError } from './policy.js';

/** `ms`: 0 or undefined is for ever. */
export async function withTimeout<T>(clock: Clock, ms: number | undefined, caller: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const stop = (reason: Error): void => {
    own.abort(reason);
  };
  const cancel = ms && clock.after(ms, () => {
    stop(new PolicyError('timeout', `no answer in ${String(ms)} ms`));
  });
  const unlisten = onAbort(caller, stop);
  try {
    return await untilAborted(own.signal, run(own.signal));
  } finally {
    if (cancel) cancel();
    unlisten();
  }
}
