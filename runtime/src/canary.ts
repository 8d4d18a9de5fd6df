// In: a canary, the time, and what was counted of its release. Out: the share of the visitors that get it now, and whether
// it has to be taken back.

import { metricOf } from './alerts.js';
import { meets } from './condition.js';
import type { Canary, Threshold } from './config.js';
import type { WindowCounts } from './snapshot.js';

/** Without a beginning it stays in its first stage; before its beginning nobody gets it; the last stage has no end. */
export function canaryShare({ since, stages }: Canary, now: number): number {
  let left = since === undefined ? 0 : now - Date.parse(since) || 0; // not a date: as if there were none
  if (left < 0) return 0;
  const stage = stages.find(({ for: time = Infinity }) => (left -= time) < 0) ?? stages.at(-1);
  return stage?.share ?? 0;
}

/** The first threshold that is crossed; undefined if none is, or none can be judged yet. */
export function failed(thresholds: readonly Threshold[], counts: Omit<WindowCounts, 'over'>): Threshold | undefined {
  return thresholds.find((threshold) => {
    const value = metricOf(threshold.metric, counts);
    return value !== undefined && meets(threshold.is, value - threshold.bound);
  });
}
