// In: a call of an operation that needs secrets. Out: what the server half answers: it performs the call, for the
// secrets must not reach a browser.

import type { OperationInput } from './adapter.js';
import type { HttpErrorKind } from './http.js';
import { HttpError, jsonOf, send } from './http.js';

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

export async function callServer(
  integration: string,
  operation: string,
  release: string,
  input: OperationInput,
  signal: AbortSignal,
): Promise<unknown> {
  const response = await send(`${SERVER_PATH}${integration}/${encodeURIComponent(operation)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify({ release, input }),
    signal,
  });
  const answer = (await jsonOf(response)) as Answer | null | undefined;
  if (response.ok) return answer?.result;
  const { kind = 'unavailable', message = `the server answered ${String(response.status)}` } = answer?.error ?? {};
  throw new HttpError(KINDS.includes(kind) ? (kind as HttpErrorKind) : 'unavailable', response.status, message);
}
