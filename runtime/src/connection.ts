// In: an adapter that shares something among its clients: a library, a socket. Out: that, opened once, and closed behind
// the last client.

import type { ProviderAdapter } from './adapter.js';
import type { ReleaseConfig } from './config.js';

export class Connection {
  readonly value: Promise<unknown>;
  users = 0;
  #adapter: ProviderAdapter;
  #abort = new AbortController();
  #forget: () => void;

  /** `forget` is called when it is closed. */
  constructor(adapter: ProviderAdapter, { provider, release, config }: ReleaseConfig, forget: () => void) {
    this.#adapter = adapter;
    this.#forget = forget;
    const { signal } = this.#abort;
    this.value = (async () => adapter.connect?.({ provider, release, config, signal }))();
    this.value.catch(() => undefined); // told to those who wait for it
  }

  /** Rejects if closing fails. */
  async leave(): Promise<void> {
    this.users -= 1;
    if (this.users > 0) return;
    this.#forget();
    this.#abort.abort();
    const opened = await this.value.then((value) => ({ value }), () => null);
    if (opened) await this.#adapter.disconnect?.(opened.value);
  }
}
