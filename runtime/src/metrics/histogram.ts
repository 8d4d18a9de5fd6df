// In: times in milliseconds. Out: counts by the parts of `LATENCY_BOUNDS`, and quantiles of them, computed as
// Prometheus' `histogram_quantile` does, so that the browser, `fxc monitor` and an alerting rule agree.

import { LATENCY_BOUNDS } from './snapshot.js';

/** Parts of a histogram: the last one has no upper end. */
export const PARTS = LATENCY_BOUNDS.length + 1;

/** The part that a time is counted in; an upper end belongs to the part below it. */
export function partOf(ms: number): number {
  const part = LATENCY_BOUNDS.findIndex((bound) => ms <= bound);
  return part < 0 ? LATENCY_BOUNDS.length : part;
}

/**
 * The time within which a share `q` of all was done; null without any. Between the ends of a part it is interpolated;
 * what lies in the last part counts as the end of the one before it.
 */
export function quantile(q: number, counts: ArrayLike<number>): number | null {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] ?? 0;
  if (total === 0) return null;
  let [rank, part] = [q * total, 0];
  for (; part < LATENCY_BOUNDS.length && rank > (counts[part] ?? 0); part++) rank -= counts[part] ?? 0;
  const start = LATENCY_BOUNDS[part - 1] ?? 0;
  const end = LATENCY_BOUNDS[part];
  const within = counts[part] ?? 0;
  return end === undefined || within === 0 ? start : start + (end - start) * (rank / within);
}
