// In: releases that instances want to run. Out: one slot for each release and configuration, with its client and its
// limits, shared by all who hold it. Limits outlive their slot: a provider does not forget what it was asked before.

import type { AdapterModules, Adapters, ProviderAdapter } from './adapter.js';
import type { Clock } from './clock.js';
import type { IntegrationEntry, ReleaseConfig } from './config.js';
import { Connection } from './connection.js';
import type { IntegrationIssue } from './errors.js';
import { failureOf } from './failure.js';
import { HttpError } from './http.js';
import type { BreakerRecord } from './observer.js';
import { Policy } from './policy/release-policy.js';
import { Slot } from './slot.js';

export interface PoolHost {
  readonly clock: Clock;
  report(issue: IntegrationIssue): void;
  tell(kind: 'onBreaker', record: BreakerRecord): void;
}

export class Pool {
  readonly host: PoolHost;
  readonly adapters: Adapters | undefined;
  readonly modules: AdapterModules | undefined;
  #slots = new Map<string, Slot>();
  #policies = new Map<string, Policy>();
  #connections = new Map<string, Connection>();

  constructor(host: PoolHost, adapters: Adapters | undefined, modules: AdapterModules | undefined) {
    this.host = host;
    this.adapters = adapters;
    this.modules = modules;
  }

  /** The slot of a release (undefined: there is none); `user` holds it until it is dropped. */
  hold(user: object, integration: string, entry: IntegrationEntry, label: string, release: ReleaseConfig | undefined): Slot {
    const key = JSON.stringify([integration, label, release?.config]);
    let slot = this.#slots.get(key);
    if (!slot) {
      slot = new Slot({ pool: this, key, integration, label, release, policy: this.#policy(key, integration, entry, label, release) });
      this.#slots.set(key, slot);
    }
    slot.users.add(user);
    return slot;
  }

  drop(user: object, slot: Slot): void {
    if (!slot.users.delete(user) || slot.users.size > 0) return;
    this.#slots.delete(slot.key);
    void slot.retire();
  }

  /** What `adapter.connect` gives, once for all clients of the same provider, release and settings. */
  connect(adapter: ProviderAdapter, release: ReleaseConfig): Connection {
    const key = JSON.stringify([release.provider, release.module, release.release, release.config]);
    let connection = this.#connections.get(key);
    if (!connection) {
      connection = new Connection(adapter, release, () => this.#connections.delete(key));
      this.#connections.set(key, connection);
    }
    connection.users += 1;
    return connection;
  }

  #policy(key: string, integration: string, entry: IntegrationEntry, label: string, release: ReleaseConfig | undefined): Policy {
    let policy = this.#policies.get(key);
    if (!policy) {
      policy = new Policy({
        limits: entry.limits ?? {},
        clock: this.host.clock,
        cache: release?.cache ?? 0,
        isAway: (error) => failureOf(error) !== undefined,
        isRefused: (error) => error instanceof HttpError && error.kind === 'busy',
        retryAfter: (error) => (error instanceof HttpError ? error.retryAfter : undefined),
        onBreaker: (state) => this.host.tell('onBreaker', { integration, release: label, state }),
      });
      this.#policies.set(key, policy);
    }
    return policy;
  }
}
