// In: snapshots of many runtimes. Out: Prometheus' text format 0.0.4, for `/_fx/metrics`. Times are seconds there, and the
// parts of a histogram are sums from the start on.

import type { IntegrationConfig, IntegrationEntry } from '../config.js';
import type { IntegrationSnapshot, LatencyHistogram, RuntimeSnapshot } from './snapshot.js';
import { LATENCY_BOUNDS } from './snapshot.js';
import { NO_RELEASE } from './standing.js';

/** Where something was counted: by browsers, or by the server half. */
export interface CountedSide {
  readonly side: 'browser' | 'server';
  readonly snapshot: RuntimeSnapshot;
}

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number, suffix?: string];

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

function line(name: string, [labels, value, suffix = '']: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text.replace(/[\\"\n]/g, (sign) => ESCAPES[sign] ?? sign)}"`);
  return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${String(value)}\n`;
}

function family(name: string, type: 'counter' | 'gauge' | 'histogram', help: string, samples: readonly Sample[]): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map((sample) => line(name, sample)).join('')}`;
}

function histogram(labels: Labels, { counts, sum }: LatencyHistogram): readonly Sample[] {
  let total = 0;
  const parts = counts.map((count, i): Sample => {
    const bound = LATENCY_BOUNDS[i];
    return [{ ...labels, le: bound === undefined ? '+Inf' : String(bound / 1000) }, (total += count), '_bucket'];
  });
  return [...parts, [labels, sum / 1000, '_sum'], [labels, total, '_count']];
}

/** One more integration on one side, as its families see it. */
type Reader = (counts: IntegrationSnapshot, labels: Labels) => readonly Sample[];

const asks: Reader = ({ releases }, labels) =>
  Object.entries(releases).flatMap(([release, { asked, errors, timeouts }]): readonly Sample[] => [
    [{ ...labels, release, result: 'ok' }, asked - errors],
    [{ ...labels, release, result: 'error' }, errors - timeouts],
    [{ ...labels, release, result: 'timeout' }, timeouts],
  ]);
const calls: Reader = ({ answered }, labels) => Object.entries(answered).map(([label, count]) => [{ ...labels, answered: label }, count]);
const fallbacks: Reader = (counts, labels) => [[labels, counts.fallbacks]];
const trips: Reader = ({ releases }, labels) => Object.entries(releases).map(([release, counts]) => [{ ...labels, release }, counts.trips]);
const durations: Reader = ({ releases }, labels) => Object.entries(releases).flatMap(([release, { latency }]) => histogram({ ...labels, release }, latency));
const sources: Reader = (counts, labels) => Object.entries(counts.sources).map(([source, { errors }]) => [{ ...labels, source }, errors]);

/** An integration is active where any side has it running. */
function active(sides: readonly CountedSide[]): number {
  const running = sides.flatMap(({ snapshot }) => Object.entries(snapshot.integrations).filter(([, { state }]) => state === 'ready' || state === 'fallback'));
  return new Set(running.map(([name]) => name)).size;
}

const NOTHING: IntegrationSnapshot = { state: 'idle', release: '', reason: 'active', calls: 0, fallbacks: 0, answered: {}, releases: {}, windows: [], sources: {} };

/** With zeros for what can be counted and was not: Prometheus does not see the first count of a series that was not there before. */
function withZeros(name: string, entry: IntegrationEntry, { integrations }: RuntimeSnapshot): readonly [string, IntegrationSnapshot] {
  const counts = integrations[name] ?? NOTHING;
  const labels = Object.keys(entry.releases);
  const answered = { ...Object.fromEntries([...labels, 'static'].map((label) => [label, 0])), ...counts.answered };
  const releases = { ...Object.fromEntries(labels.map((label) => [label, NO_RELEASE])), ...counts.releases };
  return [name, { ...counts, answered, releases }];
}

/** The text that Prometheus scrapes. */
export function prometheusText(sides: readonly CountedSide[], config: IntegrationConfig): string {
  const read = (reader: Reader): readonly Sample[] =>
    sides.flatMap(({ side, snapshot }) =>
      Object.entries(config)
        .map(([name, entry]) => withZeros(name, entry, snapshot))
        .flatMap(([integration, counts]) => reader(counts, { integration, side })),
    );
  return [
    family('fxc_asks_total', 'counter', 'Times that a release was asked, by what came of it.', read(asks)),
    family('fxc_calls_total', 'counter', 'Calls by the release that answered them.', read(calls)),
    family('fxc_fallbacks_total', 'counter', 'Calls that another release answered than was chosen, or none.', read(fallbacks)),
    family('fxc_breaker_trips_total', 'counter', 'Times that the breaker of a release opened.', read(trips)),
    family('fxc_ask_duration_seconds', 'histogram', 'How long releases took to answer.', read(durations)),
    family('fxc_source_errors_total', 'counter', 'Calls that failed, by the place in the concept that asked.', read(sources)),
    family('fxc_active_integrations', 'gauge', 'Integrations that a provider runs for.', [[{}, active(sides)]]),
  ].join('');
}
