// In: a request. Out: a refusal, unless it comes from a page of this host: only such pages may spend its keys. Every
// browser says where a POST comes from, and no script can change what it says (RFC 6454; Fetch Metadata).

import { Refusal } from './refusal.js';

const FOREIGN = new Refusal(403, 'rejected', 'the request does not come from a page of this host');

function hostOf(request: Request): string {
  return request.headers.get('host') ?? new URL(request.url).host;
}

function isOwn(request: Request, origin: string, allowed: readonly string[] | undefined): boolean {
  if (allowed) return allowed.includes(origin);
  return URL.canParse(origin) && new URL(origin).host === hostOf(request);
}

/**
 * For what changes or spends something. With `allowed`, the origins of the application's pages, the host that the request
 * names counts for nothing: whoever resolves a name of his own to this server is refused too.
 */
export function checkOrigin(request: Request, allowed: readonly string[] | undefined): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site !== null && site !== 'same-origin') throw FOREIGN;
  // Behind a proxy that changes the host, what the browser says of the site still holds.
  const same = origin === null ? site !== null && !allowed : (site !== null && !allowed) || isOwn(request, origin, allowed);
  if (!same) throw FOREIGN;
}

/** For what is only read: tools that are no browsers may, pages of others may not. */
export function checkReader(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw FOREIGN;
}
