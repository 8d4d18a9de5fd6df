// In: a canary, the time, and what was counted of its release. Out: the share of the visitors that get it now, and whether
// it has to be taken back.

import { meets } from './condition.js';
import type { Canary, Threshold } from '../config.js';
import { own } from '../own.js';

/** Nothing is judged on fewer calls: one failure of three says little. */
export const SAMPLE = 20;

/** What thresholds are compared with. */
export interface JudgedCounts {
  readonly asked: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly calls: number;
  readonly fallbacks: number;
  /** Of all releases that were asked; null without any. */
  readonly latency: { readonly p50: number | null; readonly p90: number | null; readonly p95: number | null; readonly p99: number | null };
}

/** Without a beginning it stays in its first stage; before its beginning nobody gets it; the last stage has no end. */
export function canaryShare({ since, stages }: Canary, now: number): number {
  let left = since === undefined ? 0 : now - Date.parse(since) || 0; // not a date: as if there were none
  if (left < 0) return 0;
  const stage = stages.find(({ for: time = Infinity }) => (left -= time) < 0) ?? stages.at(-1);
  return stage?.share ?? 0;
}

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
