// In: what went wrong, and where. Out: the one error class that callers see, and the report that the
// application's `onIssue` is given.

/**
 * `unavailable`: no provider runs; `input`, `result`: a value of the wrong shape; `failed`: the provider's own error, an
 * `HttpError` as `cause` where a binding performed the call; `timeout`: an attempt, or the whole call, took too long; `limited`: the queue
 * is full; `open`: the breaker is; `aborted`: who called has taken the call back.
 */
export type IntegrationErrorKind = 'unavailable' | 'input' | 'result' | 'failed' | 'timeout' | 'limited' | 'open' | 'disposed' | 'aborted';

export class IntegrationError extends Error {
  readonly kind: IntegrationErrorKind;
  readonly integration: string;
  readonly operation: string;
  /** Where the concept asks for it, `concept/checkout.html:12:26`, if an element does. */
  readonly source: string | undefined;

  constructor(kind: IntegrationErrorKind, integration: string, operation: string, message: string, cause?: unknown, source?: string) {
    super(`${integration}.${operation}: ${message}`, { cause });
    this.name = 'IntegrationError';
    this.kind = kind;
    this.integration = integration;
    this.operation = operation;
    this.source = source;
  }
}

/** Something that the visitor did not see, for the fallback stood in. */
export interface IntegrationIssue {
  readonly integration: string;
  /** Label of the release concerned, or `''`. */
  readonly label: string;
  readonly phase: 'start' | 'attach' | 'call' | 'view' | 'dispose' | 'config';
  /** Where the concept asks for it, `concept/checkout.html:12:26`, if an element does. */
  readonly source?: string | undefined;
  readonly error: unknown;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
