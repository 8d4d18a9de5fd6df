// In: thresholds of manifests and the counts of a window. Out: which of them are crossed. Less than 20 calls say nothing.

import { measured } from '../selection/canary.js';
import { meets } from '../selection/condition.js';
import type { Threshold } from '../config.js';
import type { WindowCounts } from './snapshot.js';

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

/** Judges each threshold by the window of its length; what cannot be judged is left out. */
export function judge(thresholds: readonly Threshold[], windows: readonly WindowCounts[]): readonly Judgement[] {
  return thresholds.flatMap((threshold) => {
    const { metric, is, bound, over = FIVE_MINUTES } = threshold;
    const counts = windows.find((one) => one.over === over);
    const value = counts && measured(metric, counts);
    return value === undefined ? [] : [{ threshold, value, crossed: meets(is, value - bound) }];
  });
}
