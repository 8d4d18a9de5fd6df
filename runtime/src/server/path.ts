// In: the address of a request. Out: what it asks for. One spelling leads to each place: no folding of case, of empty
// parts, of dots, so that a proxy in front which allows some of them and this half never read an address differently.

import { SERVER_PATH } from '../remote.js';
import type { ServerOperation, ServerOperations } from './operations.js';
import { own } from '../own.js';
import { Refusal } from './refusal.js';

export type Service = 'metrics' | 'health' | 'resolve';

export interface OperationPlace {
  readonly integration: string;
  readonly operation: string;
  readonly found: ServerOperation;
}

const SERVICES: readonly string[] = ['metrics', 'health', 'resolve'] satisfies readonly Service[];

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function placeOf(operations: ServerOperations, request: Request): Service | OperationPlace {
  const { pathname } = new URL(request.url);
  const parts = pathname.startsWith(SERVER_PATH) ? pathname.slice(SERVER_PATH.length).split('/') : [];
  const [integration = '', name = ''] = parts;
  if (parts.length === 1 && SERVICES.includes(integration)) return integration as Service;
  const operation = decode(name);
  const found = own(own(operations, integration), operation);
  // What `callServer` writes, and no other spelling of it.
  if (!found || parts.length !== 2 || name !== encodeURIComponent(operation)) throw new Refusal(404, 'missing', 'there is no such operation');
  return { integration, operation, found };
}
