// In: what went wrong, and where. Out: the one error class that callers see, and the report that the
// application's `onIssue` is given.

/**
 * `unavailable`: no provider runs; `input`, `result`: a value of the wrong shape; `failed`: the provider's own error, an
 * `HttpError` as `cause` where a binding performed the call; `aborted`: who called has taken the call back.
 */
export type IntegrationErrorKind = 'unavailable' | 'input' | 'result' | 'failed' | 'disposed' | 'aborted';

export class IntegrationError extends Error {
  readonly kind: IntegrationErrorKind;
  readonly integration: string;
  readonly operation: string;

  constructor(kind: IntegrationErrorKind, integration: string, operation: string, message: string, cause?: unknown) {
    super(`${integration}.${operation}: ${message}`, { cause });
    this.name = 'IntegrationError';
    this.kind = kind;
    this.integration = integration;
    this.operation = operation;
  }
}

/** Something that the visitor did not see, for the fallback stood in. */
export interface IntegrationIssue {
  readonly integration: string;
  /** Label of the release concerned, or `''`. */
  readonly label: string;
  readonly phase: 'start' | 'attach' | 'call' | 'view' | 'dispose';
  readonly error: unknown;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
