// In: nothing. Out: the types of `integration-config.ts`, which fxc writes and the engine reads.
// Everything is readonly, so that a configuration written `as const` fits. All durations are milliseconds, all shares 0 to 1.

/** A value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Settings that a manifest hands to its provider. */
export interface ConfigValues {
  readonly [key: string]: JsonValue;
}

/** One release that can be started. */
export interface ReleaseConfig {
  /** Name of the provider; an adapter is looked up by it. */
  readonly provider: string;
  /** Semantic version of the release. */
  readonly release: string;
  readonly config: ConfigValues;
  /** Name of the module that holds the adapter, where the manifest names one. */
  readonly module?: string;
  /** On: the release goes before routes; off: it is never chosen; undecided: routes and canary may choose it. */
  readonly flag?: string;
  /** Operations that the server half performs: limits of their provider are kept there. */
  readonly server?: readonly string[];
  /** How long an answer of a repeatable operation may be kept. */
  readonly cache?: number;
}

/** `count` requests in any `per` milliseconds. */
export interface Rate {
  readonly count: number;
  readonly per: number;
}

export interface RetryLimit {
  /** How often it is tried again, behind the first attempt. */
  readonly attempts: number;
  readonly backoff: 'constant' | 'linear' | 'exponential';
  /** The first pause, and the longest. */
  readonly from: number;
  readonly to: number;
}

export interface BreakerLimit {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open before one call may try. */
  readonly reset: number;
}

export interface BatchLimit {
  readonly size: number;
  /** How long the first call waits for others. */
  readonly within: number;
}

/** What the manifest's `limits` say. */
export interface Limits {
  readonly rate?: Rate;
  /** Requests that may come at once: at most so many in any `burst / count * per`, and no more than the rate in the long run. */
  readonly burst?: number;
  readonly concurrency?: number;
  /** How long one attempt may take. */
  readonly timeout?: number;
  /** Calls that may wait for the rate or for others to end; one more is refused. */
  readonly queue?: number;
  readonly retry?: RetryLimit;
  readonly batch?: BatchLimit;
  readonly breaker?: BreakerLimit;
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** What must hold of the evaluation context. */
export interface Condition {
  readonly subject: string;
  readonly is: Comparison | 'in' | 'not in';
  readonly value: JsonValue;
}

/** A share of the visitors, those for whom all conditions hold, or that share of those. */
export interface Route {
  readonly release: string;
  readonly share?: number;
  readonly when?: readonly Condition[];
}

/** A metric and the bound that it may not cross: a share, or milliseconds of a latency. */
export interface Threshold {
  readonly metric: string;
  readonly is: Comparison;
  readonly bound: number;
  readonly over?: number;
}

export interface CanaryStage {
  readonly share: number;
  /** The last stage has no end. */
  readonly for?: number;
}

/** A release that more and more visitors get, until it fails. */
export interface Canary {
  readonly release: string;
  /** When the first stage began (ISO 8601); without it the first stage has no end. */
  readonly since?: string;
  readonly stages: readonly CanaryStage[];
  readonly rollback?: readonly Threshold[];
}

/** The failures of a call that a fallback can answer; `compiler/passes/failures.def` has what each means. */
export type FailureClass =
  | 'start_failure'
  | 'timeout'
  | 'unreachable'
  | 'unavailable'
  | 'rate_limited'
  | 'unauthorized'
  | 'unreadable'
  | 'breaker_open';

/** What is known of one integration. */
export interface IntegrationEntry {
  readonly provider: string;
  /** Label of the active release. */
  readonly version: string;
  readonly release: string;
  readonly config: ConfigValues;
  /** The manifest's word for the last resort: `static` or `manual-entry`. */
  readonly fallback: string;
  /** Labels that are tried after `version`, in order; the last is `static`. */
  readonly fallbackChain: readonly string[];
  /** The failures that a label of the chain is for, where it is not for all. */
  readonly triggers?: { readonly [label: string]: readonly FailureClass[] };
  /** Integrations that must have settled before this one starts. */
  readonly dependencies: readonly string[];
  /** By label, the oldest first: every release that can become live. */
  readonly releases: { readonly [label: string]: ReleaseConfig };
  readonly limits?: Limits;
  /** The longest that a call may take, retries and fallbacks included. */
  readonly budget?: number;
  /** Operations that may be tried again, and whose answers may be shared and kept. */
  readonly repeatable?: readonly string[];
  readonly routes?: readonly Route[];
  readonly canary?: Canary;
  readonly alerts?: readonly Threshold[];
  /** Where the manifest declares it: `integrations/address-validation.fx:3:13`. */
  readonly source?: string;
}

/** By the integration's name. */
export interface IntegrationConfig {
  readonly [name: string]: IntegrationEntry;
}
