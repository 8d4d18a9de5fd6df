// What changes while a page is open: flags, settings, context and overrides; the release that was chosen is started, then
// moved over to, and the old one ends when its calls have ended.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { staticFlags } from '../../build/runtime/selection/flags.js';
import { answers, entry, fails, outcome, release, setUp } from './engine-setup.mjs';
import { settled } from './fake-clock.mjs';

/** A provider that answers when told to. */
const waits = () => {
  const open = [];
  return { call: (_, { signal }) => new Promise((resolve, reject) => {
    open.push(resolve);
    signal.addEventListener('abort', () => reject(signal.reason));
  }), answer: (by) => open.shift()({ by }) };
};
const flagged = (more = {}) => ({ a: entry({ releases: { v1: release('two'), v2: release('one', { flag: 'new' }) }, ...more }) });

describe('a change', () => {
  it('waits for flags, and goes on without them if they cannot be had', async () => {
    const flags = { ...staticFlags({}), ready: () => Promise.reject(new Error('no flags')) };
    const { instance, issues } = setUp({ config: flagged(), flags });
    await instance.start();
    assert.deepEqual([instance.state(), issues], ['ready', []]);
  });

  it('of a flag moves over without a new start of the page, and drains calls in flight', async () => {
    const slow = waits();
    const { go, instance, settings, log, states } = setUp({ config: flagged(), calls: { one: slow.call } });
    const call = outcome(go());
    await settled();
    settings.update({ overrides: { flags: { new: false } } });
    await settled();
    assert.equal(instance.label(), 'v1');
    assert.equal(await outcome(go()), 'ok two');
    assert.deepEqual(log, ['start a v2', 'start a v1']);
    slow.answer('late');
    assert.equal(await call, 'ok late');
    await settled();
    assert.deepEqual(log, ['start a v2', 'start a v1', 'dispose a v2']);
    settings.update({ overrides: {} });
    await settled();
    assert.deepEqual(states, ['a starting  active', 'a ready v2 active', 'a fallback v1 fallback', 'a ready v2 active']);
  });

  it('keeps the old release on the page until the new one runs', async () => {
    const started = waits();
    const { instance, settings, states } = setUp({ config: flagged(), starts: { two: (context) => started.call(null, context) } });
    await instance.start();
    settings.update({ overrides: { flags: { new: false } } });
    await settled();
    assert.deepEqual([instance.label(), instance.state()], ['v2', 'ready']);
    started.answer();
    await settled();
    assert.deepEqual([instance.label(), states.length], ['v1', 3]);
  });

  it('overtakes a start that is under way, which is nobody\'s issue', async () => {
    const starts = { one: waits(), two: waits() };
    const { instance, settings, issues, log } = setUp({ config: flagged(), starts: { one: (context) => starts.one.call(null, context), two: (context) => starts.two.call(null, context) } });
    void instance.start();
    await settled();
    settings.update({ overrides: { flags: { new: false } } });
    await settled();
    starts.one.answer();
    await settled();
    assert.deepEqual([instance.label(), instance.state()], ['', 'starting']);
    starts.two.answer();
    await settled();
    assert.equal(instance.label(), 'v1');
    assert.deepEqual([log, issues], [['start a v2', 'start a v1'], []]); // the first was aborted

    const killed = setUp({ starts: { one: (context) => starts.one.call(null, context) } });
    void killed.instance.start();
    await settled();
    killed.settings.update({ overrides: { flags: { a: false } } });
    await settled();
    assert.deepEqual([killed.instance.state(), killed.issues], ['static', []]);
  });

  it('of the kill switch ends at once, but for calls in flight, and is taken back', async () => {
    const slow = waits();
    const { go, instance, settings, log, states, ended } = setUp({ calls: { one: slow.call } });
    const call = outcome(go());
    await settled();
    settings.update({ overrides: { flags: { a: false } } });
    assert.equal(instance.state(), 'static');
    assert.equal(await outcome(go()), 'unavailable');
    assert.deepEqual(log, ['start a v2']);
    slow.answer('last');
    assert.equal(await call, 'ok last');
    await settled();
    assert.deepEqual([instance.state(), log], ['static', ['start a v2', 'dispose a v2']]);
    assert.deepEqual(ended.map(({ chosen, answered, fallback }) => [chosen, answered, fallback]), [['static', 'static', false], ['v2', 'v2', false]]);
    settings.update({ overrides: {} });
    await settled();
    assert.equal(instance.state(), 'ready');
    assert.deepEqual(states.slice(2), ['a static  off', 'a starting  active', 'a ready v2 active']);
  });

  it('of a value of the configuration starts the client anew', async () => {
    const seen = [];
    const { instance, settings, log } = setUp({ starts: { one: ({ config }) => void seen.push(config.size) }, config: { a: entry({ releases: { v2: release('one', { config: { size: 1 } }) } }) } });
    await instance.start();
    settings.update({ overrides: { integrations: { a: { config: { size: 2 } } } } });
    await settled();
    assert.deepEqual(seen, [1, 2]);
    assert.deepEqual(log, ['start a v2', 'start a v2', 'dispose a v2']);
    settings.update({ overrides: { integrations: { a: { config: { size: 2 } } }, flags: { other: true } } });
    await settled();
    assert.deepEqual(seen, [1, 2]);
  });

  it('of the context chooses by routes again', async () => {
    const routes = [{ release: 'v1', when: [{ subject: 'country', is: '==', value: 'de' }] }];
    const { engine, instance } = setUp({ config: { a: entry({ routes }) }, context: { country: 'us' } });
    await instance.start();
    assert.equal(instance.label(), 'v2');
    engine.update({ context: { country: 'de' } });
    await settled();
    assert.deepEqual([instance.label(), instance.state(), engine.list()[0].reason], ['v1', 'ready', 'route']);
    const { length } = (engine.subscribe(assert.fail), engine.list());
    engine.update({ context: { country: 'de' } }); // says the same: nothing is told
    assert.equal(length, 1);
  });

  it('of the flags of an application, which are waited for', async () => {
    let flags = { new: false };
    let tell;
    let open;
    const ready = new Promise((resolve) => (open = resolve));
    const source = { value: (flag) => flags[flag], subscribe: (listener) => ((tell = listener), () => (tell = undefined)), ready: () => ready };
    const { engine, instance, log } = setUp({ config: flagged(), flags: source });
    assert.equal(tell, undefined);
    const start = instance.start();
    await settled();
    assert.deepEqual([instance.state(), log], ['starting', []]);
    open();
    await start;
    assert.equal(instance.label(), 'v1');
    flags = { new: true };
    tell();
    await settled();
    assert.deepEqual([instance.label(), engine.list()[0].reason], ['v2', 'flag']);
    engine.dispose();
    assert.equal(tell, undefined);
  });

  it('lets a start that failed be tried again, as a later call does, but not every call', async () => {
    let works = false;
    const { go, instance, clock, log, issues, settings } = setUp({
      config: { a: entry({ fallbackChain: ['static'] }) },
      starts: { one: async () => { if (!works) throw new Error('no'); } },
    });
    assert.equal(await outcome(go()), 'unavailable');
    await Promise.all([outcome(go()), outcome(go())]);
    assert.deepEqual([instance.state(), log, issues], ['static', ['start a v2'], ['start v2: no']]);
    await clock.advance(1000);
    assert.deepEqual(await Promise.all([outcome(go()), outcome(go())]), ['unavailable', 'unavailable']);
    assert.equal(log.length, 2);
    await clock.advance(1999);
    await outcome(go());
    assert.equal(log.length, 2);
    settings.update({ overrides: { flags: { any: true } } });
    await settled();
    assert.equal(log.length, 3);
    works = true;
    await clock.advance(4000);
    assert.equal(await outcome(go()), 'ok one');
    assert.deepEqual([instance.state(), log.length], ['ready', 4]);
  });

  it('can come when what runs releases could not be loaded: the markup serves until it can', async () => {
    const { engine, instance, go, issues } = setUp();
    const load = engine.motor.bind(engine);
    engine.motor = async () => { throw new Error('offline'); };
    await instance.start();
    assert.deepEqual([instance.state(), issues], ['static', ['start : offline']]);
    assert.equal(await outcome(go()), 'unavailable');
    engine.motor = load;
    assert.equal(await outcome(go()), 'ok one');
    assert.equal(instance.state(), 'ready');
  });

  it('of nothing that has begun starts nothing', async () => {
    const { engine, settings, log } = setUp();
    settings.update({ overrides: { flags: { a: true } } });
    engine.update({ context: { targetingKey: 'k' } });
    await settled();
    assert.deepEqual(log, []);
  });
});

describe('an override', () => {
  it('is refused unless it is permitted, and told either way', async () => {
    const { engine, instance, overrides } = setUp();
    await instance.start();
    assert.equal(engine.override('a', 'v1', 'somebody'), false);
    await settled();
    assert.equal(instance.label(), 'v2');
    assert.deepEqual(overrides, [{ integration: 'a', release: 'v1', by: 'somebody', permitted: false }]);
    assert.equal(engine.list()[0].permitted, false);
  });

  it('chooses a release, or none, and is taken back', async () => {
    const { engine, instance, overrides } = setUp({ permitOverride: ({ by }) => by === 'tester' });
    await instance.start();
    assert.equal(engine.override('a', 'v1', 'other'), false);
    assert.equal(engine.override('a', 'v1', 'tester'), true);
    await settled();
    assert.deepEqual([instance.label(), engine.list()], ['v1', [{ name: 'a', state: 'ready', release: 'v1', reason: 'override', override: 'v1', permitted: true }]]);
    assert.equal(engine.override('a', 'static', 'tester'), true);
    assert.equal(instance.state(), 'static');
    assert.equal(engine.override('a', null, 'tester'), true);
    await settled();
    assert.equal(instance.label(), 'v2');
    assert.deepEqual(overrides.map(({ release: label, permitted }) => [label, permitted]), [['v1', false], ['v1', true], ['static', true], [null, true]]);
  });

  it('of a flag counts before all others, in this engine', async () => {
    const { engine, instance, settings, overrides } = setUp({ config: flagged(), permitOverride: () => true, settings: { overrides: { flags: { new: true } } } });
    await instance.start();
    assert.equal(engine.flag('new'), true);
    engine.setFlag('new', false, 'tester');
    await settled();
    assert.deepEqual([engine.flag('new'), instance.label()], [false, 'v1']);
    engine.setFlag('new', null, 'tester');
    assert.equal(engine.flag('new'), true);
    assert.deepEqual(overrides, [
      { integration: '', flag: 'new', release: 'off', by: 'tester', permitted: true },
      { integration: '', flag: 'new', release: null, by: 'tester', permitted: true },
    ]);
    assert.deepEqual(settings.current(), { overrides: { flags: { new: true } } });
  });
});

describe('an element', () => {
  it('with a flag stays plain markup while that is not on', async () => {
    const { engine, settings, log } = setUp();
    const instance = engine.instance('a', { flag: 'beta' });
    await instance.start();
    assert.deepEqual([instance.state(), log], ['idle', []]);
    settings.update({ overrides: { flags: { beta: true } } });
    await settled();
    assert.deepEqual([instance.state(), log], ['ready', ['start a v2']]);
    settings.update({ overrides: { flags: { beta: false } } });
    assert.equal(instance.state(), 'idle');
    await settled();
    assert.deepEqual(log, ['start a v2', 'dispose a v2']);
  });

  it('with a provider keeps to it, whatever routes say; unless it may not run', async () => {
    const config = { a: entry({ routes: [{ release: 'v2' }], releases: { v0: release('three', { flag: 'third' }), v1: release('two'), v2: release('one') } }) };
    const { engine, settings } = setUp({ config });
    const instance = engine.instance('a', { provider: 'three' });
    await instance.start();
    assert.deepEqual([instance.label(), instance.state()], ['v0', 'ready']);
    settings.update({ overrides: { flags: { third: false } } });
    await settled();
    assert.notEqual(instance.label(), 'v0');
  });

  it('tells nothing that others of its integration have told', async () => {
    const { engine, states, settings } = setUp();
    await Promise.all([{}, { fallback: ['static'] }, { provider: 'one' }].map((use) => engine.instance('a', use).start()));
    settings.update({ overrides: { flags: { other: true } } });
    await settled();
    assert.deepEqual(states, ['a starting  active', 'a ready v2 active']);
  });

  it('has its own chain', async () => {
    const config = { a: entry({ releases: { v0: release('three'), v1: release('two'), v2: release('one') } }) };
    const { engine } = setUp({ config, starts: { one: async () => { throw new Error('no'); } } });
    const instance = engine.instance('a', { fallback: ['three', 'static'] });
    await instance.start();
    assert.deepEqual([instance.label(), instance.state()], ['v0', 'fallback']);
  });
});

describe('what a server has chosen', () => {
  const resolution = { interface: 'resolution', context: { targetingKey: 'k' }, flags: { beta: true }, selections: { a: { label: 'v1', reason: 'canary' } } };

  it('holds until something changes', async () => {
    const { engine, instance, settings } = setUp({ resolution });
    await instance.start();
    assert.deepEqual([instance.label(), engine.list()[0].reason, engine.flag('beta')], ['v1', 'canary', true]);
    settings.update({ runtimeConfig: { flags: { beta: false } } });
    await settled();
    assert.deepEqual([instance.label(), engine.flag('beta')], ['v2', false]);
  });

  it('stays off where it was switched off, and can be switched off; the visitor stays the same', async () => {
    const handed = { ...resolution, flags: { a: false, beta: true } };
    const { engine, instance, settings } = setUp({ resolution: handed, context: { country: 'de' }, settings: { runtimeConfig: { flags: { a: true, beta: true } } } });
    await instance.start();
    assert.deepEqual([engine.flag('a'), engine.flag('beta')], [false, true]);
    settings.update({ runtimeConfig: { flags: { a: true, beta: false } } });
    assert.deepEqual([engine.flag('a'), engine.flag('beta')], [false, false]);
    settings.update({ overrides: { flags: { a: true } } });
    assert.equal(engine.flag('a'), true);
    engine.update({ flags: { value: (_, { targetingKey, country }) => targetingKey === 'k' && country === 'de', subscribe: () => () => undefined, ready: async () => undefined } });
    assert.equal(engine.flag('other'), true);
  });

  it('is followed by what it chooses when it is asked again', async () => {
    const off = { ...resolution, flags: { a: false } };
    const { engine, settings } = setUp({ resolution: off });
    assert.equal(engine.flag('a'), false);
    settings.update({ runtimeConfig: { flags: { a: true } }, resolution: { ...resolution, flags: {} } });
    assert.equal(engine.flag('a'), true);
    settings.update({ runtimeConfig: { flags: { a: true } }, resolution: off });
    assert.equal(engine.flag('a'), false);
  });

  it('is not believed where there is no such release', async () => {
    const { instance } = setUp({ resolution: { ...resolution, selections: { a: { label: 'toString', reason: 'canary' } } } });
    await instance.start();
    assert.deepEqual([instance.label(), instance.state()], ['v2', 'ready']);
  });
});

describe('a canary', () => {
  const config = (rollback) => ({ a: entry({ version: 'v1', fallbackChain: ['static'], canary: { release: 'v2', stages: [{ share: 1 }], rollback } }) });

  it('that fails is taken back, with enough calls, for all of this engine', async () => {
    const { go, instance, settings, asks, engine } = setUp({
      config: config([{ metric: 'error-rate', is: '>', bound: 0.1 }]),
      context: { targetingKey: 'k' },
      calls: { one: fails('unavailable') },
      settings: {},
    });
    await instance.start();
    assert.deepEqual([instance.label(), engine.list()[0].reason], ['v2', 'canary']);
    for (let i = 0; i < 19; i++) await outcome(go());
    assert.equal(instance.label(), 'v2');
    await outcome(go());
    await settled();
    assert.deepEqual([instance.label(), engine.list()[0].reason], ['v1', 'active']);
    assert.equal(asks.filter(({ release: label }) => label === 'v2').length, 20);
    settings.update({ overrides: { integrations: { a: { canary: { since: '1970-01-01T00:00:00Z' } } } } });
    await settled();
    assert.deepEqual([instance.label(), engine.list()[0].reason], ['v2', 'canary']); // another one
  });

  it('that keeps its bounds stays', async () => {
    let turn = 0;
    const { go, instance } = setUp({
      config: config([{ metric: 'error-rate', is: '>', bound: 0.1 }, { metric: 'fallback-rate', is: '>', bound: 0.1 }, { metric: 'latency-p95', is: '>', bound: 100 }]),
      context: { targetingKey: 'k' },
      calls: { one: () => (turn++ % 20 === 0 ? fails('unavailable')() : answers('one')()) },
    });
    for (let i = 0; i < 100; i++) await outcome(go());
    assert.equal(instance.label(), 'v2');
  });

  it('is judged by the time that its bounds name', async () => {
    const { go, instance, clock, calls } = setUp({
      config: config([{ metric: 'error-rate', is: '>', bound: 0.1, over: 60_000 }]),
      context: { targetingKey: 'k' },
      calls: { one: fails('unavailable') },
    });
    for (let i = 0; i < 19; i++) await outcome(go());
    await clock.advance(60_001);
    calls.one = answers('one');
    for (let i = 0; i < 20; i++) await outcome(go());
    await settled();
    assert.equal(instance.label(), 'v2');
  });

  it('that is slow is taken back', async () => {
    const slow = (clock) => () => new Promise((resolve) => clock.after(300, () => resolve({ by: 'one' })));
    const set = setUp({ config: config([{ metric: 'latency-p95', is: '>', bound: 200 }]), context: { targetingKey: 'k' } });
    set.calls.one = slow(set.clock);
    for (let i = 0; i < 20; i++) await set.clock.until(outcome(set.go()));
    await settled();
    assert.equal(set.instance.label(), 'v1');
  });

  it('that can not start is taken back', async () => {
    const { go, instance } = setUp({
      config: config([{ metric: 'error-rate', is: '>', bound: 0.5 }]),
      context: { targetingKey: 'k' },
      starts: { one: async () => { throw new Error('no'); } },
    });
    for (let i = 0; i < 20; i++) await outcome(go());
    await settled();
    assert.deepEqual([instance.label(), instance.state()], ['v1', 'ready']);
  });
});

it('flags that an application has in its hand are enough', async () => {
  const { instance } = setUp({ config: flagged(), flags: staticFlags({ new: false }) });
  await instance.start();
  assert.equal(instance.label(), 'v1');
});

it('what was disposed of is not shown as failed by a start that was under way', async () => {
  const gone = {};
  const flags = { value: () => undefined, subscribe: () => () => undefined, ready: () => new Promise((_, reject) => (gone.now = reject)) };
  const { engine, instance, states } = setUp({ flags });
  const start = instance.start();
  await settled();
  engine.dispose();
  gone.now(new Error('away'));
  await start;
  assert.deepEqual([instance.state(), states.at(-1)], ['idle', 'a idle  active']);
});
