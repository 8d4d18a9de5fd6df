// What tests of the server half share: a half made by hand as fxc emits it, a provider over real HTTP that answers as it
// is told, a server with the handler in it, and requests with every header under control.
import { createServer, request as send } from 'node:http';
import { nodeHandler } from '../../build/runtime/node/index.js';
import { list, optional, record, request, serverHalf, string, variable } from './modules.mjs';

/** Listens on a free loopback port. `sockets` is how many connections it has seen. */
export async function listen(handle) {
  const server = createServer(handle);
  let sockets = 0;
  server.on('connection', () => (sockets += 1));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    server,
    address: `http://127.0.0.1:${server.address().port}`,
    port: server.address().port,
    sockets: () => sockets,
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}

/** A provider: `reply(request)` gives `{status, json, text, headers, delay, destroy, half}`, `asked` has what came. */
export async function provider(reply = () => ({ json: { name: 'Ada' } })) {
  const self = { asked: [], reply };
  const served = await listen(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    self.asked.push({ method: message.method, url: message.url, headers: message.headers, body, at: performance.now() });
    const { status = 200, json, text, headers = {}, delay = 0, destroy = false, half: broken = false } = await self.reply(message, body);
    if (delay) await new Promise((done) => setTimeout(done, delay));
    if (destroy) return void message.socket.destroy();
    if (broken) return void response.writeHead(status, headers).write(text, () => message.socket.destroy());
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
  });
  return Object.assign(self, served);
}

export const SECRET = 'mark-5ecret/key+value=';
export const ENVIRONMENT = { KEY: { pattern: /^mark-.*$/, secret: true, required: true }, BASE: { secret: false, required: true }, MODE: { secret: false, required: false } };

/** The entry of the integration `people`, with one release. */
export const entry = (more = {}) => ({
  provider: 'registry', version: 'v1', release: '1.0.0', config: {}, fallback: 'static', fallbackChain: ['v2', 'static'], dependencies: [],
  releases: { v1: { provider: 'registry', release: '1.0.0', config: {}, server: ['find'] }, v2: { provider: 'other', release: '2.0.0', config: {}, server: ['find'] } },
  repeatable: ['find'], ...more,
});

const find = (input, env, signal) => request({ method: 'GET', url: `${variable(env, 'BASE')}/people`, query: { id: input.id, key: variable(env, 'KEY') }, bearer: variable(env, 'KEY'), signal });

/** As fxc emits it. `operations` are added to `find` and `save`. */
export function half(more = {}, operations = {}) {
  return {
    operations: {
      people: {
        find: { input: record({ id: string, note: optional(string) }), result: record({ name: string, list: optional(list(string)) }), releases: { v1: find, v2: find } },
        save: { input: record({ id: string }), result: record({ name: string }), releases: { v1: (input, env, signal) => request({ method: 'POST', url: `${variable(env, 'BASE')}/people`, json: input, bearer: variable(env, 'KEY'), signal }) } },
        ...operations,
      },
    },
    config: { people: entry(more) },
    environment: ENVIRONMENT,
  };
}

/** A server with the half in it. `lines` is what it logged. */
export async function halfServer(made, options = {}, nodeOptions = {}) {
  const lines = [];
  const served = await listen(nodeHandler(serverHalf(made, { log: (line) => lines.push(line), clientRate: false, ...options }), nodeOptions));
  return { ...served, lines, ask: (path, body, headers, more) => ask(served.port, path, body, headers, more) };
}

export const PAGE = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

/** Sends exactly these headers. A body that is no text is sent as JSON; without one it is a GET. */
export function ask(port, path, body, headers = PAGE, { method, signal } = {}) {
  const text = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const message = send({ host: '127.0.0.1', port, path, method: method ?? (text === undefined ? 'GET' : 'POST'), headers, agent: false, signal }, async (response) => {
      let answer = '';
      try {
        for await (const chunk of response) answer += chunk;
      } catch (error) {
        return reject(error);
      }
      let json;
      try {
        json = JSON.parse(answer);
      } catch {
        json = undefined;
      }
      resolve({ status: response.statusCode, headers: response.headers, text: answer, json });
    });
    message.on('error', reject);
    message.end(text);
  });
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
