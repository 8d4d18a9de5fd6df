// What holds of the limits whatever happens: a thousand random schedules each, under a clock that tests play.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError, PolicyError } from '@fxc/runtime';
import { Policy } from '@fxc/runtime/policy';
import { between, fakeClock, property, settled } from './fake-clock.mjs';

const RUNS = Number(process.env.RUNS ?? 1000);
const down = () => new HttpError('unavailable', 503, 'down');
const wrong = () => new HttpError('rejected', 422, 'wrong');

const optionsOf = (limits, clock, more = {}) => ({
  limits,
  clock,
  cache: 0,
  isAway: (error) => error instanceof HttpError && error.kind !== 'rejected',
  isRefused: (error) => error instanceof HttpError && error.kind === 'busy',
  retryAfter: (error) => error?.retryAfter,
  onBreaker: () => {},
  ...more,
});

/** A request that takes `ms` and ends so; it listens to its signal if it is told to. */
function lasting(clock, ms, outcome, obeys = true) {
  return (input, { signal }) => new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
    if (obeys) signal.addEventListener('abort', () => { cancel(); reject(signal.reason); }, { once: true });
  });
}

const callOf = (more) => ({ operation: 'look', input: {}, batch: undefined, repeatable: false, remote: false, signal: new AbortController().signal, ...more });

/** Random times in order. */
const arrivals = (random, count, longest) => {
  let time = 0;
  return Array.from({ length: count }, () => (time += random() < 0.4 ? 0 : between(random, 0, longest)));
};

test('rate: each goes at the first moment that the rate allows, in turn', async () => {
  await property(RUNS, async (random, seed) => {
    const clock = fakeClock({ seed });
    const rate = { count: between(random, 1, 8), per: between(random, 1, 1000) };
    const burst = random() < 0.5 ? undefined : between(random, 1, 12);
    const size = burst ?? rate.count;
    const span = (rate.per * size) / rate.count;
    const policy = new Policy(optionsOf({ rate, ...(burst && { burst }) }, clock));
    const start = clock.now();
    const sent = [];
    const times = arrivals(random, between(random, 1, 40), rate.per);
    const calls = times.map((time, index) => new Promise((resolve) => {
      clock.at(start + time, () => resolve(policy.run(callOf({ run: async () => sent.push([index, clock.now() - start]) }))));
    }));
    await clock.until(Promise.all(calls));

    // The first whole millisecond behind its arrival, its forerunner, and a whole span behind the one `size` before.
    const expected = [];
    for (const [index, time] of times.entries()) {
      const free = index < size ? 0 : Math.floor(expected[index - size][1] + span) + 1;
      expected.push([index, Math.max(time, index ? expected[index - 1][1] : 0, free)]);
    }
    assert.deepEqual(sent, expected);
    for (let index = size; index < sent.length; index += 1) assert.ok(sent[index][1] - sent[index - size][1] > span);
  });
});

test('queue: never more than its length wait, nobody is refused while there is room, and who goes goes in turn', async () => {
  await property(RUNS, async (random, seed) => {
    const clock = fakeClock({ seed });
    const limits = {
      queue: between(random, 0, 6),
      ...(random() < 0.7 && { rate: { count: between(random, 1, 5), per: between(random, 10, 500) } }),
      concurrency: between(random, 1, 4),
    };
    const policy = new Policy(optionsOf(limits, clock));
    let running = 0;
    let waiting = 0;
    const sent = [];
    const counts = { ok: 0, limited: 0, aborted: 0 };
    const one = async (index) => {
      const leaver = new AbortController();
      if (random() < 0.3) clock.after(between(random, 0, 600), () => leaver.abort(new Error('left')));
      const work = lasting(clock, between(random, 0, 300), index);
      let began = false;
      const run = async (input, context) => {
        began = true;
        waiting -= 1;
        running += 1;
        assert.ok(running <= limits.concurrency, 'too many at once');
        sent.push([index, clock.now()]);
        try {
          return await work(input, context);
        } finally {
          running -= 1;
        }
      };
      const before = waiting;
      waiting += 1;
      try {
        await policy.run(callOf({ run, signal: leaver.signal }));
        counts.ok += 1;
      } catch (error) {
        if (!began) waiting -= 1;
        if (error instanceof PolicyError) {
          assert.equal(error.kind, 'limited');
          assert.ok(before >= limits.queue, 'refused though there was room');
          counts.limited += 1;
        } else {
          assert.equal(error.message, 'left');
          counts.aborted += 1;
        }
      }
      assert.ok(waiting <= limits.queue + limits.concurrency);
    };
    const start = clock.now();
    const times = arrivals(random, between(random, 1, 40), 120);
    await clock.until(Promise.all(times.map((time, index) => new Promise((resolve) => {
      clock.at(start + time, () => resolve(one(index)));
    }))));
    assert.equal(counts.ok + counts.limited + counts.aborted, times.length);
    assert.deepEqual(sent.map(([index]) => index), sent.map(([index]) => index).sort((a, b) => a - b));
    const { rate } = limits;
    if (rate) for (let i = rate.count; i < sent.length; i += 1) assert.ok(sent[i][1] - sent[i - rate.count][1] > rate.per);
    await policy.drained();
  });
});

test('breaker: opens exactly at its failures in a row, lets nothing through while open, and one probe at a time', async () => {
  await property(RUNS, async (random, seed) => {
    const clock = fakeClock({ seed });
    const limit = { failures: between(random, 1, 4), reset: between(random, 50, 500) };
    let state = 'closed';
    let epoch = 0;
    let row = 0;
    let probes = 0;
    let openedAt = 0;
    const onBreaker = (next) => {
      if (next === 'open' && state === 'closed') assert.equal(row, limit.failures);
      if (next === 'half-open') assert.ok(state === 'open' && clock.now() - openedAt >= limit.reset);
      if (next === 'closed') assert.equal(state, 'half-open');
      if (next === 'open') openedAt = clock.now();
      [state, row, probes] = [next, 0, 0];
      epoch += 1;
    };
    const policy = new Policy(optionsOf({ breaker: limit }, clock, { onBreaker }));
    const one = async () => {
      const outcome = random() < 0.5 ? 'ok' : random() < 0.8 ? down() : wrong();
      const leaver = new AbortController();
      let left = false;
      if (random() < 0.2) clock.after(between(random, 0, 200), () => { left = true; leaver.abort(new Error('left')); });
      const work = lasting(clock, between(random, 0, 200), outcome, random() < 0.7);
      let mine = -1;
      const run = async (input, context) => {
        mine = epoch;
        assert.notEqual(state, 'open', 'sent while open');
        if (state === 'half-open') assert.equal((probes += 1), 1, 'two probes');
        try {
          return await work(input, context);
        } finally {
          // Our own count, in the order in which requests end; the runtime hears of it behind us.
          if (mine === epoch && state === 'closed' && !left) row = outcome === 'ok' ? 0 : outcome.status === 503 ? row + 1 : row;
        }
      };
      const due = state === 'open' && clock.now() - openedAt >= limit.reset;
      const busy = state === 'half-open' && probes === 1;
      const wasOpen = state === 'open' && !due;
      try {
        await policy.run(callOf({ run, signal: leaver.signal }));
        assert.equal(outcome, 'ok');
      } catch (error) {
        if (error instanceof PolicyError) assert.ok(error.kind === 'open' && (wasOpen || busy) && mine < 0, 'refused without need');
        else if (error.message === 'left') probes = mine === epoch && state === 'half-open' ? 0 : probes;
        else assert.equal(error, outcome);
      }
    };
    const start = clock.now();
    await clock.until(Promise.all(arrivals(random, between(random, 5, 60), 120).map((time) => new Promise((resolve) => {
      clock.at(start + time, () => resolve(one()));
    }))));
    assert.equal(policy.state(), state);
  });
});

/** Any limits at all. */
function anyLimits(random) {
  const maybe = (make) => (random() < 0.5 ? make() : undefined);
  const limits = {
    rate: maybe(() => ({ count: between(random, 1, 6), per: between(random, 10, 400) })),
    burst: maybe(() => between(random, 1, 8)),
    concurrency: maybe(() => between(random, 1, 4)),
    timeout: maybe(() => between(random, 1, 200)),
    queue: maybe(() => between(random, 0, 10)),
    retry: maybe(() => ({ attempts: between(random, 1, 4), backoff: ['constant', 'linear', 'exponential'][between(random, 0, 2)], from: between(random, 1, 50), to: between(random, 50, 300) })),
    batch: maybe(() => ({ size: between(random, 1, 5), within: between(random, 0, 40) })),
    breaker: maybe(() => ({ failures: between(random, 1, 5), reset: between(random, 10, 500) })),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

test('whatever the limits: every call settles, at once when it is taken back, with its own answer; nothing stays behind', async () => {
  await property(RUNS, async (random, seed) => {
    const clock = fakeClock({ seed });
    const limits = anyLimits(random);
    const cache = random() < 0.3 ? between(random, 1, 500) : 0;
    const policy = new Policy(optionsOf(limits, clock, { cache }));
    let requests = 0;
    let counted = 0;
    let running = 0;
    const hangs = limits.timeout !== undefined;
    const faulty = random();
    const request = async (context, answer) => {
      requests += 1;
      running += 1;
      if (limits.concurrency) assert.ok(running <= limits.concurrency || hangs, 'too many at once');
      const outcome = random() < faulty ? [down(), wrong(), new HttpError('busy', 429, 'busy', between(random, 0, 200))][between(random, 0, 2)] : answer;
      const ms = hangs && random() < 0.1 ? 400 : between(random, 0, 150);
      try {
        return await lasting(clock, ms, outcome)(undefined, context);
      } finally {
        running -= 1;
      }
    };
    const run = ({ n }, context) => request(context, n * 10);
    const batch = (inputs, context) => request(context, inputs.map(({ n }) => (n === 3 ? new RangeError('three') : n * 10)));
    const ends = { ok: 0, failed: 0, refused: 0, left: 0 };
    const one = async () => {
      const leaver = new AbortController();
      const n = between(random, 0, 5);
      let leftAt = Infinity;
      if (random() < 0.4) clock.after(between(random, 0, 500), () => { leftAt = clock.now(); leaver.abort(new Error('left')); });
      const more = random() < 0.3 ? { deadline: clock.now() + between(random, 0, 500) } : {};
      try {
        const { value } = await policy.run(callOf({
          input: { n }, run, batch: random() < 0.7 ? batch : undefined, repeatable: random() < 0.6, remote: !limits.concurrency && random() < 0.2,
          signal: leaver.signal, onAttempt: () => { counted += 1; }, ...more,
        }));
        assert.equal(value, n * 10);
        ends.ok += 1;
      } catch (error) {
        if (error.code === 'ERR_ASSERTION') throw error;
        if (error instanceof PolicyError) ends.refused += 1;
        else if (error.message === 'left') ends.left += 1;
        else {
          ends.failed += 1;
          if (error instanceof RangeError) assert.equal(n, 3);
          else assert.ok(error instanceof HttpError, error.stack);
        }
      }
      assert.ok(clock.now() <= leftAt, 'it goes on though it was taken back');
    };
    const start = clock.now();
    const times = arrivals(random, between(random, 1, 30), 80);
    await clock.until(Promise.all(times.map((time) => new Promise((resolve, reject) => {
      clock.at(start + time, () => one().then(resolve, reject));
    }))));
    assert.equal(ends.ok + ends.failed + ends.refused + ends.left, times.length);
    assert.equal(counted, requests);
    await policy.drained();
    await clock.advance(1000);   // the aborts above, and what does not listen
    assert.equal(clock.timers(), 0);
    assert.equal(running, 0);
  });
  await settled();
});
