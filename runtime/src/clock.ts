// In: nothing. Out: the one source of time and chance, so that tests can play both.

export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(this: void): number;
  /** Calls `run` after `ms`; what it returns takes that back. */
  after(this: void, ms: number, run: () => void): () => void;
  /** 0 ≤ x < 1, as `Math.random`. */
  random(this: void): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return void reject(signal.reason as Error);
    const stop = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}
