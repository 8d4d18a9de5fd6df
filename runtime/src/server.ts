// In: a request of a page for an operation that needs secrets. Out: the answer of its provider, checked; or a failure
// that says what kind it is and nothing that is nobody's business. Plain Fetch API: runs wherever that is.

import type { OperationInput } from './adapter.js';
import { HttpError } from './http.js';
import type { RemoteFailure } from './remote.js';
import { SERVER_PATH } from './remote.js';
import type { OperationShape } from './instance.js';
import { ShapeError } from './validate.js';

/** Values of environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One operation, done by one release. */
export type ServerFunction = (this: void, input: OperationInput, env: Environment, signal: AbortSignal) => Promise<unknown>;

export interface ServerOperation extends OperationShape {
  /** By the label of the release. */
  readonly releases: Readonly<Record<string, ServerFunction>>;
}

export type ServerIntegration = Readonly<Record<string, ServerOperation>>;

/** What the server half can do, by integration and operation. */
export type ServerOperations = Readonly<Record<string, ServerIntegration>>;

const LARGEST_INPUT = 64 * 1024;
const LONGEST_CALL = 30_000;

/** A variable that a call needs is not set. */
class EnvironmentError extends Error {}

/** The value of a variable that a binding needs. */
export function variable(env: Environment, name: string): string {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined || value === '') throw new EnvironmentError(`the environment variable ${name} is not set`);
  return value;
}

/** The value of a variable that is a number. `initial` is for one that is not set. */
export function numeric(env: Environment, name: string, initial?: number): number {
  if (initial !== undefined && (!Object.hasOwn(env, name) || env[name] === '')) return initial;
  const value = Number(variable(env, name));
  if (!Number.isFinite(value)) throw new EnvironmentError(`the environment variable ${name} is no number`);
  return value;
}

function processEnvironment(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } };
  return process?.env ?? {};
}

/** A refusal: what the page is told instead of a result. */
class Refusal extends Error {
  readonly status: number;
  readonly kind: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, kind: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.headers = headers;
  }
}

function answer(status: number, body: { readonly result: unknown } | { readonly error: RemoteFailure }, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  });
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function findOperation(operations: ServerOperations, request: Request): ServerOperation {
  const { pathname } = new URL(request.url);
  const [integration = '', operation = '', ...more] = pathname.startsWith(SERVER_PATH) ? pathname.slice(SERVER_PATH.length).split('/') : [];
  const found = own(own(operations, integration) ?? {}, decode(operation));
  if (!found || more.length > 0) throw new Refusal(404, 'missing', 'there is no such operation');
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Only pages of this host may spend its keys. Every browser says where a POST comes from. */
function checkOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const same = site !== null ? site === 'same-origin' : origin !== null && URL.canParse(origin) && new URL(origin).host === host;
  if (!same) throw new Refusal(403, 'rejected', 'the request does not come from a page of this host');
}

function checkHead(request: Request): void {
  if (request.method !== 'POST') throw new Refusal(405, 'rejected', 'operations are called by POST', { allow: 'POST' });
  checkOrigin(request);
  const type = request.headers.get('content-type') ?? '';
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') throw new Refusal(415, 'rejected', 'the input is sent as application/json');
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_INPUT) throw new Refusal(413, 'rejected', 'the input is too large');
}

/** The body, as far as it is read: a length that is not said, or said wrongly, does not fill the memory. */
async function readBody(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.byteLength;
    if (size > LARGEST_INPUT) {
      await reader?.cancel();
      throw new Refusal(413, 'rejected', 'the input is too large');
    }
    text += decoder.decode(next.value, { stream: true });
  }
  return text + decoder.decode();
}

interface Call {
  readonly run: ServerFunction;
  readonly input: OperationInput;
}

function readCall(operation: ServerOperation, text: string): Call {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'rejected', 'the input is no JSON');
  }
  const { release, input } = (typeof body === 'object' && body !== null ? body : {}) as { readonly release?: unknown; readonly input?: unknown };
  const run = typeof release === 'string' ? own(operation.releases, release) : undefined;
  if (!run) throw new Refusal(404, 'missing', 'there is no such release');
  try {
    return { run, input: operation.input(input, '') as OperationInput };
  } catch (error) {
    throw new Refusal(400, 'rejected', error instanceof ShapeError ? `the input is not what the operation takes: ${error.message}` : 'the input is not what the operation takes');
  }
}

/** What a page may know of a failure behind the server: its kind, never an address, a key or a stack. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HttpError) {
    const wait = error.retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfter / 1000)) };
    // The provider's refusal of our key is no refusal of the page.
    return new Refusal(error.kind === 'busy' ? 503 : error.kind === 'missing' ? 404 : 502, error.kind, error.message, wait);
  }
  if (error instanceof ShapeError) return new Refusal(502, 'rejected', 'the provider answered with something else than was agreed');
  if (error instanceof DOMException && error.name === 'TimeoutError') return new Refusal(504, 'unreachable', 'the provider does not answer in time');
  if (error instanceof EnvironmentError) {
    console.error(error.message); // for whoever runs the server; names are no secrets
    return new Refusal(500, 'unavailable', 'the server lacks something that the operation needs');
  }
  return new Refusal(502, 'unavailable', 'the provider could not be asked');
}

/** Answers a request for one of the operations. `env` is where secrets come from. */
export async function serve(operations: ServerOperations, request: Request, env: Environment = processEnvironment()): Promise<Response> {
  try {
    const operation = findOperation(operations, request);
    checkHead(request);
    const { run, input } = readCall(operation, await readBody(request));
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(LONGEST_CALL)]);
    const result = operation.result(await run(input, env, signal), '');
    return answer(200, { result });
  } catch (error) {
    const { status, kind, message, headers } = refusalOf(error);
    return answer(status, { error: { kind, message } }, headers);
  }
}
