// Buckets, conditions, canary stages and thresholds, each against published values, a distribution or a table.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { canaryShare, failed, measured } from '../../build/runtime/selection/canary.js';
import { holds } from '../../build/runtime/selection/condition.js';
import { bucket, fnv1a } from '../../build/runtime/selection/sticky.js';

test('FNV-1a with 32 bits has the values that its authors published', () => {
  const published = { '': 0x811c9dc5, a: 0xe40c292c, b: 0xe70c2de5, foobar: 0xbf9cf968, 'hello': 0x4f9f2cab };
  for (const [text, hash] of Object.entries(published)) assert.equal(fnv1a(text), hash, text);
  assert.equal(fnv1a('ü'), fnv1a(String.fromCharCode(0xfc)));
  assert.notEqual(fnv1a('ü'), fnv1a('\u0075\u0308'), 'over UTF-8 as it is written');
});

const KINDS = {
  counter: (n) => String(n),
  padded: (n) => `u${String(n).padStart(8, '0')}`,
  hexadecimal: (n) => n.toString(16),
  mail: (n) => `person${n}@example.com`,
  random: (n) => createHash('md5').update(String(n)).digest('hex'),
};

for (const [kind, key] of Object.entries(KINDS))
  test(`keys of the kind '${kind}' are spread evenly`, () => {
    const parts = new Array(100).fill(0);
    for (let n = 0; n < 100_000; n++) parts[Math.floor(bucket('address-validation', key(n)) * 100)]++;
    const chi = parts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    assert.ok(chi < 170, `chi-squared ${chi.toFixed(0)} of 99 degrees of freedom; 170 is one of 100,000`);
  });

test('keys that count up are no neighbours, and two integrations choose different visitors', () => {
  const places = (name) => Array.from({ length: 50_000 }, (_, n) => bucket(name, `user-${n}`) - 0.5);
  const [maps, search] = [places('maps'), places('search')];
  const with_ = (a, b) => a.reduce((sum, x, n) => sum + x * (b[n] ?? 0), 0) / a.reduce((sum, x) => sum + x * x, 0);
  assert.ok(Math.abs(with_(maps, maps.slice(1))) < 0.02);
  assert.ok(Math.abs(with_(maps, search)) < 0.02);
});

const context = { type: 'gold', age: 20, text: '20', no: false, roles: ['editor', 'admin'], day: '2026-05-01', nothing: null, user: { plan: 'free' }, 'a.b': 1 };

const CONDITIONS = [
  ['type', '==', 'gold', true],
  ['type', '==', 'Gold', false],
  ['type', '!=', 'silver', true],
  ['type', 'in', ['silver', 'gold'], true],
  ['type', 'not in', ['silver', 'gold'], false],
  ['type', 'in', 'gold', true],
  ['type', 'in', [], false],
  ['type', 'not in', [], true],
  ['age', '==', 20, true],
  ['age', '==', '20', true],
  ['text', '==', 20, true],
  ['text', '==', '20', true],
  ['text', '==', '20.0', false],
  ['text', '==', 20.0, true],
  ['text', 'in', [19, 20], true],
  ['age', '<', 21, true],
  ['age', '<', 20, false],
  ['age', '<=', 20, true],
  ['age', '>', 19, true],
  ['age', '>', 20, false],
  ['age', '>=', 20, true],
  ['age', '>=', 20.5, false],
  ['text', '>', 3, true],
  ['text', '>', '3', true],
  ['type', '>', 3, false],
  ['type', '<=', 3, false],
  ['type', '<', 'h', true],
  ['type', '<', 'gold', false],
  ['type', '<=', 'gold', true],
  ['type', '>', 'gold', false],
  ['type', '>=', 'gold', true],
  ['day', '>=', '2026-04-30', true],
  ['day', '<', '2026-04-30', false],
  ['no', '==', false, true],
  ['no', '==', 'false', false],
  ['no', '==', 0, false],
  ['no', '<', 1, false],
  ['roles', '==', 'admin', true],
  ['roles', 'in', ['admin', 'owner'], true],
  ['roles', '!=', 'admin', false],
  ['roles', 'not in', ['owner'], true],
  ['user.plan', '==', 'free', true],
  ['user.name', '==', 'x', false],
  ['a.b', '==', 1, true],
  ...['missing', 'nothing', 'user.name', 'type.length', 'toString', '__proto__'].flatMap((subject) => [
    [subject, '==', 1, false],
    [subject, '!=', 1, true],
    [subject, '<', 1, false],
    [subject, '>=', 0, false],
    [subject, 'in', [1], false],
    [subject, 'not in', [1], true],
  ]),
];

test('conditions', () => {
  for (const [subject, is, value, expected] of CONDITIONS)
    assert.equal(holds({ subject, is, value }, context), expected, `${subject} ${is} ${JSON.stringify(value)}`);
});

test('the stages of a canary begin and end at their times', () => {
  const since = '2026-01-01T00:00:00.000Z';
  const begin = Date.parse(since);
  const stages = [{ share: 0.01, for: 1000 }, { share: 0.05, for: 500 }, { share: 0.25 }];
  const at = (ms) => canaryShare({ release: 'v4', since, stages }, begin + ms);
  assert.deepEqual([-1, 0, 999, 1000, 1499, 1500, 1e15].map(at), [0, 0.01, 0.01, 0.05, 0.05, 0.25, 0.25]);
  assert.equal(canaryShare({ release: 'v4', since, stages: stages.slice(0, 2) }, begin + 1e9), 0.05, 'the last has no end, whatever it says');
  assert.equal(canaryShare({ release: 'v4', stages }, begin + 1e9), 0.01, 'without a beginning');
  assert.equal(canaryShare({ release: 'v4', since: 'soon', stages }, begin), 0.01, 'what is no date is none');
  assert.equal(canaryShare({ release: 'v4', since, stages: [] }, begin), 0);
});

const counts = (more) => ({
  asked: 100,
  errors: 6,
  timeouts: 2,
  calls: 50,
  fallbacks: 3,
  latency: { p50: 80, p90: 200, p95: 300, p99: 2500 },
  ...more,
});

test('metrics are rates of what was asked, and none on few', () => {
  const rates = { 'error-rate': 0.06, 'success-rate': 0.94, 'timeout-rate': 0.02, 'fallback-rate': 0.06, 'latency-p50': 80, 'latency-p99': 2500 };
  for (const [metric, value] of Object.entries(rates)) assert.equal(measured(metric, counts()), value, metric);
  for (const metric of ['scan', 'generation', 'toString', '']) assert.equal(measured(metric, counts()), undefined, metric);
  assert.equal(measured('error-rate', counts({ asked: 19, errors: 19 })), undefined);
  assert.equal(measured('error-rate', counts({ asked: 20, errors: 20, calls: 0 })), 1);
  assert.equal(measured('latency-p50', counts({ asked: 20 })), 80);
  assert.equal(measured('latency-p50', counts({ asked: 19 })), undefined);
  assert.equal(measured('fallback-rate', counts({ calls: 19 })), undefined);
  assert.equal(measured('latency-p99', counts({ latency: { p50: null, p90: null, p95: null, p99: null } })), undefined);
});

test('a threshold is crossed at its bound as it says', () => {
  const of = (metric, is, bound) => failed([{ metric, is, bound }], counts()) !== undefined;
  assert.deepEqual([of('error-rate', '>', 0.06), of('error-rate', '>=', 0.06), of('error-rate', '>', 0.05)], [false, true, true]);
  assert.deepEqual([of('success-rate', '<', 0.95), of('success-rate', '<=', 0.94), of('success-rate', '<', 0.9)], [true, true, false]);
  assert.deepEqual([of('latency-p99', '>', 2000), of('latency-p99', '>', 2500), of('latency-p99', '!=', 2500)], [true, false, false]);
  for (let errors = 0; errors <= 100; errors++) assert.equal(measured('success-rate', counts({ errors })), Number(`${100 - errors}e-2`), 'no rounding at the bound');
  const both = [{ metric: 'error-rate', is: '>', bound: 0.5 }, { metric: 'latency-p99', is: '>', bound: 2000 }];
  assert.equal(failed(both, counts()), both[1]);
  assert.equal(failed(both, counts({ asked: 5 })), undefined);
  assert.equal(failed([], counts()), undefined);
});
