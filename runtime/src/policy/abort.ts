// In: work, and the signals of those who wait for it. Out: promises that end as soon as their caller leaves. Work goes on
// while anybody waits; when all have left it is aborted. Signals may live long, so no listener stays behind.

/** Settles as `work` does, or rejects with the signal's reason as soon as it aborts; what comes later is dropped. */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    void work.then(resolve, reject).then(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

/** Those who wait for the same work. */
export class Crowd {
  readonly #controller = new AbortController();
  #waiting = 0;

  /** Aborts when the last one has left. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async join<T>(caller: AbortSignal, work: Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      return await untilAborted(caller, work);
    } finally {
      this.#waiting -= 1;
      if (!this.#waiting && caller.aborted) this.#controller.abort(caller.reason);
    }
  }
}
