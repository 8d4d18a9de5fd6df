// Settings that change while a program runs: what counts before what, files that are followed, broken files.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { combineFlags, staticFlags } from '../../build/runtime/flags.js';
import { select } from '../../build/runtime/select.js';
import { loadSettings } from '../../build/runtime/settings-load.js';
import { parseRuntimeConfig, parseRuntimeOverrides, parseSettings } from '../../build/runtime/settings-shape.js';
import { configOf, createSettings, flagReader, questionOf } from '../../build/runtime/settings.js';
import { visitorKey } from '../../build/runtime/visitor.js';

const entry = {
  provider: 'a',
  version: 'v3',
  release: '3.0.0',
  config: {},
  fallback: 'static',
  fallbackChain: ['v2', 'static'],
  dependencies: [],
  releases: { v2: { provider: 'a', release: '2.0.0', config: {} }, v3: { provider: 'a', release: '3.0.0', config: {} } },
  canary: { release: 'v2', stages: [{ share: 1 }] },
};

const chosen = (settings, more = {}) =>
  select(questionOf('maps', more.entry ?? entry, settings, more.flags, more.context ?? {}, more.override, more.rolledBack ?? false, more.now ?? 0));

test('flags: overrides go before the application, and that before the runtime configuration', () => {
  const settings = { runtimeConfig: { flags: { a: true, b: true, c: true, d: null } }, overrides: { flags: { a: false } } };
  const flag = flagReader(settings, staticFlags({ a: true, b: false, d: undefined }), {});
  assert.deepEqual(['a', 'b', 'c', 'd', 'e', 'toString', '__proto__'].map(flag), [false, false, true, undefined, undefined, undefined, undefined]);
  assert.equal(flagReader({}, undefined, {})('a'), undefined);
});

test('combined flags: the first that has decided', async () => {
  const told = [];
  let tell;
  const live = staticFlags({ a: true }, { subscribe: (listener) => ((tell = listener), () => told.push('ended')) });
  const flags = combineFlags(staticFlags({ b: false }), live, staticFlags({ a: false, b: true, c: true }));
  assert.deepEqual(['a', 'b', 'c', 'd'].map((name) => flags.value(name, {})), [true, false, true, undefined]);
  const end = flags.subscribe(() => told.push('changed'));
  tell();
  end();
  assert.deepEqual(told, ['changed', 'ended']);
  assert.equal(await flags.ready(), undefined);
});

test('overrides name a release, move or stop a canary, and set single values', () => {
  assert.deepEqual(chosen({}), { label: 'v2', reason: 'canary' });
  const of = (overrides) => ({ overrides: { integrations: { maps: overrides } } });
  assert.deepEqual(chosen(of({ release: 'v3' })), { label: 'v3', reason: 'override' });
  assert.deepEqual(chosen(of({ release: 'v3' }), { override: 'v2' }), { label: 'v2', reason: 'override' }, 'nearer');
  assert.deepEqual(chosen(of({ canary: false })), { label: 'v3', reason: 'active' });
  assert.deepEqual(chosen(of({ canary: { since: '1970-01-01T00:01:00Z' } }), { now: 59_999 }), { label: 'v3', reason: 'active' });
  assert.deepEqual(chosen(of({ canary: { since: '1970-01-01T00:01:00Z' } }), { now: 60_000 }), { label: 'v2', reason: 'canary' });
  assert.deepEqual(chosen({}, { rolledBack: true }), { label: 'v3', reason: 'active' });
  assert.deepEqual(chosen({ overrides: { flags: { maps: false } } }), { label: 'static', reason: 'off' });
  assert.deepEqual(chosen({ runtimeConfig: { integrations: { maps: { canary: { release: 'v3', stages: [] } } } } }), { label: 'v3', reason: 'active' });
  assert.deepEqual(configOf(of({ config: { limit: 5 } }), 'maps', { limit: 1, region: 'eu' }), { limit: 5, region: 'eu' });
  assert.deepEqual(configOf({}, 'maps', { limit: 1 }), { limit: 1 });
});

test('settings tell of changes, and of nothing else', () => {
  const settings = createSettings({ overrides: { flags: { a: true } } });
  let told = 0;
  const end = settings.subscribe(() => told++);
  const before = settings.current();
  settings.update({ overrides: { flags: { a: true } } });
  assert.equal(settings.current(), before);
  settings.update({ runtimeConfig: { flags: { b: true } } });
  assert.deepEqual([told, settings.current()], [1, { overrides: { flags: { a: true } }, runtimeConfig: { flags: { b: true } } }]);
  end();
  settings.update({ overrides: {} });
  assert.deepEqual([told, settings.current().overrides], [1, {}]);
});

test('files: what may stand in them', () => {
  const config = {
    flags: { a: true, c: false },
    integrations: {
      maps: {
        version: 'v3',
        routes: [{ release: 'v2', share: 0.1, when: [{ subject: 'x', is: 'not in', value: ['y'] }] }],
        canary: { release: 'v4', since: '2026-01-01T00:00:00Z', stages: [{ share: 0.01, for: 1000 }], rollback: [{ metric: 'error-rate', is: '>', bound: 0.05 }] },
      },
    },
  };
  const text = JSON.stringify({ generated: 'by a build', interface: 'runtime-config', ...config, flags: { ...config.flags, b: null } });
  assert.deepEqual(parseRuntimeConfig(text), config);
  const overrides = { flags: { a: false }, integrations: { maps: { release: 'v2', config: { limit: null, deep: [{ a: 1 }] }, canary: false } } };
  assert.deepEqual(parseRuntimeOverrides(JSON.stringify(overrides)), overrides);
  assert.deepEqual(parseRuntimeOverrides('{}'), {});
  const resolution = { interface: 'resolution', context: { targetingKey: 'x' }, flags: { a: true }, selections: { maps: { label: 'v2', reason: 'flag' } } };
  for (const more of [{}, { resolution }])
    assert.deepEqual(parseSettings(JSON.stringify({ runtimeConfig: config, overrides, ...more, other: 1 })), { runtimeConfig: config, overrides, ...more });
  assert.throws(() => parseSettings(JSON.stringify({ runtimeConfig: config, overrides, resolution: { ...resolution, flags: { a: 'on' } } })), /resolution\.flags\.a/);
  assert.throws(() => parseSettings(JSON.stringify({ runtimeConfig: config })), /overrides/);
  const hostile = parseRuntimeOverrides('{"flags": {"__proto__": true}}');
  assert.deepEqual(Object.keys(hostile.flags), ['__proto__']);
  assert.equal({}.a, undefined);
});

test('files: what may not', () => {
  const withShare = (share) => JSON.stringify({ integrations: { maps: { routes: [{ release: 'v2', share }] } } });
  for (const share of [0, 0.5, 1]) assert.equal(parseRuntimeConfig(withShare(share)).integrations.maps.routes[0].share, share);
  for (const share of [-0.01, 1.01, '0.5']) assert.throws(() => parseRuntimeConfig(withShare(share)), /a share from 0 to 1/);
  const wrong = {
    '[]': /a record, found a list/,
    '{"flags": {"a": "on"}}': /flags\.a: expected true or false/,
    '{"integrations": {"maps": {"routes": [{"release": "v2", "share": 10}]}}}': /routes\[0\]\.share: expected a share from 0 to 1/,
    '{"integrations": {"maps": {"routes": [{"share": 0.1}]}}}': /routes\[0\]\.release/,
    '{"integrations": {"maps": {"routes": [{"release": "v2", "when": [{"subject": "a", "is": "=~", "value": 1}]}]}}}': /when\[0\]\.is/,
    '{"integrations": {"maps": {"routes": [{"release": "v2", "when": [{"subject": "a", "is": "=="}]}]}}}': /when\[0\]\.value/,
    '{"integrations": {"maps": {"canary": {"release": "v2", "since": "soon", "stages": []}}}}': /canary\.since: expected a time/,
    '{"flags"': /JSON/,
  };
  for (const [text, message] of Object.entries(wrong)) assert.throws(() => parseRuntimeConfig(text), message, text);
  for (const text of ['{"flags": {"a": null}}', '{"integrations": {"maps": {"canary": true}}}', '{"integrations": {"maps": {"release": 3}}}', 'null'])
    assert.throws(() => parseRuntimeOverrides(text), text);
});

/** Time that passes when a test says so. */
function fakeClock() {
  let now = 0;
  const timers = new Set();
  return {
    clock: {
      now: () => now,
      random: () => 0.5,
      after(ms, run) {
        const timer = { at: now + ms, run };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    timers,
    pass(ms) {
      now += ms;
      for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.run();
    },
  };
}

/** A server whose files are `files`: a text, `[status, text, type]`, or nothing. Counts what is sent. */
async function host(files) {
  const sent = [];
  const server = createServer((request, response) => {
    const file = files[request.url];
    const [status, text, type] = Array.isArray(file) ? file : file === undefined ? [404, '', 'text/plain'] : [200, file, 'application/json'];
    const etag = `"${Buffer.from(text).toString('base64').slice(0, 40)}${text.length}"`;
    const same = status === 200 && request.headers['if-none-match'] === etag;
    sent.push(`${request.url} ${same ? 304 : status}`);
    response.writeHead(same ? 304 : status, { 'content-type': type, etag });
    response.end(same ? undefined : text);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { base: `http://127.0.0.1:${server.address().port}`, sent, close: () => (server.closeAllConnections(), server.close()) };
}

test('files are followed: asked for again, not sent again, and broken ones change nothing', async (t) => {
  const files = { '/config.json': '{"flags": {"a": true}}' };
  const { base, sent, close } = await host(files);
  t.after(close);
  const { clock, pass, timers } = fakeClock();
  const settings = createSettings();
  const issues = [];
  const loaded = loadSettings(settings, { config: `${base}/config.json`, overrides: `${base}/over.json`, clock, onIssue: (issue) => issues.push(issue) });
  t.after(loaded.stop);
  await loaded.refresh();
  assert.deepEqual(settings.current(), { runtimeConfig: { flags: { a: true } }, overrides: {} });
  const again = async () => {
    sent.length = 0;
    while (timers.size === 0) await new Promise((done) => setTimeout(done, 1));
    pass(59_999);
    assert.deepEqual(sent, [], 'not before a minute is over');
    pass(1);
    await loaded.refresh();
  };
  await again();
  assert.deepEqual(sent.sort(), ['/config.json 304', '/over.json 404']);

  files['/over.json'] = '{"flags": {"a": false}}';
  await again();
  assert.deepEqual(settings.current().overrides, { flags: { a: false } });

  files['/over.json'] = '{"flags": {"a": fal';
  await again();
  await again();
  assert.deepEqual(settings.current().overrides, { flags: { a: false } }, 'a broken file changes nothing');
  assert.deepEqual(issues.map(({ phase, error }) => `${phase} ${error.name}`), ['config SyntaxError'], 'and is reported once');

  files['/over.json'] = [503, '', 'text/plain'];
  await again();
  assert.match(issues[1].error.message, /over\.json: status 503/);
  files['/over.json'] = [200, '<!DOCTYPE html>', 'text/html; charset=utf-8'];
  await again();
  assert.deepEqual(settings.current().overrides, {}, 'a server that answers its start page for all that is not there');
  files['/over.json'] = '{"flags": {"a": false}}';
  await again();
  assert.deepEqual(settings.current().overrides, { flags: { a: false } }, 'the same file is back, with the tag that it had');
  delete files['/over.json'];
  await again();
  files['/config.json'] = [200, '<!DOCTYPE html>', 'text/html'];
  await again();
  assert.deepEqual(settings.current().runtimeConfig, { flags: { a: true } }, 'the configuration has to be there');
  assert.equal(issues.length, 3);

  loaded.stop();
  sent.length = 0;
  pass(600_000);
  assert.deepEqual([sent, timers.size], [[], 0]);
});

test('one look at a time, and none behind the end', async () => {
  const { clock, timers } = fakeClock();
  const settings = createSettings();
  let asked = 0;
  let answer;
  const ask = () => (asked++, new Promise((done) => (answer = () => done(new Response('{"flags": {"a": true}}', { headers: { 'content-type': 'application/json' } })))));
  const end = new AbortController();
  const loaded = loadSettings(settings, { config: '/c', clock, fetch: ask, signal: end.signal });
  const both = Promise.all([loaded.refresh(), loaded.refresh()]);
  assert.equal(asked, 1);
  end.abort();
  answer();
  await both;
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual([settings.current(), timers.size], [{}, 0]);
  const issues = [];
  const answers = [503, 503, 304, 503].map((status) => new Response(status === 304 ? null : '', { status }));
  const news = [];
  const ill = loadSettings(settings, { config: '/c', clock, fetch: async () => answers.shift() ?? new Response(null, { status: 304 }), every: 0, onIssue: (issue) => news.push(issue) });
  for (let turn = 0; turn < 5; turn++) await ill.refresh();
  assert.equal(news.length, 2, 'what comes again after a good answer is new');
  const dead = loadSettings(settings, { config: '/c', clock, fetch: () => Promise.reject(new TypeError('offline')), every: 0, onIssue: (issue) => issues.push(issue) });
  await dead.refresh();
  await dead.refresh();
  assert.deepEqual([issues.length, timers.size], [1, 0], 'every: 0 waits for nothing');
});

test('a page that nobody sees does not ask, and asks at once when it is seen', async (t) => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
  globalThis.document = page;
  t.after(() => delete globalThis.document);
  const { clock, pass, timers } = fakeClock();
  let asked = 0;
  const ask = async () => (asked++, new Response('{}', { headers: { 'content-type': 'application/json' } }));
  const loaded = loadSettings(createSettings(), { config: '/c', clock, fetch: ask });
  const turn = () => new Promise((done) => setTimeout(done, 2));
  const seen = async (visibilityState) => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event('visibilitychange'));
    await turn();
  };
  await turn();
  pass(60_000);
  await turn();
  assert.deepEqual([asked, timers.size], [0, 1]);
  await seen('visible');
  assert.equal(asked, 1);
  await seen('hidden');
  pass(60_000);
  await turn();
  assert.equal(asked, 1);
  await seen('visible');
  pass(60_000);
  await turn();
  assert.equal(asked, 3);
  loaded.stop();
  await seen('visible');
  assert.deepEqual([asked, timers.size], [3, 0]);
});

test('a visitor keeps a key, where something can be kept', () => {
  const kept = new Map();
  const store = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  const key = visitorKey(store);
  assert.match(key, /^[0-9a-z]+(-[0-9a-z]+){3}$/);
  assert.equal(visitorKey(store), key);
  assert.notEqual(visitorKey(store, 'other'), key);
  const refusing = { getItem: () => null, setItem: () => { throw new Error('full'); } };
  assert.notEqual(visitorKey(refusing), visitorKey(refusing));
  assert.notEqual(visitorKey(), visitorKey(), 'Node.js 20 has no localStorage');
});
