// In: a release of an integration. Out: a client that serves its operations. The one interface that an
// adapter has to meet; an adapter is started once a release, however many elements use it.

import type { ConfigValues } from './config.js';

/** What an adapter is told when it is started. */
export interface StartContext {
  readonly integration: string;
  /** Label of the release, `v3`. */
  readonly label: string;
  /** Its semantic version, `3.2.0`. */
  readonly release: string;
  readonly provider: string;
  readonly config: ConfigValues;
  /** What the adapter's `connect` gave, shared by all that have the same provider and settings. */
  readonly connection: unknown;
  /** Aborted when the client is no longer wanted. */
  readonly signal: AbortSignal;
}

/** What an adapter is told when its first client needs a connection. */
export interface ConnectContext {
  readonly provider: string;
  /** Semantic version of the release. */
  readonly release: string;
  readonly config: ConfigValues;
  /** Aborted when the last client is gone. */
  readonly signal: AbortSignal;
}

/** What an operation is told beside its input. */
export interface CallContext {
  readonly signal: AbortSignal;
}

/** The input of an operation, after validation. */
export type OperationInput = Readonly<Record<string, unknown>>;

export type OperationFunction = (input: OperationInput, context: CallContext) => Promise<unknown>;

/** Several calls at once: a result or an Error for each input, in their order. Rejecting is an error of all. */
export type BatchFunction = (inputs: readonly OperationInput[], context: CallContext) => Promise<readonly unknown[]>;

/** Settings of one use on a page, as its attributes say. */
export interface UseSettings {
  readonly capabilities?: readonly string[];
  readonly provider?: string;
  readonly fallback?: readonly string[];
  readonly level?: 'basic' | 'standard' | 'full';
  readonly optional?: boolean;
  /** The flag of `data-integration-flag`: the use stays plain markup while it is not on. */
  readonly flag?: string;
  /** Where the concept names it: `concept/checkout.html:12:26`. */
  readonly source?: string;
}

/** One element on a page, for clients that work on markup (a map, an editor). */
export interface UseContext {
  readonly element: Element;
  readonly use: UseSettings;
  /** The use's props as they are now, with defaults. */
  values(): Readonly<Record<string, unknown>>;
  /** The element in a slot, or null. */
  slot(name: string): Element | null;
  /** Fires an event that the manifest declares. */
  emit(event: string, detail: OperationInput): void;
}

/** A provider that runs. */
export interface ProviderClient {
  readonly operations: Readonly<Record<string, OperationFunction>>;
  /** Operations that can be done several at a time, where the manifest says `batch`. */
  readonly batches?: Readonly<Record<string, BatchFunction>>;
  /** Called for each element after it is on the page; what it returns undoes it. React keeps the element's children. */
  attach?(this: void, use: UseContext): (() => void) | undefined;
  dispose?(this: void): void | Promise<void>;
}

export interface ProviderAdapter {
  /** Opened once for all integrations with the same provider, release and settings (an SDK, a socket), and closed behind the last. */
  connect?(this: void, context: ConnectContext): unknown;
  disconnect?(this: void, connection: unknown): void | Promise<void>;
  /** Rejecting or throwing hands over to the next release of the fallback chain. */
  start(this: void, context: StartContext): ProviderClient | Promise<ProviderClient>;
}

/** A module that a manifest names. */
export interface AdapterModule {
  readonly adapter: ProviderAdapter;
}

/** Modules by name, each loaded when its release is first started. */
export interface AdapterModules {
  readonly [module: string]: () => Promise<AdapterModule>;
}

/** Adapters that the application brings, by provider; they go before modules. */
export interface Adapters {
  readonly [provider: string]: ProviderAdapter | (() => Promise<ProviderAdapter | AdapterModule>);
}
