// Clients: one for each release and configuration, whoever asks; started once, ended behind the last who uses it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entry, hangs, outcome, release, setUp } from './engine-setup.mjs';
import { settled } from './fake-clock.mjs';

describe('a client', () => {
  it('is shared by all who use its release, and outlives one of them', async () => {
    const { engine, settings, log } = setUp();
    const uses = [{}, { fallback: ['static'] }, { provider: 'one' }, { flag: 'beta' }].map((use) => engine.instance('a', use));
    settings.update({ overrides: { flags: { beta: true } } });
    await Promise.all(uses.map((one) => one.start()));
    assert.deepEqual(log, ['start a v2']);
    settings.update({ overrides: { flags: { beta: false } } });
    await settled();
    assert.deepEqual(log, ['start a v2']);
    engine.dispose();
    await settled();
    assert.deepEqual(log, ['start a v2', 'dispose a v2']);
  });

  it('is told of its release, and when it is no longer wanted', async () => {
    let seen;
    const { engine, instance } = setUp({ starts: { one: (context) => void (seen = context) }, config: { a: entry({ releases: { v2: release('one', { config: { k: 1 } }) } }) } });
    await instance.start();
    const { signal, ...rest } = seen;
    assert.deepEqual(rest, { integration: 'a', label: 'v2', release: '1.0.0', provider: 'one', config: { k: 1 }, connection: undefined });
    assert.equal(signal.aborted, false);
    engine.dispose();
    await settled();
    assert.equal(signal.aborted, true);
  });

  it('that takes too long to start is done without; if it comes after all, it is ended', async () => {
    let come;
    const { instance, clock, log, issues } = setUp({ starts: { one: () => new Promise((resolve) => (come = resolve)) } });
    const start = instance.start();
    await clock.advance(29_999);
    assert.equal(instance.state(), 'starting');
    await clock.advance(1);
    await start;
    assert.deepEqual([instance.label(), instance.state(), issues], ['v1', 'fallback', ['start v2: it takes too long to start']]);
    come();
    await settled();
    assert.deepEqual(log, ['start a v2', 'start a v1', 'dispose a v2']);
  });

  it('that can not be ended is told of', async () => {
    const { engine, instance, issues } = setUp({ adapters: { one: { start: () => ({ operations: {}, dispose: () => { throw new Error('stuck'); } }) } } });
    await instance.start();
    engine.dispose();
    await settled();
    assert.deepEqual(issues, ['dispose v2: stuck']);
  });

  it('stays until the elements that it was given are given back', async () => {
    const log = [];
    const client = () => ({ operations: {}, attach: () => (log.push('attach'), () => void log.push('detach')), dispose: () => void log.push('dispose') });
    const { engine, instance, settings } = setUp({ adapters: { one: { start: client } } });
    await instance.start();
    const undo = instance.attach({ use: {} });
    settings.update({ overrides: { flags: { a: false } } });
    await settled();
    assert.deepEqual(log, ['attach']);
    undo();
    await settled();
    assert.deepEqual(log, ['attach', 'detach', 'dispose']);
    engine.dispose();
  });

  it('that can not be given an element is told of with its place', async () => {
    const issues = [];
    const { instance } = setUp({
      adapters: { one: { start: () => ({ operations: {}, attach: () => { throw new Error('no map'); } }) } },
      onIssue: ({ phase, label, source, error }) => issues.push([phase, label, source, error.message]),
    });
    await instance.start();
    instance.attach({ use: { source: 'concept/a.html:1:2' } })();
    assert.deepEqual(issues, [['attach', 'v2', 'concept/a.html:1:2', 'no map']]);
  });

  it('is not ended under a call in flight when the engine moves over twice', async () => {
    const { go, settings, log } = setUp({ calls: { one: hangs } });
    const abort = new AbortController();
    const call = outcome(go({ signal: abort.signal }));
    await settled();
    const off = { overrides: { flags: { a: false } } };
    settings.update(off);
    settings.update({ overrides: {} });
    await settled();
    assert.deepEqual(log, ['start a v2', 'start a v2']);
    abort.abort();
    assert.equal(await call, 'aborted');
    await settled();
    assert.deepEqual(log, ['start a v2', 'start a v2', 'dispose a v2']);
  });
});

describe('a connection', () => {
  const set = (more = {}) => {
    const log = [];
    let opened = 0;
    const adapter = {
      connect: ({ provider, release: version, config }) => (log.push(`connect ${provider} ${version} ${JSON.stringify(config)}`), ++opened),
      disconnect: (connection) => void log.push(`disconnect ${connection}`),
      start: ({ integration, connection }) => (log.push(`start ${integration} on ${connection}`), { operations: {}, dispose: () => void log.push(`dispose ${integration}`) }),
      ...more,
    };
    const one = (config = {}) => entry({ fallbackChain: ['static'], releases: { v2: release('one', { config }) } });
    return { ...setUp({ config: { a: one(), b: one(), c: one({ other: 1 }) }, adapters: { one: adapter } }), log };
  };

  it('is opened once for the same provider, release and settings, and closed behind the last client', async () => {
    const { engine, settings, log } = set();
    await Promise.all(['a', 'b', 'c'].map((name) => engine.instance(name).start()));
    assert.deepEqual([...log].sort(), ['connect one 1.0.0 {"other":1}', 'connect one 1.0.0 {}', 'start a on 1', 'start b on 1', 'start c on 2']);
    settings.update({ overrides: { flags: { a: false } } });
    await settled();
    assert.deepEqual(log.slice(5), ['dispose a']);
    settings.update({ overrides: { flags: { a: false, b: false } } });
    await settled();
    assert.deepEqual(log.slice(5), ['dispose a', 'dispose b', 'disconnect 1']);
  });

  it('that can not be opened is tried again by the next start', async () => {
    let works = false;
    const { engine, instance, clock, issues } = set({ connect: () => { if (!works) throw new Error('offline'); return 7; } });
    await instance.start();
    assert.deepEqual([instance.state(), issues], ['static', ['start v2: offline']]);
    works = true;
    engine.update({ context: { now: 1 } });
    await settled();
    assert.equal(instance.state(), 'ready');
    assert.ok(clock);
  });
});
