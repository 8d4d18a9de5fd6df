// In: the program, the runtime and Prometheus' own tool. Out: whether `fxc monitor` says of what the runtime has counted what the
// runtime itself says (of one and of many, of snapshots and of the text for Prometheus), and whether Prometheus says the same.
//
//   FXC=PROGRAM   another build of fxc (default build/fxc)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judge } from '../../build/runtime/metrics/alerts.js';
import { Monitor } from '../../build/runtime/metrics/monitor.js';
import { prometheusText } from '../../build/runtime/metrics/prometheus.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
let home;

const metrics = ['fallback-rate', 'error-rate', 'success-rate', 'timeout-rate', 'latency-p50', 'latency-p90', 'latency-p95', 'latency-p99'];
const names = ['maps', 'geocoding'];
// Bounds on both sides of what will be measured; none is met exactly but by chance.
const thresholds = metrics.flatMap((metric) => [
  { metric, is: '>', bound: metric.startsWith('latency') ? 600 : 0.06, over: 300_000 },
  { metric, is: '<=', bound: metric.startsWith('latency') ? 90 : 0.9, over: 3_600_000 },
]);
const clause = ({ metric, is, bound, over }) => `${metric} ${is} ${metric.startsWith('latency') ? `${bound}ms` : `${bound * 100}%`} over ${over / 60_000}m`;

function run(command, args, input) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: home, encoding: 'utf8', input, timeout: 60_000, env: { ...process.env, FXC_STDLIB: join(root, 'stdlib') } });
  return { status, stdout, stderr };
}

/** The verdicts, by integration and clause. */
function monitored(input) {
  const { status, stdout, stderr } = run(fxc, ['monitor', '--format=json', '-'], input);
  assert.ok(status === 0 || status === 1, stderr);
  assert.ok(stdout, stderr);
  const { integrations } = JSON.parse(stdout);
  const crossed = Object.values(integrations).flat().filter(({ verdict }) => verdict === 'crossed').length;
  assert.equal((stderr.match(/error: .* \[FX700[234]\]/g) ?? []).length, crossed);
  assert.equal(status, crossed ? 1 : 0);
  return integrations;
}

before(() => {
  home = mkdtempSync(join(tmpdir(), 'fxc-monitor-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  write('concept/a.html', `<!DOCTYPE html><title>T</title>${names.map((name) => `<div data-integration="${name}"></div>`).join('')}\n`);
  for (const name of names) {
    const url = `get "https://${name}.example.com/find" { query { q = text } }`;
    write(
      `integrations/${name}.fx`,
      `integration ${name} {
  label "L"  purpose "P"
  operation find(text: string) -> json
  release v1 = 1.0.0 stable { provider p1  find = ${url} }
  release v2 = 2.0.0 stable { provider p2  find = ${url} }
  fallback p1 -> static
  limits { timeout 20s }
  alert {
${thresholds.map((one) => `    ${clause(one)}`).join('\n')}
  }
}
`,
    );
  }
});
after(() => rmSync(home, { recursive: true, force: true }));

/** Numbers that look random and are the same each time (Mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const config = Object.fromEntries(
  names.map((name) => [name, { provider: 'p2', version: 'v2', release: '2.0.0', config: {}, fallback: 'static', fallbackChain: ['v1', 'static'], dependencies: [], releases: { v1: {}, v2: {} }, alerts: thresholds }]),
);

/** A runtime that has seen some calls in the last minutes. */
function runtime(seed, calls) {
  const random = chance(seed);
  const clock = { now: () => 1_772_366_400_000, after: () => () => undefined, random };
  const monitor = new Monitor({ config, clock });
  const failing = random() * 0.15;
  for (let i = 0; i < calls; i++) {
    const integration = names[i % 2];
    let answered = 'static';
    for (const release of ['v2', 'v1']) {
      const failed = random() < failing;
      const result = failed ? (random() < 0.5 ? 'error' : 'timeout') : 'ok';
      monitor.onAsk({ integration, operation: 'find', source: 'concept/a.html:1:1', release, result, failure: undefined, attempts: 1, ms: Math.floor(random() ** 3 * 2400) });
      if (!failed) answered = release;
      if (!failed) break;
    }
    monitor.onCall({ integration, operation: 'find', source: 'concept/a.html:1:1', chosen: 'v2', answered, fallback: answered !== 'v2', error: undefined, ms: 10 });
  }
  return monitor.snapshot();
}

const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

/** What the runtime says of the same bounds, in the same form. */
function same(found, snapshot) {
  let compared = 0;
  for (const [name, { windows }] of Object.entries(snapshot.integrations)) {
    const judged = judge(thresholds, windows);
    for (const one of found[name]) {
      const other = judged.find(({ threshold }) => threshold.metric === one.metric && threshold.is === one.is);
      if (!other) {
        assert.ok(['too-few-calls', 'nothing-measured'].includes(one.verdict), `${name} ${one.metric} ${one.verdict}`);
        continue;
      }
      assert.ok(near(one.value, other.value), `${name} ${one.metric}: ${one.value} and ${other.value}`);
      assert.equal(one.verdict, other.crossed ? 'crossed' : 'kept', `${name} ${one.metric} ${one.is} ${one.bound}: ${one.value}`);
      compared++;
    }
  }
  return compared;
}

test('one runtime: fxc and the runtime judge alike', () => {
  let compared = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const snapshot = runtime(seed, 10 + seed * 9);
    compared += same(monitored(JSON.stringify(snapshot, null, seed % 3)), snapshot);
  }
  assert.ok(compared > 800, `${compared}`);
});

/** All counts of several runtimes in one snapshot, as if one had seen them. */
function added(snapshots) {
  const sums = (rows, key) => rows.reduce((sum, row) => sum + (row[key] ?? 0), 0);
  const integrations = {};
  for (const name of names) {
    const rows = snapshots.map((snapshot) => snapshot.integrations[name]).filter(Boolean);
    const releases = {};
    for (const label of ['v1', 'v2']) {
      const counts = rows.map((row) => row.releases[label]).filter(Boolean);
      releases[label] = {
        ...Object.fromEntries(['asked', 'errors', 'timeouts', 'trips'].map((key) => [key, sums(counts, key)])),
        latency: { counts: Array.from({ length: 17 }, (_, i) => counts.reduce((sum, { latency }) => sum + latency.counts[i], 0)), sum: 0 },
      };
    }
    const answered = Object.fromEntries(['v1', 'v2', 'static'].map((label) => [label, sums(rows.map((row) => row.answered), label)]));
    integrations[name] = { ...rows[0], answered, calls: sums(rows, 'calls'), fallbacks: sums(rows, 'fallbacks'), releases, windows: [] };
  }
  return { ...snapshots[0], integrations };
}

const plain = (integrations) =>
  Object.fromEntries(Object.entries(integrations).map(([name, list]) => [name, list.map(({ metric, is, verdict, value, sample }) => ({ metric, is, verdict, sample, value: value === null ? null : Number(value.toPrecision(12)) }))]));

test('many runtimes are one: as lines, as a list, added up, and as the text for Prometheus', () => {
  for (let seed = 100; seed < 120; seed++) {
    const snapshots = [1, 2, 3].map((n) => runtime(seed * 3 + n, 20 * n + seed));
    const sum = added(snapshots);
    const expected = plain(monitored(JSON.stringify(sum)));
    assert.deepEqual(plain(monitored(snapshots.map((one) => JSON.stringify(one)).join('\n'))), expected, `lines, ${seed}`);
    assert.deepEqual(plain(monitored(JSON.stringify(snapshots))), expected, `list, ${seed}`);
    const text = prometheusText([{ side: 'browser', snapshot: added(snapshots.slice(0, 2)) }, { side: 'server', snapshot: snapshots[2] }], config);
    assert.deepEqual(plain(monitored(text)), expected, `text, ${seed}`);
    assert.deepEqual(plain(monitored(`${text.replace(/^# (HELP|TYPE) .*\n/gm, '')}# EOF\n`)), expected, `OpenMetrics, ${seed}`);
  }
});

test('the alerts fire in Prometheus where fxc finds a bound crossed', () => {
  const { status, stderr } = run(fxc, ['build', '-q']);
  assert.equal(status, 0, stderr);
  const rules = join(home, 'generated', 'alerts.rules.yml');
  assert.match(readFileSync(rules, 'utf8'), /MapsLatencyP99/);
  const pascal = (text) => text.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
  const tests = [];
  let crossings = 0;
  for (let seed = 200; seed < 212; seed++) {
    const snapshot = runtime(seed, 40 + seed);
    const text = prometheusText([{ side: 'server', snapshot }], config);
    const found = monitored(text);
    // Everything is counted anew every five minutes, evenly; a bound over an hour sees twelve times as much, in the same shares.
    const input_series = text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
      const [, series, value] = /^(.*) (\S+)$/.exec(line);
      return { series, values: `0+${Number(value) / 5}x80` };
    });
    const firing = new Set();
    for (const [name, list] of Object.entries(found)) {
      for (const { metric, over, verdict } of list) {
        const suffix = over === 300_000 ? '' : '2';
        if (verdict === 'crossed') firing.add(`${pascal(name)}${pascal(metric)}${suffix}`);
      }
    }
    crossings += firing.size;
    tests.push({
      interval: '1m',
      input_series,
      promql_expr_test: [{ expr: 'count by (alertname) (ALERTS{alertstate="firing"})', eval_time: '70m', exp_samples: [...firing].map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })) }],
    });
  }
  assert.ok(crossings > 50, `${crossings}`);
  const file = join(home, 'unit.json');
  writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '1m', tests }));
  const result = run('promtool', ['test', 'rules', file]);
  assert.equal(result.status, 0, result.stdout + result.stderr);
});
