// In: work, and the signals of those who wait for it. Out: promises that end as soon as their caller leaves. Work goes on
// while anybody waits; when all have left it is aborted. Signals may live long, so no listener stays behind.

/** Runs `stop` when the signal aborts; what it returns takes that back. */
export function onAbort(signal: AbortSignal, stop: (reason: Error) => void): () => void {
  const listener = (): void => {
    stop(signal.reason as Error);
  };
  signal.addEventListener('abort', listener);
  return () => {
    signal.removeEventListener('abort', listener);
  };
}

/** Settles as `work` does, or rejects with the signal's reason as soon as it aborts; what comes later is dropped. */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    void work.then(resolve, reject).then(onAbort(signal, reject));
  });
}

/** Those who wait for the same work: who joins waits until it settles or he is aborted. */
export interface Crowd {
  /** Aborts when all have left that joined. */
  readonly signal: AbortSignal;
  join<T>(this: void, caller: AbortSignal, work: Promise<T>): Promise<T>;
}

export function crowd(): Crowd {
  const controller = new AbortController();
  let waiting = 0;
  return {
    signal: controller.signal,
    async join(caller, work) {
      waiting += 1;
      try {
        return await untilAborted(caller, work);
      } finally {
        waiting -= 1;
        if (!waiting && caller.aborted) controller.abort(caller.reason);
      }
    },
  };
}
