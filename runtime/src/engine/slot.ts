// In: a release that somebody wants to run. Out: its client, started once for all; ended when nobody wants it any more
// and its calls have ended. A start that failed is not tried again by every call, but after a pause that grows.

import type { AdapterModule, ProviderAdapter, ProviderClient } from '../adapter.js';
import type { ReleaseConfig } from '../config.js';
import type { Connection } from './connection.js';
import type { IntegrationIssue } from '../errors.js';
import { messageOf } from '../errors.js';
import { StartError } from './failure.js';
import { own } from '../own.js';
import { untilAborted } from '../abort.js';
import type { Policy } from '../policy/release-policy.js';
import type { Pool } from './pool.js';

/** A start that takes longer has failed. */
const LONGEST_START = 30_000;
/** After a start that failed, calls wait with the next so long; then twice as long, and so on. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

export interface SlotOptions {
  readonly pool: Pool;
  readonly key: string;
  readonly integration: string;
  readonly label: string;
  /** Undefined: there is no such release. */
  readonly release: ReleaseConfig | undefined;
  readonly policy: Policy;
}

export class Slot {
  readonly key: string;
  readonly label: string;
  readonly release: ReleaseConfig | undefined;
  readonly policy: Policy;
  readonly users = new Set<object>();
  /** Null while it does not run. */
  client: ProviderClient | null = null;
  /** Why it does not run. */
  error: StartError | null = null;
  #pool: Pool;
  #integration: string;
  #started: Promise<ProviderClient | null> | null = null;
  #abort = new AbortController();
  #connection: Connection | undefined;
  #failures = 0;
  #again = 0;
  #retired = false;

  constructor({ pool, key, integration, label, release, policy }: SlotOptions) {
    this.#pool = pool;
    this.#integration = integration;
    this.key = key;
    this.label = label;
    this.release = release;
    this.policy = policy;
  }

  /** Null if it can not be started. `again`: even if that was tried a moment ago. */
  start(again: boolean): Promise<ProviderClient | null> {
    if (this.error && (again || this.#pool.host.clock.now() >= this.#again)) this.#started = this.error = null;
    return (this.#started ??= this.#start());
  }

  leave(user: object): void {
    this.#pool.drop(user, this);
  }

  /** Nobody wants it any more: it ends behind its last call. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.policy.drained();
    this.#abort.abort(new StartError('nobody wants it any more'));
    await this.#end(this.client);
  }

  async #start(): Promise<ProviderClient | null> {
    const { clock } = this.#pool.host;
    const abort = (this.#abort = new AbortController());
    const late = clock.after(LONGEST_START, () => abort.abort(new StartError('it takes too long to start')));
    const opening = this.#open(abort.signal);
    try {
      this.client = await untilAborted(abort.signal, opening);
    } catch (error) {
      this.error = new StartError(messageOf(error), { cause: error });
      this.#again = clock.now() + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures);
      this.#failures += 1;
      if (!this.#retired) this.#report('start', error);
      void this.#end(opening.catch(() => null)); // it may come late
    }
    late();
    return this.client;
  }

  async #open(signal: AbortSignal): Promise<ProviderClient> {
    const { label, release } = this;
    if (!release) throw new Error(`no release '${label}'`);
    const adapter = await this.#adapter(release);
    signal.throwIfAborted();
    if (adapter.connect) this.#connection = this.#pool.connect(adapter, release);
    const connection = await this.#connection?.value;
    signal.throwIfAborted();
    const { provider, config, release: version } = release;
    return adapter.start({ integration: this.#integration, label, release: version, provider, config, connection, signal });
  }

  async #adapter({ provider, module = '' }: ReleaseConfig): Promise<ProviderAdapter> {
    const { adapters, modules } = this.#pool;
    const given = own(adapters, provider) ?? own(modules, module);
    if (!given) throw new Error(`no adapter for the provider '${provider}'`);
    const loaded: ProviderAdapter | AdapterModule = typeof given === 'function' ? await given() : given;
    return 'adapter' in loaded ? loaded.adapter : loaded;
  }

  async #end(ending: ProviderClient | null | Promise<ProviderClient | null>): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    try {
      await (await ending)?.dispose?.();
      await connection?.leave();
    } catch (error) {
      this.#report('dispose', error);
    }
  }

  #report(phase: IntegrationIssue['phase'], error: unknown): void {
    this.#pool.host.report({ integration: this.#integration, label: this.label, phase, error });
  }
}
