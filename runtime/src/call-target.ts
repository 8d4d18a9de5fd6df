// In: nothing. Out: the types of a call, and of the instance that it goes to.

import type { Choice } from './choice.js';
import type { Clock } from './clock.js';
import type { IntegrationEntry } from './config.js';
import type { IntegrationIssue } from './errors.js';
import type { AskRecord, CallRecord } from './observer.js';
import type { Slot } from './slot.js';
import type { Validator } from './validate.js';

/** Validators of one operation. */
export interface OperationShape {
  readonly input: Validator;
  readonly result: Validator;
}

export interface CallOptions {
  /** Takes the call back: it then rejects with the kind `aborted`, and nobody is told of an issue. */
  readonly signal?: AbortSignal | undefined;
  /** Where the concept asks for it. */
  readonly source?: string | undefined;
}

export interface CallHost {
  readonly clock: Clock;
  report(issue: IntegrationIssue): void;
  tell(kind: 'onAsk', record: AskRecord): void;
  tell(kind: 'onCall', record: CallRecord): void;
}

/** The instance, as its calls see it. */
export interface CallTarget {
  readonly name: string;
  readonly entry: IntegrationEntry;
  readonly host: CallHost;
  /** Aborted when the instance is disposed of. */
  readonly ended: AbortSignal;
  start(): Promise<void>;
  choice(): Choice;
  slot(label: string): Slot;
  /** A release has answered. */
  served(slot: Slot): void;
}
