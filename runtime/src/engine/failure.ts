// In: what a provider, or a limit before it, has thrown. Out: which failure that is for the fallback chain, if another
// provider could do better, and which kind of error a caller sees.

import type { FailureClass } from '../config.js';
import type { IntegrationErrorKind } from '../errors.js';
import { messageOf } from '../errors.js';
import { HttpError } from '../http.js';
import { PolicyError } from '../policy/policy.js';
import type { Validator } from '../validate.js';

/** The release does not run. */
export class StartError extends Error {}

/** An answer that is not what was agreed. */
export class ResultError extends Error {}

/** The answer as its type declares it. */
export function checkResult(result: Validator, value: unknown): unknown {
  try {
    return result(value, '');
  } catch (error) {
    throw new ResultError(messageOf(error), { cause: error }); // one that holds itself ends in a RangeError
  }
}

const CLASSES: { readonly [kind: string]: FailureClass } = {
  unreachable: 'unreachable',
  unavailable: 'unavailable',
  busy: 'rate_limited',
  unauthorized: 'unauthorized',
  unreadable: 'unreadable',
  timeout: 'timeout',
  limited: 'rate_limited',
  open: 'breaker_open',
};

/** Undefined where it is the answer to this very input, which no other provider would know better. */
export function failureOf(error: unknown): FailureClass | undefined {
  if (error instanceof StartError) return 'start_failure';
  if (error instanceof ResultError) return 'unreadable';
  return error instanceof HttpError || error instanceof PolicyError ? CLASSES[error.kind] : undefined;
}

export function kindOf(error: unknown): IntegrationErrorKind {
  if (error instanceof StartError) return 'unavailable';
  if (error instanceof ResultError) return 'result';
  return error instanceof PolicyError ? error.kind : 'failed';
}
