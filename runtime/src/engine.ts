// In: the configuration, modules and adapters of an application. Out: the engine that hands out instances, one
// for each integration and way of using it, shared by all elements. Nothing starts before somebody asks.

import type { AdapterModule, AdapterModules, Adapters, ProviderAdapter, UseSettings } from './adapter.js';
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

  dispose(): void {
    for (const instance of this.#instances.values()) instance.dispose();
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

  async findAdapter(release: ReleaseConfig): Promise<ProviderAdapter> {
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
