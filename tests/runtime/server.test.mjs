// The server half over real HTTP: what it answers, what it refuses, and what it never says.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ENVIRONMENT, PAGE, SECRET, half, halfServer, pause, provider } from './half.mjs';

const call = (input = { id: '7' }, release = 'v1') => ({ release, input });
const FIND = '/_fx/people/find';

describe('the server half', () => {
  let registry;
  let env;
  before(async () => {
    registry = await provider();
    env = { BASE: registry.address, KEY: SECRET };
  });
  after(() => registry.close());

  /** Runs `work` against a half of its own; no answer and no line of its log may hold the secret. */
  const withHalf = async (made, options, work) => {
    const server = await halfServer(made, { env, ...options });
    const said = [];
    const asking = async (...parameters) => {
      const answer = await server.ask(...parameters);
      said.push(answer.text, JSON.stringify(answer.headers));
      return answer;
    };
    const before = console.error;
    console.error = (...words) => said.push(words.join(' '));
    try {
      await work(asking, server);
    } finally {
      console.error = before;
      await server.close();
    }
    for (const text of [...said, ...server.lines]) {
      for (const marker of ['5ecret', encodeURIComponent(SECRET), btoa(SECRET).slice(0, 20), registry.address.slice(7)]) assert.ok(!text.includes(marker), text);
    }
    return server;
  };
  const refused = (answer, status, kind) => assert.deepEqual([answer.status, answer.json?.error.kind], [status, kind], answer.text);

  it('asks with the keys of the environment, and gives what was declared', async () => {
    registry.reply = () => ({ json: { name: 'Ada', more: 1 } });
    await withHalf(half(), {}, async (ask) => {
      const { status, json, headers } = await ask(FIND, call());
      assert.deepEqual([status, json], [200, { result: { name: 'Ada' } }]);
      assert.deepEqual([headers['cache-control'], headers['x-content-type-options'], headers['content-type']], ['no-store', 'nosniff', 'application/json']);
      assert.equal(registry.asked.at(-1).headers.authorization, `Bearer ${SECRET}`);
    });
  });

  it('refuses what does not come from a page of this host', async () => {
    const count = registry.asked.length;
    await withHalf(half(), {}, async (ask) => {
      const from = async (headers) => refused(await ask(FIND, call(), { 'content-type': 'application/json', ...headers }), 403, 'rejected');
      for (const site of ['cross-site', 'same-site', 'none', '', 'SAME-ORIGIN', 'same-origin, cross-site']) await from({ 'sec-fetch-site': site });
      for (const origin of ['https://evil.example', 'null', '', 'http://127.0.0.1', 'http://127.0.0.1:1']) await from({ origin });
      await from({});
      await from({ 'sec-fetch-site': ['same-origin', 'cross-site'] });
    });
    assert.equal(registry.asked.length, count);
    await withHalf(half(), {}, async (ask, { port }) => {
      const own = await ask(FIND, call(), { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` });
      assert.equal(own.status, 200);
    });
  });

  it('takes the application\'s word for the origins of its pages', async () => {
    await withHalf(half(), { allowedOrigins: ['https://shop.example'] }, async (ask, { port }) => {
      const from = async (status, headers) => assert.equal((await ask(FIND, call(), { 'content-type': 'application/json', ...headers })).status, status, JSON.stringify(headers));
      await from(200, { origin: 'https://shop.example' });
      await from(200, { origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' });
      await from(403, { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' });
      await from(403, { origin: 'http://shop.example' });
      // A name of somebody else's that leads here: the browser takes both for one site.
      await from(403, { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' });
      await from(403, { 'sec-fetch-site': 'same-origin' });
    });
  });

  it('knows one spelling of each address', async () => {
    await withHalf(half(), {}, async (ask) => {
      const paths = ['/_fx/', '/_fx', '/_fx/people', '/_fx/people/', '/_fx/people/find/', '/_fx//people/find', '/_fx/people//find', '//_fx/people/find', '/_FX/people/find', '/_fx/People/find',
        '/_fx/people/Find', '/_fx/people/%66ind', '/_fx/%70eople/find', '/_fx/people%2Ffind', '/_fx/people/find%00', '/_fx/people/%', '/_fx/people/%E0%A4%A', '/_fx/./people/find/..', '/_fx/../x',
        '/_fx/__proto__/find', '/_fx/people/__proto__', '/_fx/people/constructor', '/_fx/toString/call', '/_fx/people/hasOwnProperty', '/_fx/people;x/find', '/_fx/people/find;x', '/x/_fx/people/find'];
      for (const path of paths) refused(await ask(path, call()), 404, 'missing');
      assert.equal((await ask('/_fx/x/../people/find', call())).status, 200); // as every client of the Fetch API reads it
      assert.equal((await ask(`${FIND}?release=v9#x`, call())).status, 200);
    });
  });

  it('refuses what is no call', async () => {
    const count = registry.asked.length;
    await withHalf(half(), {}, async (ask) => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await ask(FIND, undefined, PAGE, { method });
        refused(answer, 405, 'rejected');
        assert.equal(answer.headers.allow, 'POST');
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', '', 'application/json-patch+json']) {
        refused(await ask(FIND, call(), { ...PAGE, 'content-type': type }), 415, 'rejected');
      }
      assert.equal((await ask(FIND, call(), { ...PAGE, 'content-type': 'Application/JSON; charset=utf-8' })).status, 200);
      refused(await ask(FIND, gzipSync(JSON.stringify(call())), { ...PAGE, 'content-encoding': 'gzip' }), 415, 'rejected');
      refused(await ask(FIND, JSON.stringify(call()), { ...PAGE, 'content-encoding': 'br, identity' }), 415, 'rejected');
      for (const body of ['', '{', '{"release":"v1","input":{"id":"7"}} x', '[[', 'undefined', Buffer.from([0x22, 0xff, 0x22]), '\u0000', '{"release":"v1",}']) refused(await ask(FIND, body), 400, 'rejected');
      for (const body of ['null', '7', '[]', '"v1"', '{}', '{"release":7}', '{"release":null}', call({}, 'v9'), call({}, '__proto__'), call({}, 'constructor'), call({}, '')]) refused(await ask(FIND, body), 404, 'missing');
      refused(await ask(FIND, { release: 'v1' }), 400, 'rejected');
      for (const input of [null, 7, [], {}, { id: 7 }, { id: null }, { id: ['7'] }, { id: { toString: 1 } }, '7']) refused(await ask(FIND, call(input)), 400, 'rejected');
      refused(await ask(FIND, '{"release":"v1","input":{"__proto__":{"id":"7"}}}'), 400, 'rejected');
      const deep = (depth) => ask(FIND, `{"release":"v1","input":{"id":"7\\"[[","more":${'['.repeat(depth)}${']'.repeat(depth)}}}`);
      assert.equal((await deep(60)).status, 200);
      assert.equal((await deep(64)).json.error.message, 'the input is nested too deeply');
      assert.equal((await deep(20_000)).status, 400);
      const { error } = (await ask(FIND, call({ id: 7 }))).json;
      assert.equal(error.message, 'the input is not what the operation takes: id: expected a string, found a value of type number');
    });
    assert.equal(registry.asked.length, count + 2);
  });

  it('passes on only what the operation takes', async () => {
    await withHalf(half(), {}, async (ask) => {
      assert.equal((await ask('/_fx/people/save', '{"release":"v1","input":{"id":"7","admin":true,"__proto__":{"admin":true},"constructor":1}}')).status, 200);
      assert.equal(registry.asked.at(-1).body, '{"id":"7"}');
      assert.equal({}.admin, undefined);
    });
  });

  it('refuses bodies that are too large, whatever they say of their length', async () => {
    await withHalf(half(), {}, async (ask, { port }) => {
      refused(await ask(FIND, call({ id: '7'.repeat(70_000) })), 413, 'rejected');
      refused(await ask(FIND, '{}', { ...PAGE, 'content-length': '999999999' }, {}), 413, 'rejected');
      // In pieces, without a length: ends when it is too much, and the connection with it.
      const answer = await new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        let [text, sent] = ['', 0];
        socket.write(`POST ${FIND} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nsec-fetch-site: same-origin\r\ntransfer-encoding: chunked\r\n\r\n`);
        const more = setInterval(() => {
          if (sent > 1e7) return;
          sent += 16_384;
          socket.write(`4000\r\n${' '.repeat(16_384)}\r\n`);
        }, 2);
        socket.on('data', (chunk) => (text += chunk));
        socket.on('error', reject);
        socket.on('close', () => {
          clearInterval(more);
          resolve({ text, sent });
        });
      }).catch((error) => ({ text: String(error), sent: 0 }));
      assert.match(answer.text, /^HTTP\/1.1 413 |ECONNRESET|EPIPE/);
      assert.ok(answer.sent < 1e6, String(answer.sent));
      assert.equal((await ask(FIND, call())).status, 200);
    });
  });

  it('does not wait for a body that dribbles in', async () => {
    await withHalf(half(), { bodyPatience: 200 }, async (_, { port }) => {
      const began = performance.now();
      const text = await new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        let [said, sent] = ['', 0];
        socket.write(`POST ${FIND} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nsec-fetch-site: same-origin\r\ncontent-length: 1000\r\n\r\n`);
        const more = setInterval(() => (sent += 1) < 100 && socket.writable && socket.write(' '), 20);
        socket.on('data', (chunk) => (said += chunk));
        socket.on('error', reject);
        socket.on('close', () => {
          clearInterval(more);
          resolve(said);
        });
      });
      assert.match(text, /^HTTP\/1.1 408 /);
      assert.ok(performance.now() - began < 1500);
    });
  });

  it('tells a failure by its kind and nothing else', async () => {
    const nasty = { text: `${SECRET} ${registry.address}`, headers: { 'x-key': SECRET, 'retry-after': '7' } };
    await withHalf(half(), {}, async (ask, { lines }) => {
      const fails = async (status, kind, answer) => {
        registry.reply = () => answer;
        const found = await ask(FIND, call());
        refused(found, status, kind);
        return found;
      };
      await fails(502, 'unauthorized', { status: 401, ...nasty });
      await fails(502, 'unavailable', { status: 500, ...nasty });
      await fails(404, 'missing', { status: 404, ...nasty });
      await fails(502, 'rejected', { status: 418, ...nasty });
      await fails(502, 'unreadable', { status: 200, ...nasty });
      await fails(502, 'unreadable', { json: { name: 7, key: SECRET } });
      await fails(502, 'unreachable', { destroy: true });
      assert.equal((await fails(503, 'busy', { status: 429, ...nasty })).headers['retry-after'], '7');
      await fails(502, 'unreadable', { json: { name: `key=${SECRET}` } }); // an echo of the key
      await fails(502, 'unreadable', { json: { name: `?key=${encodeURIComponent(SECRET)}` } });
      await fails(502, 'unreadable', { json: { name: 'x', list: [btoa(`user:${SECRET}`)] } });
      await fails(502, 'unreadable', { json: { name: 'x', list: [btoa(`me:${SECRET}`)] } });
      assert.deepEqual(lines, ['people.find (v1): the provider refuses the key']);
    });
    registry.reply = () => ({ json: { name: 'Ada' } });
  });

  it('keeps secrets out of its log, in every spelling and in causes', async () => {
    const made = half({}, {
      odd: {
        input: (value) => value, result: (value) => value,
        releases: {
          v1: () => { throw new Error(`no ${SECRET} at https://u:p@host.example/x?key=1`, { cause: new TypeError(`cause ${encodeURIComponent(SECRET)}\r\nforged line`, { cause: { message: 'odd' } }) }); },
          v2: () => { throw SECRET; },
        },
      },
    });
    const { lines } = await withHalf(made, {}, async (ask) => {
      refused(await ask('/_fx/people/odd', call({}, 'v1')), 502, 'unavailable');
      refused(await ask('/_fx/people/odd', call({}, 'v2')), 502, 'unavailable');
    });
    assert.deepEqual(lines, [
      'people.odd (v1): Error: no [secret] at https://host.example/x <- TypeError: cause [secret] forged line <- [object Object]',
      'people.odd (v2): [secret]',
    ]);
  });

  it('says what is missing by name, and nowhere a value', async () => {
    const asks = async (env, status, found, said) => {
      const { lines } = await withHalf(half(), { env }, async (ask) => {
        const health = await ask('/_fx/health', undefined, {});
        assert.deepEqual([health.status, health.json], [status, found]);
        if (status === 200) return;
        refused(await ask(FIND, call()), 500, 'unavailable');
      });
      assert.deepEqual(lines, said);
    };
    await asks(env, 200, { status: 'ok' }, []);
    await asks({ BASE: env.BASE }, 503, { status: 'unavailable', missing: ['KEY'], malformed: [] }, ['the environment variable KEY is not set']);
    await asks({ BASE: env.BASE, KEY: '' }, 503, { status: 'unavailable', missing: ['KEY'], malformed: [] }, ['the environment variable KEY is not set']);
    await asks({ BASE: env.BASE, KEY: 'other-5ecret' }, 503, { status: 'unavailable', missing: [], malformed: ['KEY'] }, ['the environment variable KEY does not match its pattern']);
    assert.deepEqual(Object.keys(ENVIRONMENT), ['KEY', 'BASE', 'MODE']);
  });

  it('answers a batch in its order, each call for itself', async () => {
    registry.reply = ({ url }) => {
      const id = new URL(url, 'http://x').searchParams.get('id');
      return id === 'bad' ? { status: 500 } : { json: { name: id }, delay: id === '0' ? 60 : 0 };
    };
    await withHalf(half(), {}, async (ask) => {
      const batch = (inputs) => ask(FIND, { release: 'v1', inputs });
      const { status, json } = await batch([{ id: '0' }, { id: 'bad' }, { id: 7 }, { id: '3' }]);
      assert.equal(status, 200);
      assert.deepEqual(json.results.map(({ result, error }) => result?.name ?? error.kind), ['0', 'unavailable', 'rejected', '3']);
      for (const inputs of [[], {}, 'x', null, Array(51).fill({ id: '1' })]) refused(await batch(inputs), 400, 'rejected');
      assert.equal((await batch(Array(50).fill({ id: '1' }))).json.results.length, 50);
    });
    await withHalf(half({ limits: { batch: { size: 2, within: 5 } } }), {}, async (ask) => refused(await ask(FIND, { release: 'v1', inputs: [{ id: '1' }, { id: '1' }, { id: '1' }] }), 400, 'rejected'));
    registry.reply = () => ({ json: { name: 'Ada' } });
  });

  it('limits each client, a batch by its inputs', async () => {
    await withHalf(half(), { clientRate: { count: 3, per: 60_000 }, clientKey: (request) => request.headers.get('x-client') ?? undefined }, async (ask) => {
      const as = (client, body = call()) => ask(FIND, body, { ...PAGE, ...(client && { 'x-client': client }) });
      const statuses = [];
      for (let i = 0; i < 5; i += 1) statuses.push((await as('a')).status);
      assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
      const last = await as('a');
      refused(last, 429, 'busy');
      assert.ok(Number(last.headers['retry-after']) > 50 && Number(last.headers['retry-after']) <= 60);
      assert.equal((await as('b')).status, 200);
      refused(await as('c', { release: 'v1', inputs: Array(4).fill({ id: '1' }) }), 429, 'busy');
      for (let i = 0; i < 5; i += 1) assert.equal((await as('')).status, 200); // nobody's
    });
  });

  it('aborts the provider\'s work when the page goes away', async () => {
    let gone;
    registry.reply = (message) => {
      gone = new Promise((resolve) => message.socket.on('close', () => resolve(true)));
      return { json: { name: 'late' }, delay: 3000 };
    };
    await withHalf(half(), {}, async (ask, { lines }) => {
      const page = new AbortController();
      const asked = registry.asked.length;
      const answer = ask(FIND, call(), PAGE, { signal: page.signal }).catch((error) => error.name);
      while (registry.asked.length === asked) await pause(5);
      page.abort();
      assert.equal(await answer, 'AbortError');
      assert.equal(await Promise.race([gone, pause(1000)]), true);
      assert.deepEqual(lines, []);
    });
    registry.reply = () => ({ json: { name: 'Ada' } });
  });

  it('ends a call with its budget', async () => {
    registry.reply = () => ({ json: { name: 'late' }, delay: 2000 });
    await withHalf(half({ budget: 100 }), {}, async (ask) => {
      const began = performance.now();
      refused(await ask(FIND, call()), 504, 'timeout');
      assert.ok(performance.now() - began < 1000);
    });
    await withHalf(half({ limits: { timeout: 80 } }), {}, async (ask) => refused(await ask(FIND, call()), 504, 'timeout'));
    registry.reply = () => ({ json: { name: 'Ada' } });
  });
});
