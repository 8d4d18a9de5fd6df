// In: a request as a binding describes it. Out: the answer's JSON, or an HttpError that says what kind of failure it
// was. What is missing is left out of queries, headers and bodies. No error's text holds a URL: keys may stand in it.

/**
 * `unreachable`: no answer; `unauthorized`: 401, 403; `missing`: 404, 410; `busy`: 429; `unavailable`: 5xx;
 * `rejected`: every other failure; `unreadable`: the answer is no JSON.
 */
export type HttpErrorKind = 'unreachable' | 'unauthorized' | 'missing' | 'busy' | 'unavailable' | 'rejected' | 'unreadable';

export class HttpError extends Error {
  readonly kind: HttpErrorKind;
  /** 0 if there was no answer. */
  readonly status: number;
  /** Milliseconds that the provider asks to wait, where it does. */
  readonly retryAfter: number | undefined;

  constructor(kind: HttpErrorKind, status: number, message: string, retryAfter?: number, cause?: unknown) {
    super(message, { cause });
    this.name = 'HttpError';
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Values by name: text, numbers, booleans, lists of these; undefined and null are left out. */
export type Fields = Readonly<Record<string, unknown>>;

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly query?: Fields;
  readonly headers?: Fields;
  readonly basic?: { readonly user: unknown; readonly password: unknown };
  readonly bearer?: unknown;
  readonly json?: unknown;
  readonly form?: Fields;
  readonly signal: AbortSignal;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** As a form is sent, `application/x-www-form-urlencoded`: a list is its name several times. */
export function formText(fields: Fields): string {
  const list = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (isGiven(one)) list.append(name, String(one));
    }
  }
  return list.toString();
}

/** JSON without what is missing, in lists too. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (Array.isArray(member) ? member.filter((one) => one !== undefined) : member)) ?? 'null';
}

/** A value as one step of a URL's path: it can neither leave its place nor vanish. */
export function part(value: unknown): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..') throw new TypeError(`'${text}' can not be a part of a URL`);
  return encodeURIComponent(text);
}

function address({ url, query = {} }: HttpRequest): string {
  const text = formText(query);
  if (text === '') return url;
  const [before = '', ...fragment] = url.split('#');
  return [`${before}${before.includes('?') ? '&' : '?'}${text}`, ...fragment].join('#');
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function headersOf({ headers = {}, basic, bearer, json, form }: HttpRequest): Headers {
  const list = new Headers({ accept: 'application/json' });
  if (json !== undefined) list.set('content-type', 'application/json');
  if (form !== undefined) list.set('content-type', 'application/x-www-form-urlencoded');
  if (basic) list.set('authorization', `Basic ${base64(`${String(basic.user)}:${String(basic.password)}`)}`);
  if (isGiven(bearer)) list.set('authorization', `Bearer ${String(bearer)}`);
  for (const [name, value] of Object.entries(headers)) {
    if (isGiven(value)) list.set(name, Array.isArray(value) ? value.map(String).join(', ') : String(value));
  }
  return list;
}

function kindOf(status: number): HttpErrorKind {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404 || status === 410) return 'missing';
  if (status === 429) return 'busy';
  return status >= 500 ? 'unavailable' : 'rejected';
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3). */
export function waitOf(response: Response): number | undefined {
  const text = response.headers.get('retry-after');
  if (text === null) return undefined;
  const wait = /^[0-9]+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

export async function send(url: string, init: RequestInit & { readonly signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    init.signal.throwIfAborted();
    throw new HttpError('unreachable', 0, 'the provider does not answer', undefined, error);
  }
}

/** The whole body; an answer that breaks off in its midst is none. */
async function textOf(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw new HttpError('unreachable', response.status, 'the answer of the provider breaks off', undefined, error);
  }
}

export async function jsonOf(response: Response, signal: AbortSignal): Promise<unknown> {
  const text = await textOf(response, signal);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new HttpError('unreadable', response.status, 'the provider answered with something that is no JSON', undefined, error);
  }
}

/** Sends the request and reads the answer; undefined if it has no body. */
export async function request(description: HttpRequest): Promise<unknown> {
  return jsonOf(await exchange(description), description.signal);
}

/** Sends the request; that it was accepted is all the answer. */
export async function command(description: HttpRequest): Promise<void> {
  await (await exchange(description)).body?.cancel();
}

async function exchange(description: HttpRequest): Promise<Response> {
  const { method, json, form, signal } = description;
  const body = json !== undefined ? jsonText(json) : form !== undefined ? formText(form) : null;
  // A redirect would take headers of the binding, which may hold a key, to wherever it leads.
  const redirect = description.headers || description.basic || description.bearer !== undefined ? 'error' : 'follow';
  const response = await send(address(description), { method, headers: headersOf(description), body, redirect, signal });
  if (response.ok) return response;
  await response.body?.cancel().catch(() => undefined);
  throw new HttpError(kindOf(response.status), response.status, `the provider answered ${String(response.status)}`, waitOf(response));
}
