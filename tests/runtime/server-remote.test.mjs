// What a browser's call of the server half gives: results, errors of the kind that the engine knows, and batches.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PAGE, SECRET, half, halfServer, provider } from './half.mjs';
import { HttpError, PolicyError, callServer, callServerBatch } from './modules.mjs';

describe('a call of the server half', () => {
  const ask = globalThis.fetch;
  let registry;
  let server;
  let address;
  const { signal } = new AbortController();
  const serve = async (limits, options) => {
    await server?.close();
    server = await halfServer(half({ limits }), { env: { BASE: registry.address, KEY: SECRET }, ...options });
    address = `http://127.0.0.1:${server.port}`;
  };
  before(async () => {
    registry = await provider(({ url }) => ({ json: { name: new URL(url, 'http://x').searchParams.get('id') } }));
    globalThis.fetch = (url, init) => (url.startsWith('/') ? ask(`${address}${url}`, { ...init, headers: { ...init.headers, ...PAGE } }) : ask(url, init));
  });
  after(async () => {
    globalThis.fetch = ask;
    await server.close();
    await registry.close();
  });
  const find = (id = '7') => callServer('people', 'find', 'v1', { id }, signal);
  const fails = async (type, kind, work = find) => {
    const error = await work().then(() => assert.fail('it succeeded'), (reason) => reason);
    assert.ok(error instanceof type, String(error));
    assert.equal(error.kind, kind);
    return error;
  };

  it('gives its result', async () => {
    await serve();
    assert.deepEqual(await find('Ada'), { name: 'Ada' });
  });

  it('fails as the provider does', async () => {
    const { reply } = registry;
    await serve();
    for (const [status, kind] of [[401, 'unauthorized'], [404, 'missing'], [500, 'unavailable'], [418, 'rejected']]) {
      registry.reply = () => ({ status });
      await fails(HttpError, kind);
    }
    registry.reply = () => ({ status: 429, headers: { 'retry-after': '3' } });
    assert.equal((await fails(HttpError, 'busy')).retryAfter, 3000);
    registry.reply = () => ({ text: '<html>' });
    await fails(HttpError, 'unreadable');
    registry.reply = () => ({ json: {} });
    await fails(HttpError, 'unreadable');
    registry.reply = () => ({ destroy: true });
    await fails(HttpError, 'unreachable');
    registry.reply = () => ({ text: '{"name":"A', headers: { 'content-length': '100' }, half: true });
    await fails(HttpError, 'unreachable');
    registry.reply = reply;
    await fails(HttpError, 'missing', () => callServer('people', 'find', 'v9', {}, signal));
    await fails(HttpError, 'rejected', () => callServer('people', 'find', 'v1', {}, signal));
  });

  it('fails as a limit of the server does', async () => {
    const { reply } = registry;
    registry.reply = () => ({ json: { name: 'x' }, delay: 1000 });
    await serve({ timeout: 50 });
    await fails(PolicyError, 'timeout');
    registry.reply = () => ({ status: 500 });
    await serve({ breaker: { failures: 1, reset: 20_000 } });
    await fails(HttpError, 'unavailable');
    assert.ok((await fails(PolicyError, 'open')).retryAfter >= 19_000);
    registry.reply = reply;
    await serve({ rate: { count: 1, per: 60_000 }, queue: 0 });
    await find('1');
    assert.ok((await fails(PolicyError, 'limited', () => find('2'))).retryAfter > 0);
    await serve(undefined, { clientRate: { count: 1, per: 60_000 } });
    await find('1');
    assert.ok((await fails(HttpError, 'busy', () => find('2'))).retryAfter > 0);
  });

  it('gives for each input of a batch a result or an error', async () => {
    const { reply } = registry;
    registry.reply = (message) => (message.url.includes('id=bad') ? { status: 500 } : reply(message));
    await serve();
    const results = await callServerBatch('people', 'find', 'v1', [{ id: 'a' }, { id: 'bad' }, { id: 7 }, { id: 'b' }], signal);
    assert.deepEqual(results.map((one) => (one instanceof HttpError ? one.kind : one)), [{ name: 'a' }, 'unavailable', 'rejected', { name: 'b' }]);
    registry.reply = reply;
    await fails(HttpError, 'missing', () => callServerBatch('people', 'find', 'v9', [{ id: 'a' }], signal));
  });
});
