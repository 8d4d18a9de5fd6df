// Bindings outside of a page: JSON Pointers by the examples of RFC 6901, requests and their failures against a server on
// loopback, the fallback to another provider, and the server half as it is emitted: who may call it, what it tells.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bundle, load, ROOT } from './harness.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const { Engine, given, HttpError, part, pointer, pointerList, record, request, string } = await import(`${ROOT}build/runtime/index.js`);
const { jsonText } = await import(`${ROOT}build/runtime/http.js`);

/** A provider that notes what it is asked and answers as `reply` says. */
async function provider(reply) {
  const asked = [];
  const server = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    const { method, url, headers } = message;
    asked.push({ method, url, headers, body });
    const { status = 200, json, text, more = {}, drop } = reply({ method, url, headers, body });
    if (drop) return void message.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    return void response.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { asked, address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

describe('a JSON Pointer', () => {
  // RFC 6901, section 5.
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 };
  it('means what the standard says', () => {
    const examples = [['', document], ['/foo', ['bar', 'baz']], ['/foo/0', 'bar'], ['/', 0], ['/a~1b', 1], ['/c%d', 2], ['/e^f', 3], ['/g|h', 4], ['/i\\j', 5], ['/k"l', 6], ['/ ', 7], ['/m~0n', 8]];
    for (const [path, value] of examples) assert.deepEqual(pointer(document, path), value, path);
    assert.equal(pointer({ '~1': 1 }, '/~01'), 1); // section 4: ~1 is replaced before ~0
  });

  it('leads to nothing where there is nothing', () => {
    for (const path of ['/bar', '/foo/2', '/foo/-', '/foo/00', '/foo/-1', '/foo/1e0', '/foo/length', '/toString', '/foo/0/0', '/a/b']) assert.equal(pointer(document, path), undefined, path);
    assert.equal(pointer(undefined, '/a'), undefined);
    assert.throws(() => pointerList(document, '/a~1b'), /no list at '\/a~1b'/);
    assert.equal(given({ a: undefined, b: null }), undefined);
    assert.deepEqual(given({ a: undefined, b: 0 }), { a: undefined, b: 0 });
  });
});

describe('a number of the environment', async () => {
  const { numeric } = await import(`${ROOT}build/runtime/server/index.js`);
  it('is a number, or an error that names it', () => {
    assert.equal(numeric({ N: '4711' }, 'N'), 4711);
    assert.equal(numeric({ N: '1e3' }, 'N', 2), 1000);
    assert.equal(numeric({}, 'N', 2), 2);
    assert.equal(numeric({ N: '' }, 'N', 2), 2);
    assert.throws(() => numeric({}, 'N'), /environment variable N is not set/);
    assert.throws(() => numeric({ N: 'seven' }, 'N', 2), /environment variable N is no number/);
    assert.throws(() => numeric({}, 'constructor'), /is not set/);
  });
});

describe('a request', () => {
  const signal = new AbortController().signal;
  let echo;
  before(async () => {
    echo = await provider(() => ({ json: { ok: true } }));
  });
  after(() => echo.close());
  const ask = async (description) => {
    await request({ method: 'POST', url: `${echo.address}/x`, signal, ...description });
    return echo.asked.at(-1);
  };

  it('leaves out what is missing, and repeats lists', async () => {
    const { url } = await ask({ method: 'GET', url: `${echo.address}/x?a=1#f`, query: { b: undefined, c: null, d: [1, undefined, 'zwei &'], e: false, f: '' } });
    assert.equal(url, '/x?a=1&d=1&d=zwei+%26&e=false&f=');
    assert.equal((await ask({ method: 'GET', query: { b: undefined } })).url, '/x');
    const { body, headers } = await ask({ json: { a: undefined, b: null, c: [1, undefined, 2], d: { e: undefined } }, headers: { 'X-A': undefined, 'X-B': [1, 'b'] } });
    assert.deepEqual(JSON.parse(body), { b: null, c: [1, 2], d: {} });
    assert.deepEqual([headers['content-type'], headers['x-a'], headers['x-b']], ['application/json', undefined, '1, b']);
    const form = await ask({ form: { a: 'ü', b: undefined } });
    assert.deepEqual([form.headers['content-type'], form.body], ['application/x-www-form-urlencoded', 'a=%C3%BC']);
    assert.equal(jsonText(undefined), 'null');
  });

  it('is authorized as RFC 7617 and RFC 6750 say', async () => {
    assert.equal((await ask({ basic: { user: 'Aladdin', password: 'open sesame' } })).headers.authorization, 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    assert.equal((await ask({ basic: { user: 'test', password: '123£' } })).headers.authorization, 'Basic dGVzdDoxMjPCow==');
    assert.equal((await ask({ bearer: 'mF_9.B5f-4.1JqM' })).headers.authorization, 'Bearer mF_9.B5f-4.1JqM');
  });

  it('keeps a part of the path in its place', () => {
    assert.equal(part('a/b?c#d ü'), 'a%2Fb%3Fc%23d%20%C3%BC');
    assert.equal(part(7), '7');
    for (const text of ['', '.', '..']) assert.throws(() => part(text), TypeError);
  });

  it('fails by kinds, and tells no address', async () => {
    const failing = await provider(({ url }) => ({ status: Number(url.slice(1, 4)), json: {}, more: { 'retry-after': '2' } }));
    const kinds = { 400: 'rejected', 401: 'unauthorized', 403: 'unauthorized', 404: 'missing', 410: 'missing', 422: 'rejected', 429: 'busy', 500: 'unavailable', 503: 'unavailable' };
    for (const [status, kind] of Object.entries(kinds)) {
      const error = await request({ method: 'GET', url: `${failing.address}/${status}?key=secret`, signal }).catch((one) => one);
      assert.ok(error instanceof HttpError);
      assert.deepEqual([error.kind, error.status, error.message, error.retryAfter], [kind, Number(status), `the provider answered ${status}`, 2000]);
    }
    failing.close();
    const broken = await provider(({ url }) => (url === '/drop' ? { drop: true } : { text: '<html>' }));
    await assert.rejects(request({ method: 'GET', url: `${broken.address}/`, signal }), { kind: 'unreadable' });
    await assert.rejects(request({ method: 'GET', url: `${broken.address}/drop`, signal }), { kind: 'unreachable', message: 'the provider does not answer' });
    broken.close();
    const abort = new AbortController();
    const call = request({ method: 'GET', url: `${echo.address}/x`, signal: abort.signal });
    abort.abort();
    await assert.rejects(call, { name: 'AbortError' });
  });
});

describe('a provider that is away', () => {
  const shape = { input: record({}), result: record({ by: string }) };
  const setUp = (calls) => {
    const log = [];
    const release = (name) => ({ provider: name, release: '1.0.0', config: {} });
    const adapter = (name) => ({ start: () => ({ operations: { go: (_, { signal }) => calls[name]({ signal }) } }) });
    const config = { a: { ...release('one'), version: 'v2', fallback: 'static', fallbackChain: ['v1', 'static'], dependencies: [], releases: { v1: release('two'), v2: release('one') } } };
    const engine = new Engine({ config, adapters: { one: adapter('one'), two: adapter('two') }, onIssue: (issue) => log.push(`${issue.phase} ${issue.label} ${issue.error.kind}`) });
    return { instance: engine.instance('a'), log };
  };
  const fails = (kind) => async () => {
    throw new HttpError(kind, 500, 'no');
  };
  const answers = (by) => async () => ({ by });

  it('does not carry what a binding says in headers to where a redirect leads', async () => {
    const elsewhere = await provider(() => ({ json: { found: true } }));
    const moved = await provider(() => ({ status: 302, more: { location: `${elsewhere.address}/` } }));
    const ask = (more) => request({ method: 'GET', url: `${moved.address}/`, signal: AbortSignal.timeout(5000), ...more });
    for (const more of [{ headers: { 'x-api-key': 'k' } }, { bearer: 'k' }, { basic: { user: 'u', password: 'k' } }])
      await assert.rejects(ask(more), { kind: 'unreachable' });
    assert.equal(elsewhere.asked.length, 0);
    assert.deepEqual(await ask({}), { found: true });
    for (const one of [elsewhere, moved]) one.close();
  });

  it('is stood in for by the next one, call by call', async () => {
    const calls = { one: fails('unavailable'), two: answers('two') };
    const { instance, log } = setUp(calls);
    assert.deepEqual(await instance.call('go', shape, {}), { by: 'two' });
    assert.deepEqual([instance.state(), log], ['fallback', ['call v2 unavailable']]);
    calls.one = answers('one');
    assert.deepEqual(await instance.call('go', shape, {}), { by: 'one' });
    assert.equal(instance.state(), 'ready');
  });

  it('fails with the last failure when all are', async () => {
    const { instance, log } = setUp({ one: fails('busy'), two: fails('unreachable') });
    await assert.rejects(instance.call('go', shape, {}), { kind: 'failed' });
    assert.deepEqual(log, ['call v2 busy', 'call v1 unreachable']);
  });

  it('is not what has answered: then nobody else is asked', async () => {
    const { instance, log } = setUp({ one: fails('missing'), two: assert.fail });
    await assert.rejects(instance.call('go', shape, {}), { kind: 'failed' });
    assert.deepEqual(log, ['call v2 missing']);
  });

  it('can do no more than it says', async () => {
    const { instance } = setUp({ one: assert.fail, two: assert.fail });
    for (const name of ['constructor', 'toString', '__proto__']) await assert.rejects(instance.call(name, shape, {}), { kind: 'unavailable' });
  });

  it('is not what was taken back', async () => {
    const abort = new AbortController();
    const never = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const { instance, log } = setUp({ one: never, two: assert.fail });
    const call = instance.call('go', shape, {}, { signal: abort.signal });
    setTimeout(() => abort.abort());
    await assert.rejects(call, { kind: 'aborted' });
    assert.deepEqual(log, []);
  });
});

const MANIFEST = `lookup:
  concept: { label: Look up, purpose: Whose number it is }
  types: { Person: { name: string, city: string? } }
  operations:
    find: { params: { phone: string, limit: int? }, returns: "Person[]" }
    forget: { params: { phone: string } }
    open: { params: {}, returns: string }
  prototype:
    integration: registry
    env: { BASE: { type: string }, TOKEN: { type: secret }, USER: secret, MODE: { type: string, default: fast } }
    config: { version: 2, key: env.TOKEN }
    http:
      find:
        get: "{env.BASE}/people/{phone}?v={config.version}"
        query: { limit: limit, key: config.key, mode: env.MODE }
        bearer: env.TOKEN
        each: /hits
        result: { name: /person/name, city: /person/at/city }
      forget: { delete: "{env.BASE}/people/{phone}", basic: { user: env.USER, password: "" } }
      open: { get: "/public", query: { mode: env.MODE }, result: /text }
`;
const PAGE = '<!DOCTYPE html><html lang="en"><title>x</title><body><div data-integration="lookup"></div></body></html>';

describe('the server half', () => {
  const ENV = { TOKEN: 's3cret-token', USER: 's3cret-user' };
  let project;
  let handler;
  let registry;
  let reply = () => ({ json: { hits: [{ person: { name: 'Ada', at: { city: 'London' }, age: 36 } }, { person: { name: 'Grace' } }] } });
  before(async () => {
    mkdirSync(`${ROOT}build`, { recursive: true });
    project = mkdtempSync(`${ROOT}build/server-`);
    for (const [path, text] of [['concept/index.html', PAGE], ['integrations/lookup.yaml', MANIFEST]]) {
      mkdirSync(join(project, path, '..'), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    const built = spawnSync(FXC, ['build', '-q'], { cwd: project, encoding: 'utf8' });
    assert.equal(built.stderr, '');
    ({ handler } = load(await bundle(readFileSync(join(project, 'generated/server/handler.ts'), 'utf8'), { platform: 'node', folder: join(project, 'generated/server') })));
    registry = await provider((message) => reply(message));
  });
  after(() => {
    registry?.close();
    if (project) rmSync(project, { recursive: true });
  });

  const ORIGIN = 'https://shop.example';
  const HEAD = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const post = (path, body, headers = HEAD) => new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const ask = async (message, env = { ...ENV, BASE: registry.address }) => {
    const response = await handler(message, env);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const text = await response.text();
    assert.ok(!text.includes('s3cret') && !text.includes('127.0.0.1'), text);
    return [response.status, JSON.parse(text)];
  };
  const find = (input, release = 'v1') => post('/_fx/lookup/find', { release, input });
  const refused = async (status, message, env) => {
    const [found, { error }] = await ask(message, env);
    assert.equal(found, status, JSON.stringify(error));
    return `${error.kind}: ${error.message}`;
  };

  it('type-checks as strictly as the rest', () => {
    const { compilerOptions } = JSON.parse(readFileSync(`${ROOT}tests/browser/sample/tsconfig.json`, 'utf8'));
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['generated'] }));
    assert.equal(spawnSync(`${ROOT}node_modules/.bin/tsc`, ['--pretty', 'false', '-p', 'tsconfig.json'], { cwd: project, encoding: 'utf8' }).stdout, '');
  });

  it('asks with the keys of the environment, and gives what was declared', async () => {
    assert.deepEqual(await ask(find({ phone: '+1 555/7', limit: 2 })), [200, { result: [{ name: 'Ada', city: 'London' }, { name: 'Grace' }] }]);
    const { url, method, headers } = registry.asked.at(-1);
    assert.deepEqual([method, url, headers.authorization], ['GET', '/people/%2B1%20555%2F7?v=2&limit=2&key=s3cret-token&mode=fast', 'Bearer s3cret-token']);
    reply = () => ({ status: 204 });
    assert.deepEqual(await ask(post('/_fx/lookup/forget', { release: 'v1', input: { phone: '7' } }), { ...ENV, BASE: registry.address }), [200, {}]);
    assert.equal(registry.asked.at(-1).headers.authorization, `Basic ${btoa('s3cret-user:')}`);
  });

  it('answers pages of its own host alone', async () => {
    const call = { release: 'v1', input: { phone: '7' } };
    const from = (headers) => refused(403, post('/_fx/lookup/find', call, { 'content-type': 'application/json', ...headers }));
    await from({ 'sec-fetch-site': 'cross-site' });
    await from({ 'sec-fetch-site': 'same-site' });
    await from({ 'sec-fetch-site': 'none' });
    await from({ origin: 'https://evil.example' });
    await from({ origin: 'null' });
    await from({ 'sec-fetch-site': 'cross-site', origin: ORIGIN });
    await from({});
    reply = () => ({ json: { hits: [] } });
    assert.deepEqual(await ask(post('/_fx/lookup/find', call, { 'content-type': 'application/json', origin: ORIGIN })), [200, { result: [] }]);
  });

  it('refuses what is no call', async () => {
    await refused(404, post('/_fx/lookup/fnd', {}));
    await refused(404, post('/_fx/lookup/find/more', {}));
    await refused(404, post('/_fx/toString/call', {}));
    await refused(404, post('/_fx/lookup/open', {})); // no secret in it: the browser's own
    await refused(404, post('/other', {}));
    assert.equal((await handler(new Request(`${ORIGIN}/_fx/lookup/find`), ENV)).status, 405);
    await refused(415, post('/_fx/lookup/find', '{}', { ...HEAD, 'content-type': 'text/plain' }));
    await refused(400, post('/_fx/lookup/find', '{'));
    await refused(404, post('/_fx/lookup/find', 'null'));
    await refused(404, find({ phone: '7' }, 'v9'));
    await refused(404, find({ phone: '7' }, '__proto__'));
    await refused(413, post('/_fx/lookup/find', { release: 'v1', input: { phone: '7'.repeat(70_000) } }));
    assert.equal(await refused(400, find({ phone: 7 })), "rejected: the input is not what the operation takes: phone: expected a string, found a value of type number");
  });

  it('tells a failure by its kind and nothing else', async () => {
    const asks = (status) => {
      reply = () => ({ status, text: 's3cret 127.0.0.1', more: { 'retry-after': '7' } });
      return find({ phone: '7' });
    };
    assert.equal(await refused(502, asks(401)), 'unauthorized: the provider answered 401');
    assert.equal(await refused(502, asks(500)), 'unavailable: the provider answered 500');
    assert.equal(await refused(404, asks(404)), 'missing: the provider answered 404');
    assert.equal(await refused(502, asks(200)), 'unreadable: the provider answered with something that is no JSON');
    const busy = await handler(asks(429), { ...ENV, BASE: registry.address });
    assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '7']);
    reply = () => ({ json: { hits: [{ person: {} }] } });
    assert.equal(await refused(502, find({ phone: '7' })), 'unreadable: the provider answered with something else than was agreed');
    reply = () => ({ json: { hits: 's3cret' } });
    assert.equal(await refused(502, find({ phone: '7' })), 'unavailable: the provider could not be asked');
    assert.equal(await refused(502, find({ phone: '..' })), 'unavailable: the provider could not be asked');
    assert.equal(await refused(502, find({ phone: '7' }), { ...ENV, BASE: 'http://127.0.0.1:9' }), 'unreachable: the provider does not answer');
    const said = [];
    const before = console.error;
    console.error = (text) => said.push(text);
    assert.equal(await refused(500, find({ phone: '7' }), { BASE: registry.address }), 'unavailable: the server lacks something that the operation needs');
    console.error = before;
    assert.deepEqual(said, ['the environment variable TOKEN is not set', 'the environment variable USER is not set']); // all, when it is first asked
  });

  it('is no part of what browsers load', async () => {
    const client = await bundle("import { IntegrationProvider } from './providers'; globalThis.p = IntegrationProvider;", { folder: join(project, 'generated') });
    assert.ok(client.includes('/_fx/') && client.includes('/public'));
    for (const word of ['TOKEN', 'BASE', '/people/', 'Bearer s3']) assert.ok(!client.includes(word), word);
  });
});

// What ends a string, a comment, a template, a line or a script; and what holes, maps and directives begin with.
const HOSTILE = '*/ </script> ` ${{globalThis.hurt=1}} \\" \' <!-- \u2028\u2029\n// # sourceMappingURL=x \\u0041';
const NAMES = ['constructor', 'toString', 'valueOf', 'encodeURIComponent', 'request', 'pointer', 'call', 'input', 'class', 'await', 'record', 'variable', 'then'];

function hostileManifest(base, secret) {
  const text = JSON.stringify(HOSTILE).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  const operations = NAMES.map((name) => `    ${name}: { params: { ${name}: string, __proto__: string? }, returns: R, description: ${text} }\n`);
  const bearer = secret ? 'bearer: env.KEY, ' : '';
  const http = NAMES.map((name) => `      ${name}: { post: "${base}/{${name}}?a={${name}}", ${bearer}json: { "__proto__": ${name}, ${text}: ${text} }, headers: { X-A: ${name} }, result: { a: "/a~1b~0/0/__proto__" } }\n`);
  return `odd:
  concept:
    label: Odd
    purpose: ${text}
    slots: { constructor: input, to-string: output? }
    props: { constructor: { type: string, default: ${text} }, undefined: string?, turn: string? }
  types: { R: { a: string? } }
  operations:
${operations.join('')}    drop: { params: {}, returns: R }
    drops: { params: {}, returns: "R[]" }
  on:
    of: constructor
    do:
      - call: { operation: constructor, with: { constructor: constructor.value }, as: undefined }
      - fill: { to-string: "{undefined.a} ${text.slice(1)} }
  prototype:
    integration: odd
    config: { "__proto__": { hurt: true }, k: ${text} }
${secret ? '    env: { KEY: secret }\n' : ''}    http:
${http.join('')}      drop: { delete: "${base}/x", ${bearer}result: {} }
      drops: { get: "${base}/list", ${bearer}each: "", result: {} }
`;
}

for (const secret of [false, true]) {
  describe(`names and texts that look like code, ${secret ? 'on the server' : 'in a browser'}`, () => {
    let project;
    let odd;
    before(async () => {
      odd = await provider(({ url }) => (url === '/list' ? { json: [1, 2] } : url === '/x' ? { text: 'gone' } : { json: { 'a/b~': [JSON.parse('{ "__proto__": "yes" }')] } }));
      project = mkdtempSync(`${ROOT}build/odd-`);
      mkdirSync(join(project, 'concept'));
      mkdirSync(join(project, 'integrations'));
      writeFileSync(join(project, 'concept/index.html'), '<!DOCTYPE html><html lang="en"><title>x</title><body><div data-integration="odd"><input data-slot="constructor"></div></body></html>');
      writeFileSync(join(project, 'integrations/odd.yaml'), hostileManifest(odd.address, secret));
      assert.equal(spawnSync(FXC, ['build', '-q'], { cwd: project, encoding: 'utf8' }).stderr, '');
    });
    after(() => {
      odd?.close();
      if (project) rmSync(project, { recursive: true });
    });

    it('type-check, and leave nothing unused', () => {
      const { compilerOptions } = JSON.parse(readFileSync(`${ROOT}tests/browser/sample/tsconfig.json`, 'utf8'));
      const options = { ...compilerOptions, skipLibCheck: true, noUnusedLocals: true, noUnusedParameters: true };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['generated'] }));
      assert.equal(spawnSync(`${ROOT}node_modules/.bin/tsc`, ['--pretty', 'false', '-p', 'tsconfig.json'], { cwd: project, encoding: 'utf8' }).stdout, '');
    });

    const open = async (file) => load(await bundle(readFileSync(join(project, 'generated', file), 'utf8'), { platform: 'node', folder: join(project, 'generated', file, '..') }));
    const caller = async () => {
      if (!secret) {
        const client = (await open('bindings/odd/v1.ts')).adapter.start({ config: {} });
        return (name, input) => client.operations[name](input, { signal: new AbortController().signal });
      }
      const { handler } = await open('server/handler.ts');
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      return async (name, input) => {
        const response = await handler(new Request(`https://shop.example/_fx/odd/${name}`, { method: 'POST', headers, body: JSON.stringify({ release: 'v1', input }) }), { KEY: 'k' });
        assert.equal(response.status, 200, name);
        return (await response.json()).result;
      };
    };

    it('are names and texts', async () => {
      const call = await caller();
      for (const name of NAMES) {
        assert.deepEqual({ ...(await call(name, { [name]: 'a/b' })) }, { a: 'yes' });
        const { url, body, headers } = odd.asked.at(-1);
        assert.deepEqual([url, headers['x-a']], ['/a%2Fb?a=a%2Fb', 'a/b']);
        const sent = JSON.parse(body);
        assert.deepEqual(Object.entries(sent), [['__proto__', 'a/b'], [HOSTILE, HOSTILE.replace('{{', '{').replace('}}', '}')]]);
      }
      assert.deepEqual(await call('drop', {}), {}); // what nobody reads need not be JSON
      assert.deepEqual(await call('drops', {}), [{}, {}]);
      assert.equal(globalThis.hurt, undefined);
      assert.equal({}.hurt, undefined);
    });

    it('let no value end a header', async () => {
      const asked = odd.asked.length;
      const call = await caller();
      await assert.rejects(call('call', { call: 'a\r\nX-Evil: 1' }));
      assert.equal(odd.asked.length, asked);
    });
  });
}
