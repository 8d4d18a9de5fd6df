// In: one integration and a way of using it. Out: an instance that starts the release that was chosen, or those behind
// it, moves over when another one is chosen, and serves calls. A start never throws at its users' heads: it ends in 'static'.

import type { UseContext, UseSettings } from './adapter.js';
import type { CallHost, CallOptions, OperationShape } from './call.js';
import { Call } from './call.js';
import type { Choice } from './choice.js';
import type { IntegrationEntry, ReleaseConfig } from './config.js';
import { own } from './own.js';
import type { Pool } from './pool.js';
import type { SelectionReason } from './select.js';
import type { Slot } from './slot.js';

export type { OperationShape };

/**
 * Where an instance stands. `idle`: nothing has begun; `starting`; `ready`: the release in force runs;
 * `fallback`: a later release of the chain runs, or has answered the last call; `static`: no provider runs, the concept's markup serves.
 */
export type IntegrationState = 'idle' | 'starting' | 'ready' | 'fallback' | 'static';

/** The same object until something changes, so that React can compare it. */
export interface Standing {
  readonly state: IntegrationState;
  /** What runs. */
  readonly slot: Slot | null;
  readonly reason: SelectionReason;
}

export const IDLE: Standing = { state: 'idle', slot: null, reason: 'active' };

export interface InstanceHost extends CallHost {
  readonly pool: Pool;
  choose(name: string, entry: IntegrationEntry, use: UseSettings): Choice;
  /** With the values of the moment. */
  release(name: string, label: string): ReleaseConfig | undefined;
  /** Resolves when it is known what to choose, and begins to tell of changes. */
  ready(): Promise<void>;
  /** Resolves when the named integrations have settled, whatever the outcome. */
  settled(names: readonly string[], from: string): Promise<void>;
  moved(instance: Instance): void;
}

export class Instance {
  readonly name: string;
  #entry: IntegrationEntry;
  #use: UseSettings;
  #host: InstanceHost;
  #standing = IDLE;
  #choice: Choice | null = null;
  #held = new Set<Slot>();
  /** Of the calls. */
  #end = new AbortController();
  /** Of the start that is under way. */
  #turn = new AbortController();
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

  readonly standing = (): Standing => this.#standing;

  state(): IntegrationState {
    return this.#standing.state;
  }

  /** Label of the release that runs, or `''`. */
  label(): string {
    return this.#standing.slot?.label ?? '';
  }

  /** Starts once; later calls wait for the same outcome. Never rejects. */
  async start(): Promise<void> {
    let started;
    do {
      this.#started ??= this.#walk();
      started = this.#started;
      await started;
    } while (this.#started !== started && this.#started !== null); // something else was chosen meanwhile
  }

  call(operation: string, shape: OperationShape, input: unknown, options: CallOptions = {}): Promise<unknown> {
    const host = this.#host;
    return new Call(
      {
        name: this.name,
        entry: this.#entry,
        host,
        ended: this.#end.signal,
        start: () => this.start(),
        choice: () => this.#chosen(),
        slot: (label) => this.#slot(label),
        served: (slot) => this.#served(slot),
      },
      operation,
      shape,
      options,
    ).run(input);
  }

  /** Gives the client that runs one element; what is returned takes it back. */
  attach(use: UseContext): () => void {
    const { slot } = this.#standing;
    if (!slot?.client?.attach) return () => undefined;
    slot.users.add(use);
    let undo: (() => void) | undefined;
    const safely = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        this.#host.report({ integration: this.name, label: slot.label, phase: 'attach', source: use.use.source, error });
      }
    };
    safely(() => (undo = slot.client?.attach?.(use)));
    return () => {
      safely(() => undo?.());
      this.#host.pool.drop(use, slot);
    };
  }

  /** Something has changed that the choice depends on. */
  reconsider(): void {
    if (!this.#started) return;
    const choice = this.#choose();
    this.#turn.abort();
    if (choice.chain.length > 0) this.#started = this.#walk();
    else this.#started = this.#stop(choice);
  }

  /** Back to the beginning: calls end, and clients that nobody else uses. */
  dispose(): void {
    this.#end.abort();
    this.#end = new AbortController();
    this.#turn.abort();
    this.#started = this.#choice = null;
    this.#move('idle', null);
  }

  async #walk(): Promise<void> {
    const { signal } = (this.#turn = new AbortController());
    const host = this.#host;
    if (!this.#standing.slot) this.#move('starting', null);
    await Promise.all([host.settled(this.#entry.dependencies, this.name), host.ready()]); // in this order: circles are seen at once
    if (signal.aborted) return;
    const choice = this.#choose();
    for (const [index, label] of choice.chain.entries()) {
      const triggers = index > 0 ? own(this.#entry.triggers, label) : undefined;
      if (triggers && !triggers.includes('start_failure')) continue;
      const slot = this.#slot(label);
      const client = await slot.start(true);
      if (signal.aborted) return;
      if (client) return void this.#move(this.#stateOf(slot), slot);
    }
    await this.#stop(choice);
  }

  /** At once: calls in flight go on, for they hold their client. */
  async #stop({ plain }: Choice): Promise<void> {
    this.#move(plain ? 'idle' : 'static', null);
  }

  #choose(): Choice {
    return (this.#choice = this.#host.choose(this.name, this.#entry, this.#use));
  }

  #chosen(): Choice {
    return this.#choice ?? this.#choose();
  }

  #stateOf({ label }: Slot): IntegrationState {
    const { label: chosen, reason } = this.#chosen();
    return label === chosen && reason !== 'fallback' ? 'ready' : 'fallback';
  }

  #slot(label: string): Slot {
    const slot = this.#host.pool.hold(this, this.name, this.#entry, label, this.#host.release(this.name, label));
    this.#held.add(slot);
    return slot;
  }

  /** Shows which release has answered: the one that was chosen, or another. A client is given up for a better one only. */
  #served(slot: Slot): void {
    const { slot: running } = this.#standing;
    if (!this.#held.has(slot) || !this.#chosen().chain.includes(slot.label)) return; // it was chosen once
    const state = this.#stateOf(slot);
    this.#move(state, running && state === 'fallback' ? running : slot);
  }

  #move(state: IntegrationState, slot: Slot | null): void {
    const { reason = 'active', chain = [] } = this.#choice ?? {};
    const before = this.#standing;
    if (before.state !== state || before.slot !== slot || before.reason !== reason) {
      this.#standing = { state, slot, reason };
      this.#host.moved(this);
      for (const listener of [...this.#listeners]) listener();
    }
    const keys = chain.map((label) => this.#host.pool.key(this.name, label, this.#host.release(this.name, label)));
    for (const one of this.#held) {
      if (one === slot || keys.includes(one.key)) continue;
      this.#held.delete(one);
      this.#host.pool.drop(this, one);
    }
  }
}
