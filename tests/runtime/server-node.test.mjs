// The server half's adapters: what Node's HTTP server hands over and what it does not, connections that are used again,
// and Vite's development server.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createServer } from 'vite';
import { nodeHandler, poolConnections } from '../../build/runtime/node/index.js';
import { addressOf, clientKeyOf } from '../../build/runtime/server/client-key.js';
import { fxcServer } from '../../build/runtime/vite.js';
import { PAGE, SECRET, ask, half, halfServer, listen, pause, provider } from './half.mjs';

const FIND = '/_fx/people/find';
const call = (id = '7') => ({ release: 'v1', input: { id } });

/** Sends bytes and gives back all that comes until the connection ends. */
function raw(port, text, patience = 2000) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let said = '';
    const timer = setTimeout(() => socket.destroy(), patience);
    socket.on('data', (chunk) => (said += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}

const statuses = (text) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

describe('the server half under Node.js', () => {
  const seen = [];
  let server;
  before(async () => {
    server = await listen(nodeHandler(async (request) => {
      seen.push({ url: request.url, method: request.method, headers: [...request.headers], address: addressOf(request), body: request.method === 'POST' ? await request.text() : '' });
      return new Response('done', { headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-y', 'z']] });
    }));
  });
  after(() => server.close());

  it('hands over what was asked', async () => {
    const { status, headers, text } = await ask(server.port, '/_fx/a?b=c%20d', 'tëxt', { 'content-type': 'text/plain', 'x-two': ['1', '2'] });
    assert.deepEqual([status, text, headers['set-cookie'], headers['x-y']], [200, 'done', ['a=1', 'b=2'], 'z']);
    const { url, method, headers: sent, address, body } = seen.at(-1);
    assert.deepEqual([url, method, address, body], [`http://127.0.0.1:${server.port}/_fx/a?b=c%20d`, 'POST', '127.0.0.1', 'tëxt']);
    assert.equal(Object.fromEntries(sent)['x-two'], '1, 2');
  });

  it('takes no address that leads elsewhere', async () => {
    const count = seen.length;
    const get = (target, host = 'shop.example') => raw(server.port, `GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    for (const target of ['http://evil.example/_fx/x', '*', 'x', 'evil.example:443']) assert.deepEqual(statuses(await get(target)), [400], target);
    for (const host of ['evil.example/_fx/x?', 'a@b', 'a b', 'a#b', 'a\\b', '[::1', 'a:b', '']) assert.deepEqual(statuses(await get('/_fx/x', host)), [400], host);
    assert.deepEqual(statuses(await raw(server.port, 'GET /_fx/x HTTP/1.0\r\n\r\n')), [400]);
    assert.deepEqual(statuses(await raw(server.port, 'TRACE /_fx/x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')), [400]);
    assert.equal(seen.length, count);
    assert.deepEqual(statuses(await get('//evil.example/_fx/x')), [200]);
    assert.equal(new URL(seen.at(-1).url).host, 'shop.example');
    for (const host of ['[::1]:8080', 'a_b.example:80', '127.0.0.1']) assert.deepEqual(statuses(await get('/_fx/x', host)), [200]);
  });

  it('reads each request once, however its length is said', async () => {
    const count = seen.length;
    const head = `POST /_fx/x HTTP/1.1\r\nhost: shop.example\r\n`;
    const inner = 'GET /_fx/smuggled HTTP/1.1\r\nhost: shop.example\r\n\r\n';
    for (const text of [
      `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      `${head}content-length: 5\r\ncontent-length: 6\r\n\r\nhello${inner}`,
      `${head}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
      `${head}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
      `${head}content-length: +5\r\n\r\nhello${inner}`,
      `${head}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n`,
    ]) assert.ok(statuses(await raw(server.port, text, 500)).every((status) => status === 400), JSON.stringify(text));
    assert.ok(seen.slice(count).every(({ url }) => !url.includes('smuggled')));
  });

  it('does not take what is left of a body for a request', async () => {
    const registry = await provider();
    const served = await halfServer(half(), { env: { BASE: registry.address, KEY: SECRET } });
    const inner = `POST ${FIND} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nsec-fetch-site: same-origin\r\ncontent-length: 38\r\n\r\n{"release":"v1","input":{"id":"evil"}}`;
    const text = await raw(served.port, `POST /_fx/none/x HTTP/1.1\r\nhost: a\r\ncontent-length: ${inner.length + 10}\r\n\r\n${inner}`, 1000);
    assert.deepEqual(statuses(text), [404]);
    assert.match(text, /connection: close/i);
    assert.equal(registry.asked.length, 0);
    await served.close();
    await registry.close();
  });

  it('says whose request it is, and does not take the client\'s word for it', async () => {
    const address = async (options, header) => {
      let found;
      const one = await listen(nodeHandler(async (request) => {
        found = addressOf(request);
        return new Response();
      }, options));
      await ask(one.port, '/', undefined, { 'x-forwarded-for': header });
      await one.close();
      return found;
    };
    assert.equal(await address({}, '1.2.3.4'), '127.0.0.1');
    assert.equal(await address({ trustedProxies: 1 }, 'spoofed, 1.2.3.4'), '1.2.3.4');
    assert.equal(await address({ trustedProxies: 2 }, 'spoofed, 1.2.3.4, 10.0.0.1'), '1.2.3.4');
    assert.equal(await address({ trustedProxies: 2 }, '1.2.3.4'), '127.0.0.1');
  });

  it('counts the addresses of one subscriber as one', () => {
    const key = (address) => {
      const request = new Request('http://a/');
      Object.defineProperty(request, Symbol.for('@fxc/runtime.address'), { value: address });
      return clientKeyOf(request);
    };
    assert.equal(key('192.0.2.7'), '192.0.2.7');
    assert.equal(key('::ffff:192.0.2.7'), '192.0.2.7');
    assert.equal(key('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
    assert.equal(key('2001:db8:1:2::9'), '2001:db8:1:2::/64');
    assert.equal(key('2001:0DB8:0001:0002:ffff::'), '2001:db8:1:2::/64');
    assert.equal(key('fe80::1%eth0'), 'fe80:0:0:0::/64');
    assert.equal(key('::1'), '0:0:0:0::/64');
    assert.equal(key(''), undefined);
  });

  it('answers without words what the handler fails at', async () => {
    const one = await listen(nodeHandler(async () => { throw new Error(SECRET); }));
    const { status, text } = await ask(one.port, '/_fx/x', undefined, {});
    assert.deepEqual([status, text], [500, '']);
    await one.close();
    const broken = await listen(nodeHandler(async () => new Response(new ReadableStream({ pull(controller) { controller.error(new Error(SECRET)); } }))));
    const said = await raw(broken.port, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    assert.ok(!said.includes(SECRET));
    await broken.close();
  });

  it('streams what it answers, and stops when nobody reads', async () => {
    let cancelled = false;
    let sent = 0;
    const one = await listen(nodeHandler(async () => new Response(new ReadableStream({
      async pull(controller) {
        await pause(1);
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() { cancelled = true; },
    }))));
    await new Promise((done) => {
      const socket = connect(one.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n'));
      socket.once('data', () => socket.pause());
      setTimeout(() => done(socket.destroy()), 300);
    });
    for (let i = 0; i < 100 && !cancelled; i += 1) await pause(10);
    assert.ok(cancelled);
    assert.ok(sent < 3e7, String(sent));
    await one.close();
  });
});

describe('the server half elsewhere', () => {
  it('takes nothing of Node.js', async () => {
    const { metafile, outputFiles } = await build({ entryPoints: [fileURLToPath(new URL('../../build/runtime/server/index.js', import.meta.url))], bundle: true, write: false, metafile: true, platform: 'browser', format: 'esm', logLevel: 'silent' });
    const inputs = Object.keys(metafile.inputs);
    assert.deepEqual(inputs.filter((path) => /runtime\/(node|redis|vite)|cluster/i.test(path)), []);
    assert.ok(outputFiles[0].text.length > 1000); // a module of Node.js would have failed it
  });
});

describe('connections to providers', () => {
  it('are used again, and no more of them opened than was said', async () => {
    const registry = await provider(() => ({ json: { name: 'x' }, delay: 5 }));
    const server = await halfServer(half({ repeatable: [] }), { env: { BASE: registry.address, KEY: SECRET } });
    const close = await poolConnections({ connections: 4 });
    try {
      const round = () => Promise.all(Array.from({ length: 12 }, (_, i) => server.ask(FIND, call(String(i)))));
      for (let i = 0; i < 5; i += 1) assert.ok((await round()).every(({ status }) => status === 200));
      assert.equal(registry.asked.length, 60);
      assert.ok(registry.sockets() <= 4, String(registry.sockets()));
    } finally {
      await close();
      await server.close();
      await registry.close();
    }
  });

  it('break off an answer that is longer than was said', async () => {
    const registry = await provider(() => ({ json: { name: 'x'.repeat(200_000) } }));
    const server = await halfServer(half(), { env: { BASE: registry.address, KEY: SECRET } });
    const close = await poolConnections({ largestAnswer: 100_000 });
    try {
      const { status, json } = await server.ask(FIND, call());
      assert.deepEqual([status, json.error.kind], [502, 'unreachable']);
    } finally {
      await close();
    }
    assert.equal((await server.ask(FIND, call())).status, 200);
    await server.close();
    await registry.close();
  });

  it('are used again without a pool of one\'s own, too', async () => {
    const registry = await provider();
    const server = await halfServer(half({ repeatable: [] }), { env: { BASE: registry.address, KEY: SECRET } });
    for (let i = 0; i < 10; i += 1) assert.equal((await server.ask(FIND, call(String(i)))).status, 200);
    assert.equal(registry.sockets(), 1);
    registry.reply = () => ({ status: 500, text: 'x'.repeat(100) });
    for (let i = 0; i < 3; i += 1) assert.equal((await server.ask(FIND, call(String(i)))).status, 502);
    assert.ok(registry.sockets() <= 4);
    await server.close();
    await registry.close();
  });
});

describe('the server half in Vite', () => {
  const ROOT = fileURLToPath(new URL('../../', import.meta.url));
  let folder;
  let vite;
  let port;
  const http = createHttpServer();
  const handlerText = (name) => `
import { serverHalf } from '@fxc/runtime/server';
import { string, record } from '@fxc/runtime';
const half = { operations: { people: { find: { input: record({ id: string }), result: record({ name: string }),
  releases: { v1: async (input: { id: string }, env: { KEY?: string }) => ({ name: '${name} ' + input.id + ' ' + String(env.KEY?.length) }) } } } },
  config: {}, environment: { KEY: { secret: true, required: true } } };
export function createHandler(options: object) { return serverHalf(half as never, options); }
`;
  before(async () => {
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    folder = mkdtempSync(join(ROOT, 'build/vite-'));
    mkdirSync(join(folder, 'generated/server'), { recursive: true });
    writeFileSync(join(folder, '.env'), `KEY=${SECRET}\n`);
    writeFileSync(join(folder, 'generated/server/handler.ts'), handlerText('first'));
    vite = await createServer({ root: folder, configFile: false, logLevel: 'silent', appType: 'custom', server: { middlewareMode: true, hmr: false, ws: false }, plugins: [fxcServer()] });
    http.on('request', vite.middlewares);
    await new Promise((ready) => http.listen(0, '127.0.0.1', ready));
    port = http.address().port;
  });
  after(async () => {
    http.close();
    http.closeAllConnections();
    await vite?.close();
    rmSync(folder, { recursive: true });
  });

  it('answers with the keys of .env files, and what was written anew', { timeout: 60_000 }, async () => {
    const name = async () => (await ask(port, FIND, call())).json?.result?.name;
    assert.equal(await name(), `first 7 ${SECRET.length}`);
    writeFileSync(join(folder, 'generated/server/handler.ts'), handlerText('second'));
    for (let tries = 0; tries < 300 && (await name()) !== `second 7 ${SECRET.length}`; tries += 1) await pause(50);
    assert.equal(await name(), `second 7 ${SECRET.length}`);
    assert.equal((await ask(port, FIND, call(), { ...PAGE, 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.deepEqual((await ask(port, '/_fx/health', undefined, {})).json, { status: 'ok' });
    assert.notEqual((await ask(port, '/other', undefined, {})).status, 403);
  });
});
