// What the limits of one release do, each by an example; random schedules are in policy-properties.test.mjs.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { HttpError, PolicyError } from '@fxc/runtime';
import { Policy } from '@fxc/runtime/policy';
import { untilAborted } from '../../build/runtime/abort.js';
import { fakeClock, settled } from './fake-clock.mjs';

const AWAY = ['unreachable', 'unavailable', 'busy', 'unauthorized', 'unreadable'];
const down = () => new HttpError('unavailable', 503, 'down');
const busy = (wait) => new HttpError('busy', 429, 'busy', wait);

function policyOf(limits, options = {}) {
  const clock = options.clock ?? fakeClock();
  const states = [];
  const policy = new Policy({
    limits,
    clock,
    cache: 0,
    isAway: (error) => error instanceof HttpError && AWAY.includes(error.kind),
    isRefused: (error) => error instanceof HttpError && error.kind === 'busy',
    retryAfter: (error) => error?.retryAfter,
    onBreaker: (state) => states.push(state),
    ...options,
  });
  const call = (run, more = {}) => {
    let attempts = 0;
    const promise = policy.run({
      operation: 'look', input: {}, run, batch: undefined, repeatable: false, remote: false, signal: new AbortController().signal,
      onAttempt: () => { attempts += 1; }, ...more,
    }).then(({ value }) => ({ value, attempts }));
    promise.catch(() => {});
    return promise;
  };
  return { policy, clock, states, call };
}

const value = async (promise) => (await promise).value;
const refusedAs = (kind) => (error) => error instanceof PolicyError && error.kind === kind;
/** A request that ends when the test says so. */
function held() {
  const requests = [];
  const run = (input, { signal }) => new Promise((resolve, reject) => requests.push({ input, signal, resolve, reject }));
  return { requests, run };
}

test('without limits a call goes at once, and its error is its own', async () => {
  const { call, clock, policy } = policyOf({});
  assert.deepEqual(await call(async () => 7), { value: 7, attempts: 1 });
  await assert.rejects(call(() => { throw new RangeError('sync'); }), RangeError);
  assert.equal(await value(call(() => 'no promise')), 'no promise');
  assert.equal(clock.timers(), 0);
  await policy.drained();
});

test('a rate lets five go in any second', async () => {
  const { call, clock } = policyOf({ rate: { count: 5, per: 1000 } });
  const start = clock.now();
  const times = [];
  const calls = Array.from({ length: 12 }, () => call(async () => times.push(clock.now() - start)));
  await clock.until(Promise.all(calls));
  assert.deepEqual(times, [0, 0, 0, 0, 0, 1001, 1001, 1001, 1001, 1001, 2002, 2002]);
  assert.equal(clock.timers(), 0);
});

test('a burst is more at once, and the same in the long run', async () => {
  const { call, clock } = policyOf({ rate: { count: 2, per: 1000 }, burst: 4 });
  const start = clock.now();
  const times = [];
  await clock.until(Promise.all(Array.from({ length: 9 }, () => call(async () => times.push(clock.now() - start)))));
  assert.deepEqual(times, [0, 0, 0, 0, 2001, 2001, 2001, 2001, 4002]);
});

test('a clock that is set back makes nobody wait for it', async () => {
  const { call, clock } = policyOf({ rate: { count: 1, per: 1000 }, breaker: { failures: 1, reset: 5000 } });
  await call(async () => 1);
  clock.jump(-3_600_000);
  await call(async () => { throw down(); }).catch(() => {});
  clock.jump(-3_600_000);
  assert.equal(await value(call(async () => 'goes')), 'goes');
});

test('one more than the queue holds is refused, and told when it would go', async () => {
  const { call, clock } = policyOf({ rate: { count: 1, per: 1000 }, queue: 2 });
  const calls = [1, 2, 3].map((number) => call(async () => number));
  await settled();
  await clock.advance(400);
  await assert.rejects(call(async () => 4), (error) => refusedAs('limited')(error) && error.retryAfter === 601);
  assert.deepEqual((await clock.until(Promise.all(calls))).map((one) => one.value), [1, 2, 3]);
});

test('who is aborted leaves the queue at once, and nobody waits longer for it', async () => {
  const { call, clock, policy } = policyOf({ rate: { count: 1, per: 1000 } });
  const leaver = new AbortController();
  const sent = [];
  const run = (name) => async () => sent.push(name);
  const calls = [call(run('a')), call(run('b'), { signal: leaver.signal }), call(run('c'))];
  await clock.advance(10);
  leaver.abort(new Error('left'));
  await assert.rejects(calls[1], /left/);
  await clock.advance(1000);
  assert.deepEqual(sent, ['a', 'c']);
  const alone = new AbortController();
  call(run('d'), { signal: alone.signal });
  await settled();
  assert.equal(clock.timers(), 1);
  alone.abort(new Error('left'));
  assert.equal(clock.timers(), 0);
  await policy.drained();
});

test('concurrency counts requests that run', async () => {
  const { call } = policyOf({ concurrency: 2 });
  const { requests, run } = held();
  const calls = [1, 2, 3].map(() => call(run));
  await settled();
  assert.equal(requests.length, 2);
  requests[1].reject(new Error('x'));
  await assert.rejects(calls[1]);
  await settled();
  assert.equal(requests.length, 3);
  requests[0].resolve(); requests[2].resolve();
  await Promise.all([calls[0], calls[2]]);
});

test('a timeout aborts the attempt, and what comes later is dropped', async () => {
  const { call, clock } = policyOf({ timeout: 100, concurrency: 1 });
  const { requests, run } = held();
  const late = call(run);
  await settled();
  await clock.advance(99);
  assert.equal(requests[0].signal.aborted, false);
  await clock.advance(1);
  await assert.rejects(late, refusedAs('timeout'));
  assert.equal(requests[0].signal.aborted, true);
  requests[0].reject(new Error('too late'));
  await settled();
  assert.equal(await value(call(async () => 'next')), 'next');
  assert.equal(clock.timers(), 0);
});

test('attempts behind the first, with growing pauses', async () => {
  const clock = fakeClock({ random: () => 0.5 });
  const { call } = policyOf({ retry: { attempts: 3, backoff: 'exponential', from: 200, to: 600 } }, { clock });
  const start = clock.now();
  const times = [];
  const fail = async () => { times.push(clock.now() - start); throw down(); };
  let counted = 0;
  const failed = call(fail, { repeatable: true, onAttempt: () => { counted += 1; } });
  await assert.rejects(clock.until(failed), /down/);
  assert.deepEqual(times, [0, 100, 300, 600]);
  assert.equal(counted, 4);
});

test('what is not repeatable is tried again only if it was refused', async () => {
  const { call, clock } = policyOf({ retry: { attempts: 2, backoff: 'constant', from: 10, to: 10 } });
  let sent = 0;
  await assert.rejects(clock.until(call(async () => { sent += 1; throw down(); })), /down/);
  assert.equal(sent, 1);
  const answers = [busy(), 'done'];
  const again = call(async () => { const next = answers.shift(); if (next instanceof Error) throw next; return next; });
  assert.deepEqual(await clock.until(again), { value: 'done', attempts: 2 });
});

test('errors of the input are not tried again', async () => {
  const { call, clock } = policyOf({ retry: { attempts: 2, backoff: 'constant', from: 10, to: 10 } });
  let sent = 0;
  const wrong = async () => { sent += 1; throw new HttpError('rejected', 422, 'wrong'); };
  await assert.rejects(clock.until(call(wrong, { repeatable: true })), /wrong/);
  assert.equal(sent, 1);
});

test('Retry-After is the least pause, beyond the longest backoff', async () => {
  const { call, clock } = policyOf({ retry: { attempts: 1, backoff: 'constant', from: 10, to: 10 } });
  const start = clock.now();
  const times = [];
  const run = async () => { times.push(clock.now() - start); if (times.length === 1) throw busy(3000); return 'ok'; };
  assert.equal(await value(clock.until(call(run))), 'ok');
  assert.deepEqual(times, [0, 3000]);
});

test('a pause that would outlast the budget is not begun, nor one that nobody would wait for', async () => {
  const { call, clock } = policyOf({ retry: { attempts: 1, backoff: 'constant', from: 10, to: 10 } });
  await assert.rejects(call(async () => { throw busy(3000); }, { deadline: clock.now() + 3000 }), /busy/);
  await assert.rejects(call(async () => { throw busy(99_999_999_999); }), /busy/);
  assert.equal(clock.timers(), 0);
});

test('a pause holds no place', async () => {
  const { call, clock } = policyOf({ concurrency: 1, retry: { attempts: 1, backoff: 'constant', from: 1000, to: 1000 } });
  const answers = [busy(500), 'second'];
  const first = call(async () => { const next = answers.shift(); if (next instanceof Error) throw next; return next; });
  await settled();
  assert.equal(await value(call(async () => 'meanwhile')), 'meanwhile');
  assert.equal(await value(clock.until(first)), 'second');
});

test('an abort ends a pause at once', async () => {
  const { call, clock } = policyOf({ retry: { attempts: 1, backoff: 'constant', from: 1000, to: 1000 } });
  const leaver = new AbortController();
  const paused = call(async () => { throw busy(500); }, { signal: leaver.signal });
  await clock.advance(5);
  leaver.abort(new Error('left'));
  await assert.rejects(paused, /left/);
  assert.equal(clock.timers(), 0);
});

test('failures in a row open the breaker; one probe closes it', async () => {
  const { call, clock, states, policy } = policyOf({ breaker: { failures: 2, reset: 1000 } });
  const fail = async () => { throw down(); };
  await call(fail).catch(() => {});
  await call(async () => 1);
  await call(fail).catch(() => {});
  assert.equal(policy.state(), 'closed');
  await call(fail).catch(() => {});
  assert.equal(policy.state(), 'open');
  await clock.advance(400);
  await assert.rejects(call(fail), (error) => refusedAs('open')(error) && error.retryAfter === 600);
  await clock.advance(600);
  const { requests, run } = held();
  const probe = call(run);
  await assert.rejects(call(run), refusedAs('open'));
  requests[0].resolve('back');
  assert.equal(await value(probe), 'back');
  assert.deepEqual(states, ['open', 'half-open', 'closed']);
});

test('a probe that is taken back gives the place to the next', async () => {
  const { call, clock, states } = policyOf({ breaker: { failures: 1, reset: 1000 } });
  await call(async () => { throw down(); }).catch(() => {});
  await clock.advance(1000);
  const leaver = new AbortController();
  const { requests, run } = held();
  const probe = call(run, { signal: leaver.signal });
  await settled();
  leaver.abort(new Error('left'));
  await assert.rejects(probe, /left/);
  assert.deepEqual(states, ['open', 'half-open']);
  const next = call(run);
  await settled();
  requests[1].resolve('ok');
  assert.equal(await value(next), 'ok');
  assert.deepEqual(states, ['open', 'half-open', 'closed']);
});

test('so does a probe that the queue refuses', async () => {
  const { call, clock, states } = policyOf({ queue: 0, rate: { count: 1, per: 5000 }, breaker: { failures: 1, reset: 1000 } });
  await call(async () => { throw down(); }).catch(() => {});
  await clock.advance(1000);
  await assert.rejects(call(async () => 1), refusedAs('limited'));
  assert.deepEqual(states, ['open', 'half-open']);
  assert.equal(clock.timers(), 0);
  await clock.advance(5000);
  await call(async () => 1);
  assert.deepEqual(states, ['open', 'half-open', 'closed']);
});

test('a probe that ends with an error of the input closes the breaker: the provider has answered', async () => {
  const { call, clock, states } = policyOf({ breaker: { failures: 1, reset: 1000 } });
  await call(async () => { throw down(); }).catch(() => {});
  await clock.advance(1000);
  await call(async () => { throw new HttpError('missing', 404, 'none'); }).catch(() => {});
  assert.deepEqual(states, ['open', 'half-open', 'closed']);
});

test('a late answer of a time before has no say', async () => {
  const { call, clock, policy } = policyOf({ breaker: { failures: 1, reset: 1000 } });
  const { requests, run } = held();
  const slow = call(run);
  const other = call(run);
  await call(async () => { throw down(); }).catch(() => {});
  requests[0].resolve('late');
  await slow;
  assert.equal(policy.state(), 'open');
  await clock.advance(1000);
  const probe = call(run);
  await settled();
  requests[1].reject(down());
  await other.catch(() => {});
  assert.equal(policy.state(), 'half-open');
  requests[2].resolve('ok');
  await probe;
  assert.equal(policy.state(), 'closed');
});

test('who waits when the breaker opens is sent away; who would wait for a pause is not made to', async () => {
  const retry = { attempts: 5, backoff: 'constant', from: 1000, to: 1000 };
  const { call, clock } = policyOf({ concurrency: 1, breaker: { failures: 1, reset: 1000 }, retry });
  const { requests, run } = held();
  const first = call(run, { repeatable: true });
  const second = call(run);
  await settled();
  requests[0].reject(down());
  await assert.rejects(first, /down/);
  await assert.rejects(second, refusedAs('open'));
  assert.equal(clock.timers(), 0);
  assert.equal(requests.length, 1);
});

test('equal calls in flight are one request; one that leaves does not end it', async () => {
  const { call } = policyOf({});
  const { requests, run } = held();
  const leaver = new AbortController();
  const first = call(run, { repeatable: true, input: { a: 1, b: [2] }, signal: leaver.signal });
  const second = call(run, { repeatable: true, input: { b: [2], a: 1 } });
  const other = call(run, { repeatable: true, input: { a: 2, b: [2] } });
  const same = call(run, { input: { a: 1, b: [2] } });
  await settled();
  assert.equal(requests.length, 3);
  leaver.abort(new Error('left'));
  await assert.rejects(first, /left/);
  assert.equal(requests[0].signal.aborted, false);
  for (const request of requests) request.resolve('ok');
  assert.deepEqual(await second, { value: 'ok', attempts: 0 });
  assert.deepEqual(await same, { value: 'ok', attempts: 1 });
  await other;
});

test('when all have left the request is aborted, and the next call is a new one', async () => {
  const { call, policy } = policyOf({});
  const { requests, run } = held();
  const leaver = new AbortController();
  const calls = [1, 2].map(() => call(run, { repeatable: true, signal: leaver.signal }));
  await settled();
  leaver.abort(new Error('left'));
  for (const one of calls) await assert.rejects(one, /left/);
  const next = call(run, { repeatable: true });
  assert.equal(requests[0].signal.aborted, true);
  await settled();
  requests[1].resolve('new');
  assert.equal(await value(next), 'new');
  await policy.drained();
});

test('what JSON cannot tell apart is not shared', async () => {
  const { call } = policyOf({});
  const { requests, run } = held();
  const inputs = [{ f: new File(['a'], 'a') }, { f: new File(['b'], 'b') }, { n: NaN }, { n: NaN }, { n: 1n }, { n: 1n }];
  const calls = inputs.map((input) => call(run, { repeatable: true, input }));
  await settled();
  assert.equal(requests.length, 6);
  for (const request of requests) request.resolve();
  await Promise.all(calls);
});

test('who calls again at the moment of the abort gets a request of his own', async () => {
  const { call } = policyOf({});
  const leaver = new AbortController();
  let again;
  const run = (input, { signal }) => new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      again = call(async () => 'again', { repeatable: true });
      reject(signal.reason);
    });
  });
  const first = call(run, { repeatable: true, signal: leaver.signal });
  await settled();
  leaver.abort(new Error('left'));
  await assert.rejects(first, /left/);
  assert.equal(await value(again), 'again');
});

test('a request that was aborted takes no other away with it', async () => {
  const { call } = policyOf({});
  const { requests, run } = held();
  const leaver = new AbortController();
  let second;
  const stubborn = (input, { signal }) => new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      second = call(run, { repeatable: true });
      setImmediate(() => reject(signal.reason));
    });
  });
  const first = call(stubborn, { repeatable: true, signal: leaver.signal });
  await settled();
  leaver.abort(new Error('left'));
  await assert.rejects(first, /left/);
  await settled();
  const third = call(run, { repeatable: true });
  await settled();
  assert.equal(requests.length, 1);
  requests[0].resolve('both');
  assert.deepEqual([await value(second), await value(third)], ['both', 'both']);
});

test('who is aborted in the moment of his turn is not sent', async () => {
  const { call, clock } = policyOf({ rate: { count: 2, per: 100 } });
  await Promise.all([call(async () => 1), call(async () => 2)]);
  const leaver = new AbortController();
  const calls = [call(async () => leaver.abort(new Error('left'))), call(() => assert.fail('sent'), { signal: leaver.signal })];
  await clock.until(calls[0]);
  await assert.rejects(calls[1], /left/);
});

test('a call that was taken back before it began sends nothing', async () => {
  const { call, clock, policy } = policyOf({ batch: { size: 2, within: 5 } });
  const signal = AbortSignal.abort(new Error('left'));
  const never = () => assert.fail('sent');
  for (const more of [{}, { repeatable: true }, { batch: never }, { batch: never, repeatable: true }]) {
    await assert.rejects(call(never, { signal, ...more }), /left/);
  }
  assert.equal(clock.timers(), 0);
  await policy.drained();
  await assert.rejects(untilAborted(signal, new Promise(() => {})), /left/);
});

test('nothing listens any more to a signal that lives long', async () => {
  const { signal } = new AbortController();
  const clock = fakeClock();
  for (const [limits, more] of [
    [{}, {}], [{}, { repeatable: true }], [{ timeout: 50 }, {}], [{ concurrency: 1 }, {}], [{ rate: { count: 1, per: 10 } }, {}],
    [{ retry: { attempts: 2, backoff: 'constant', from: 5, to: 5 } }, { repeatable: true }], [{ batch: { size: 2, within: 5 } }, { batch: async () => [1, 2] }],
  ]) {
    const { call } = policyOf(limits, { clock });
    const run = async () => { throw down(); };
    await clock.until(Promise.allSettled([call(run, { signal, ...more }), call(async () => 1, { signal, input: { n: 2 }, ...more })]));
    assert.equal(getEventListeners(signal, 'abort').length, 0, JSON.stringify(limits));
  }
});

test('answers are kept for a while, errors never, a hundred at most', async () => {
  const { call, clock } = policyOf({}, { cache: 1000 });
  let sent = 0;
  const run = async ({ n }) => { sent += 1; if (n < 0) throw down(); return n; };
  const ask = (n) => value(call(run, { repeatable: true, input: { n } }));
  assert.equal(await ask(1), 1);
  await clock.advance(999);
  assert.equal(await ask(1), 1);
  assert.equal(sent, 1);
  await clock.advance(1);
  await ask(1);
  assert.equal(sent, 2);
  await assert.rejects(ask(-1));
  await assert.rejects(ask(-1));
  assert.equal(sent, 4);
  for (let n = 2; n <= 100; n += 1) await ask(n);
  await ask(1);
  await ask(101);
  assert.equal(sent, 4 + 100);
  await ask(1);
  assert.equal(sent, 104);
  await ask(2);
  assert.equal(sent, 105);
});

test('calls in one window are one request, each with its own end', async () => {
  const { call, clock } = policyOf({ batch: { size: 3, within: 10 }, rate: { count: 1, per: 1000 } });
  const batches = [];
  const batch = async (inputs) => {
    batches.push(inputs.map(({ n }) => n));
    return inputs.map(({ n }) => (n === 2 ? new RangeError('two') : n * 10));
  };
  const leaver = new AbortController();
  const ask = (n, more = {}) => call(() => assert.fail('not alone'), { batch, input: { n }, ...more });
  const calls = [ask(1), ask(9, { signal: leaver.signal })];
  leaver.abort(new Error('left'));
  await assert.rejects(calls[1], /left/);
  calls.push(ask(2), ask(3), ask(4));
  await clock.until(Promise.allSettled(calls));
  assert.deepEqual(batches, [[1, 2, 3], [4]]);
  assert.equal(clock.timers(), 0);
  assert.deepEqual(await calls[0], { value: 10, attempts: 1 });
  await assert.rejects(calls[2], RangeError);
  assert.deepEqual(await calls[3], { value: 30, attempts: 0 });
});

test('a batch whose callers have all left is not sent, or aborted', async () => {
  const { call, clock } = policyOf({ batch: { size: 3, within: 10 } });
  const signals = [];
  const batch = (inputs, { signal }) => { signals.push(signal); return new Promise(() => {}); };
  const [early, late] = [new AbortController(), new AbortController()];
  const gone = call(undefined, { batch, signal: early.signal });
  early.abort(new Error('early'));
  await assert.rejects(gone, /early/);
  await clock.advance(20);
  assert.equal(signals.length, 0);
  const gone2 = new AbortController();
  call(undefined, { batch, signal: gone2.signal });
  gone2.abort(new Error('early'));
  await settled();
  const next = call(undefined, { batch: async () => ['next'] });
  assert.equal(await value(clock.until(next)), 'next');
  const left = call(undefined, { batch, signal: late.signal });
  await clock.advance(20);
  assert.equal(signals.length, 1);
  late.abort(new Error('late'));
  await assert.rejects(left, /late/);
  assert.equal(signals[0].aborted, true);
});

test('a batch with too few results is an error of all', async () => {
  const { call, clock } = policyOf({ batch: { size: 2, within: 10 } });
  const calls = [1, 2].map((n) => call(undefined, { batch: async () => [1], input: { n } }));
  assert.equal(clock.timers(), 0);
  for (const one of calls) await assert.rejects(clock.until(one), TypeError);
});

test('of a remote call the server half keeps rate, concurrency, timeout and retry; sharing and breaker stay here', async () => {
  const retry = { attempts: 3, backoff: 'constant', from: 1, to: 1 };
  const { call, clock } = policyOf({ rate: { count: 1, per: 1000 }, concurrency: 1, timeout: 5, retry, breaker: { failures: 2, reset: 1000 } });
  const { requests, run } = held();
  const ask = (n) => call(run, { remote: true, repeatable: true, input: { n } });
  const calls = [ask(1), ask(1), ask(2), ask(3)];
  await clock.advance(100);
  assert.equal(requests.length, 3);
  requests[0].resolve('ok');
  assert.equal(await value(calls[1]), 'ok');
  requests[1].reject(down());
  requests[2].reject(down());
  await assert.rejects(calls[2], /down/);
  await assert.rejects(ask(4), refusedAs('open'));
  await Promise.allSettled(calls);
});

test('a rate that several processes keep is asked before each request, and is no failure of the provider', async () => {
  const asked = [];
  const gate = (signal) => new Promise((resolve, reject) => asked.push({ signal, resolve, reject }));
  const { call, clock, policy } = policyOf({ concurrency: 1, timeout: 10, breaker: { failures: 1, reset: 1000 } }, { gate });
  const leaver = new AbortController();
  const calls = [call(async () => 1), call(async () => 2), call(async () => 3, { signal: leaver.signal }), call(async () => 4)];
  await clock.advance(100);
  assert.equal(asked.length, 1);
  asked[0].resolve();
  assert.equal(await value(calls[0]), 1);
  await settled();
  asked[1].reject(new PolicyError('limited', 'too many', 5));
  await assert.rejects(calls[1], refusedAs('limited'));
  await settled();
  leaver.abort(new Error('left'));
  await assert.rejects(calls[2], /left/);
  await settled();
  asked[3].resolve();
  assert.equal(await value(calls[3]), 4);
  assert.equal(await value(call(async () => 5, { remote: true })), 5);
  assert.equal(policy.state(), 'closed');
});

test('a remote call that fails is not tried again', async () => {
  const { call, clock } = policyOf({ retry: { attempts: 3, backoff: 'constant', from: 5, to: 5 } });
  let sent = 0;
  await assert.rejects(clock.until(call(async () => { sent += 1; throw busy(1); }, { remote: true, repeatable: true })), /busy/);
  assert.equal(sent, 1);
});

test('what the server half says of its breaker counts for the own one', async () => {
  const { call, policy } = policyOf({ breaker: { failures: 2, reset: 1000 } });
  const ask = (kind) => call(async () => { throw new PolicyError(kind, 'there'); }, { remote: true }).catch(() => {});
  await ask('limited'); await ask('limited');
  assert.equal(policy.state(), 'closed');
  await ask('open'); await ask('timeout');
  assert.equal(policy.state(), 'open');
});

test('drained: when the last call has ended', async () => {
  const { call, policy } = policyOf({});
  const { requests, run } = held();
  const calls = [call(run), call(run)];
  await settled();
  let drained = false;
  const waiting = policy.drained().then(() => { drained = true; });
  requests[0].resolve();
  await settled();
  assert.equal(drained, false);
  requests[1].reject(new Error('x'));
  await waiting;
  await Promise.allSettled(calls);
});
