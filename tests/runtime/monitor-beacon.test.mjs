// In: a monitor that counts, and a browser's ways to send, played. Out: whether what arrives adds up to what was counted,
// whatever is lost on the way, and whether a server refuses what no monitor sends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBeacon } from '../../build/runtime/metrics/beacon.js';
import { LARGEST_BEACON, readDelta } from '../../build/runtime/metrics/delta.js';
import { Monitor } from '../../build/runtime/metrics/monitor.js';

const releases = { v1: { provider: 'p', release: '1.0.0', config: {} }, v2: { provider: 'p', release: '2.0.0', config: {} } };
const config = { a: { releases }, b: { releases } };
const ask = { integration: 'a', operation: 'o', source: undefined, release: 'v2', result: 'ok', failure: undefined, attempts: 1, ms: 7.5 };
const call = { integration: 'a', operation: 'o', source: 'concept/a.html:1:2', chosen: 'v2', answered: 'v2', fallback: false, error: undefined, ms: 7 };

/** What is counted since the start. */
function totals(monitor) {
  const { integrations } = monitor.snapshot();
  return Object.fromEntries(Object.entries(integrations).map(([name, { answered, calls, fallbacks, releases, sources }]) => [name, { answered, calls, fallbacks, releases, sources }]));
}

/** A browser that sends by `answer(body, leaving)`: true, false, a status, or an Error. */
function browser(answer) {
  const listeners = new Set();
  const timers = new Set();
  const globals = {
    document: { visibilityState: 'visible', addEventListener: (_, run) => listeners.add(run), removeEventListener: (_, run) => listeners.delete(run) },
    navigator: { sendBeacon: (url, blob) => { assert.equal(blob.type, 'application/json'); return blob.text().then((text) => played.got.push([url, text, 'beacon'])), answer(null, true); } },
    fetch: async (url, { body, headers, keepalive, method }) => {
      assert.deepEqual([method, keepalive, headers], ['POST', true, { 'content-type': 'application/json' }]);
      const status = answer(body, false);
      if (status instanceof Error) throw status;
      if (status < 300) played.got.push([url, body, 'fetch']);
      return { ok: status < 300, status };
    },
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const clock = { now: () => 0, random: () => 0, after: (ms, run) => { const timer = { ms, run }; timers.add(timer); return () => timers.delete(timer); } };
  const played = {
    clock, timers, listeners, got: [],
    async tick() { for (const timer of [...timers]) { timers.delete(timer); timer.run(); } await new Promise(setImmediate); },
    async hide() { globals.document.visibilityState = 'hidden'; for (const run of listeners) run(); globals.document.visibilityState = 'visible'; await new Promise(setImmediate); },
    /** All that arrived, counted by a server. */
    sum() {
      const server = new Monitor({ config, clock });
      for (const [, body] of played.got) server.add(readDelta(JSON.parse(body), config));
      return totals(server);
    },
  };
  return played;
}


test('nothing is sent when nothing has happened; then every while, what is new', async () => {
  const played = browser(() => 204);
  const monitor = new Monitor({ config, clock: played.clock });
  const stop = startBeacon(monitor, { clock: played.clock, every: 1234 });
  await played.tick();
  await played.hide();
  assert.deepEqual([played.got.length, played.timers.size], [0, 0]);
  monitor.onAsk(ask);
  monitor.onCall(call);
  assert.deepEqual([...played.timers].map(({ ms }) => ms), [1234]);
  await played.tick();
  assert.equal(played.got.length, 1);
  assert.deepEqual(played.got[0][0], '/_fx/metrics');
  assert.deepEqual(JSON.parse(played.got[0][1]), {
    interface: 'runtime-delta', at: '1970-01-01T00:00:00.000Z',
    integrations: { a: { calls: 1, answered: { v2: 1 }, sources: { 'concept/a.html:1:2': { calls: 1 } }, releases: { v2: { asked: 1, latency: { counts: Array(17).fill(0).with(1, 1), sum: 8 } } } } },
  });
  await played.tick();
  await played.hide();
  assert.equal(played.got.length, 1);
  monitor.onCall({ ...call, fallback: true, answered: 'static', error: 'failed' });
  await played.hide();
  assert.deepEqual(played.got.map(([, , way]) => way), ['fetch', 'beacon']);
  assert.deepEqual(played.sum(), totals(monitor));
  stop();
  assert.deepEqual([played.listeners.size, played.timers.size], [0, 0]);
  monitor.onCall(call);
  assert.equal(played.timers.size, 0);
});

test('lost beacons are made up for: any way of failing, in any order', async () => {
  let seed = 3;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const played = browser((_, leaving) => (leaving ? random() < 0.5 : [204, 500, 503, 429, 408, new Error('offline')][Math.floor(random() * 6)]));
  // A beacon that is refused is not queued.
  const { sendBeacon } = navigator;
  navigator.sendBeacon = (url, blob) => { const queued = random() < 0.5; if (queued) sendBeacon(url, blob); return queued; };
  const monitor = new Monitor({ config, clock: played.clock });
  const stop = startBeacon(monitor, { clock: played.clock });
  for (let i = 0; i < 600; i++) {
    monitor.onAsk({ ...ask, integration: random() < 0.5 ? 'a' : 'b', ms: random() * 5000, result: random() < 0.3 ? 'error' : 'ok' });
    if (random() < 0.7) monitor.onCall({ ...call, fallback: random() < 0.2 });
    if (random() < 0.3) await played.tick();
    if (random() < 0.1) await played.hide();
    if (random() < 0.1) monitor.onBreaker({ integration: 'b', release: 'v1', state: 'open' });
  }
  for (let i = 0; i < 200 && played.timers.size > 0; i++) await played.tick();
  assert.deepEqual(played.sum(), totals(monitor));
  assert.ok(played.got.length > 50);
  stop();
});

test('a server without anybody who counts is not asked again', async () => {
  for (const status of [400, 403, 404, 405, 413]) {
    let asked = 0;
    const played = browser(() => ((asked += 1), status));
    const monitor = new Monitor({ config, clock: played.clock });
    startBeacon(monitor, { clock: played.clock });
    for (let i = 0; i < 3; i++) {
      monitor.onCall(call);
      await played.tick();
      await played.hide();
    }
    assert.deepEqual([asked, played.timers.size, played.listeners.size], [1, 0, 0]);
  }
});

test('no beacon is larger than 64 KiB, however much there is', async () => {
  const played = browser(() => 204);
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`integration-${i}`, { releases }]));
  const monitor = new Monitor({ config: many, clock: played.clock });
  startBeacon(monitor, { clock: played.clock });
  for (const integration of Object.keys(many)) {
    const long = integration === 'integration-7' ? 600 : 40; // one does not fit by itself
    for (let i = 0; i < 150; i++) monitor.onCall({ ...call, integration, source: `concept/${'é'.repeat(long)}.html:${i}:1` });
  }
  await played.tick();
  assert.ok(played.got.length > 1);
  for (const [, body] of played.got) assert.ok(Buffer.byteLength(body) <= LARGEST_BEACON);
  const calls = played.got.flatMap(([, body]) => Object.values(JSON.parse(body).integrations)).reduce((sum, one) => sum + one.calls, 0);
  assert.equal(calls, 40 * 150);
  await played.tick();
  assert.equal(played.timers.size, 0);
});

test('what no monitor sends is refused', () => {
  const counts = Array(17).fill(0).with(0, 2);
  const good = () => ({ interface: 'runtime-delta', at: 'x', integrations: { a: { calls: 2, fallbacks: 1, answered: { v2: 1, static: 1 }, releases: { v2: { asked: 2, errors: 1, timeouts: 1, trips: 1, latency: { counts, sum: 3 } } }, sources: { 'c.html:1:1': { calls: 2, errors: 1, fallbacks: 1 } } } } });
  assert.deepEqual(readDelta(good(), config), good());
  assert.deepEqual(readDelta({ ...good(), newer: 1 }, config), good()); // of a later runtime
  const refused = (change, path) => {
    const delta = good();
    change(delta.integrations.a, delta);
    assert.throws(() => readDelta(delta, config), (error) => error.name === 'ShapeError' && error.message.startsWith(path), `${change}`);
  };
  for (const value of [null, 1, 'x', [], {}]) assert.throws(() => readDelta(value, config), { name: 'ShapeError' });
  refused((a, all) => (all.interface = 'runtime-snapshot'), 'interface');
  refused((a, all) => (all.integrations = []), 'integrations');
  refused((a, all) => (all.integrations.nobody = { calls: 0 }), 'integrations');
  refused((a, all) => Object.defineProperty(all.integrations, '__proto__', { value: {}, enumerable: true }), 'integrations');
  refused((a, all) => (all.integrations.constructor = {}), 'integrations');
  refused((a) => (a.releases = { v9: { asked: 0 } }), 'integrations.a.releases');
  refused((a) => (a.answered = { v9: 2 }), 'integrations.a.answered');
  refused((a) => (a.sources = { 'a\nb': {} }), 'integrations.a.sources');
  refused((a) => (a.sources = { ['x'.repeat(301)]: {} }), 'integrations.a.sources');
  for (const bad of [-1, 0.5, NaN, Infinity, 1e9, '2', [2], {}]) refused((a) => (a.calls = bad), 'integrations.a');
  for (const bad of [-1, NaN, 1e13, '2']) refused((a) => (a.releases.v2.latency.sum = bad), 'integrations.a.releases.v2.latency.sum');
  refused((a) => (a.releases.v2.latency.counts = [2]), 'integrations.a.releases.v2.latency.counts');
  refused((a) => (a.releases.v2.latency.counts = Array(1e6).fill(0)), 'integrations.a.releases.v2.latency.counts');
  // Counts that no rate could be made of.
  refused((a) => (a.fallbacks = 3), 'integrations.a');
  refused((a) => (a.calls = 1), 'integrations.a');
  refused((a) => (a.releases.v2.errors = 3), 'integrations.a');
  refused((a) => (a.releases.v2.timeouts = 2), 'integrations.a');
  refused((a) => (a.releases.v2.asked = 3), 'integrations.a');
  refused((a) => (a.sources['c.html:1:1'].calls = 3), 'integrations.a');
});
