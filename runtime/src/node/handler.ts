/// <reference types="node" />
// In: a handler of the Fetch API. Out: the same for Node's HTTP server, and for all that take its requests (Express, Vite).
// Who goes away aborts the work that was begun for him.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setAddress } from '../server/client-key.js';
import type { FetchHandler } from '../server/handler.js';
import { requestOf } from './request.js';

export interface NodeHandlerOptions {
  /**
   * How many proxies of one's own stand in front: the client is who the first of them names in `X-Forwarded-For`. Without
   * any, that header is the client's own word and counts for nothing.
   */
  readonly trustedProxies?: number;
}

export type NodeHandler = (this: void, message: IncomingMessage, response: ServerResponse) => void;

function clientOf(message: IncomingMessage, proxies: number): string {
  const peer = message.socket.remoteAddress ?? '';
  const named = String(message.headers['x-forwarded-for'] ?? '').split(',').map((one) => one.trim());
  return proxies > 0 ? (named.at(-proxies) || peer) : peer;
}

/** Resolves when more can be written, or nobody is there for it. */
function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

async function write(answer: Response, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers: Record<string, string | string[]> = Object.fromEntries(answer.headers);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  // What is still to come of a body that nobody reads is not taken for the next request.
  if (!message.complete && message.httpVersionMajor < 2) headers['connection'] = 'close';
  response.writeHead(answer.status, headers);
  const reader = answer.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    if (response.destroyed) return void (await reader?.cancel());
    if (!response.write(next.value)) await room(response);
  }
  response.end();
  message.resume();
}

async function serveMessage(handler: FetchHandler, message: IncomingMessage, response: ServerResponse, proxies: number): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const request = requestOf(message, gone.signal);
  if (request) setAddress(request, clientOf(message, proxies));
  const answer = request ? await handler(request) : new Response(null, { status: 400 });
  if (!response.destroyed) await write(answer, message, response);
}

/** Never throws and never rejects: an error of the handler is an answer 500 without words. */
export function nodeHandler(handler: FetchHandler, { trustedProxies = 0 }: NodeHandlerOptions = {}): NodeHandler {
  return (message, response) => {
    serveMessage(handler, message, response, trustedProxies).catch(() => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(500, { 'cache-control': 'no-store', connection: 'close' }).end();
    });
  };
}
