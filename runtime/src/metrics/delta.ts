// In: the body of a beacon, from anywhere. Out: counts that can be added to others, or a ShapeError. Names are those of the
// configuration, numbers are such that no rate gets above 1: nobody can make the figures grow without bound.

import type { IntegrationConfig } from '../config.js';
import { PARTS } from './histogram.js';
import type { CountsDelta, ReleaseCounts, RuntimeDelta, SourceCounts } from './snapshot.js';
import type { Validator } from '../validate.js';
import { ShapeError, list, number, oneOf, optional, record, string } from '../validate.js';

/** Where a browser sends its counts, and the server shows all of them. */
export const METRICS_PATH = '/_fx/metrics';

/** The largest beacon, in bytes: what a browser is willing to send from a page that goes away. */
export const LARGEST_BEACON = 64 * 1024;

/** What one page can do between two beacons. */
const MOST = 100_000;
const MOST_MS = 1e12;
const SOURCE = /^[^\p{Cc}]{1,300}$/u;

const count: Validator = (value, path) => {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > MOST) throw new ShapeError(path, 'a count', value);
  return value;
};

const duration: Validator = (value, path) => {
  const ms = number(value, path) as number;
  if (ms < 0 || ms > MOST_MS) throw new ShapeError(path, 'a duration', value);
  return ms;
};

const parts: Validator = (value, path) => {
  const counts = list(count)(Array.isArray(value) ? value.slice(0, PARTS + 1) : value, path) as number[];
  if (counts.length !== PARTS) throw new ShapeError(path, `a list of ${String(PARTS)} counts`, value);
  return counts;
};

const integration: Validator = record({
  calls: optional(count),
  fallbacks: optional(count),
  answered: optional(named(count)),
  releases: optional(
    named(
      record({
        asked: optional(count),
        errors: optional(count),
        timeouts: optional(count),
        trips: optional(count),
        latency: optional(record({ counts: parts, sum: duration })),
      }),
    ),
  ),
  sources: optional(named(record({ calls: optional(count), errors: optional(count), fallbacks: optional(count) }))),
});

const beacon = record({ interface: oneOf('runtime-delta'), at: string, integrations: named(integration) });

/** A record with members of one kind, whatever their names. */
function named(member: Validator): Validator {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(path, 'a record', value);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, member(one, `${path}.${name.slice(0, 80)}`)]));
  };
}

/** Throws a ShapeError where `value` is no beacon of a page with this configuration. */
export function readDelta(value: unknown, config: IntegrationConfig): RuntimeDelta {
  const delta = beacon(value, '') as RuntimeDelta;
  for (const [name, change] of Object.entries(delta.integrations)) {
    const entry = Object.hasOwn(config, name) ? config[name] : undefined;
    if (!entry) throw new ShapeError('integrations', 'names of integrations', name);
    checkNames(`integrations.${name}`, change, new Set(Object.keys(entry.releases)));
    checkSums(`integrations.${name}`, change);
  }
  return delta;
}

function checkNames(path: string, { answered = {}, releases = {}, sources = {} }: CountsDelta, labels: ReadonlySet<string>): void {
  for (const label of Object.keys(releases)) if (!labels.has(label)) throw new ShapeError(`${path}.releases`, 'labels of releases', label);
  for (const label of Object.keys(answered)) if (label !== 'static' && !labels.has(label)) throw new ShapeError(`${path}.answered`, 'labels of releases', label);
  for (const source of Object.keys(sources)) if (!SOURCE.test(source)) throw new ShapeError(`${path}.sources`, 'places in the concept', source);
}

/** Records are counted whole, so the counts of a beacon fit together. */
function checkSums(path: string, { answered = {}, calls = 0, fallbacks = 0, releases = {}, sources = {} }: CountsDelta): void {
  const fits = sum(Object.values(answered)) === calls && fallbacks <= calls && Object.values(releases).every(releaseFits) && sourcesFit(Object.values(sources), calls);
  if (!fits) throw new ShapeError(path, 'counts that fit together', {});
}

function releaseFits({ asked = 0, errors = 0, latency, timeouts = 0 }: Partial<ReleaseCounts>): boolean {
  return timeouts <= errors && errors <= asked && sum(latency?.counts ?? []) === asked;
}

function sourcesFit(sources: readonly Partial<SourceCounts>[], all: number): boolean {
  return sum(sources.map(({ calls = 0 }) => calls)) <= all && sources.every(({ calls = 0, errors = 0, fallbacks = 0 }) => errors <= calls && fallbacks <= calls);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}
