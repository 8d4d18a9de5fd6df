// In: counts of a monitor. Out: whether promtool takes the text for metrics, whether the text says what was counted, and
// whether Prometheus' own histogram_quantile gives our quantiles.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { quantile } from '../../build/runtime/metrics/histogram.js';
import { Monitor } from '../../build/runtime/metrics/monitor.js';
import { prometheusText } from '../../build/runtime/metrics/prometheus.js';
import { LATENCY_BOUNDS } from '../../build/runtime/metrics/snapshot.js';

const promtool = process.env.PROMTOOL ?? 'promtool';
const clock = { now: () => Date.UTC(2026, 0, 5), random: () => 0.5, after: () => () => undefined };
const config = { 'address-validation': { releases: { v2: {}, v3: {} } }, 'odd': { releases: {} } };

function filled() {
  const monitor = new Monitor({ config, clock });
  const subject = { integration: 'address-validation', operation: 'check', source: 'concept/a "b"\\c\nd.html:1:2' };
  for (const [release, result, ms] of [['v3', 'ok', 4], ['v3', 'error', 5], ['v3', 'timeout', 40_000], ['v2', 'ok', 700]]) monitor.onAsk({ ...subject, release, result, failure: undefined, attempts: 1, ms });
  monitor.onCall({ ...subject, chosen: 'v3', answered: 'v3', fallback: false, error: undefined, ms: 1 });
  monitor.onCall({ ...subject, chosen: 'v3', answered: 'v2', fallback: true, error: undefined, ms: 1 });
  monitor.onCall({ ...subject, chosen: 'v3', answered: 'static', fallback: true, error: 'failed', ms: 1 });
  monitor.onBreaker({ integration: 'address-validation', release: 'v3', state: 'open' });
  monitor.onState({ integration: 'address-validation', state: 'fallback', release: 'v2', reason: 'active' });
  return monitor.snapshot();
}

test('the text says what was counted', () => {
  const text = prometheusText([{ side: 'browser', snapshot: filled() }], config);
  const value = (sample) => {
    const found = text.split('\n').filter((line) => line.startsWith(`${sample} `));
    assert.equal(found.length, 1, sample);
    return Number(found[0].slice(sample.length + 1));
  };
  const of = 'integration="address-validation",side="browser"';
  assert.equal(value(`fxc_asks_total{${of},release="v3",result="ok"}`), 1);
  assert.equal(value(`fxc_asks_total{${of},release="v3",result="error"}`), 1); // a timeout is not an error twice
  assert.equal(value(`fxc_asks_total{${of},release="v3",result="timeout"}`), 1);
  assert.equal(value(`fxc_asks_total{${of},release="v2",result="ok"}`), 1);
  for (const label of ['v2', 'v3', 'static']) assert.equal(value(`fxc_calls_total{${of},answered="${label}"}`), 1);
  assert.equal(value(`fxc_fallbacks_total{${of}}`), 2);
  assert.equal(value(`fxc_breaker_trips_total{${of},release="v3"}`), 1);
  assert.equal(value(`fxc_breaker_trips_total{${of},release="v2"}`), 0);
  for (const [le, count] of [['0.005', 2], ['0.8', 2], ['30', 2], ['+Inf', 3]]) assert.equal(value(`fxc_ask_duration_seconds_bucket{${of},release="v3",le="${le}"}`), count, le);
  assert.equal(value(`fxc_ask_duration_seconds_sum{${of},release="v3"}`), 40.009);
  assert.equal(value(`fxc_ask_duration_seconds_count{${of},release="v3"}`), 3);
  assert.equal(value(`fxc_source_errors_total{${of},source="concept/a \\"b\\"\\\\c\\nd.html:1:2"}`), 1);
  assert.equal(value('fxc_active_integrations'), 1);
});

test('what can be counted is there before it is', () => {
  const text = prometheusText([{ side: 'server', snapshot: new Monitor({ config, clock }).snapshot() }], config);
  for (const series of ['fxc_calls_total{S,answered="v2"}', 'fxc_calls_total{S,answered="static"}', 'fxc_fallbacks_total{S}', 'fxc_asks_total{S,release="v3",result="ok"}', 'fxc_asks_total{S,release="v3",result="error"}',
    'fxc_asks_total{S,release="v3",result="timeout"}', 'fxc_ask_duration_seconds_bucket{S,release="v2",le="+Inf"}', 'fxc_breaker_trips_total{S,release="v2"}']) {
    assert.ok(text.includes(`\n${series.replace('S', 'integration="address-validation",side="server"')} 0\n`), series);
  }
});

test('promtool finds nothing to say, of one side, of both, and of none', () => {
  const snapshot = filled();
  for (const sides of [[{ side: 'browser', snapshot }], [{ side: 'browser', snapshot }, { side: 'server', snapshot }], []]) {
    const run = spawnSync(promtool, ['check', 'metrics'], { input: prometheusText(sides, config), encoding: 'utf8' });
    assert.deepEqual([run.status, run.stdout, run.stderr], [0, '', '']);
  }
  // It does object to what is wrong.
  assert.notEqual(spawnSync(promtool, ['check', 'metrics'], { input: 'fxc_calls_total{a="b} 1\n' }).status, 0);
});

test("quantiles are those of Prometheus' histogram_quantile", () => {
  let seed = 5;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const cases = Array.from({ length: 40 }, () => Array.from({ length: LATENCY_BOUNDS.length + 1 }, () => (random() < 0.5 ? 0 : Math.floor(random() * 50))));
  const les = [...LATENCY_BOUNDS.map(String), '+Inf'];
  const series = cases.flatMap((counts, i) => {
    let total = 0;
    return counts.map((count, part) => ({ series: `h_bucket{case="${i}",le="${les[part]}"}`, values: String((total += count)) }));
  });
  const checks = cases.flatMap((counts, i) => [0.5, 0.9, 0.95, 0.99].map((q) => {
    const ours = quantile(q, counts);
    assert.notEqual(ours, null);
    return { expr: `abs(histogram_quantile(${q}, h_bucket{case="${i}"}) - ${ours}) < bool 1e-9`, eval_time: '0m', exp_samples: [{ labels: `{case="${i}"}`, value: 1 }] };
  }));
  const folder = mkdtempSync(join(tmpdir(), 'fxc-promtool-'));
  try {
    writeFileSync(join(folder, 'none.yml'), 'groups: []\n');
    writeFileSync(join(folder, 'test.yml'), JSON.stringify({ rule_files: ['none.yml'], evaluation_interval: '1m', tests: [{ interval: '1m', input_series: series, promql_expr_test: checks }] }));
    execFileSync(promtool, ['test', 'rules', 'test.yml'], { cwd: folder, stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
