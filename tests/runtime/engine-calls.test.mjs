// Calls: along the chain by the kind of failure, within the budget, with typed errors; and what observers are told.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers, entry, fails, hangs, input, outcome, release, setUp, shape } from './engine-setup.mjs';
import { settled } from './fake-clock.mjs';

/** Failures by how a provider fails. */
const AWAY = { unreachable: 'unreachable', unavailable: 'unavailable', busy: 'rate_limited', unauthorized: 'unauthorized', unreadable: 'unreadable' };

describe('a call', () => {
  for (const [kind, failure] of Object.entries(AWAY)) {
    it(`goes on to the next release when the provider is ${kind}`, async () => {
      const { go, instance, asks, ended } = setUp({ calls: { one: fails(kind) } });
      assert.deepEqual(await go({ source: 'concept/a.html:1:2' }), { by: 'two' });
      assert.equal(instance.state(), 'fallback');
      assert.deepEqual(asks.map(({ release: label, result, failure: told, attempts, source }) => [label, result, told, attempts, source]), [
        ['v2', 'error', failure, 1, 'concept/a.html:1:2'],
        ['v1', 'ok', undefined, 1, 'concept/a.html:1:2'],
      ]);
      assert.deepEqual(ended.map(({ chosen, answered, fallback, error }) => [chosen, answered, fallback, error]), [['v2', 'v1', true, undefined]]);
    });
  }

  for (const kind of ['missing', 'rejected']) {
    it(`does not go on when the answer is '${kind}'`, async () => {
      const { go, asks, ended } = setUp({ calls: { one: fails(kind) } });
      assert.equal(await outcome(go()), 'failed');
      assert.deepEqual(asks.map(({ release: label, result, failure }) => [label, result, failure]), [['v2', 'error', undefined]]);
      assert.deepEqual(ended.map(({ answered, fallback, error }) => [answered, fallback, error]), [['v2', false, 'failed']]);
    });
  }

  it('goes on when the answer has the wrong shape, and says so when there is nobody else', async () => {
    const { go, calls, asks, ended } = setUp({ calls: { one: async () => ({ by: 7 }) } });
    assert.deepEqual(await go(), { by: 'two' });
    assert.deepEqual(asks.map(({ failure }) => failure), ['unreadable', undefined]);
    calls.two = async () => 'no record';
    assert.equal(await outcome(go()), 'result');
    assert.deepEqual([ended[1].answered, ended[1].error, ended[1].fallback], ['static', 'result', true]);
  });

  it('goes to a link only on the failures that it is for', async () => {
    const config = (triggers) => ({ a: entry({ fallbackChain: ['v1', 'v0', 'static'], releases: { v0: release('three'), v1: release('two'), v2: release('one') }, triggers }) });
    const by = async (kind, triggers) => outcome(setUp({ config: config(triggers), calls: { one: fails(kind) } }).go());
    assert.equal(await by('busy', { v1: ['rate_limited'] }), 'ok two');
    assert.equal(await by('unavailable', { v1: ['rate_limited'] }), 'ok three');
    assert.equal(await by('unavailable', { v1: ['rate_limited'], v0: ['timeout', 'unavailable'] }), 'ok three');
    assert.equal(await by('unreachable', { v1: ['rate_limited'], v0: ['timeout', 'unavailable'] }), 'failed');
  });

  it('does not start a link for a start that failed, if it is for other failures', async () => {
    const starts = { one: async () => { throw new Error('no key'); } };
    const only = setUp({ config: { a: entry({ triggers: { v1: ['timeout'] } }) }, starts });
    await only.instance.start();
    assert.equal(only.instance.state(), 'static');
    const both = setUp({ config: { a: entry({ triggers: { v1: ['timeout', 'start_failure'] } }) }, starts });
    await both.instance.start();
    assert.equal(both.instance.state(), 'fallback');
  });

  it('keeps its budget, whoever keeps it waiting', async () => {
    const { go, clock, asks, ended } = setUp({ config: { a: entry({ budget: 1000 }) }, calls: { one: hangs } });
    const call = outcome(go());
    await clock.advance(999);
    assert.deepEqual(ended, []);
    await clock.advance(1);
    assert.equal(await call, 'timeout');
    assert.deepEqual(asks.map(({ release: label, result, failure, ms }) => [label, result, failure, ms]), [['v2', 'timeout', 'timeout', 1000]]);
    assert.deepEqual(ended.map(({ chosen, answered, error, ms }) => [chosen, answered, error, ms]), [['v2', 'static', 'timeout', 1000]]);
    assert.equal(clock.timers(), 0);
  });

  it('keeps its budget where a provider ignores the signal, and where it never starts', async () => {
    const deaf = setUp({ config: { a: entry({ budget: 50 }) }, calls: { one: () => new Promise(() => undefined) } });
    const call = outcome(deaf.go());
    await deaf.clock.advance(50);
    assert.equal(await call, 'timeout');
    const never = setUp({ config: { a: entry({ budget: 50 }) }, starts: { one: () => new Promise(() => undefined) } });
    const other = outcome(never.go());
    await never.clock.advance(50);
    assert.equal(await other, 'timeout');
    assert.deepEqual(never.ended.map(({ chosen, answered, error }) => [chosen, answered, error]), [['v2', 'static', 'timeout']]);
  });

  it('takes over after an attempt that took too long', async () => {
    const { go, clock, asks } = setUp({ config: { a: entry({ limits: { timeout: 100 }, budget: 1000 }) }, calls: { one: hangs } });
    const call = outcome(go());
    await clock.advance(100);
    assert.equal(await call, 'ok two');
    assert.deepEqual(asks.map(({ result, ms }) => [result, ms]), [['timeout', 100], ['ok', 0]]);
  });

  it('is tried again, waits as long as the provider says, and counts its requests', async () => {
    let turn = 0;
    const busyOnce = async () => (turn++ === 0 ? fails('busy', 700)() : { by: 'one' });
    const limits = { retry: { attempts: 2, backoff: 'constant', from: 100, to: 100 } };
    const { go, clock, asks } = setUp({ config: { a: entry({ limits, repeatable: ['go'] }) }, calls: { one: busyOnce } });
    const call = outcome(go());
    await clock.advance(699);
    assert.equal(turn, 1);
    assert.equal(await clock.until(call), 'ok one');
    assert.deepEqual(asks.map(({ attempts, result }) => [attempts, result]), [[2, 'ok']]);
  });

  it('does not ask a release whose breaker is open, until one probe has shown that it is back', async () => {
    const config = { a: entry({ limits: { breaker: { failures: 2, reset: 5000 } } }) };
    const { go, instance, clock, calls, asks, breakers } = setUp({ config, calls: { one: fails('unavailable') } });
    for (let i = 0; i < 3; i++) assert.equal(await outcome(go()), 'ok two');
    assert.deepEqual(breakers, ['v2 open']);
    assert.deepEqual(asks.filter(({ release: label }) => label === 'v2').map(({ failure, attempts }) => [failure, attempts]), [['unavailable', 1], ['unavailable', 1], ['breaker_open', 0]]);
    assert.equal(instance.state(), 'fallback');
    calls.one = answers('one');
    await clock.advance(5000);
    assert.equal(await outcome(go()), 'ok one');
    assert.equal(instance.state(), 'ready');
    assert.deepEqual(breakers, ['v2 open', 'v2 half-open', 'v2 closed']);
  });

  it('that is equal to one in flight shares its answer, which is told for each', async () => {
    let sent = 0;
    let answer;
    const one = () => new Promise((resolve) => ((sent += 1), (answer = resolve)));
    const { go, asks } = setUp({ config: { a: entry({ repeatable: ['go'] }) }, calls: { one } });
    const both = Promise.all([go(), go()]);
    await settled();
    answer({ by: 'one' });
    assert.deepEqual(await both, [{ by: 'one' }, { by: 'one' }]);
    assert.equal(sent, 1);
    assert.deepEqual(asks.map(({ attempts }) => attempts), [1, 0]);
  });

  it('that the server half performs has its limits there: no timeout here, but the budget', async () => {
    const config = { a: entry({ budget: 1000, limits: { timeout: 100 }, releases: { v1: release('two'), v2: release('one', { server: ['go'] }) } }) };
    const { go, clock, asks } = setUp({ config, calls: { one: hangs } });
    const call = outcome(go());
    await clock.advance(1000);
    assert.equal(await call, 'timeout');
    assert.deepEqual(asks.map(({ release: label, ms }) => [label, ms]), [['v2', 1000]]);
  });

  it('is answered by what is kept, as long as the release lets it', async () => {
    const config = { a: entry({ repeatable: ['go'], releases: { v2: release('one', { cache: 500 }) } }) };
    const { go, clock, asks } = setUp({ config });
    await go();
    await go();
    await clock.advance(500);
    await go();
    assert.deepEqual(asks.map(({ attempts }) => attempts), [1, 0, 1]);
  });

  it('is batched where the client can, each with its own result or error', async () => {
    const batches = [];
    const adapters = {
      one: { start: () => ({
        operations: { go: assert.fail },
        batches: { go: async (inputs) => (batches.push(inputs.map(({ street }) => street)), inputs.map(({ street }) => (street === 'B' ? { by: 7 } : { by: street }))) },
      }) },
    };
    const config = { a: entry({ limits: { batch: { size: 10, within: 20 } }, fallbackChain: ['static'] }) };
    const { instance, clock } = setUp({ config, adapters });
    const calls = ['A', 'B', 'C'].map((street) => outcome(instance.call('go', shape, { street })));
    await clock.advance(20);
    assert.deepEqual(await Promise.all(calls), ['ok A', 'result', 'ok C']);
    assert.deepEqual(batches, [['A', 'B', 'C']]);
  });

  it('that is taken back is nobody else\'s business', async () => {
    const abort = new AbortController();
    const { go, asks, ended, issues } = setUp({ calls: { one: hangs } });
    const call = outcome(go({ signal: abort.signal }));
    await settled();
    abort.abort();
    assert.equal(await call, 'aborted');
    assert.deepEqual([asks, ended, issues], [[], [], []]);
    assert.equal(await outcome(go({ signal: AbortSignal.abort() })), 'aborted');
  });

  it('has errors that say where and why', async () => {
    const { go } = setUp({ config: { a: entry({ fallbackChain: ['static'] }) }, calls: { one: fails('unauthorized') } });
    await assert.rejects(go({ source: 'concept/a.html:3:4' }), (error) => {
      assert.deepEqual([error.name, error.kind, error.integration, error.operation, error.source, error.cause.name, error.cause.kind], ['IntegrationError', 'failed', 'a', 'go', 'concept/a.html:3:4', 'HttpError', 'unauthorized']);
      return true;
    });
  });

  it('with a wrong input asks nobody and is told to nobody', async () => {
    const { instance, log, ended } = setUp();
    await assert.rejects(instance.call('go', shape, {}), { kind: 'input' });
    assert.deepEqual([log, ended], [[], []]);
  });

  it('is not disturbed by an observer that throws', async () => {
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const seen = [];
    process.on('uncaughtException', (error) => seen.push(error.message));
    const { go } = setUp({ observers: [{ onAsk() { throw new Error('mine'); } }] });
    assert.equal(await outcome(go()), 'ok one');
    await settled();
    process.removeAllListeners('uncaughtException');
    for (const listener of before) process.on('uncaughtException', listener);
    assert.deepEqual(seen, ['mine']);
  });

  it('ends with the engine', async () => {
    const { engine, go, instance, log } = setUp({ calls: { one: hangs } });
    const call = outcome(go());
    await settled();
    engine.dispose();
    assert.equal(await call, 'disposed');
    await settled();
    assert.deepEqual(log, ['start a v2', 'dispose a v2']);
    assert.equal(instance.state(), 'idle');
  });

  it('finds operations in the prototype of a client, but none that every object has', async () => {
    class Operations { async go() { return { by: 'class' }; } }
    const { instance, go } = setUp({ adapters: { one: { start: () => ({ operations: new Operations() }) } } });
    assert.equal(await outcome(go()), 'ok class');
    await assert.rejects(instance.call('toString', shape, input), { kind: 'unavailable' });
  });
});
