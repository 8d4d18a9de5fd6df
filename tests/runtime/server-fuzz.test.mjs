// Random requests, each with any number of faults: those without any are performed, all others are refused with a status that
// one of their faults deserves; nothing is thrown, left hanging or polluted, and no secret is said. SEED and ROUNDS choose others.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { SECRET, half } from './half.mjs';
import { serverHalf } from './modules.mjs';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const rounds = Number(process.env.ROUNDS ?? 3000);

/** Mulberry32. */
function randomOf(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length', '', ' ', '\u0000', '\ud800', 'x'.repeat(5000), 'é', '../..', '%2e%2e'];

function maker(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const bytes = (count) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  const value = (depth = 0) =>
    pick([
      () => null, () => random() * 1e300, () => -0, () => true, () => pick(NAMES), () => [], () => ({}), () => String(random()),
      () => (depth > 3 ? 0 : Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1))),
      () => (depth > 3 ? 0 : Object.fromEntries(Array.from({ length: Math.floor(random() * 4) }, () => [pick(NAMES), value(depth + 1)]))),
    ])();
  return { pick, bytes, value };
}

/** Parts of a request: `[what, statuses]`, where no statuses mean that nothing is wrong with it. */
function partsOf(random) {
  const { pick, bytes, value } = maker(random);
  const wrong = (share, good, bad) => (random() < share ? bad() : [good(), []]);
  const method = wrong(0.08, () => 'POST', () => [pick(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']), [405]]);
  const path = wrong(0.1, () => `/_fx/people/find${pick(['', '?a=b', '?%', '?__proto__=1'])}`, () => [
    pick([`/_fx/people/${encodeURIComponent(pick(NAMES).toWellFormed())}`, `/_fx/${encodeURIComponent(pick(NAMES).toWellFormed())}/find`, '/_fx//people/find', '/_fx/people/find/', '/_FX/people/find', '/_fx/people/%66ind', '/_fx/people/find%', '/', '/_fx/%', '/_fx/people/find/find']), [404]]);
  const site = wrong(0.1, () => ({ 'sec-fetch-site': 'same-origin' }), () => [pick([{}, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'none' }, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site', origin: 'https://shop.example' }]), [403]]);
  const type = wrong(0.1, () => ({ 'content-type': pick(['application/json', 'application/json; charset=utf-8', ' APPLICATION/JSON ;x']) }), () => [pick([{}, { 'content-type': 'text/plain' }, { 'content-type': 'application/x-json' }, { 'content-type': 'application/json', 'content-encoding': 'gzip' }]), [415]]);
  const id = pick(['7', '', 'x'.repeat(100), '__proto__', '\u0000', '../', '\ud83d\ude00', '&key=', '"', '\r\n']);
  const input = wrong(0.2, () => ({ id, ...(random() < 0.2 && { note: null }), ...(random() < 0.2 && { more: value(), constructor: value() }) }), () => [
    pick([() => ({}), () => ({ id: 7 }), () => ({ id: [id] }), () => ({ id, note: {} }), () => null, () => 'x', () => [id], () => ({ Id: id }), () => JSON.parse('{"__proto__":{"id":"7"}}')])(), [400]]);
  const release = wrong(0.1, () => pick(['v1', 'v2']), () => [pick([...NAMES, 7, null, ['v1'], { toString: 'v1' }]), [404]]);
  const faults = { before: [path, method, site, type], inside: [release, input] };
  const text = JSON.stringify({ release: release[0], input: input[0] });
  const body = wrong(0.15, () => text, () => pick([
    () => [bytes(Math.floor(random() * 300)), [400, 404]], () => [text.slice(0, -1), [400]], () => [`${text}${text}`, [400]], () => [gzipSync(text), [400]],
    () => [`{"release":"v1","input":{"id":${'['.repeat(9000)}`, [400]], () => ['x'.repeat(70_000), [413]], () => [`{"a":"${'y'.repeat(66_000)}"}`, [413]], () => [JSON.stringify(value()), [400, 404]], () => ['', [400]],
  ])());
  return { method: method[0], path: path[0], headers: { ...site[0], ...type[0] }, body: body[0], faults: body[1].length > 0 ? [...faults.before, body] : [...faults.before, ...faults.inside] };
}

function requestOf({ method, path, headers, body }) {
  const bodiless = method === 'GET' || method === 'HEAD';
  return new Request(`https://shop.example${path}`, { method, headers, body: bodiless ? null : body });
}

/** Refuses to be asked with anything that was not checked; echoes it. */
const made = half({}, {});
made.operations.people.find.releases = Object.fromEntries(['v1', 'v2'].map((label) => [label, async (input, env) => {
  assert.deepEqual([typeof input.id, env.KEY, Object.keys(input).filter((name) => !['id', 'note'].includes(name))], ['string', SECRET, []]);
  return { name: input.id };
}]));

describe('the server half, asked anything', () => {
  const rejections = [];
  process.on('unhandledRejection', (error) => rejections.push(error));
  const lines = [];
  const handler = serverHalf(made, { env: { BASE: 'http://127.0.0.1:9', KEY: SECRET }, log: (line) => lines.push(line), metricsToken: 'token' });
  const sane = () => {
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.deepEqual(rejections, []);
    assert.deepEqual(lines, []);
  };

  it(`performs what is right and refuses all else (SEED=${seed} ROUNDS=${rounds})`, async () => {
    const random = randomOf(seed);
    let performed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const wanted = partsOf(random);
      const deserved = wanted.faults.flatMap(([, statuses]) => statuses);
      const response = await handler(requestOf(wanted));
      const text = await response.text();
      const about = `SEED=${seed} round ${round}: ${JSON.stringify({ ...wanted, body: String(wanted.body).slice(0, 200) })} gave ${response.status} ${text.slice(0, 200)}`;
      assert.ok(!text.includes(SECRET), about);
      if (deserved.length === 0) {
        assert.equal(response.status, 200, about);
        assert.equal(JSON.parse(text).result.name, JSON.parse(wanted.body).input.id, about);
        performed += 1;
      } else {
        assert.ok(deserved.includes(response.status), about);
        assert.deepEqual(Object.keys(JSON.parse(text).error), ['kind', 'message'], about);
      }
    }
    assert.ok(performed > rounds / 10, String(performed));
    sane();
  });

  it('takes of beacons only what fits', async () => {
    const random = randomOf(seed + 1);
    const { pick, value } = maker(random);
    const good = () => ({ interface: 'runtime-delta', at: 'now', integrations: { people: { calls: 2, fallbacks: 1, answered: { v1: 1, static: 1 }, releases: { v1: { asked: 2, errors: 1, timeouts: 0, latency: { counts: [2, ...Array(16).fill(0)], sum: 3 } } }, sources: { 'a:1:1': { calls: 2, errors: 1, fallbacks: 1 } } } } });
    let taken = 0;
    for (let round = 0; round < rounds; round += 1) {
      const body = good();
      const damaged = random() < 0.8;
      if (damaged) {
        // Somewhere in it a member goes, changes, or is joined by another.
        let place = body;
        while (random() < 0.75) {
          const inner = Object.values(place).filter((one) => typeof one === 'object' && one !== null);
          if (inner.length === 0) break;
          place = pick(inner);
        }
        const name = pick([...Object.keys(place), ...NAMES.filter((one) => one !== 'length')]);
        Object.defineProperty(place, name, { value: value(), enumerable: true, configurable: true, writable: true });
      }
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      const { status } = await handler(new Request('https://shop.example/_fx/metrics', { method: 'POST', headers, body: JSON.stringify(body) }));
      assert.ok(damaged ? [204, 400].includes(status) : status === 204, `SEED=${seed} round ${round}: ${JSON.stringify(body)} gave ${status}`);
      if (status === 204) taken += 1;
    }
    assert.ok(taken > rounds / 10);
    const text = await (await handler(new Request('https://shop.example/_fx/metrics', { headers: { authorization: 'Bearer token' } }))).text();
    for (const line of text.split('\n')) assert.match(line, /^$|^# (HELP|TYPE) |^fxc_[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? \d+(\.\d+)?(e[+-]?\d+)?$/);
    assert.ok(text.length < 1e5);
    sane();
  });
});
