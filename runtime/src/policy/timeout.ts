// In: one attempt, and how long it may take. Out: what it gives, or a PolicyError `timeout`. The attempt's signal aborts
// with it; what an attempt that does not listen gives later is dropped, and it does not count as running any more.

import type { Clock } from '../clock.js';
import { untilAborted } from './abort.js';
import { PolicyError } from './policy.js';

export async function withTimeout<T>(
  clock: Clock,
  ms: number,
  caller: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => {
    own.abort(caller.reason);
  };
  const cancel = clock.after(ms, () => {
    own.abort(new PolicyError('timeout', `no answer in ${String(ms)} ms`));
  });
  caller.addEventListener('abort', stop);
  try {
    return await untilAborted(own.signal, run(own.signal));
  } finally {
    cancel();
    caller.removeEventListener('abort', stop);
  }
}
