// In: thresholds, and what was counted. Out: which of them is crossed, if enough was counted to say.

import { meets } from './condition.js';
import type { Threshold } from './config.js';
import { own } from './own.js';
import type { WindowCounts } from './snapshot.js';

/** Nothing is judged on fewer calls: one failure of three says little. */
export const SAMPLE = 20;

export type JudgedCounts = Omit<WindowCounts, 'over'>;

/** A metric's value; undefined where too few calls were counted, or for a metric that is not of calls. */
export function measured(metric: string, counts: JudgedCounts): number | undefined {
  const { asked, errors, timeouts, calls, fallbacks, latency } = counts;
  const [subject = '', kind = ''] = metric.split('-');
  if (kind === 'rate') {
    const [part, all] = own({ error: [errors, asked], success: [asked - errors, asked], timeout: [timeouts, asked], fallback: [fallbacks, calls] } as const, subject) ?? [0, 0];
    return all < SAMPLE ? undefined : part / all;
  }
  return subject === 'latency' && asked >= SAMPLE ? (own(latency, kind) ?? undefined) : undefined;
}

/** The first threshold that is crossed; undefined if none is, or none can be judged yet. */
export function failed(thresholds: readonly Threshold[], counts: JudgedCounts): Threshold | undefined {
  return thresholds.find((threshold) => {
    const value = measured(threshold.metric, counts);
    return value !== undefined && meets(threshold.is, value - threshold.bound);
  });
}
