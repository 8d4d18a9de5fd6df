/// <reference types="node" />
// In: a request of Node's HTTP server. Out: the same as a Request of the Fetch API, or null if no such request can be:
// then it is nobody's. The body flows as fast as it is read.

import type { IncomingMessage } from 'node:http';

/** A name or an address, and a port: a host that holds more would shift what stands behind it in the URL. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const take = (chunk: Uint8Array): void => {
    controller.enqueue(new Uint8Array(chunk));
    if ((controller.desiredSize ?? 0) <= 0) message.pause();
  };
  const end = (): void => controller.close();
  const fail = (error: Error): void => controller.error(error);
  return new ReadableStream<Uint8Array>({
    start(made) {
      controller = made;
      message.on('data', take).on('end', end).on('error', fail).pause();
    },
    pull: () => void message.resume(),
    // Destroying the message, as Node's own adapter does, would take the answer's connection away: the rest runs past.
    cancel: () => void message.off('data', take).off('end', end).off('error', fail).on('error', () => undefined).resume(),
  });
}

function headersOf(message: IncomingMessage): Headers {
  const headers = new Headers();
  const { rawHeaders } = message;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!name.startsWith(':')) headers.append(name, value); // a header that is said twice is two values: none of ours can be right then
  }
  return headers;
}

/** Whether TLS ends here; behind a proxy it ends there. */
function schemeOf(message: IncomingMessage): string {
  return (message.socket as { readonly encrypted?: boolean }).encrypted ? 'https' : 'http';
}

export function requestOf(message: IncomingMessage, signal: AbortSignal): Request | null {
  const { method = 'GET', url = '/' } = message;
  const host = message.headers.host ?? (message.headers[':authority'] as string | undefined) ?? '';
  // Only a path: not `*`, and not the address of another host.
  if (!url.startsWith('/') || !HOST.test(host)) return null;
  const bodiless = method === 'GET' || method === 'HEAD';
  try {
    const init: RequestInit & { readonly duplex: 'half' } = { method, headers: headersOf(message), body: bodiless ? null : bodyOf(message), signal, duplex: 'half' };
    return new Request(`${schemeOf(message)}://${host}${url}`, init);
  } catch {
    return null; // CONNECT, TRACE, a header that may not be
  }
}
