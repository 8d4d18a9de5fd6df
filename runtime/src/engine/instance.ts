// In: one integration and a way of using it. Out: an instance that starts the release that was chosen, or those behind
// it, moves over when another one is chosen, and serves calls. A start never throws at its users' heads: it ends in 'static'.

import type { UseContext, UseSettings } from '../adapter.js';
import type { Call, CallHost, CallOptions, CallTarget, OperationShape } from './call.js';
import type { Choice } from './choice.js';
import type { IntegrationEntry, ReleaseConfig } from '../config.js';
import { IntegrationError, messageOf } from '../errors.js';
import type { IntegrationState } from '../observer.js';
import { own } from '../own.js';
import type { Pool } from './pool.js';
import type { SelectionReason } from '../selection/select.js';
import type { Slot } from './slot.js';

export type { OperationShape };

/** The same object until something changes, so that React can compare it. */
export interface Standing {
  readonly state: IntegrationState;
  /** What runs. */
  readonly slot: Slot | null;
  readonly reason: SelectionReason;
}

export const IDLE: Standing = { state: 'idle', slot: null, reason: 'active' };

/** What chooses releases and runs them. */
export interface Motor {
  readonly pool: Pool;
  readonly Call: typeof Call;
  choose(name: string, entry: IntegrationEntry, use: UseSettings): Choice;
}

export interface InstanceHost extends CallHost {
  /** Loaded when it is needed first; rejects if it can not be. */
  motor(): Promise<Motor>;
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
  #motor: Motor | null = null;
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

  async call(operation: string, shape: OperationShape, input: unknown, options: CallOptions = {}): Promise<unknown> {
    const motor = await this.#load().catch((error: unknown) => {
      throw new IntegrationError('unavailable', this.name, operation, messageOf(error), error, options.source);
    });
    const target: CallTarget = {
      name: this.name,
      entry: this.#entry,
      host: this.#host,
      ended: this.#end.signal,
      start: () => this.start(),
      choice: () => this.#choice ?? this.#choose(motor),
      slot: (label) => this.#slot(motor.pool, label),
      served: (slot) => this.#served(slot),
    };
    return new motor.Call(target, operation, shape, options).run(input);
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
      slot.leave(use);
    };
  }

  /** Something has changed that the choice depends on. */
  reconsider(): void {
    if (!this.#motor || !this.#choice) return; // it is still to be made
    const choice = this.#choose(this.#motor);
    this.#turn.abort();
    this.#started = choice.chain.length > 0 ? this.#walk() : this.#stop(choice);
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
    try {
      // Dependencies first: circles are seen at once.
      const [motor] = await Promise.all([this.#load(), host.settled(this.#entry.dependencies, this.name), host.ready()]);
      if (signal.aborted) return;
      const choice = this.#choose(motor);
      const slot = await this.#startOne(motor, choice, signal);
      if (signal.aborted) return;
      if (slot) this.#move(this.#stateOf(slot), slot);
      else await this.#stop(choice);
    } catch (error) {
      if (signal.aborted) return; // what was begun instead of it says how things stand
      host.report({ integration: this.name, label: '', phase: 'start', error });
      this.#started = null; // to be tried again
      this.#move('static', null);
    }
  }

  async #load(): Promise<Motor> {
    return (this.#motor = await this.#host.motor());
  }

  /** The first of the chain that starts; a link is for starts that fail unless it says what else it is for. */
  async #startOne({ pool }: Motor, { label: first, chain }: Choice, signal: AbortSignal): Promise<Slot | null> {
    for (const label of chain) {
      const triggers = label === first ? undefined : own(this.#entry.triggers, label);
      if (signal.aborted || (triggers && !triggers.includes('start_failure'))) continue;
      const slot = this.#slot(pool, label);
      if (await slot.start(true)) return slot;
    }
    return null;
  }

  /** At once: calls in flight go on, for they hold their client. */
  async #stop({ plain }: Choice): Promise<void> {
    this.#move(plain ? 'idle' : 'static', null);
  }

  #choose(motor: Motor): Choice {
    return (this.#choice = motor.choose(this.name, this.#entry, this.#use));
  }

  #stateOf({ label }: Slot): IntegrationState {
    return label === this.#choice?.label && this.#choice.reason !== 'fallback' ? 'ready' : 'fallback';
  }

  #slot(pool: Pool, label: string): Slot {
    const slot = pool.hold(this, this.name, this.#entry, label, this.#host.release(this.name, label));
    this.#held.add(slot);
    return slot;
  }

  /** Still one of those that may answer, and with the values of the moment. */
  #isWanted({ label, release }: Slot): boolean {
    const now = this.#host.release(this.name, label);
    return (this.#choice?.chain.includes(label) ?? false) && JSON.stringify(release?.config) === JSON.stringify(now?.config);
  }

  /** Shows which release has answered: the one that was chosen, or another. A client is given up for a better one only. */
  #served(slot: Slot): void {
    const { slot: running } = this.#standing;
    if (!this.#held.has(slot) || !this.#isWanted(slot)) return; // it was chosen once
    const state = this.#stateOf(slot);
    this.#move(state, running && state === 'fallback' ? running : slot);
  }

  #move(state: IntegrationState, slot: Slot | null): void {
    const reason = this.#choice?.reason ?? 'active';
    const before = this.#standing;
    if (before.state !== state || before.slot !== slot || before.reason !== reason) {
      this.#standing = { state, slot, reason };
      this.#host.moved(this);
      for (const listener of [...this.#listeners]) listener();
    }
    for (const one of this.#held) {
      if (one === slot || this.#isWanted(one)) continue;
      this.#held.delete(one);
      one.leave(this);
    }
  }
}
