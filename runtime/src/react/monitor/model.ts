// In: an engine. Out: what the panel shows of it: where every integration stands, its figures, its last calls, and what went wrong.
// It counts from when the panel is there on; its view is the same object until something has changed.

import type { Alert } from '../../metrics/monitor.js';
import { Monitor } from '../../metrics/monitor.js';
import { FIVE_MINUTES } from '../../metrics/alerts.js';
import { measured } from '../../selection/canary.js';
import type { IntegrationConfig } from '../../config.js';
import type { IntegrationIssue } from '../../errors.js';
import { messageOf } from '../../errors.js';
import { quantile } from '../../metrics/histogram.js';
import type { IntegrationState } from '../../observer.js';
import type { BreakerRecord, CallRecord, Observer, StateRecord } from '../../observer.js';
import type { IntegrationStatus } from '../../engine/engine-options.js';
import type { IntegrationSnapshot } from '../../metrics/snapshot.js';
import { alertSentence, breakerSentence, stateSentence } from './words.js';

/** What the panel needs of an engine. */
export interface PanelEngine {
  readonly config: IntegrationConfig;
  observe(observer: Observer): () => void;
  list(): readonly IntegrationStatus[];
  subscribe(listener: () => void): () => void;
  override(name: string, label: string | null, by: string): boolean;
  setFlag(flag: string, on: boolean | null, by: string): boolean;
  flag(name: string): boolean | undefined;
}

/** One call of the past. */
export interface Mark {
  readonly end: 'ok' | 'fallback' | 'failed';
  readonly ms: number;
}

export interface FlagLine {
  readonly flag: string;
  readonly label: string;
  readonly on: boolean | undefined;
}

export interface ReleaseLine {
  readonly label: string;
  readonly version: string;
  readonly provider: string;
  readonly asked: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly trips: number;
  readonly p95: number | null;
  readonly breaker: BreakerRecord['state'];
}

export interface IssueLine {
  readonly label: string;
  readonly phase: string;
  readonly source: string | undefined;
  readonly message: string;
}

export interface Line extends IntegrationStatus {
  /** The kill switch is not thrown. */
  readonly on: boolean;
  /** Label of the release that answered the last call; `''` before the first. */
  readonly answered: string;
  readonly calls: number;
  readonly errors: number;
  readonly fallbacks: number;
  /** Of the last five minutes. */
  readonly p95: number | null;
  readonly breaker: BreakerRecord['state'];
  readonly history: readonly Mark[];
  readonly releases: readonly ReleaseLine[];
  readonly flags: readonly FlagLine[];
  readonly alerts: readonly string[];
  readonly sources: IntegrationSnapshot['sources'];
  readonly issues: readonly IssueLine[];
}

export interface View {
  readonly lines: readonly Line[];
  /** What a screen reader is told: a sentence for each thing that has changed for the visitor. */
  readonly news: string;
}

export const MOST_MARKS = 24;
const MOST_ISSUES = 8;
/** Changes that come together are shown together. */
const PAUSE = 120;
const NEWS_PAUSE = 1000;

const WORST_FIRST = ['open', 'half-open', 'closed'] as const;

export class PanelModel {
  #engine: PanelEngine;
  #monitor: Monitor;
  #marks = new Map<string, readonly Mark[]>();
  #answered = new Map<string, string>();
  #issues = new Map<string, readonly IssueLine[]>();
  #breakers = new Map<string, BreakerRecord['state']>();
  #alerts = new Map<string, Alert>();
  #states = new Map<string, IntegrationState>();
  #news: string[] = [];
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #stops: readonly (() => void)[];
  #listeners = new Set<() => void>();
  #view: View;
  #waiting = false;

  constructor(engine: PanelEngine) {
    this.#engine = engine;
    this.#monitor = new Monitor({ config: engine.config, onAlert: (alert) => this.#onAlert(alert) });
    const observer: Observer = {
      onAsk: this.#monitor.onAsk,
      onCall: (record) => this.#onCall(record),
      onState: (record) => this.#onState(record),
      onBreaker: (record) => this.#onBreaker(record),
      onIssue: (issue) => this.#onIssue(issue),
    };
    this.#stops = [engine.observe(observer), engine.subscribe(() => this.refresh()), this.#monitor.subscribe(() => this.refresh())];
    for (const { name, state } of engine.list()) this.#states.set(name, state);
    this.#view = { lines: this.#lines(), news: '' };
  }

  readonly view = (): View => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows soon what has changed; figures of windows change as time passes. */
  refresh(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#after(PAUSE, () => {
      this.#waiting = false;
      this.#show({ ...this.#view, lines: this.#lines() });
    });
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#monitor.dispose();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#listeners.clear();
  }

  #after(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #show(view: View): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }

  #onCall(record: CallRecord): void {
    const { answered, error, fallback, integration, ms } = record;
    this.#answered.set(integration, answered);
    const mark: Mark = { end: error ? 'failed' : fallback ? 'fallback' : 'ok', ms };
    this.#marks.set(integration, [...(this.#marks.get(integration) ?? []), mark].slice(-MOST_MARKS));
    this.#monitor.onCall(record);
  }

  #onState(record: StateRecord): void {
    const before = this.#states.get(record.integration) ?? 'idle';
    this.#states.set(record.integration, record.state);
    this.#tell(stateSentence(before, record));
    this.#monitor.onState(record);
  }

  #onBreaker(record: BreakerRecord): void {
    this.#breakers.set(`${record.integration} ${record.release}`, record.state);
    this.#tell(breakerSentence(record));
    this.#monitor.onBreaker(record);
    this.refresh();
  }

  #onIssue({ error, integration, label, phase, source }: IntegrationIssue): void {
    const issue: IssueLine = { label, phase, source, message: messageOf(error) };
    const others = (this.#issues.get(integration) ?? []).filter((one) => one.message !== issue.message || one.source !== source);
    this.#issues.set(integration, [issue, ...others].slice(0, MOST_ISSUES));
    this.refresh();
  }

  #onAlert(alert: Alert): void {
    const key = `${alert.integration} ${JSON.stringify(alert.threshold)}`;
    if (alert.active) this.#alerts.set(key, alert);
    else this.#alerts.delete(key);
    this.#tell(`${alert.integration}: ${alert.active ? '' : 'no longer '}${alertSentence(alert)}.`);
  }

  /** Sentences of one second are said together. */
  #tell(sentence: string): void {
    if (sentence === '') return;
    this.#news.push(sentence);
    if (this.#news.length > 1) return;
    this.#after(NEWS_PAUSE, () => {
      const news = [...new Set(this.#news)].slice(-3).join(' ');
      this.#news = [];
      this.#show({ ...this.#view, news });
    });
  }

  #lines(): readonly Line[] {
    const { integrations } = this.#monitor.snapshot();
    const lines = this.#engine.list().map((standing) => this.#line(standing, integrations[standing.name]));
    const used = ({ calls, state }: Line): boolean => state !== 'idle' || calls > 0;
    return [...lines.filter(used), ...lines.filter((line) => !used(line))];
  }

  #line(standing: IntegrationStatus, counts: IntegrationSnapshot | undefined): Line {
    const { name } = standing;
    const releases = this.#releases(name, counts);
    return {
      ...standing,
      on: this.#engine.flag(name) !== false,
      answered: this.#answered.get(name) ?? '',
      calls: counts?.calls ?? 0,
      fallbacks: counts?.fallbacks ?? 0,
      errors: releases.reduce((sum, { errors }) => sum + errors, 0),
      p95: counts?.windows.find(({ over }) => over === FIVE_MINUTES)?.latency.p95 ?? null,
      breaker: WORST_FIRST.find((state) => releases.some(({ breaker }) => breaker === state)) ?? 'closed',
      history: this.#marks.get(name) ?? [],
      releases,
      flags: Object.entries(this.#engine.config[name]?.releases ?? {}).flatMap(([label, { flag }]) => (flag === undefined ? [] : [{ flag, label, on: this.#engine.flag(flag) }])),
      alerts: [...this.#alerts.values()].filter((alert) => alert.integration === name).map((alert) => alertSentence(asOfNow(alert, counts))),
      sources: counts?.sources ?? {},
      issues: this.#issues.get(name) ?? [],
    };
  }

  #releases(name: string, counts: IntegrationSnapshot | undefined): readonly ReleaseLine[] {
    return Object.entries(this.#engine.config[name]?.releases ?? {}).map(([label, { provider, release: version }]) => {
      const { asked = 0, errors = 0, latency, timeouts = 0, trips = 0 } = counts?.releases[label] ?? {};
      const p95 = quantile(0.95, latency?.counts ?? []);
      return { label, version, provider, asked, errors, timeouts, trips, p95, breaker: this.#breakers.get(`${name} ${label}`) ?? 'closed' };
    });
  }
}

/** An alert says what was measured when it began; the panel, what is now. */
function asOfNow(alert: Alert, counts: IntegrationSnapshot | undefined): Alert {
  const { metric, over = FIVE_MINUTES } = alert.threshold;
  const window = counts?.windows.find((one) => one.over === over);
  return { ...alert, value: window && measured(metric, window) };
}
