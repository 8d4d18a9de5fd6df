// In: the program and Prometheus' own tool. Out: whether `alerts.rules.yml` of every example and of the golden projects is one that
// Prometheus takes, and whether each alert fires just above its bound and is silent at it, below it, and on too few calls.
//
//   FXC=PROGRAM   another build of fxc (default build/fxc)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
let home;

function run(command, args, cwd) {
  const env = { ...process.env, FXC_STDLIB: join(root, 'stdlib') };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 120_000 });
  return { status, stdout, stderr };
}

/** The rules of a project, whose files are given; empty where a build has errors or nothing is in use. */
function build(name, files) {
  const project = join(home, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return rulesOf(project);
}

function rulesOf(project) {
  const { status, stderr } = run(fxc, ['build', '-q', '--today=2026-03-01', '-o', 'made-by-the-test'], project);
  const path = join(project, 'made-by-the-test', 'alerts.rules.yml');
  return { status, stderr, path: existsSync(path) ? path : '' };
}

function checked(paths) {
  const { status, stdout, stderr } = run('promtool', ['check', 'rules', ...paths], home);
  assert.equal(status, 0, `${stdout}${stderr}`);
}

before(() => {
  home = mkdtempSync(join(tmpdir(), 'fxc-alerts-'));
});
after(() => rmSync(home, { recursive: true, force: true }));

test('promtool takes the rules of every example', () => {
  const paths = [];
  for (const name of readdirSync(join(root, 'examples'), { withFileTypes: true })) {
    if (!existsSync(join(root, 'examples', name.name, 'concept'))) continue;
    const project = join(home, 'examples', name.name);
    cpSync(join(root, 'examples', name.name), project, { recursive: true, filter: (path) => !/node_modules|\/dist$/.test(path) });
    const { status, path, stderr } = rulesOf(project);
    assert.equal(status, 0, stderr);
    assert.ok(path, name.name);
    paths.push(path);
  }
  assert.ok(paths.length > 5);
  checked(paths);
});

test('promtool takes the rules of golden projects', () => {
  const golden = join(root, 'tests', 'golden');
  const paths = [];
  for (const topic of ['resilience', 'liveness', 'bindings', 'behavior', 'meaning', 'alerts', 'versions', 'manifest']) {
    for (const name of existsSync(join(golden, topic)) ? readdirSync(join(golden, topic)) : []) {
      const project = join(home, 'golden', topic, name);
      cpSync(join(golden, topic, name), project, { recursive: true });
      const { path } = rulesOf(project);
      if (path) paths.push(path);
    }
  }
  assert.ok(paths.length > 60, `${paths.length} projects`);
  checked(paths);
});

/* One alert at a time: what was counted in five minutes, and whether it fires. */

const page = (name) => `<!DOCTYPE html><title>T</title><div data-integration="${name}">…</div>\n`;
const manifest = (name, clauses, more = '') => `integration ${name} {
  label "Map"
  purpose "Show where things are"
  ${more}
  operation find(text: string) -> json
  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  release v2 = 2.0.0 stable { provider p2  find = get "https://p2.example.com/find" { query { q = text } } }
  fallback p1 -> static
  limits { timeout 20s }
  ${clauses}
}
`;

/** A counter that grows by `count` every five minutes, evenly, as Prometheus' unit tests write it. */
const grows = (series, count) => ({ series, values: `0+${count / 5}x30` });

/** Series as a server would show them, parted by side and release: sums have to bring them together. */
function asks(name, { ok = 0, error = 0, timeout = 0 }) {
  const list = [];
  for (const [result, count] of Object.entries({ ok, error, timeout })) {
    if (!count) continue;
    for (const side of ['browser', 'server'])
      for (const release of ['v1', 'v2'])
        list.push(grows(`fxc_asks_total{integration="${name}",release="${release}",result="${result}",side="${side}"}`, count / 4));
  }
  return list;
}

function calls(name, { all, fallbacks = 0 }) {
  const list = ['v1', 'static'].map((answered) => grows(`fxc_calls_total{integration="${name}",answered="${answered}",side="browser"}`, all / 2));
  return fallbacks ? [...list, grows(`fxc_fallbacks_total{integration="${name}",side="browser"}`, fallbacks)] : list;
}

/** A histogram: `counts` by upper end in seconds, not cumulative. */
function latency(name, counts) {
  const list = [];
  for (const release of ['v1', 'v2']) {
    let sum = 0;
    for (const [le, count] of counts) {
      sum += count / 2;
      list.push(grows(`fxc_ask_duration_seconds_bucket{integration="${name}",release="${release}",side="browser",le="${le}"}`, sum));
    }
    list.push(grows(`fxc_ask_duration_seconds_count{integration="${name}",release="${release}",side="browser"}`, sum));
  }
  return list;
}

const slow = (within, beyond) => latency('maps', [['0.3', 0], ['0.5', within], ['0.8', beyond], ['+Inf', 0]]);

const cases = [
  ['fallback-rate > 5%', calls('maps', { all: 1000, fallbacks: 51 }), true],
  ['fallback-rate > 5%', calls('maps', { all: 1000, fallbacks: 50 }), false],
  ['fallback-rate >= 5%', calls('maps', { all: 1000, fallbacks: 50 }), true],
  ['fallback-rate > 5%', calls('maps', { all: 19, fallbacks: 19 }), false],
  ['fallback-rate > 5%', calls('maps', { all: 20, fallbacks: 2 }), true],
  ['fallback-rate < 1%', calls('maps', { all: 1000 }), true],
  ['fallback-rate < 1%', calls('maps', { all: 1000, fallbacks: 10 }), false],
  ['error-rate > 1%', asks('maps', { ok: 989, error: 11 }), true],
  ['error-rate > 1%', asks('maps', { ok: 990, error: 10 }), false],
  ['error-rate > 1%', asks('maps', { ok: 989, error: 4, timeout: 7 }), true],
  ['error-rate > 1%', asks('maps', { ok: 1000 }), false],
  ['error-rate > 1%', asks('maps', { error: 19 }), false],
  ['error-rate > 1%', asks('maps', { error: 20 }), true],
  ['error-rate <= 1%', asks('maps', { ok: 990, error: 10 }), true],
  ['error-rate > 1%', asks('geocoding', { error: 900 }), false],
  ['success-rate < 99%', asks('maps', { ok: 989, error: 11 }), true],
  ['success-rate < 99%', asks('maps', { ok: 990, error: 5, timeout: 5 }), false],
  ['success-rate <= 99%', asks('maps', { ok: 990, error: 10 }), true],
  ['success-rate < 99.9%', asks('maps', { ok: 999, error: 1 }), false],
  ['success-rate < 99.9%', asks('maps', { ok: 998, error: 2 }), true],
  ['success-rate < 99%', asks('maps', { error: 30 }), true],
  ['success-rate < 99%', asks('maps', { error: 19 }), false],
  ['timeout-rate > 2%', asks('maps', { ok: 900, error: 79, timeout: 21 }), true],
  ['timeout-rate > 2%', asks('maps', { ok: 900, error: 80, timeout: 20 }), false],
  ['latency-p95 > 500ms', slow(949, 51), true],
  ['latency-p95 > 500ms', slow(950, 50), false],
  ['latency-p95 >= 500ms', slow(950, 50), true],
  ['latency-p95 > 500ms', slow(0, 19), false],
  ['latency-p95 > 500ms', slow(0, 20), true],
  ['latency-p50 > 500ms', slow(499, 501), true],
  ['latency-p50 > 500ms', slow(500, 500), false],
  ['latency-p90 > 500ms', slow(899, 101), true],
  ['latency-p90 > 500ms', slow(900, 100), false],
  ['latency-p99 > 500ms', slow(989, 11), true],
  ['latency-p99 > 500ms', slow(990, 10), false],
  ['latency-p99 < 1s', slow(990, 10), true],
];

const pascal = (text) => text.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());

/** Prometheus' unit tests are YAML; JSON is such. */
function fires(path, tests) {
  const file = join(dirname(path), 'unit.json');
  const text = JSON.stringify({ rule_files: [path], evaluation_interval: '1m', tests });
  writeFileSync(file, text.replace(/[\u0080-\u009f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)); // a line break, to YAML
  return run('promtool', ['test', 'rules', file], home);
}

/** The one rule of that name, as Prometheus has it when it fires, but for the value in its texts. */
function expected(path, alertname) {
  const rules = parse(readFileSync(path, 'utf8')).groups.flatMap((group) => group.rules);
  const [rule, ...others] = rules.filter(({ alert }) => alert === alertname);
  assert.ok(rule && !others.length, alertname);
  return rule;
}

const plain = (text) => text.replaceAll('{{"{{"}}', '{{');
const value = /\{\{ \$value \| humanize\w+ \}\}/;

test('each alert fires above its bound and is silent at it, below it and on fewer than 20 calls', () => {
  for (const [index, [clause, series, firing]] of cases.entries()) {
    const what = `${clause} (case ${index})`;
    const name = `one-${index}`;
    const { path, stderr } = build(name, { 'concept/a.html': page('maps'), 'integrations/maps.fx': manifest('maps', `alert { ${clause} over 5m }`) });
    assert.ok(path, stderr);
    const alertname = `Maps${pascal(clause.split(' ')[0])}`;
    const rule = expected(path, alertname);
    assert.equal(rule.annotations.source, 'integrations/maps.fx:10:11');
    // The texts hold the value, which is none of this test's; so it asks for the alert series instead.
    const ask = { expr: `count(ALERTS{alertname="${alertname}",alertstate="firing",integration="maps"}) or vector(0)`, eval_time: '20m' };
    const { status, stdout, stderr: said } = fires(path, [{ interval: '1m', input_series: series, promql_expr_test: [{ ...ask, exp_samples: [{ labels: '{}', value: firing ? 1 : 0 }] }] }]);
    assert.equal(status, 0, `${what}\n${stdout}${said}`);
  }
});

test('the bounds that hold by default fire as those of a manifest', () => {
  const { path, stderr } = build('defaults', { 'concept/a.html': page('maps'), 'integrations/maps.fx': manifest('maps', '') });
  assert.ok(path, stderr);
  const alerts = (eval_time, alertname, texts) => ({ eval_time, alertname, exp_alerts: texts });
  const rule = (alertname, share) => {
    const { labels, annotations } = expected(path, alertname);
    return [{ exp_labels: labels, exp_annotations: { ...annotations, description: annotations.description.replace(value, share) } }];
  };
  const above = [...asks('maps', { ok: 989, error: 11 }), ...calls('maps', { all: 1000, fallbacks: 51 })];
  const below = [...asks('maps', { ok: 990, error: 10 }), ...calls('maps', { all: 1000, fallbacks: 50 })];
  const { status, stdout, stderr: said } = fires(path, [
    { interval: '1m', input_series: above, alert_rule_test: [alerts('20m', 'MapsErrorRate', rule('MapsErrorRate', '1.1%')), alerts('20m', 'MapsFallbackRate', rule('MapsFallbackRate', '5.1%'))] },
    { interval: '1m', input_series: below, alert_rule_test: [alerts('20m', 'MapsErrorRate', []), alerts('20m', 'MapsFallbackRate', [])] },
  ]);
  assert.equal(status, 0, stdout + said);
});

test('a longer window still sees what a short one has forgotten', () => {
  const { path } = build('windows', {
    'concept/a.html': page('maps'),
    'integrations/maps.fx': manifest('maps', 'alert { error-rate > 1% over 5m  error-rate > 1% over 1h  error-rate > 1% over 90s }'),
  });
  // Ten minutes of errors, then none.
  const input_series = [
    { series: 'fxc_asks_total{integration="maps",release="v1",result="error",side="browser"}', values: '0+10x10 100x50' },
    { series: 'fxc_asks_total{integration="maps",release="v1",result="ok",side="browser"}', values: '0+100x60' },
  ];
  const firing = (eval_time, ...names) => ({
    expr: 'count by (alertname) (ALERTS{alertstate="firing",alertname=~"MapsErrorRate.*"})',
    eval_time,
    exp_samples: names.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
  });
  const { status, stdout, stderr } = fires(path, [
    { interval: '1m', input_series, promql_expr_test: [firing('8m', 'MapsErrorRate', 'MapsErrorRate2', 'MapsErrorRate3'), firing('13m', 'MapsErrorRate', 'MapsErrorRate2'), firing('30m', 'MapsErrorRate2')] },
  ]);
  assert.equal(status, 0, stdout + stderr);
});

test('what a manifest says stays text: templates, quotes, what YAML and PromQL know', () => {
  const owner = '{{ .Nothing }} {{{ "x" }}} \\ # : - & * ! | > \' % @ ` {a: b} ☃ \u202e \u0085 {{';
  const label = 'Map "of" {{ range }} — \\d {{`';
  const { path, stderr } = build('escapes', {
    'concept/a.html': page('maps'),
    'integrations/maps.json': JSON.stringify({
      integration: 'maps',
      label,
      purpose: 'Show where things are',
      owner,
      operations: { find: { params: { text: 'string' }, returns: 'json' } },
      versions: { v1: { provider: 'p1', http: { find: { get: 'https://p1.example.com/find', query: { q: 'text' } } } } },
      fallback_chain: ['static'],
    }),
  });
  assert.ok(path, stderr);
  checked([path]);
  const rule = expected(path, 'MapsErrorRate');
  assert.equal(plain(rule.labels.owner), owner);
  assert.ok(plain(rule.annotations.description).startsWith(`${label}: `));
  // And Prometheus prints these texts when it fires.
  const exp_alerts = [
    {
      exp_labels: { ...rule.labels, owner },
      exp_annotations: { ...rule.annotations, description: plain(rule.annotations.description.replace(value, '100%')) },
    },
  ];
  const { status, stdout, stderr: said } = fires(path, [
    { interval: '1m', input_series: asks('maps', { error: 900 }), alert_rule_test: [{ eval_time: '20m', alertname: 'MapsErrorRate', exp_alerts }] },
  ]);
  assert.equal(status, 0, stdout + said);
});
