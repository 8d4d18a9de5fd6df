// In: a project's server half. Out: its handler, `(request) => response` of the Fetch API, for whatever server there is.

import type { Environment } from './environment.js';
import { Half } from './half.js';
import type { ServerHalf } from './operations.js';
import type { HandlerOptions } from './options.js';
import type { Resolved } from './resolve.js';

/** Answers requests under `/_fx/`. `env` is where keys come from, for platforms that hand it over with each request. */
export type FetchHandler = (this: void, request: Request, env?: Environment) => Promise<Response>;

/** One handler lives as long as it is held: limits and counts are its own. */
export interface Handler {
  (this: void, request: Request, env?: Environment): Promise<Response>;
  /** What holds for the visitor of a page that the application renders: `resolutionScript` hands it to the browser. */
  readonly resolve: (this: void, request: Request) => Promise<Resolved>;
}

export function serverHalf(half: ServerHalf, options: HandlerOptions = {}): Handler {
  const served = new Half(half, options);
  const handler: FetchHandler = (request, env) => served.answer(request, env);
  return Object.assign(handler, { resolve: (request: Request) => served.resolve(request) });
}

const served = new WeakMap<object, Half>();

/** Answers a request with the defaults of all options. Limits are kept by half. */
export function serve(half: ServerHalf, request: Request, env?: Environment): Promise<Response> {
  let found = served.get(half);
  if (!found) {
    found = new Half(half);
    served.set(half, found);
  }
  return found.answer(request, env);
}
