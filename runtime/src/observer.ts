// In: nothing. Out: what the engine tells whoever counts: the monitor, OpenTelemetry, an application of its own.
// Every call of an operation is one `onCall`; every release that was asked on the way is one `onAsk`.

import type { FailureClass } from './config.js';
import type { IntegrationErrorKind, IntegrationIssue } from './errors.js';
import type { SelectionReason } from './selection/select.js';

/**
 * Where an instance stands. `idle`: nothing has begun; `starting`; `ready`: the release in force runs;
 * `fallback`: a later release of the chain runs, or has answered the last call; `static`: no provider runs, the concept's markup serves.
 */
export type IntegrationState = 'idle' | 'starting' | 'ready' | 'fallback' | 'static';

/** What a record is about. `source` is the place in the concept, `concept/checkout.html:12:26`, where there is one. */
export interface Subject {
  readonly integration: string;
  readonly operation: string;
  readonly source: string | undefined;
}

/** A release was asked, once or with retries. */
export interface AskRecord extends Subject {
  /** Its label. */
  readonly release: string;
  readonly result: 'ok' | 'error' | 'timeout';
  /** Undefined where it is none that another provider could answer. */
  readonly failure: FailureClass | undefined;
  /** Requests that were sent: 0 if the breaker or the queue was in the way, or an answer could be shared. */
  readonly attempts: number;
  readonly ms: number;
}

/** A call has ended; one that its caller took back, or whose input is wrong, is not told. */
export interface CallRecord extends Subject {
  /** The release that was chosen, and the one that answered: `static` if none did. */
  readonly chosen: string;
  readonly answered: string;
  /** Somebody else answered than was chosen, or nobody. */
  readonly fallback: boolean;
  readonly error: IntegrationErrorKind | undefined;
  readonly ms: number;
}

export interface StateRecord {
  readonly integration: string;
  readonly state: IntegrationState;
  /** Label of the release that runs, or `''`. */
  readonly release: string;
  readonly reason: SelectionReason;
}

export interface BreakerRecord {
  readonly integration: string;
  readonly release: string;
  readonly state: 'closed' | 'open' | 'half-open';
}

/** Somebody asked for another release than the one that would have been chosen, or for another value of a flag. */
export interface OverrideRecord {
  /** `''` where it is about a flag. */
  readonly integration: string;
  readonly flag?: string;
  /** Null: back to what would be chosen. Of a flag `on` or `off`. */
  readonly release: string | null;
  readonly by: string;
  readonly permitted: boolean;
}

export interface Observer {
  onAsk?(this: void, record: AskRecord): void;
  onCall?(this: void, record: CallRecord): void;
  onState?(this: void, record: StateRecord): void;
  onBreaker?(this: void, record: BreakerRecord): void;
  onOverride?(this: void, record: OverrideRecord): void;
  onIssue?(this: void, issue: IntegrationIssue): void;
}
