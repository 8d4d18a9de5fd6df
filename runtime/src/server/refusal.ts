// In: why there is no result. Out: the answer that says so, in fixed words: no address, no key, no stack, nothing of what
// a provider said. Every answer of the server half is made here.

import { HttpError } from '../http.js';
import { PolicyError } from '../policy/policy.js';
import type { RemoteFailure } from '../remote.js';
import { ShapeError } from '../validate.js';
import { EnvironmentError } from './environment.js';

type Headers = Readonly<Record<string, string>>;

/** What the page is told instead of a result. */
export class Refusal extends Error {
  readonly status: number;
  readonly kind: string;
  readonly headers: Headers;

  constructor(status: number, kind: string, message: string, headers: Headers = {}) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.headers = headers;
  }

  failure(): RemoteFailure {
    return { kind: this.kind, message: this.message };
  }
}

const FIXED: Headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** An answer of JSON. */
export function answer(status: number, body: unknown, headers: Headers = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...FIXED, 'content-type': 'application/json', ...headers } });
}

/** An answer of another kind, or without a body. */
export function plainAnswer(status: number, text: string | null, headers: Headers = {}): Response {
  return new Response(text, { status, headers: { ...FIXED, ...headers } });
}

export function refuse({ status, headers, kind, message }: Refusal): Response {
  return answer(status, { error: { kind, message } }, headers);
}

/** Seconds, rounded up: who comes back after them is not too early. */
export function retryAfter(ms: number | undefined): Headers {
  return ms === undefined || !Number.isFinite(ms) ? {} : { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) };
}

const STATUS: Readonly<Record<string, number>> = { busy: 503, missing: 404 };
const LIMITS = {
  timeout: [504, 'the provider does not answer in time'],
  limited: [503, 'too many calls wait for the provider'],
  open: [503, 'the provider is left alone for a while'],
} as const;

/** What a page may know of a failure behind the server: its kind. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HttpError) {
    // The provider's refusal of our key is no refusal of the page.
    const message = error.status === 0 ? 'the provider does not answer' : error.message;
    return new Refusal(STATUS[error.kind] ?? 502, error.kind, message, retryAfter(error.retryAfter));
  }
  if (error instanceof PolicyError) {
    const [status, message] = LIMITS[error.kind];
    return new Refusal(status, error.kind, message, retryAfter(error.retryAfter));
  }
  if (error instanceof ShapeError) return new Refusal(502, 'unreadable', 'the provider answered with something else than was agreed');
  if (error instanceof DOMException && error.name === 'TimeoutError') return new Refusal(504, 'timeout', LIMITS.timeout[1]);
  if (error instanceof EnvironmentError) return new Refusal(500, 'unavailable', 'the server lacks something that the operation needs');
  return new Refusal(502, 'unavailable', 'the provider could not be asked');
}
