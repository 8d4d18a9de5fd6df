// In: the configuration, modules and adapters of an application, and what may change while it runs. Out: the engine that
// hands out instances, one for each integration and way of using it, shared by all elements. Nothing starts, and nobody is
// listened to, before somebody asks.

import type { UseSettings } from '../adapter.js';
import { apart } from '../apart.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { Canary, IntegrationConfig, IntegrationEntry, ReleaseConfig } from '../config.js';
import type { EngineChanges, EngineOptions, IntegrationStatus } from './engine-options.js';
import type { IntegrationIssue } from '../errors.js';
import type { EvaluationContext, FlagSource } from '../selection/flags.js';
import type { Motor } from './instance.js';
import { IDLE, Instance } from './instance.js';
import { listenerList } from '../listeners.js';
import type { AskRecord, CallRecord, IntegrationState, Observer, OverrideRecord } from '../observer.js';
import { own } from '../own.js';
import type { SelectionQuestion } from '../selection/select.js';
import type { Resolution } from '../selection/resolution.js';
import type { PageSettings } from '../selection/settings.js';
import { configOf, flagReader, questionOf } from '../selection/settings.js';
import type { Trials } from './trial.js';

export type { EngineChanges, EngineOptions, IntegrationStatus };

/** Of several instances the one that is the furthest stands for the integration. */
const RANKS: readonly IntegrationState[] = ['idle', 'static', 'starting', 'fallback', 'ready'];

export class Engine {
  readonly config: IntegrationConfig;
  readonly clock: Clock;
  #options: EngineOptions;
  #changes: EngineChanges;
  #chosen: Resolution['selections'] | undefined;
  #instances = new Map<string, Instance>();
  #observers: Set<Observer>;
  #told = new Map<string, string>();
  #listeners = listenerList();
  #path = new Map<string, ReadonlySet<string>>();
  #releases = new Map<string, string>();
  #flags = new Map<string, boolean>();
  #trials: Trials | null = null;
  #motor: Promise<Motor> | null = null;
  #rolledBack = new Set<string>();
  #unlisten: readonly (() => void)[] | null = null;

  constructor(options: EngineOptions) {
    const { config, clock = systemClock, observers = [], resolution } = options;
    this.config = config;
    this.clock = clock;
    this.#options = this.#changes = options;
    this.#chosen = resolution?.selections;
    const judge = (record: AskRecord | CallRecord): void => this.#judge(record);
    this.#observers = new Set([{ onAsk: judge, onCall: judge }, ...observers]);
  }

  /** The instance for a use, or null if the configuration does not know the integration. */
  instance(name: string, use: UseSettings = {}): Instance | null {
    const entry = own(this.config, name);
    if (!entry) return null;
    const key = JSON.stringify([name, use.provider, use.fallback, use.flag]);
    let instance = this.#instances.get(key);
    if (!instance) {
      instance = new Instance(name, entry, use, this);
      this.#instances.set(key, instance);
    }
    return instance;
  }

  /** Other settings, flags or context: what was chosen is chosen again, and takes effect at once. */
  update(changes: EngineChanges): void {
    const before = this.#changes;
    const next = { ...before, ...changes };
    const isSame = next.settings === before.settings && next.flags === before.flags;
    if (isSame && JSON.stringify(next.context) === JSON.stringify(before.context)) return;
    this.#changes = next;
    if (this.#unlisten) this.#listen();
    this.#changed();
  }

  /** Asks for a release, or with null for what would be chosen; false if that is not permitted. */
  override(integration: string, release: string | null, by: string): boolean {
    return this.#override(this.#releases, integration, release, { integration, release, by });
  }

  /** The same for a flag, in this engine only. */
  setFlag(flag: string, on: boolean | null, by: string): boolean {
    return this.#override(this.#flags, flag, on, { integration: '', flag, release: on === null ? null : on ? 'on' : 'off', by });
  }

  /** Undefined: nobody has decided. */
  flag(name: string): boolean | undefined {
    return this.#reader()(name);
  }

  list(): readonly IntegrationStatus[] {
    return Object.keys(this.config).map((name) => this.#status(name));
  }

  /** `listener` is called when `list()` or a flag may have changed. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  observe(observer: Observer): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Calls end, and all clients; what is used again afterwards starts anew. */
  dispose(): void {
    for (const end of this.#unlisten ?? []) end();
    this.#unlisten = null;
    for (const instance of this.#instances.values()) instance.dispose();
  }

  report(issue: IntegrationIssue): void {
    apart(() => this.#options.onIssue?.(issue));
    this.tell('onIssue', issue);
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

  async ready(): Promise<void> {
    if (!this.#unlisten) this.#listen();
    await this.#changes.flags?.ready().catch(() => undefined); // flags that cannot be had decide nothing
  }

  motor(): Promise<Motor> {
    const load = async (): Promise<Motor> => {
      const { Call, Pool, Trials, choose } = await import('./motor.js');
      this.#trials ??= new Trials();
      return {
        Call,
        pool: new Pool(this, this.#options.adapters, this.#options.modules),
        choose: (name, entry, use) => choose(this.#question(name, entry), use, own(this.#chosen, name)),
      };
    };
    return (this.#motor ??= load().catch((error: unknown) => {
      this.#motor = null; // the next one may have more luck
      throw error;
    }));
  }

  release(name: string, label: string): ReleaseConfig | undefined {
    const release = own(own(this.config, name)?.releases, label);
    return release && { ...release, config: configOf(this.#settings(), name, release.config) };
  }

  moved({ name }: Instance): void {
    const { state, release, reason } = this.#status(name);
    const text = [state, release, reason].join(' ');
    if (this.#told.get(name) !== text) {
      this.#told.set(name, text);
      this.tell('onState', { integration: name, state, release, reason });
    }
    this.#listeners.tell();
  }

  /** What an observer throws is its own affair. */
  tell<K extends keyof Observer>(kind: K, record: Parameters<NonNullable<Observer[K]>>[0]): void {
    for (const observer of this.#observers) {
      apart(() => (observer[kind] as ((told: typeof record) => void) | undefined)?.(record));
    }
  }

  /** Takes a canary back that crosses one of its thresholds, for as long as this engine lives or until it begins anew. */
  #judge(record: AskRecord | CallRecord): void {
    const { integration: name } = record;
    const label = 'release' in record ? record.release : record.chosen;
    const entry = own(this.config, name);
    const canary = entry && this.#question(name, entry).runtime.canary;
    if (canary?.release !== label || !canary.rollback) return;
    const key = trialKey(name, canary);
    if (!this.#trials?.isOver(key, canary, record, this.clock.now()) || this.#rolledBack.has(key)) return;
    this.#rolledBack.add(key);
    this.#changed();
  }

  #settings(): PageSettings {
    return this.#changes.settings?.current() ?? {};
  }

  #context(): EvaluationContext {
    const { resolution = this.#options.resolution } = this.#settings();
    return { ...resolution?.context, ...this.#changes.context };
  }

  #reader(): SelectionQuestion['flag'] {
    const settings = this.#settings();
    // As long as the server has not been asked again, what it has switched off for the page stays off, though nobody here
    // knows why; what it has switched on may be switched off by the runtime configuration.
    const handed = settings.resolution ? undefined : this.#options.resolution?.flags;
    const value: FlagSource['value'] = (name, context) =>
      this.#changes.flags?.value(name, context) ?? (own(handed, name) === false ? false : undefined);
    const read = flagReader(settings, { value }, this.#context());
    return (name) => this.#flags.get(name) ?? read(name) ?? own(handed, name);
  }

  #question(name: string, entry: IntegrationEntry): SelectionQuestion {
    const { flags } = this.#changes;
    const override = this.#releases.get(name);
    const question = questionOf(name, entry, this.#settings(), flags, this.#context(), override, false, this.clock.now());
    const canary = question.runtime.canary ?? entry.canary;
    const rolledBack = question.rolledBack || (canary !== undefined && this.#rolledBack.has(trialKey(name, canary)));
    return { ...question, runtime: { ...question.runtime, ...(canary && { canary }) }, flag: this.#reader(), rolledBack };
  }

  #status(name: string): IntegrationStatus {
    const standings = [...this.#instances.values()].flatMap((one) => (one.name === name ? [one.standing()] : []));
    const best = standings.reduce((a, b) => (RANKS.indexOf(b.state) > RANKS.indexOf(a.state) ? b : a), IDLE);
    return {
      name,
      state: best.state,
      release: best.slot?.label ?? '',
      reason: best.reason,
      override: this.#releases.get(name) ?? null,
      permitted: this.#options.permitOverride !== undefined,
    };
  }

  #override<T>(table: Map<string, T>, key: string, value: T | null, asked: Omit<OverrideRecord, 'permitted'>): boolean {
    const permitted = this.#options.permitOverride?.(asked) ?? false;
    this.tell('onOverride', { ...asked, permitted });
    if (!permitted) return false;
    if (value === null) table.delete(key);
    else table.set(key, value);
    this.#changed();
    return true;
  }

  #listen(): void {
    for (const end of this.#unlisten ?? []) end();
    const { flags, settings } = this.#changes;
    const changed = (): void => this.#changed();
    this.#unlisten = [flags, settings].flatMap((source) => (source ? [source.subscribe(changed)] : []));
  }

  #changed(): void {
    this.#chosen = undefined;
    for (const instance of this.#instances.values()) instance.reconsider();
    this.#listeners.tell();
  }
}

/** A canary that begins anew is another one. */
function trialKey(name: string, { release, since }: Canary): string {
  return JSON.stringify([name, release, since]);
}
