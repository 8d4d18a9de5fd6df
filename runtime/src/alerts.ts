// In: thresholds of manifests and the counts of a window. Out: which of them are crossed. Less than 20 calls say nothing.

import type { Comparison, Threshold } from './config.js';
import type { WindowCounts } from './snapshot.js';

/** Calls that a window must have before it is judged. */
export const ENOUGH = 20;

/** The window of a threshold that names none. */
export const FIVE_MINUTES = 5 * 60 * 1000;

/** What holds where neither a manifest nor the project says anything of the metric. */
export const DEFAULT_ALERTS: readonly Threshold[] = [
  { metric: 'fallback-rate', is: '>', bound: 0.05, over: FIVE_MINUTES },
  { metric: 'error-rate', is: '>', bound: 0.01, over: FIVE_MINUTES },
];

/** What a threshold said of a window. */
export interface Judgement {
  readonly threshold: Threshold;
  /** A share, or milliseconds. */
  readonly value: number;
  readonly crossed: boolean;
}

/** Those of the manifest; of the project and of everybody (`DEFAULT_ALERTS`) those for metrics that are not judged yet. */
export function thresholdsOf(own: readonly Threshold[] = [], project: readonly Threshold[] = []): readonly Threshold[] {
  return [project, DEFAULT_ALERTS].reduce((found, more) => {
    const known = new Set(found.map((threshold) => threshold.metric));
    return [...found, ...more.filter((threshold) => !known.has(threshold.metric))];
  }, own);
}

/** The value of a metric; undefined if the window has too few calls for it, or the metric is none of a runtime's. */
export function metricOf(metric: string, counts: Omit<WindowCounts, 'over'>): number | undefined {
  const { asked, calls, errors, fallbacks, latency, timeouts } = counts;
  if ((metric === 'fallback-rate' ? calls : asked) < ENOUGH) return undefined;
  switch (metric) {
    case 'fallback-rate':
      return fallbacks / calls;
    case 'error-rate':
      return errors / asked;
    case 'success-rate':
      return (asked - errors) / asked;
    case 'timeout-rate':
      return timeouts / asked;
  }
  const quantiles: Readonly<Record<string, number | null>> = latency;
  const name = metric.startsWith('latency-') ? metric.slice('latency-'.length) : '';
  return (Object.hasOwn(quantiles, name) ? quantiles[name] : null) ?? undefined;
}

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Judges each threshold by the window of its length; what cannot be judged is left out. */
export function judge(thresholds: readonly Threshold[], windows: readonly WindowCounts[]): readonly Judgement[] {
  return thresholds.flatMap((threshold) => {
    const { metric, is, bound, over = FIVE_MINUTES } = threshold;
    const counts = windows.find((one) => one.over === over);
    const value = counts && metricOf(metric, counts);
    return value === undefined ? [] : [{ threshold, value, crossed: COMPARE[is](value, bound) }];
  });
}
