// In: one integration's configuration and a way to find adapters. Out: an instance that starts once, walks the
// fallback chain, and serves calls. It never throws at its users' heads: a start that fails ends in 'static'.

import type { OperationInput, ProviderClient, UseSettings } from './adapter.js';
import type { IntegrationEntry, ReleaseConfig } from './config.js';
import type { IntegrationIssue } from './errors.js';
import { IntegrationError, messageOf } from './errors.js';
import { HttpError } from './http.js';
import type { Validator } from './validate.js';

/**
 * Where an instance stands. `idle`: nothing has begun; `starting`; `ready`: the release in force runs;
 * `fallback`: a later release of the chain runs, or has answered the last call; `static`: no provider runs, the concept's markup serves.
 */
export type IntegrationState = 'idle' | 'starting' | 'ready' | 'fallback' | 'static';

/** Validators of one operation. */
export interface OperationShape {
  readonly input: Validator;
  readonly result: Validator;
}

export interface InstanceHost {
  /** The client of a release, started once however many instances want it. */
  client(integration: string, label: string, release: ReleaseConfig): Promise<ProviderClient>;
  /** Resolves when the named integrations have settled, whatever the outcome. */
  settled(names: readonly string[], from: string): Promise<void>;
  report(issue: IntegrationIssue): void;
}

/** Failures of a provider that another one may not have. */
const AWAY: readonly string[] = ['unreachable', 'unavailable', 'busy', 'unauthorized', 'unreadable'];

function isAway(error: unknown): boolean {
  return error instanceof IntegrationError && error.cause instanceof HttpError && AWAY.includes(error.cause.kind);
}

/** A client's operations may be methods of its class; what every object can do is none of them. */
function operationOf({ operations }: ProviderClient, name: string): ProviderClient['operations'][string] | undefined {
  return name in Object.prototype && !Object.hasOwn(operations, name) ? undefined : operations[name];
}

const LAST_RESORT: readonly string[] = ['static', 'manual-entry'];

export class Instance {
  readonly name: string;
  #entry: IntegrationEntry;
  #use: UseSettings;
  #host: InstanceHost;
  #state: IntegrationState = 'idle';
  #label = '';
  #client: ProviderClient | null = null;
  #abort = new AbortController();
  #started: Promise<void> | null = null;
  #listeners = new Set<() => void>();

  constructor(name: string, entry: IntegrationEntry, use: UseSettings, host: InstanceHost) {
    this.name = name;
    this.#entry = entry;
    this.#use = use;
    this.#host = host;
  }

  /** Arrow functions, so that React can hold them. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): IntegrationState => this.#state;

  client(): ProviderClient | null {
    return this.#client;
  }

  /** Label of the release that runs, or `''`. */
  label(): string {
    return this.#label;
  }

  /** Starts once; later calls wait for the same outcome. Never rejects. */
  start(): Promise<void> {
    this.#started ??= this.#walk(this.#abort.signal);
    return this.#started;
  }

  /**
   * Calls the release in force, and those behind it in the chain while providers are away. `signal` takes the call
   * back: it then rejects with the kind `aborted`, and nobody is told of an issue.
   */
  async call(operation: string, shape: OperationShape, input: unknown, signal?: AbortSignal): Promise<unknown> {
    const checked = this.#check('input', operation, shape.input, input) as OperationInput;
    await this.start();
    let failure: unknown;
    for (const label of this.#candidates()) {
      if (signal?.aborted) throw new IntegrationError('aborted', this.name, operation, 'taken back');
      const client = label === this.#label ? this.#client : await this.#tryRelease(label, this.#abort.signal);
      const run = client && operationOf(client, operation);
      if (!run) continue;
      try {
        const result = await this.#run(operation, run, checked, label, signal);
        this.#serve(label);
        return this.#check('result', operation, shape.result, result, label);
      } catch (error) {
        if (!isAway(error)) throw error;
        failure = error;
      }
    }
    throw failure ?? new IntegrationError('unavailable', this.name, operation, 'no provider runs that can do this');
  }

  /** Back to the beginning; the client belongs to the host, which disposes of it. */
  dispose(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#started = null;
    this.#client = null;
    this.#move('idle', '');
  }

  async #run(
    operation: string,
    run: NonNullable<ProviderClient['operations'][string]>,
    input: OperationInput,
    label: string,
    caller: AbortSignal | undefined,
  ): Promise<unknown> {
    const own = this.#abort.signal;
    const signal = caller ? AbortSignal.any([own, caller]) : own;
    try {
      return await run(input, { signal });
    } catch (error) {
      const kind = own.aborted ? 'disposed' : signal.aborted ? 'aborted' : 'failed';
      if (kind === 'failed') this.#report('call', label, error);
      throw new IntegrationError(kind, this.name, operation, messageOf(error), error);
    }
  }

  #check(kind: 'input' | 'result', operation: string, validator: Validator, value: unknown, label = ''): unknown {
    try {
      return validator(value, '');
    } catch (error) {
      if (kind === 'result') this.#report('call', label, error);
      throw new IntegrationError(kind, this.name, operation, messageOf(error), error);
    }
  }

  async #walk(signal: AbortSignal): Promise<void> {
    this.#move('starting', '');
    await this.#host.settled(this.#entry.dependencies, this.name);
    const labels = this.#labels();
    for (const [index, label] of labels.entries()) {
      if (signal.aborted) return;
      if (LAST_RESORT.includes(label)) break;
      const client = await this.#tryRelease(label, signal);
      if (signal.aborted) return;
      if (client) {
        this.#client = client;
        this.#move(index === 0 ? 'ready' : 'fallback', label);
        return;
      }
    }
    if (!signal.aborted) this.#move('static', '');
  }

  /** The release that runs and those behind it. */
  #candidates(): readonly string[] {
    const labels = this.#labels();
    const last = labels.findIndex((label) => LAST_RESORT.includes(label));
    const first = labels.indexOf(this.#label);
    return first < 0 ? [] : labels.slice(first, last < 0 ? undefined : last);
  }

  /** Shows which release has answered: the one in force, or another. */
  #serve(label: string): void {
    const state = label === this.#labels()[0] ? 'ready' : 'fallback';
    if (this.#client && this.#state !== state) this.#move(state, this.#label);
  }

  /** What to try, in order: a use may name a provider or a chain of its own (labels or providers). */
  #labels(): readonly string[] {
    const { provider, fallback } = this.#use;
    const first = provider === undefined ? this.#entry.version : this.#labelOf(provider);
    const rest = fallback?.map((word) => this.#labelOf(word)) ?? this.#entry.fallbackChain;
    return [...new Set([first, ...rest])];
  }

  /** A provider of several releases stands for the one in force, then for the first of the chain, then for its newest. */
  #labelOf(word: string): string {
    const { releases, version, fallbackChain } = this.#entry;
    if (Object.hasOwn(releases, word)) return word;
    const labels = [version, ...fallbackChain, ...Object.keys(releases).reverse()];
    return labels.find((label) => Object.hasOwn(releases, label) && releases[label]?.provider === word) ?? word;
  }

  async #tryRelease(label: string, signal: AbortSignal): Promise<ProviderClient | null> {
    try {
      const release = Object.hasOwn(this.#entry.releases, label) ? this.#entry.releases[label] : undefined;
      if (!release) throw new Error(`no release '${label}'`);
      return await this.#host.client(this.name, label, release);
    } catch (error) {
      if (!signal.aborted) this.#report('start', label, error);
      return null;
    }
  }

  #report(phase: IntegrationIssue['phase'], label: string, error: unknown): void {
    this.#host.report({ integration: this.name, label, phase, error });
  }

  #move(state: IntegrationState, label: string): void {
    this.#state = state;
    this.#label = label;
    for (const listener of [...this.#listeners]) listener();
  }
}
