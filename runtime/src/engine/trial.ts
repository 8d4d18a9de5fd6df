// In: what was asked of a canary's release. Out: whether it has failed: one browser's or one server's own judgement, from
// the last calls that it saw.

import { failed } from '../selection/canary.js';
import type { Canary } from '../config.js';
import type { AskRecord, CallRecord } from '../observer.js';

/** More are not kept. */
const MOST = 500;

interface Sample {
  readonly at: number;
  readonly record: AskRecord | CallRecord;
}

export class Trials {
  #samples = new Map<string, readonly Sample[]>();

  /** Takes one more of the trial called `key`, and judges. */
  isOver(key: string, { rollback = [] }: Canary, record: AskRecord | CallRecord, now: number): boolean {
    const samples = [...(this.#samples.get(key)?.slice(1 - MOST) ?? []), { at: now, record }];
    this.#samples.set(key, samples);
    return rollback.some((threshold) => failed([threshold], countsOf(samples, now - (threshold.over ?? Infinity))));
  }
}

function countsOf(samples: readonly Sample[], since: number) {
  const records = samples.flatMap(({ at, record }) => (at >= since ? [record] : []));
  const asks = records.filter((record) => 'result' in record);
  const calls = records.filter((record) => 'fallback' in record);
  const times = asks.map(({ ms }) => ms).sort((a, b) => a - b);
  const quantile = (share: number): number | null => times[Math.ceil(share * times.length) - 1] ?? null;
  return {
    asked: asks.length,
    errors: asks.filter(({ result }) => result !== 'ok').length,
    timeouts: asks.filter(({ result }) => result === 'timeout').length,
    calls: calls.length,
    fallbacks: calls.filter(({ fallback }) => fallback).length,
    latency: { p50: quantile(0.5), p90: quantile(0.9), p95: quantile(0.95), p99: quantile(0.99) },
  };
}
