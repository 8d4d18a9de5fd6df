// In: nothing. Out: what an application can tell its server half. All of it has a default that is safe.

import type { Clock } from '../clock.js';
import type { Rate, Threshold } from '../config.js';
import type { EvaluationContext, FlagSource } from '../selection/flags.js';
import type { Observer } from '../observer.js';
import type { RuntimeConfig, RuntimeOverrides } from '../runtime-config.js';
import type { Rollback } from './canary-watch.js';
import type { Environment } from './environment.js';
import type { SharedLimits } from './limits.js';
import type { SideAlert } from './metrics.js';

/** A value, or a function that reads it; it is asked again for each request, so it should remember what it read. */
export type Setting<T> = T | ((this: void) => T | Promise<T>);

export interface HandlerOptions {
  /** Where keys come from: the process's environment. */
  readonly env?: Environment;
  /** What may change without a build. `fileSettings` of `@fxc/runtime/node` reads both from a folder. */
  readonly runtimeConfig?: Setting<RuntimeConfig>;
  readonly overrides?: Setting<RuntimeOverrides>;
  /** Flags from elsewhere, for everybody or for one request. */
  readonly flags?: FlagSource | ((this: void, request: Request) => FlagSource | Promise<FlagSource>);
  /** Who is asking. Without it everybody is the same: shares of visitors then go to one release as a whole. */
  readonly context?: (this: void, request: Request) => EvaluationContext | Promise<EvaluationContext>;
  /** Attributes of the context that `/_fx/resolve` hands to the browser, beside `targetingKey`: none. */
  readonly share?: readonly string[];
  /** Counts that several servers share, `redisLimits` of `@fxc/runtime/redis`: this process's memory. */
  readonly limits?: SharedLimits;
  /** What one client may ask, a batch counted by its inputs: 100 in 10 seconds. `false`: as much as it likes. */
  readonly clientRate?: Rate | false;
  /** Whose request it is; undefined is not counted. The address that the adapter gives, of IPv6 its first half. */
  readonly clientKey?: (this: void, request: Request) => string | undefined;
  /** Origins of the application's pages, `https://shop.example`: the one that the request itself names. */
  readonly allowedOrigins?: readonly string[];
  /** Bytes that the body of a request may have: 64 KiB. */
  readonly maxInput?: number;
  /** Milliseconds in which a body has to arrive: 10 seconds. */
  readonly bodyPatience?: number;
  /** Milliseconds that a call may take where its manifest has no budget: 30 seconds. */
  readonly longestCall?: number;
  /** Whoever reads `/_fx/metrics` says it as `Authorization: Bearer …`; without it nobody can. */
  readonly metricsToken?: string;
  /** `false`: counts of browsers, which are their word, are not taken. */
  readonly beacons?: false;
  /** The project's own thresholds: they stand in where a manifest has none for their metric. */
  readonly alerts?: readonly Threshold[];
  /** Told when an alert begins and when it ends, of browsers and of this server apart. */
  readonly onAlert?: (this: void, alert: SideAlert) => void;
  /** Told when a canary crosses one of its thresholds. It is back in every browser that asks `/_fx/resolve`. */
  readonly onRollback?: (this: void, rollback: Rollback) => void;
  readonly observers?: readonly Observer[];
  /** Lines for whoever runs the server, without secrets: the console's errors. */
  readonly log?: (this: void, line: string) => void;
  readonly clock?: Clock;
}
