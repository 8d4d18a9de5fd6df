// What the server half answers beside operations: metrics, settings and selections; canaries that it takes back; limits of
// providers over the life of a handler; and that requests which are answered at once know nothing of each other.
import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileSettings } from '../../build/runtime/node/index.js';
import { PAGE, SECRET, half, halfServer, pause, provider } from './half.mjs';
import { serverHalf } from './modules.mjs';

const FIND = '/_fx/people/find';
const call = (id = '7', release = 'v1') => ({ release, input: { id } });
const PARTS = 17;

/** What a page's monitor sends after `asked` calls of `release`, `errors` of which failed. */
function beacon({ name = 'people', release = 'v1', asked = 1, errors = 0, answered = asked - errors, sources } = {}) {
  const counts = Array(PARTS).fill(0);
  counts[3] = asked;
  const other = asked - answered;
  return {
    interface: 'runtime-delta',
    at: '2026-01-01T00:00:00.000Z',
    integrations: { [name]: { calls: asked, fallbacks: other, answered: { [release]: answered, static: other }, releases: { [release]: { asked, errors, latency: { counts, sum: 40 * asked } } }, ...(sources && { sources }) } },
  };
}

const token = { metricsToken: 'scraper-token' };
const scrape = (ask) => ask('/_fx/metrics', undefined, { authorization: 'Bearer scraper-token' });
const valueOf = (text, series) => {
  const line = text.split('\n').find((one) => one.startsWith(series));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
};

describe('services of the server half', () => {
  let registry;
  let env;
  before(async () => {
    registry = await provider();
    env = { BASE: registry.address, KEY: SECRET };
  });
  after(() => registry.close());
  const withHalf = async (made, options, work) => {
    const server = await halfServer(made, { env, ...options });
    try {
      await work(server.ask, server);
    } finally {
      await server.close();
      registry.reply = () => ({ json: { name: 'Ada' } });
    }
  };
  const count = async (ask, body, headers) => (await ask('/_fx/metrics', body, headers)).status;

  it('count what browsers and the server see, apart', async () => {
    await withHalf(half(), token, async (ask) => {
      const none = (await scrape(ask)).text;
      assert.equal(valueOf(none, 'fxc_asks_total{integration="people",side="browser",release="v1",result="error"}'), 0);
      assert.equal(await count(ask, beacon({ asked: 5, errors: 2 })), 204);
      assert.equal(await count(ask, beacon({ asked: 3, sources: { 'concept/a.html:1:2': { calls: 3, errors: 0, fallbacks: 0 } } })), 204);
      await ask(FIND, call());
      registry.reply = () => ({ status: 500 });
      await ask(FIND, call());
      const { status, text, headers } = await scrape(ask);
      assert.deepEqual([status, headers['content-type']], [200, 'text/plain; version=0.0.4; charset=utf-8']);
      assert.equal(valueOf(text, 'fxc_asks_total{integration="people",side="browser",release="v1",result="ok"}'), 6);
      assert.equal(valueOf(text, 'fxc_asks_total{integration="people",side="browser",release="v1",result="error"}'), 2);
      assert.equal(valueOf(text, 'fxc_asks_total{integration="people",side="server",release="v1",result="ok"}'), 1);
      assert.equal(valueOf(text, 'fxc_asks_total{integration="people",side="server",release="v1",result="error"}'), 1);
      assert.equal(valueOf(text, 'fxc_fallbacks_total{integration="people",side="browser"}'), 2);
    });
  });

  it('show metrics to who has the token', async () => {
    const status = async (ask, headers) => (await ask('/_fx/metrics', undefined, headers)).status;
    await withHalf(half(), {}, async (ask) => {
      assert.equal(await status(ask, {}), 403);
      assert.equal(await status(ask, { authorization: 'Bearer ' }), 403);
      assert.equal(await status(ask, { authorization: 'Bearer undefined' }), 403);
    });
    await withHalf(half(), { metricsToken: '' }, async (ask) => assert.equal(await status(ask, { authorization: 'Bearer ' }), 403));
    await withHalf(half(), token, async (ask) => {
      for (const authorization of ['', 'Bearer', 'Bearer x', 'Bearer scraper-tokens', 'Bearer scraper-toke', 'Basic scraper-token', 'scraper-token']) assert.equal(await status(ask, { authorization }), 401);
      assert.equal(await status(ask, {}), 401);
      assert.equal(await status(ask, { authorization: 'bearer scraper-token' }), 200);
      assert.equal((await ask('/_fx/metrics', undefined, {}, { method: 'PUT' })).status, 405);
    });
  });

  it('take counts that a page of this application can have, and no others', async () => {
    await withHalf(half(), token, async (ask) => {
      const bad = [
        {}, null, [], 7, { ...beacon(), interface: 'x' }, beacon({ name: 'nobody' }), beacon({ name: '__proto__' }), beacon({ name: 'constructor' }), beacon({ release: 'v9' }), beacon({ release: 'constructor' }),
        beacon({ asked: -1 }), beacon({ asked: 1.5 }), beacon({ asked: 1e9 }), beacon({ asked: 1, errors: 2, answered: 0 }), beacon({ sources: { 'a\nb': { calls: 1, errors: 0, fallbacks: 0 } } }),
        beacon({ sources: { ['x'.repeat(301)]: { calls: 1, errors: 0, fallbacks: 0 } } }), beacon({ sources: { x: { calls: 2, errors: 0, fallbacks: 0 } } }),
      ];
      for (const body of bad) assert.equal(await count(ask, body ?? 'null'), 400, JSON.stringify(body));
      assert.equal(await count(ask, '{"interface":"runtime-delta","at":"","integrations":{"__proto__":{"calls":1}}}'), 400);
      assert.equal(await count(ask, `{"interface":"runtime-delta","at":"","integrations":{"people":${'{"sources":'.repeat(200)}1${'}'.repeat(200)}}}`), 400);
      assert.equal(await count(ask, beacon(), { ...PAGE, 'content-type': 'text/plain' }), 415);
      assert.equal(await count(ask, beacon(), { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }), 403);
      assert.equal(await count(ask, beacon(), { 'content-type': 'application/json' }), 403);
      assert.equal(await count(ask, `{"x":"${'x'.repeat(70_000)}"}`), 413);
      const { text } = await scrape(ask);
      assert.equal(valueOf(text, 'fxc_asks_total{integration="people",side="browser",release="v1",result="ok"}'), 0);
    });
    await withHalf(half(), { beacons: false }, async (ask) => assert.equal(await count(ask, beacon()), 404));
    await withHalf(half(), { clientRate: { count: 2, per: 60_000 } }, async (ask) => assert.deepEqual([await count(ask, beacon()), await count(ask, beacon()), await count(ask, beacon())], [204, 204, 429]));
  });

  it('keep their memory whatever names beacons have', async () => {
    await withHalf(half(), token, async (ask) => {
      for (let round = 0; round < 40; round += 1) {
        const names = Array.from({ length: 600 }, (_, i) => [`concept/${round}-${i}.html`, { calls: 1, errors: 0, fallbacks: 0 }]);
        assert.equal(await count(ask, beacon({ asked: 600, sources: Object.fromEntries(names) })), 204);
      }
      const { text } = await scrape(ask);
      assert.ok(text.length < 100_000, String(text.length));
      assert.equal(valueOf(text, 'fxc_asks_total{integration="people",side="browser",release="v1",result="ok"}'), 24_000);
    });
  });

  it('tell alerts when they begin and end, with enough calls', async () => {
    const told = [];
    await withHalf(half(), { onAlert: ({ integration, side, threshold, active }) => told.push([integration, side, threshold.metric, active]) }, async (ask) => {
      await count(ask, beacon({ asked: 19, errors: 19 }));
      assert.deepEqual(told, []);
      await count(ask, beacon({ asked: 1, errors: 1 }));
      assert.deepEqual(told, [['people', 'browser', 'fallback-rate', true], ['people', 'browser', 'error-rate', true]]);
      await count(ask, beacon({ asked: 10_000 }));
      assert.deepEqual(told.slice(2).map(([, , metric, active]) => [metric, active]), [['fallback-rate', false], ['error-rate', false]]);
    });
  });

  it('answer who fails in an observer', async () => {
    const fails = () => { throw new Error(SECRET); };
    await withHalf(half(), { onAlert: fails, observers: [{ onAsk: fails }] }, async (ask, { lines }) => {
      assert.equal((await ask(FIND, call())).status, 200);
      assert.equal(await count(ask, beacon({ asked: 50, errors: 50 })), 204);
      assert.deepEqual(lines, ['an observer fails: Error']);
    });
  });

  const CANARY = { release: 'v2', stages: [{ share: 1 }], rollback: [{ metric: 'error-rate', is: '>', bound: 0.1 }] };
  const resolved = async (ask, headers = {}) => (await ask('/_fx/resolve', undefined, headers)).json;

  it('take a canary back for everybody when it fails in many browsers', async () => {
    const rollbacks = [];
    await withHalf(half({ canary: CANARY }), { context: () => ({ targetingKey: 'ada' }), onRollback: (one) => rollbacks.push(one) }, async (ask, { lines }) => {
      assert.deepEqual((await resolved(ask)).resolution.selections.people, { label: 'v2', reason: 'canary' });
      await count(ask, beacon({ release: 'v1', asked: 100, errors: 100 })); // another release's
      await count(ask, beacon({ release: 'v2', asked: 19, errors: 19 }));
      assert.equal((await resolved(ask)).resolution.selections.people.label, 'v2');
      await count(ask, beacon({ release: 'v2', asked: 1 }));
      const { overrides, resolution } = await resolved(ask);
      assert.deepEqual([overrides.integrations.people.canary, resolution.selections.people.label], [false, 'v1']);
      assert.deepEqual(rollbacks, [{ integration: 'people', release: 'v2', threshold: CANARY.rollback[0], side: 'browser' }]);
      assert.equal(lines.length, 1);
    });
  });

  it('take a canary back that fails behind the server, until it is begun anew', async () => {
    let overrides = {};
    await withHalf(half({ canary: CANARY }), { context: () => ({ targetingKey: 'ada' }), overrides: () => overrides }, async (ask) => {
      registry.reply = () => ({ status: 500 });
      for (let i = 0; i < 20; i += 1) await ask(FIND, call(String(i), 'v2'));
      assert.equal((await resolved(ask)).resolution.selections.people.label, 'v1');
      overrides = { integrations: { people: { canary: { since: '2026-01-01T00:00:00Z' }, config: { x: 1 } } } };
      const anew = await resolved(ask);
      assert.deepEqual([anew.resolution.selections.people.label, anew.overrides.integrations.people.config], ['v2', { x: 1 }]);
      overrides = { integrations: { people: { canary: false } } };
      assert.equal((await resolved(ask)).resolution.selections.people.label, 'v1');
    });
  });

  it('answer what has not changed with its tag alone', async () => {
    let flags = { people: true };
    await withHalf(half(), { runtimeConfig: () => ({ flags }) }, async (ask) => {
      const first = await ask('/_fx/resolve', undefined, {});
      assert.deepEqual([first.status, first.headers['cache-control']], [200, 'private, no-cache']);
      const { etag } = first.headers;
      const again = (tag) => ask('/_fx/resolve', undefined, { 'if-none-match': tag });
      for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const { status, text } = await again(tag);
        assert.deepEqual([status, text], [304, '']);
      }
      assert.equal((await again('"x"')).status, 200);
      flags = { people: false };
      const changed = await again(etag);
      assert.deepEqual([changed.status, changed.json.resolution.selections.people.reason], [200, 'off']);
      assert.equal((await ask('/_fx/resolve', undefined, { 'sec-fetch-site': 'cross-site' })).status, 403);
      assert.equal((await ask('/_fx/resolve', undefined, { 'sec-fetch-site': 'same-site' })).status, 403);
      assert.equal((await ask('/_fx/resolve', '{}')).status, 405);
    });
  });

  it('ask nobody for an integration that is switched off', async () => {
    let overrides = {};
    await withHalf(half(), { overrides: () => overrides }, async (ask) => {
      assert.equal((await ask(FIND, call())).status, 200);
      overrides = { flags: { people: false } };
      const asked = registry.asked.length;
      const { status, json } = await ask(FIND, call());
      assert.deepEqual([status, json.error.kind], [503, 'unavailable']);
      assert.equal(registry.asked.length, asked);
      overrides = {};
      assert.equal((await ask(FIND, call())).status, 200);
    });
  });

  it('say nothing of an application whose context or flags fail', async () => {
    const fails = () => { throw new Error(`${SECRET} failed`); };
    for (const options of [{ context: fails }, { flags: fails }]) {
      await withHalf(half(), options, async (ask, { lines }) => {
        const { status, text } = await ask('/_fx/resolve', undefined, {});
        assert.equal(status, 500);
        assert.ok(!text.includes(SECRET));
        assert.deepEqual(lines, ['resolve: Error: [secret] failed']);
      });
    }
    await withHalf(half(), { runtimeConfig: { flags: { [SECRET]: true } } }, async (ask) => assert.equal((await ask('/_fx/resolve', undefined, {})).status, 500));
    await withHalf(half(), { overrides: fails }, async (ask) => assert.equal((await ask('/_fx/resolve', undefined, {})).status, 200));
  });

  it('never mix the contexts of requests that are answered at once', async () => {
    const later = (value) => new Promise((done) => setTimeout(done, Math.random() * 20, value));
    const options = {
      share: ['country'],
      context: (request) => later({ targetingKey: request.headers.get('x-user'), country: request.headers.get('x-country'), secret: `of ${request.headers.get('x-user')}` }),
      flags: async (request) => {
        const mine = request.headers.get('x-flag') === 'on';
        return later({ value: (flag, { targetingKey }) => (flag === 'beta' && targetingKey === request.headers.get('x-user') ? mine : undefined), subscribe: () => () => undefined, ready: () => later() });
      },
    };
    const made = half({ routes: [{ release: 'v2', when: [{ subject: 'country', is: '==', value: 'ca' }] }] });
    made.config.people.releases.v1.flag = 'beta';
    await withHalf(made, options, async (ask) => {
      const visits = Array.from({ length: 300 }, (_, i) => ({ user: `user-${i}`, country: i % 3 === 0 ? 'ca' : 'us', flag: i % 2 === 0 ? 'on' : 'off' }));
      const answers = await Promise.all(visits.map(({ user, country, flag }) => resolved(ask, { 'x-user': user, 'x-country': country, 'x-flag': flag })));
      answers.forEach(({ resolution }, i) => {
        const { user, country, flag } = visits[i];
        assert.deepEqual(resolution.context, { targetingKey: user, country });
        assert.equal(resolution.flags.beta, flag === 'on');
        assert.equal(resolution.selections.people.label, flag === 'on' ? 'v1' : 'v2');
      });
      assert.ok(!JSON.stringify(answers).includes('of user-'));
    });
  });

  it('keep the limits of a provider over all requests', async () => {
    const limits = { rate: { count: 5, per: 400 }, concurrency: 3, queue: 50 };
    await withHalf(half({ limits, repeatable: [] }), {}, async (ask) => {
      registry.asked.length = 0;
      let [running, most] = [0, 0];
      registry.reply = async () => {
        most = Math.max(most, (running += 1));
        await pause(20);
        running -= 1;
        return { json: { name: 'x' } };
      };
      const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(FIND, call(String(i)))));
      assert.ok(answers.every(({ status }) => status === 200));
      assert.ok(most <= 3, String(most));
      const times = registry.asked.map(({ at }) => at);
      assert.ok(Math.max(...times) - Math.min(...times) > 600, String(times)); // five, five and two, four tenths of a second apart
    });
    await withHalf(half({ limits: { rate: { count: 1, per: 60_000 }, queue: 0 } }), {}, async (ask) => {
      assert.equal((await ask(FIND, call('1'))).status, 200);
      const { status, json, headers } = await ask(FIND, call('2'));
      assert.deepEqual([status, json.error.kind], [503, 'limited']);
      assert.ok(Number(headers['retry-after']) > 0);
    });
  });

  it('try again what may be, as long as the provider asks to wait', async () => {
    const limits = { retry: { attempts: 2, backoff: 'constant', from: 1, to: 1 } };
    let left = 2;
    registry.reply = () => ((left -= 1) >= 0 ? { status: left ? 500 : 429, headers: { 'retry-after': '1' } } : { json: { name: 'x' } });
    await withHalf(half({ limits }), {}, async (ask) => {
      registry.asked.length = 0;
      const began = performance.now();
      assert.equal((await ask(FIND, call())).status, 200);
      assert.equal(registry.asked.length, 3);
      assert.ok(performance.now() - began >= 1000);
      left = 1;
      registry.reply = () => ({ status: 500 });
      registry.asked.length = 0;
      await ask('/_fx/people/save', call());
      assert.equal(registry.asked.length, 1); // not to be done twice
    });
  });

  it('leave a provider alone that is down, and say when to come again', async () => {
    await withHalf(half({ limits: { breaker: { failures: 2, reset: 30_000 } } }), {}, async (ask) => {
      registry.reply = () => ({ status: 500 });
      registry.asked.length = 0;
      const kinds = [];
      for (let i = 0; i < 4; i += 1) kinds.push((await ask(FIND, call())).json.error.kind);
      assert.deepEqual(kinds, ['unavailable', 'unavailable', 'open', 'open']);
      const { status, headers } = await ask(FIND, call());
      assert.deepEqual([status, registry.asked.length], [503, 2]);
      assert.ok(Number(headers['retry-after']) >= 29);
    });
  });

  it('share an answer between equal calls in flight, but not across environments', async () => {
    await withHalf(half(), {}, async (ask) => {
      registry.asked.length = 0;
      registry.reply = () => ({ json: { name: 'x' }, delay: 100 });
      await Promise.all([ask(FIND, call('a')), ask(FIND, call('a')), ask(FIND, call('b')), ask(FIND, call('a', 'v2'))]);
      assert.equal(registry.asked.length, 3);
    });
    registry.asked.length = 0;
    registry.reply = ({ headers }) => ({ json: { name: headers.authorization.slice(-1) }, delay: 100 });
    const handler = serverHalf(half(), { clientRate: false });
    const of = async (key) => {
      const response = await handler(new Request(`http://shop.example${FIND}`, { method: 'POST', headers: PAGE, body: JSON.stringify(call('a')) }), { ...env, KEY: `mark-${key}` });
      return (await response.json()).result.name;
    };
    assert.deepEqual(await Promise.all([of('1'), of('2'), of('1')]), ['1', '2', '1']);
    registry.reply = () => ({ json: { name: 'Ada' } });
  });
});

describe('settings in files', () => {
  let folder;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'fxc-settings-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('are read again when they change, and hold when they cannot be read', async () => {
    const lines = [];
    const { overrides, runtimeConfig } = fileSettings(folder, { every: 0, log: (line) => lines.push(line) });
    assert.deepEqual([await runtimeConfig(), await overrides()], [{}, {}]);
    const file = join(folder, 'runtime-overrides.json');
    const write = (text, time) => {
      writeFileSync(`${file}.new`, text);
      utimesSync(`${file}.new`, time, time);
      renameSync(`${file}.new`, file);
    };
    write('{"flags":{"people":false}}', 1);
    assert.deepEqual(await overrides(), { flags: { people: false } });
    write('{"flags":{"people":true }}', 2);
    assert.deepEqual(await overrides(), { flags: { people: true } });
    write('{"flags":{"people":', 3);
    assert.deepEqual(await overrides(), { flags: { people: true } });
    write('{"flags":[1]}', 4);
    await overrides();
    await overrides();
    assert.equal(lines.length, 2);
    rmSync(file);
    assert.deepEqual(await overrides(), {});
  });
});
