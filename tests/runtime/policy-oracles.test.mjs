// Breaker and retry agree with cockatiel, batches with dataloader, on a thousand random schedules each. Both read the
// global clock, which is ours here: so time and chance are the same for all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConsecutiveBreaker, ConstantBackoff, ExponentialBackoff, IterableBackoff, circuitBreaker, fullJitterGenerator, handleWhen, noJitterGenerator, retry } from 'cockatiel';
import DataLoader from 'dataloader';
import { HttpError, PolicyError } from '@fxc/runtime';
import { Policy } from '@fxc/runtime/policy';
import { between, fakeClock, property, seeded } from './fake-clock.mjs';

const RUNS = Number(process.env.RUNS ?? 1000);
const isAway = (error) => error instanceof HttpError && error.kind === 'unavailable';
const failureOf = { failed: () => new HttpError('unavailable', 503, 'failed'), other: () => new HttpError('rejected', 422, 'other') };
const settle = (outcome) => { if (outcome !== 'ok') throw failureOf[outcome](); return 'ok'; };

function policyOf(limits, clock, states = []) {
  return new Policy({
    limits, clock, cache: 0, isAway, isRefused: () => false, retryAfter: () => undefined, onBreaker: (state) => states.push(state),
  });
}
const callOf = (run, more) => ({ operation: 'look', input: {}, run, batch: undefined, repeatable: false, remote: false, signal: new AbortController().signal, ...more });

/** Runs `work` while the globals that the peers use are those of the clock. */
async function within(clock, random, work) {
  const { setTimeout, Date: { now } } = globalThis;
  const { random: chance } = Math;
  globalThis.setTimeout = (run, ms) => (clock.after(ms ?? 0, run), { unref() {} });
  Date.now = clock.now;
  Math.random = random;
  try {
    return await work();
  } finally {
    globalThis.setTimeout = setTimeout;
    Date.now = now;
    Math.random = chance;
  }
}

test('breaker: as cockatiel\'s ConsecutiveBreaker', async () => {
  let opened = 0;
  await property(RUNS, async (random, seed) => {
    const clock = fakeClock({ seed });
    const limit = { failures: between(random, 1, 5), reset: between(random, 100, 1000) };
    const likely = random();
    const steps = Array.from({ length: between(random, 1, 60) }, () => ({
      wait: random() < 0.5 ? 0 : between(random, 0, limit.reset),
      outcome: random() < likely ? 'failed' : random() < 0.7 ? 'ok' : 'other',
      // Calls that overlap end before the breaker lets a probe through: what cockatiel makes of them later is not ours to follow.
      ms: random() < 0.5 ? 0 : between(random, 0, limit.reset - 1),
    }));
    const play = async (ask, isClosed) => {
      const log = [];
      const started = [];
      for (const { wait, outcome, ms } of steps) {
        await clock.advance(wait);
        const closed = isClosed();
        // A probe that ends with another error closes both, but cockatiel goes on counting where it was: the next failure opens it.
        const end = !closed && outcome === 'other' ? 'ok' : outcome;
        const call = ask(() => new Promise((resolve, reject) => {
          clock.after(closed ? ms : 0, () => { try { resolve(settle(end)); } catch (error) { reject(error); } });
        })).then((value) => value, (error) => (error instanceof HttpError ? error.message : 'refused'));
        started.push(call.then((value) => log.push([clock.now() - 1_000_000, value])));
        if (!closed) await clock.until(call);
      }
      await clock.until(Promise.all(started));
      return log;
    };
    const states = [];
    const policy = policyOf({ breaker: limit }, clock, states);
    const ours = await play(async (run) => (await policy.run(callOf(run))).value, () => policy.state() === 'closed');

    const again = fakeClock({ seed });
    const theirStates = [];
    const theirs = await within(again, random, async () => {
      Object.assign(clock, again);
      const peer = circuitBreaker(handleWhen(isAway), { halfOpenAfter: limit.reset, breaker: new ConsecutiveBreaker(limit.failures) });
      peer.onStateChange((state) => theirStates.push(['closed', 'open', 'half-open'][state]));
      return play((run) => peer.execute(run), () => peer.state === 0);
    });
    assert.deepEqual(ours, theirs);
    assert.deepEqual(states, theirStates);
    opened += states.length;
  });
  assert.ok(opened > RUNS, 'the schedules hardly open a breaker');
});

test('retry: the same attempts at the same times as cockatiel\'s, without jitter and with full jitter', async () => {
  let attempts = 0;
  await property(RUNS, async (random, seed) => {
    const limit = { attempts: between(random, 0, 6), backoff: ['constant', 'linear', 'exponential'][between(random, 0, 2)], from: between(random, 1, 400), to: between(random, 1, 3000) };
    const jitter = limit.backoff === 'exponential' && random() < 0.5;
    const likely = random();
    const schedule = Array.from({ length: 8 }, () => ({ ms: between(random, 0, 300), outcome: random() < likely ? 'failed' : random() < 0.8 ? 'ok' : 'other' }));
    const chance = () => (jitter ? seeded(seed) : () => 1);
    const play = async (clock, ask) => {
      const log = [];
      const run = async () => {
        const { ms, outcome } = schedule[log.length];
        log.push(clock.now());
        await new Promise((resolve) => clock.after(ms, resolve));
        return settle(outcome);
      };
      const end = await clock.until(ask(run).then((value) => value, (error) => error.message));
      return [...log, clock.now(), end];
    };
    const clock = fakeClock({ random: chance() });
    const policy = policyOf({ retry: limit }, clock);
    const ours = await play(clock, async (run) => (await policy.run(callOf(run, { repeatable: true }))).value);

    const again = fakeClock();
    const theirs = await within(again, chance(), () => {
      const pauses = Array.from({ length: 7 }, (_, index) => Math.min(limit.to, limit.from * (index + 1)));
      const backoff = {
        constant: () => new ConstantBackoff(Math.min(limit.to, limit.from)),
        linear: () => new IterableBackoff(pauses),
        exponential: () => new ExponentialBackoff({ initialDelay: limit.from, maxDelay: limit.to, generator: jitter ? fullJitterGenerator : noJitterGenerator }),
      }[limit.backoff]();
      const peer = retry(handleWhen(isAway), { maxAttempts: limit.attempts, backoff });
      return play(again, (run) => peer.execute(run));
    });
    assert.deepEqual(ours, theirs);
    attempts += ours.length - 2;
  });
  assert.ok(attempts > RUNS * 1.5, 'the schedules hardly retry');
});

test('batches: the same composition as dataloader\'s, and each key its own result or error', async () => {
  let batches = 0;
  await property(RUNS, async (random) => {
    const limit = { size: random() < 0.2 ? 1000 : between(random, 1, 6), within: between(random, 0, 50) };
    const schedule = [];
    let time = 0;
    for (let key = 0; key < between(random, 1, 40); key += 1) {
      time += random() < 0.4 ? 0 : between(random, 0, 40);
      schedule.push({ time, key });
      // Equal keys at one time are one; dataloader would begin another batch for one that comes after a full batch.
      if (limit.size === 1000 && random() < 0.3) schedule.push({ time, key });
    }
    const broken = random() < 0.2;
    const send = (log) => async (keys) => {
      log.push([...keys]);
      if (broken && keys[0] % 3 === 0) throw new RangeError(`batch of ${keys[0]}`);
      return keys.map((key) => (key % 5 === 4 ? new RangeError(`key ${key}`) : key * 10));
    };
    const play = async (clock, load) => {
      const start = clock.now();
      return clock.until(Promise.all(schedule.map(({ time: at, key }) => new Promise((resolve) => {
        clock.at(start + at, () => load(key).then(resolve, (error) => resolve(error.message)));
      }))));
    };
    const clock = fakeClock();
    const policy = policyOf({ batch: limit }, clock);
    const log = [];
    const batch = (inputs) => send(log)(inputs.map(({ key }) => key));
    const ours = await play(clock, async (key) => (await policy.run(callOf(undefined, { batch, input: { key }, repeatable: true }))).value);

    const again = fakeClock();
    const theirLog = [];
    const loader = new DataLoader(send(theirLog), { maxBatchSize: limit.size, batchScheduleFn: (run) => again.after(limit.within, run) });
    const theirs = await play(again, (key) => loader.load(key));
    // A full batch of ours goes at once, dataloader's at the end of its time: it may be later than the next.
    assert.deepEqual(log, theirLog.sort(([a], [b]) => a - b));
    assert.deepEqual(ours, theirs);
    assert.ok(!ours.some((end) => end instanceof PolicyError));
    batches += log.length;
  });
  assert.ok(batches > RUNS * 3, 'the schedules hardly make batches');
});
