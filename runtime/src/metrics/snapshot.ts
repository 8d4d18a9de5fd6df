// In: nothing. Out: the type of a snapshot: what a runtime has counted, as the monitor gives it, `/_fx/metrics` takes it
// from browsers, and `fxc monitor` reads it. Times are milliseconds.

import type { IntegrationState } from '../observer.js';
import type { JudgedCounts } from '../selection/canary.js';
import type { SelectionReason } from '../selection/select.js';

/** Upper ends of the latency histogram's parts; what took longer is counted in one part more. */
export const LATENCY_BOUNDS: readonly number[] = [5, 10, 25, 50, 100, 200, 300, 500, 800, 1000, 1500, 2000, 3000, 5000, 10000, 30000];

export interface LatencyHistogram {
  /** One more than `LATENCY_BOUNDS` has; not cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Of one release: how often it was asked and what came of it. */
export interface ReleaseCounts {
  readonly asked: number;
  /** Timeouts among them. */
  readonly errors: number;
  readonly timeouts: number;
  /** How often its breaker opened. */
  readonly trips: number;
  readonly latency: LatencyHistogram;
}

/** What happened in the last `over` milliseconds. */
export interface WindowCounts extends JudgedCounts {
  readonly over: number;
}

export interface SourceCounts {
  readonly calls: number;
  readonly errors: number;
  readonly fallbacks: number;
}

export interface IntegrationSnapshot {
  readonly state: IntegrationState;
  /** Label of the release that runs, or `''`. */
  readonly release: string;
  readonly reason: SelectionReason;
  /** Since the start. */
  readonly calls: number;
  readonly fallbacks: number;
  /** Calls by the release that answered them, `static` for none. */
  readonly answered: { readonly [label: string]: number };
  readonly releases: { readonly [label: string]: ReleaseCounts };
  /** Those that its alerts ask for, and the last 24 hours. */
  readonly windows: readonly WindowCounts[];
  /** By place in the concept. */
  readonly sources: { readonly [source: string]: SourceCounts };
}

export interface RuntimeSnapshot {
  readonly interface: 'runtime-snapshot';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly runtime: {
    readonly active_integrations: number;
    readonly fallback_triggered: number;
    readonly api_calls_24h: number;
  };
  readonly integrations: { readonly [name: string]: IntegrationSnapshot };
}

/** What has been counted of one integration since the last time; what is 0 is left out. */
export interface CountsDelta {
  readonly calls?: number;
  readonly fallbacks?: number;
  readonly answered?: { readonly [label: string]: number };
  readonly releases?: { readonly [label: string]: Partial<ReleaseCounts> };
  readonly sources?: { readonly [source: string]: Partial<SourceCounts> };
}

/** A beacon: what a browser sends to `/_fx/metrics` from time to time. */
export interface RuntimeDelta {
  readonly interface: 'runtime-delta';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly integrations: { readonly [name: string]: CountsDelta };
}
