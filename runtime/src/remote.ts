// In: a call of an operation that needs secrets. Out: what the server half answers: it performs the call, for the
// secrets must not reach a browser.

import type { OperationInput } from './adapter.js';
import type { HttpErrorKind } from './http.js';
import { HttpError, jsonOf, send, waitOf } from './http.js';
import { PolicyError } from './policy/policy.js';

/** Where the server half listens, on the page's own host. */
export const SERVER_PATH = '/_fx/';

/** What the server half says of a failure. */
export interface RemoteFailure {
  readonly kind: string;
  readonly message: string;
}

interface Answer {
  readonly result?: unknown;
  readonly error?: RemoteFailure;
}

const KINDS: readonly string[] = ['unreachable', 'unauthorized', 'missing', 'busy', 'unavailable', 'rejected', 'unreadable'];
/** Limits of the provider, which the server half keeps. */
const LIMITS: readonly string[] = ['timeout', 'limited', 'open'];

function errorOf({ status }: Response, error: RemoteFailure | undefined, wait?: number): Error {
  const { kind = 'unavailable', message = `the server answered ${String(status)}` } = error ?? {};
  if (LIMITS.includes(kind)) return new PolicyError(kind as PolicyError['kind'], message, wait);
  return new HttpError(KINDS.includes(kind) ? (kind as HttpErrorKind) : 'unavailable', status, message, wait);
}

async function ask(integration: string, operation: string, body: unknown, signal: AbortSignal): Promise<[Response, unknown]> {
  const response = await send(`${SERVER_PATH}${integration}/${encodeURIComponent(operation)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
    signal,
  });
  const answer = await jsonOf(response, signal);
  if (response.ok) return [response, answer];
  throw errorOf(response, (answer as Answer | null | undefined)?.error, waitOf(response));
}

export async function callServer(
  integration: string,
  operation: string,
  release: string,
  input: OperationInput,
  signal: AbortSignal,
): Promise<unknown> {
  const [, answer] = await ask(integration, operation, { release, input }, signal);
  return (answer as Answer | null | undefined)?.result;
}

/** Several calls in one request: for each input a result or an error, in their order. */
export async function callServerBatch(
  integration: string,
  operation: string,
  release: string,
  inputs: readonly OperationInput[],
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const [response, answer] = await ask(integration, operation, { release, inputs }, signal);
  const { results } = (answer ?? {}) as { readonly results?: readonly Answer[] };
  return inputs.map((_, i) => {
    const one = results?.[i];
    return one && !one.error ? one.result : errorOf(response, one?.error);
  });
}
