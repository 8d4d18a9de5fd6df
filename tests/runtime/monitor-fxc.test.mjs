// In: what a monitor has counted of the storefront's address validation. Out: whether `fxc monitor` judges its snapshot and its Prometheus text as the
// monitor itself does: silent at the thresholds of the manifest, an error at their place above.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Monitor } from '../../build/runtime/metrics/monitor.js';
import { prometheusText } from '../../build/runtime/metrics/prometheus.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fxc = process.env.FXC ?? `${root}build/fxc`;
const name = 'address-validation';
const alerts = [{ metric: 'fallback-rate', is: '>', bound: 0.05, over: 300_000 }, { metric: 'error-rate', is: '>', bound: 0.01, over: 300_000 }];
const config = { [name]: { alerts, releases: { v2: {}, v3: {} } } };

/** Counts `calls`, some answered by v2 or by nobody; what the monitor says, and what fxc says of both forms. */
function judge({ calls, fallbacks, errors }) {
  const own = new Set();
  const monitor = new Monitor({ config, onAlert: ({ active, threshold: { metric } }) => (active ? own.add(metric) : own.delete(metric)) });
  const subject = { integration: name, operation: 'validate', source: 'concept/checkout.html:41:37' };
  for (let i = 0; i < calls; i++) {
    monitor.onAsk({ ...subject, release: 'v3', result: i < errors ? 'error' : 'ok', failure: undefined, attempts: 1, ms: 50 });
    monitor.onCall({ ...subject, chosen: 'v3', answered: i < fallbacks ? 'v2' : 'v3', fallback: i < fallbacks, error: undefined, ms: 60 });
  }
  const snapshot = monitor.snapshot();
  monitor.dispose();
  const forms = { snapshot: JSON.stringify(snapshot), prometheus: prometheusText([{ side: 'browser', snapshot }], config) };
  const said = Object.entries(forms).map(([form, input]) => {
    const run = spawnSync(fxc, ['-C', 'examples/storefront', 'monitor', '-'], { cwd: root, input, encoding: 'utf8' });
    return { form, status: run.status, codes: [...run.stderr.matchAll(/^(\S+): error: .*\[(FX\d+)\]$/gm)].map(([, place, code]) => `${code} ${place.split(':')[0]}`), text: run.stdout + run.stderr };
  });
  return { own: [...own].sort(), said };
}

test('thresholds that are just kept', () => {
  const { own, said } = judge({ calls: 100, fallbacks: 5, errors: 1 });
  assert.deepEqual(own, []);
  for (const { codes, form, status, text } of said) assert.deepEqual([status, codes], [0, []], `${form}: ${text}`);
});

test('thresholds that are crossed', () => {
  const { own, said } = judge({ calls: 100, fallbacks: 6, errors: 2 });
  assert.deepEqual(own, ['error-rate', 'fallback-rate']);
  for (const { codes, form, status, text } of said) {
    assert.equal(status, 1, `${form}: ${text}`);
    assert.deepEqual(codes.map((code) => code.split(' ')[0]).sort(), ['FX7002', 'FX7003'], `${form}: ${text}`);
    assert.ok(codes.every((code) => code.endsWith('stdlib/address-validation.fx')), `${form}: ${text}`);
  }
});

test('too few calls to say', () => {
  const { own, said } = judge({ calls: 19, fallbacks: 19, errors: 19 });
  assert.deepEqual(own, []);
  for (const { codes, form, status, text } of said) assert.deepEqual([status, codes], [0, []], `${form}: ${text}`);
});
