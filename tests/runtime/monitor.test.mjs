// In: random sequences of records under a played clock. Out: whether the monitor's figures are those of a list of all
// records, read through for each question; windows at their edges; clocks that jump; alerts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { judge, thresholdsOf } from '../../build/runtime/metrics/alerts.js';
import { measured } from '../../build/runtime/selection/canary.js';
import { partOf, quantile } from '../../build/runtime/metrics/histogram.js';
import { Monitor } from '../../build/runtime/metrics/monitor.js';
import { LATENCY_BOUNDS } from '../../build/runtime/metrics/snapshot.js';
import { SLOTS, Window, steady } from '../../build/runtime/metrics/windows.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const T0 = Date.UTC(2026, 0, 5, 12);

/** A clock that stands still until it is moved; timers that come due run on the way. */
function playedClock(start = T0) {
  let now = start;
  const timers = new Set();
  return {
    now: () => now,
    random: () => 0.5,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    jump: (ms) => (now += ms),
    pending: () => timers.size,
    move(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.run();
      }
      now = end;
    },
  };
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const entry = (more = {}) => ({
  provider: 'p', version: 'v2', release: '2.0.0', config: {}, fallback: 'static', fallbackChain: ['v1', 'static'], dependencies: [],
  releases: { v1: { provider: 'p', release: '1.0.0', config: {} }, v2: { provider: 'p', release: '2.0.0', config: {} } }, ...more,
});
const ask = (more = {}) => ({ integration: 'a', operation: 'o', source: undefined, release: 'v2', result: 'ok', failure: undefined, attempts: 1, ms: 7, ...more });
const call = (more = {}) => ({ integration: 'a', operation: 'o', source: undefined, chosen: 'v2', answered: 'v2', fallback: false, error: undefined, ms: 7, ...more });

test('quantiles are those that Prometheus documents', () => {
  const counts = (some) => Array.from({ length: LATENCY_BOUNDS.length + 1 }, (_, i) => some[i] ?? 0);
  assert.equal(quantile(0.5, counts({})), null);
  // Ten in the first part: the half of them ends half way from 0 to 5.
  assert.equal(quantile(0.5, counts({ 0: 10 })), 2.5);
  // 90 up to 5 ms, 10 from 5 to 10 ms: the 95th is half way through the second part.
  assert.equal(quantile(0.95, counts({ 0: 90, 1: 10 })), 7.5);
  // The rank falls on an end: that end.
  assert.equal(quantile(0.9, counts({ 0: 90, 1: 10 })), 5);
  // Beyond the last end: that one.
  assert.equal(quantile(0.99, counts({ 16: 3 })), 30000);
  assert.equal(quantile(0.5, counts({ 9: 4, 12: 4 })), 1000);
  assert.equal(quantile(0.51, counts({ 9: 4, 12: 4 })), 2000 + 1000 * (0.08 / 4));
});

test('a time is counted in the part whose upper end it does not pass', () => {
  for (const [ms, part] of [[0, 0], [5, 0], [5.01, 1], [10, 1], [29999, 15], [30000, 15], [30001, 16], [1e9, 16]]) assert.equal(partOf(ms), part, `${ms}`);
});

test('windows count as a list of all events does, to within one part', () => {
  const random = seeded(7);
  for (let round = 0; round < 20; round++) {
    const clock = playedClock(T0 + Math.floor(random() * DAY));
    const over = [1000, MINUTE, 5 * MINUTE, DAY][round % 4];
    const window = new Window(over, steady(clock));
    const log = [];
    for (let i = 0; i < 500; i++) {
      clock.move(random() < 0.02 ? over * random() * 1.5 : (over / 60) * random());
      const by = 1 + Math.floor(random() * 3);
      window.count('asked', by);
      window.countLatency(4, by);
      log.push({ at: clock.now(), by });
      const within = (ms) => log.filter(({ at }) => at > clock.now() - ms).reduce((sum, one) => sum + one.by, 0);
      const { asked, latency } = window.counts();
      assert.ok(asked <= within(over), `${asked} in ${over}, more than ${within(over)}`);
      assert.ok(asked >= within(over - over / SLOTS), `${asked} in ${over}, less than ${within(over - over / SLOTS)}`);
      assert.equal(latency.p50, 75); // all between 50 and 100
    }
  }
});

test('what is older than a window is gone, at the edge and after long silence', () => {
  const clock = playedClock(); // at the start of a part
  const window = new Window(SLOTS * 1000, steady(clock));
  window.count('calls', 1);
  clock.move(SLOTS * 1000 - 1);
  assert.equal(window.counts().calls, 1);
  clock.move(1);
  assert.equal(window.counts().calls, 0);
  window.count('calls', 5);
  clock.move(1000 * DAY);
  assert.deepEqual({ ...window.counts(), latency: null }, { over: SLOTS * 1000, asked: 0, errors: 0, timeouts: 0, calls: 0, fallbacks: 0, latency: null });
  window.count('calls', 2);
  assert.equal(window.counts().calls, 2);
});

test('a clock that jumps back neither loses counts nor keeps them for ever', () => {
  const clock = playedClock();
  const window = new Window(5 * MINUTE, steady(clock));
  window.count('calls', 3);
  clock.jump(-2 * MINUTE - 7000);
  assert.equal(window.counts().calls, 3);
  window.count('calls', 1);
  assert.equal(window.counts().calls, 4);
  clock.move(4 * MINUTE);
  assert.equal(window.counts().calls, 4);
  clock.move(MINUTE);
  assert.equal(window.counts().calls, 0);
});

test('totals, windows, releases, sources and the three figures agree with a log of all records', () => {
  const random = seeded(11);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const clock = playedClock();
  const monitor = new Monitor({ config: { a: entry(), b: entry({ alerts: [{ metric: 'latency-p95', is: '>', bound: 1e9, over: MINUTE }] }) }, clock });
  const [asks, calls, trips] = [[], [], []];
  for (let i = 0; i < 3000; i++) {
    clock.move(random() * 40_000); // some 16 hours in all
    const integration = pick(['a', 'b']);
    const kind = random();
    if (kind < 0.6) {
      asks.push({ ...ask({ integration, release: pick(['v1', 'v2']), result: pick(['ok', 'ok', 'error', 'timeout']), ms: random() * 40_000 }), at: clock.now() });
      monitor.onAsk(asks.at(-1));
    } else if (kind < 0.95) {
      const answered = pick(['v2', 'v2', 'v1', 'static']);
      const error = answered === 'static' ? 'failed' : undefined;
      calls.push({ ...call({ integration, answered, fallback: answered !== 'v2', error, source: pick([undefined, 'concept/x.html:1:2', 'concept/y.html:3:4']) }), at: clock.now() });
      monitor.onCall(calls.at(-1));
    } else {
      const state = pick(['open', 'half-open', 'closed']);
      if (state === 'open') trips.push({ integration, release: 'v2' });
      monitor.onBreaker({ integration, release: 'v2', state });
    }
  }
  const snapshot = JSON.parse(JSON.stringify(monitor.snapshot()));
  const count = (list, test) => list.filter(test).length;
  for (const [name, found] of Object.entries(snapshot.integrations)) {
    const [mine, own] = [asks.filter((one) => one.integration === name), calls.filter((one) => one.integration === name)];
    assert.equal(found.calls, own.length);
    assert.equal(found.fallbacks, count(own, (one) => one.fallback));
    for (const label of ['v1', 'v2', 'static']) assert.equal(found.answered[label], count(own, (one) => one.answered === label));
    for (const label of ['v1', 'v2']) {
      const of = mine.filter((one) => one.release === label);
      const { latency, ...rest } = found.releases[label];
      assert.deepEqual(rest, {
        asked: of.length, errors: count(of, (one) => one.result !== 'ok'), timeouts: count(of, (one) => one.result === 'timeout'),
        trips: label === 'v2' ? count(trips, (one) => one.integration === name) : 0,
      });
      const ends = [0, ...LATENCY_BOUNDS, Infinity];
      assert.deepEqual(latency.counts, ends.slice(1).map((end, i) => count(of, ({ ms }) => ms <= end && (ms > ends[i] || i === 0))));
      assert.equal(latency.sum, of.reduce((sum, { ms }) => sum + Math.round(ms), 0));
    }
    for (const source of ['concept/x.html:1:2', 'concept/y.html:3:4']) {
      const of = own.filter((one) => one.source === source);
      assert.deepEqual(found.sources[source], { calls: of.length, errors: count(of, (one) => one.error), fallbacks: count(of, (one) => one.fallback) });
    }
    assert.deepEqual(found.windows.map(({ over }) => over), name === 'a' ? [5 * MINUTE, DAY] : [MINUTE, 5 * MINUTE, DAY]);
    const day = found.windows.at(-1);
    assert.deepEqual([day.asked, day.calls, day.fallbacks], [mine.length, found.calls, found.fallbacks]); // nothing is a day old
  }
  assert.equal(snapshot.runtime.api_calls_24h, asks.length);
  assert.equal(snapshot.runtime.fallback_triggered, count(calls, (one) => one.fallback));
  clock.move(DAY);
  const later = monitor.snapshot();
  assert.equal(later.runtime.api_calls_24h, 0);
  assert.equal(later.integrations.a.calls, snapshot.integrations.a.calls);
});

test('a snapshot is what its schema says, before anything is counted too', () => {
  const schema = JSON.parse(readFileSync(new URL('../../compiler/emit/schema/runtime-snapshot.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  ajv.addVocabulary(['generated']);
  const valid = ajv.compile(schema);
  const monitor = new Monitor({ config: { a: entry() }, clock: playedClock() });
  const check = () => assert.ok(valid(JSON.parse(JSON.stringify(monitor.snapshot()))), JSON.stringify(valid.errors));
  check();
  monitor.onState({ integration: 'a', state: 'starting', release: '', reason: 'active' });
  check();
  monitor.onAsk(ask());
  monitor.onCall(call({ source: 'concept/a.html:1:1' }));
  monitor.onBreaker({ integration: 'a', release: 'v1', state: 'open' });
  check();
  assert.ok(!valid({ ...monitor.snapshot(), at: undefined }));
});

test('states make the active integrations; unknown integrations and floods of places take no memory', () => {
  const monitor = new Monitor({ config: { a: entry(), b: entry(), c: entry() }, clock: playedClock() });
  monitor.onState({ integration: 'a', state: 'ready', release: 'v2', reason: 'active' });
  monitor.onState({ integration: 'b', state: 'fallback', release: 'v1', reason: 'fallback' });
  monitor.onState({ integration: 'c', state: 'static', release: '', reason: 'off' });
  monitor.onState({ integration: 'nobody', state: 'ready', release: 'v2', reason: 'active' });
  monitor.onAsk(ask({ integration: '__proto__' }));
  const before = monitor.snapshot();
  assert.equal(before.runtime.active_integrations, 2);
  assert.deepEqual(Object.keys(before.integrations), ['a', 'b', 'c']);
  assert.deepEqual([before.integrations.b.release, before.integrations.b.reason], ['v1', 'fallback']);
  for (let i = 0; i < 1000; i++) monitor.onCall(call({ source: `concept/p.html:${i}:1` }));
  monitor.onCall(call({ source: '__proto__' }));
  const { sources } = monitor.snapshot().integrations.a;
  assert.equal(Object.keys(sources).length, 201);
  assert.equal(Object.values(sources).reduce((sum, one) => sum + one.calls, 0), 1001);
});

test('metrics and comparisons', () => {
  const counts = { over: MINUTE, asked: 100, errors: 3, timeouts: 2, calls: 50, fallbacks: 5, latency: { p50: 10, p90: 20, p95: 30, p99: 40 } };
  const values = { 'fallback-rate': 0.1, 'error-rate': 0.03, 'success-rate': 0.97, 'timeout-rate': 0.02, 'latency-p50': 10, 'latency-p90': 20, 'latency-p95': 30, 'latency-p99': 40 };
  for (const [metric, value] of Object.entries(values)) assert.equal(measured(metric, counts), value, metric);
  for (const metric of ['scan', 'generation', 'latency-p75', 'latency-constructor', 'constructor']) assert.equal(measured(metric, counts), undefined, metric);
  // 19 say nothing, 20 do: of calls for the fallback rate, of asks for all others.
  assert.equal(measured('error-rate', { ...counts, asked: 19 }), undefined);
  assert.equal(measured('error-rate', { ...counts, asked: 20, calls: 0 }), 0.15);
  assert.equal(measured('fallback-rate', { ...counts, calls: 19 }), undefined);
  assert.equal(measured('fallback-rate', { ...counts, calls: 20, asked: 0 }), 0.25);
  assert.equal(measured('latency-p95', { ...counts, latency: { ...counts.latency, p95: null } }), undefined);
  const crossed = (is, bound) => judge([{ metric: 'error-rate', is, bound, over: MINUTE }], [counts])[0].crossed;
  const truth = { '>': [true, false, false], '>=': [true, true, false], '<': [false, false, true], '<=': [false, true, true], '==': [false, true, false], '!=': [true, false, true] };
  for (const [is, expected] of Object.entries(truth)) assert.deepEqual([0.02, 0.03, 0.04].map((bound) => crossed(is, bound)), expected, is);
  assert.deepEqual(judge([{ metric: 'error-rate', is: '>', bound: 0, over: 7 }], [counts]), []);
});

test('thresholds: the manifest, then the project, then everybody', () => {
  const [own, project] = [{ metric: 'error-rate', is: '>', bound: 0.5 }, { metric: 'error-rate', is: '>', bound: 0.3 }];
  assert.deepEqual(thresholdsOf().map(({ metric, bound, over }) => [metric, bound, over]), [['fallback-rate', 0.05, 5 * MINUTE], ['error-rate', 0.01, 5 * MINUTE]]);
  assert.deepEqual(thresholdsOf([own], [project]).map(({ metric, bound }) => [metric, bound]), [['error-rate', 0.5], ['fallback-rate', 0.05]]);
  assert.deepEqual(thresholdsOf([], [project, { ...project, bound: 0.9 }]).map(({ bound }) => bound), [0.3, 0.9, 0.05]);
});

test('an alert begins above its threshold with 20 calls, and ends when they have passed', () => {
  const clock = playedClock();
  const alerts = [];
  const monitor = new Monitor({ config: { a: entry({ source: 'integrations/a.fx:1:13' }) }, clock, onAlert: (alert) => alerts.push({ ...alert, at: clock.now() - T0 }) });
  for (let i = 0; i < 19; i++) monitor.onCall(call({ fallback: true, answered: 'v1' }));
  assert.equal(alerts.length, 0);
  monitor.onCall(call());
  assert.deepEqual(alerts.map(({ integration, threshold, value, active, source }) => [integration, threshold.metric, value, active, source]), [['a', 'fallback-rate', 0.95, true, 'integrations/a.fx:1:13']]);
  monitor.onCall(call({ fallback: true, answered: 'v1' }));
  assert.equal(alerts.length, 1); // it has begun once
  clock.move(10 * MINUTE);
  assert.deepEqual([alerts.length, alerts[1].active, alerts[1].value], [2, false, undefined]);
  assert.ok(alerts[1].at <= 5 * MINUTE && alerts[1].at >= 5 * MINUTE * (1 - 2 / SLOTS), `${alerts[1].at}`);
  assert.equal(clock.pending(), 0);
  // 5 of 100 are not more than 5 %; 6 of 101 are.
  for (let i = 0; i < 100; i++) monitor.onCall(call({ fallback: i % 20 === 19 }));
  assert.equal(alerts.length, 2);
  monitor.onCall(call({ fallback: true }));
  assert.equal(alerts.length, 3);
  for (let i = 0; i < 40; i++) monitor.onCall(call());
  assert.deepEqual([alerts.length, alerts[3].active, alerts[3].value], [4, false, 0.05]);
});

test('errors of two integrations burn apart; dispose leaves no timer', () => {
  const clock = playedClock();
  const alerts = [];
  const monitor = new Monitor({ config: { a: entry(), b: entry() }, clock, onAlert: ({ integration, threshold }) => alerts.push(`${integration} ${threshold.metric}`) });
  let told = 0;
  const stop = monitor.subscribe(() => (told += 1));
  for (let i = 0; i < 20; i++) monitor.onAsk(ask({ result: 'error' }));
  for (let i = 0; i < 20; i++) monitor.onAsk(ask({ integration: 'b', result: 'timeout' }));
  assert.deepEqual(alerts, ['a error-rate', 'b error-rate']);
  assert.equal(told, 40);
  stop();
  monitor.onAsk(ask());
  assert.equal(told, 40);
  assert.equal(clock.pending(), 1);
  monitor.dispose();
  assert.equal(clock.pending(), 0);
});

test('what other browsers have counted is added', () => {
  const clock = playedClock();
  const monitor = new Monitor({ config: { a: entry() }, clock });
  const counts = Array(17).fill(0).with(2, 30);
  monitor.add({ interface: 'runtime-delta', at: '', integrations: {
    a: { calls: 30, fallbacks: 2, answered: { v2: 28, v1: 2 }, releases: { v2: { asked: 30, errors: 2, latency: { counts, sum: 500 } } }, sources: { 'c.html:1:1': { calls: 30 } } },
    nobody: { calls: 1 },
  } });
  const { a, ...others } = monitor.snapshot().integrations;
  assert.deepEqual(others, {});
  assert.deepEqual([a.state, a.release, a.calls, a.fallbacks], ['ready', 'v2', 30, 2]);
  assert.deepEqual(a.releases.v2, { asked: 30, errors: 2, timeouts: 0, trips: 0, latency: { counts, sum: 500 } });
  assert.deepEqual(a.sources['c.html:1:1'], { calls: 30, errors: 0, fallbacks: 0 });
  assert.deepEqual([a.windows[0].asked, a.windows[0].errors, a.windows[0].latency.p50], [30, 2, 17.5]);
});

test('who throws on hearing of an alert does not stop the watch', async () => {
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const seen = [];
  process.on('uncaughtException', (error) => seen.push(error.message));
  const clock = playedClock();
  const monitor = new Monitor({ config: { a: entry() }, clock, onAlert: ({ active }) => { throw new Error(active ? 'begins' : 'ends'); } });
  for (let n = 0; n < 20; n++) monitor.onAsk(ask({ result: 'error' }));
  clock.move(DAY);
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('uncaughtException');
  for (const listener of before) process.on('uncaughtException', listener);
  assert.deepEqual(seen, ['begins', 'ends']);
});
