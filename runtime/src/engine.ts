// In: the configuration, modules and adapters of an application. Out: the engine that hands out instances, one
// for each integration and way of using it, shared by all elements. Nothing starts before somebody asks.

import type { AdapterModule, AdapterModules, Adapters, ProviderAdapter, ProviderClient, UseSettings } from './adapter.js';
import type { IntegrationConfig, ReleaseConfig } from './config.js';
import type { IntegrationIssue } from './errors.js';
import { Instance } from './instance.js';

export interface EngineOptions {
  readonly config: IntegrationConfig;
  readonly modules?: AdapterModules | undefined;
  readonly adapters?: Adapters | undefined;
  readonly onIssue?: ((this: void, issue: IntegrationIssue) => void) | undefined;
}

export class Engine {
  #options: EngineOptions;
  #instances = new Map<string, Instance>();
  #clients = new Map<string, Promise<ProviderClient>>();
  #abort = new AbortController();
  #path = new Map<string, ReadonlySet<string>>();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** The instance for a use, or null if the configuration does not know the integration. */
  instance(name: string, use: UseSettings = {}): Instance | null {
    const { config } = this.#options;
    const entry = Object.hasOwn(config, name) ? config[name] : undefined;
    if (!entry) return null;
    const key = JSON.stringify([name, use.provider, use.fallback]);
    let instance = this.#instances.get(key);
    if (!instance) {
      instance = new Instance(name, entry, use, this);
      this.#instances.set(key, instance);
    }
    return instance;
  }

  /** Ends all clients; what is used again afterwards starts anew. */
  dispose(): void {
    const clients = [...this.#clients];
    this.#clients.clear();
    this.#abort.abort();
    this.#abort = new AbortController();
    for (const instance of this.#instances.values()) instance.dispose();
    for (const [key, client] of clients) void this.#end(key, client);
  }

  client(integration: string, label: string, release: ReleaseConfig): Promise<ProviderClient> {
    const key = JSON.stringify([integration, label]);
    let client = this.#clients.get(key);
    if (!client) {
      client = this.#start(integration, label, release, this.#abort.signal);
      this.#clients.set(key, client);
      const failed = client;
      failed.catch(() => {
        if (this.#clients.get(key) === failed) this.#clients.delete(key); // another use may try again later
      });
    }
    return client;
  }

  report(issue: IntegrationIssue): void {
    this.#options.onIssue?.(issue);
  }

  /** Starts what is named; an integration that waits for `from` already is not waited for. */
  async settled(names: readonly string[], from: string): Promise<void> {
    const waiting = new Set([from, ...(this.#path.get(from) ?? [])]);
    const wanted = names.filter((name) => !waiting.has(name));
    await Promise.all(
      wanted.map((name) => {
        this.#path.set(name, new Set([...waiting, ...(this.#path.get(name) ?? [])]));
        return this.instance(name)?.start();
      }),
    );
  }

  async #start(integration: string, label: string, release: ReleaseConfig, signal: AbortSignal): Promise<ProviderClient> {
    const adapter = await this.#findAdapter(release);
    const { provider, config, release: version } = release;
    return adapter.start({ integration, label, release: version, provider, config, connection: undefined, signal });
  }

  /** A client that is still starting is ended as soon as it is there. */
  async #end(key: string, starting: Promise<ProviderClient>): Promise<void> {
    const client = await starting.catch(() => null); // reported when it failed to start
    try {
      await client?.dispose?.();
    } catch (error) {
      const [integration = '', label = ''] = JSON.parse(key) as readonly string[];
      this.report({ integration, label, phase: 'dispose', error });
    }
  }

  async #findAdapter(release: ReleaseConfig): Promise<ProviderAdapter> {
    const { adapters = {}, modules = {} } = this.#options;
    const own = Object.hasOwn(adapters, release.provider) ? adapters[release.provider] : undefined;
    if (typeof own === 'function') return adapterOf(await own());
    if (own) return own;
    const name = release.module;
    const load = name !== undefined && Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (!load) throw new Error(`no adapter for the provider '${release.provider}'`);
    return (await load()).adapter;
  }
}

function adapterOf(loaded: ProviderAdapter | AdapterModule): ProviderAdapter {
  return 'adapter' in loaded ? loaded.adapter : loaded;
}
