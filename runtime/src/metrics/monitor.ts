// In: what the engine tells an observer, and beacons of other browsers. Out: the figures of all that: totals since the start,
// sums over windows of time, and alerts as they begin and end. Memory is bounded by the configuration, not by the traffic.

import { apart } from '../apart.js';
import { thresholdsOf } from './alerts.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { IntegrationConfig, Threshold } from '../config.js';
import { PARTS, partOf } from './histogram.js';
import type { AskRecord, BreakerRecord, CallRecord, Observer, StateRecord } from '../observer.js';
import type { CountsDelta, RuntimeDelta, RuntimeSnapshot } from './snapshot.js';
import { Standing } from './standing.js';
import type { Tally } from './tally.js';
import { DAY, SLOTS, steady } from './windows.js';

/** An alert began or ended. */
export interface Alert {
  readonly integration: string;
  readonly threshold: Threshold;
  /** What was measured, a share or milliseconds; undefined where it ended since there are too few calls. */
  readonly value: number | undefined;
  readonly active: boolean;
  /** Where the manifest declares the integration. */
  readonly source: string | undefined;
}

export interface MonitorOptions {
  readonly config: IntegrationConfig;
  readonly clock?: Clock | undefined;
  /** The project's own thresholds: they stand in where a manifest has none for their metric. */
  readonly alerts?: readonly Threshold[] | undefined;
  readonly onAlert?: ((this: void, alert: Alert) => void) | undefined;
}

/** An observer that counts. */
export class Monitor implements Observer {
  #options: MonitorOptions;
  #clock: Clock;
  #now: () => number;
  #standings = new Map<string, Standing>();
  #listeners = new Set<() => void>();
  #cancel: (() => void) | null = null;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#now = steady(this.#clock);
  }

  onAsk = (record: AskRecord): void => this.#count(record.integration, countsOfAsk(record));

  onCall = (record: CallRecord): void => {
    const { answered, error, fallback, integration, source } = record;
    const counts = { calls: 1, fallbacks: fallback ? 1 : 0 };
    const sources = source === undefined ? {} : { sources: { [source]: { ...counts, errors: error ? 1 : 0 } } };
    this.#count(integration, { ...counts, ...sources, answered: { [answered]: 1 } });
  };

  onState = (record: StateRecord): void => {
    const { integration, reason, release, state } = record;
    const standing = this.#standing(integration);
    if (standing) Object.assign(standing, { state, release, reason });
    this.#tell();
  };

  onBreaker = (record: BreakerRecord): void => {
    if (record.state === 'open') this.#count(record.integration, { releases: { [record.release]: { trips: 1 } } });
  };

  /** Counts what another runtime has counted, as of now. */
  add(delta: RuntimeDelta): void {
    for (const [integration, change] of Object.entries(delta.integrations)) {
      const standing = this.#standing(integration);
      if (standing && change.calls !== undefined) Object.assign(standing, lastOf(change));
      this.#count(integration, change);
    }
  }

  snapshot(): RuntimeSnapshot {
    const integrations = Object.fromEntries([...this.#standings].map(([name, standing]) => [name, standing.snapshot()]));
    const all = Object.values(integrations);
    const days = all.flatMap(({ windows }) => windows.filter(({ over }) => over === DAY));
    return {
      interface: 'runtime-snapshot',
      at: new Date(this.#clock.now()).toISOString(),
      runtime: {
        active_integrations: all.filter(({ state }) => state === 'ready' || state === 'fallback').length,
        fallback_triggered: days.reduce((sum, { fallbacks }) => sum + fallbacks, 0),
        api_calls_24h: days.reduce((sum, { asked }) => sum + asked, 0),
      },
      integrations,
    };
  }

  /** Totals since the start, by integration: live, for `growth`. */
  tallies(): Tally {
    return Object.fromEntries([...this.#standings].map(([name, { tally }]) => [name, tally]));
  }

  /** `listener` is called whenever a figure has changed; what it returns ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops waiting for alerts to end. */
  dispose(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#listeners.clear();
  }

  /** Undefined for an integration that the configuration does not have. */
  #standing(name: string): Standing | undefined {
    const { alerts, config } = this.#options;
    const found = this.#standings.get(name);
    if (found || !Object.hasOwn(config, name)) return found;
    const standing = new Standing(thresholdsOf(config[name]?.alerts, alerts), this.#now);
    this.#standings.set(name, standing);
    return standing;
  }

  #count(name: string, change: CountsDelta): void {
    const standing = this.#standing(name);
    if (!standing) return;
    standing.count(change);
    this.#judge(name, standing);
    this.#wait();
    this.#tell();
  }

  #judge(integration: string, standing: Standing): void {
    const source = this.#options.config[integration]?.source;
    for (const turn of standing.judge()) apart(() => this.#options.onAlert?.({ integration, source, ...turn }));
  }

  /** An alert may end with nothing but time passing. */
  #wait(): void {
    const lengths = [...this.#standings.values()].flatMap(({ burning = [] }) => burning);
    if (this.#cancel || lengths.length === 0) return;
    this.#cancel = this.#clock.after(Math.min(...lengths) / SLOTS, () => {
      this.#cancel = null;
      for (const [name, standing] of this.#standings) this.#judge(name, standing);
      this.#wait();
      this.#tell();
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** One ask as a change of counts. */
export function countsOfAsk({ ms, release, result }: AskRecord): CountsDelta {
  const counts = Array<number>(PARTS).fill(0);
  counts[partOf(ms)] = 1;
  const errors = result === 'ok' ? 0 : 1;
  const timeouts = result === 'timeout' ? 1 : 0;
  const latency = { counts, sum: Math.round(ms) }; // whole, so that sums and differences are exact
  return { releases: { [release]: { asked: 1, errors, timeouts, latency } } };
}

/** What the calls of a beacon say of the state that they met. */
function lastOf({ answered = {}, calls = 0, fallbacks = 0 }: CountsDelta): Pick<Standing, 'state' | 'release'> {
  const [release = ''] = Object.keys(answered).filter((label) => label !== 'static').sort((a, b) => (answered[b] ?? 0) - (answered[a] ?? 0));
  return { release, state: release === '' ? 'static' : fallbacks < calls ? 'ready' : 'fallback' };
}
