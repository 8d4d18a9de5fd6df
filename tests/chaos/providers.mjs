// In: a plan. Out: providers on loopback that fail as it says, and what each was asked.

import { createServer } from 'node:http';

/** Longer than the timeout of every manifest. */
const SLOW = 2200;

/** How many of the latest orders are remembered. */
const MEMORY = 20_000;

class Provider {
  constructor(name, answer, { plan, random, second, key }) {
    Object.assign(this, { name, answer, plan, random, second, key });
    /** Requests of users in Node, of pages, and faults by kind. */
    this.asked = 0;
    this.askedByPages = 0;
    this.faults = {};
    this.times = [];
    this.most = 0;
    this.wrongKeys = 0;
    this.orders = new Map();
    this.doneTwice = 0;
    this.server = createServer((message, response) => void this.#serve(message, response));
    this.server.keepAliveTimeout = 30_000;
  }

  async #serve(message, response) {
    let body = '';
    try {
      for await (const chunk of message) body += chunk;
    } catch {
      return; // who asked has gone
    }
    const isUser = message.headers['x-user'] !== undefined || this.key !== undefined;
    if (isUser) this.asked += 1;
    else this.askedByPages += 1;
    this.#count(Date.now());
    const fault = this.plan.fault(this.name, this.second(), this.random);
    if (fault) this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    if (this.key !== undefined && message.headers.authorization !== `Bearer ${this.key}`) this.wrongKeys += 1;
    const text = JSON.stringify(this.answer(new URL(message.url, 'http://provider'), body ? JSON.parse(body) : undefined));
    if (body && fault !== 'busy') this.#order(JSON.parse(body).id);
    this.#reply(message, response, fault, text);
  }

  #reply(message, response, fault, text) {
    const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
    const end = (status, words, more = {}) => void response.writeHead(status, { ...headers, ...more }).end(words);
    const faults = {
      error: () => end(500, '{}'),
      busy: () => end(429, '{}', { 'retry-after': this.random() < 0.8 ? '0' : '1' }),
      slow: () => void setTimeout(() => end(200, text), SLOW),
      garbage: () => end(200, '<html>a page of words</html>', { 'content-type': 'text/html' }),
      drop: () => message.socket.destroy(),
      half: () => {
        response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(text) });
        response.write(text.slice(0, text.length / 2), () => message.socket.destroy());
      },
      key: () => end(this.random() < 0.5 ? 401 : 403, '{}'),
      shape: () => end(200, '{"unexpected":true}'),
    };
    if (fault) faults[fault]();
    else end(200, text);
  }

  /** The most requests in any 900 ms: their way here may have taken a little longer for some. */
  #count(now) {
    this.times.push(now);
    while (this.times[0] < now - 900) this.times.shift();
    this.most = Math.max(this.most, this.times.length);
  }

  #order(id) {
    if (this.orders.has(id)) this.doneTwice += 1;
    this.orders.set(id, true);
    if (this.orders.size > MEMORY) this.orders.delete(this.orders.keys().next().value);
  }
}

/** Listening providers by name; `close` ends them. */
export async function startProviders({ plan, random, second, key }) {
  const about = { plan, random, second };
  const address = (url) => ({ street: url.searchParams.get('street'), postcode: `P${url.searchParams.get('street')?.length ?? 0}` });
  const providers = {
    meridian: new Provider('meridian', address, about),
    harbor: new Provider('harbor', address, about),
    tariff: new Provider('tariff', (url) => ({ grams: Number(url.searchParams.get('grams')), price: Number(url.searchParams.get('grams')) * 2 }), { ...about, key }),
    clerk: new Provider('clerk', (_, { id }) => ({ id }), about),
  };
  for (const provider of Object.values(providers)) {
    await new Promise((ready) => provider.server.listen(0, '127.0.0.1', ready));
    provider.port = provider.server.address().port;
  }
  const close = () => {
    for (const { server } of Object.values(providers)) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { providers, close };
}
