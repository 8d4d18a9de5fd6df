// In: a seed. Out: a clock of the runtime whose time passes only when a test says so, seeded chance, and a way to
// try a property on many seeds. Between two timers everything runs that can run without time.

import assert from 'node:assert/strict';

/** mulberry32: 32 bits of state, good enough to make schedules. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Whole numbers from `from` to `to`. */
export const between = (random, from, to) => from + Math.floor(random() * (to - from + 1));

/** Lets all promises settle that need no timer. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * `now`, `after`, `random`: as the runtime's Clock. `advance(ms)` lets time pass; `until(promise)` lets it pass until the promise
 * has settled, and fails after a day; `timers()` counts those that are set; `at(time, run)` runs something then.
 */
export function fakeClock({ seed = 1, start = 1_000_000, random = seeded(seed) } = {}) {
  let now = start;
  let order = 0;
  const timers = new Set();
  const after = (ms, run) => {
    const timer = { at: now + Math.max(0, ms), order: order++, run };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const first = () => {
    let best;
    for (const timer of timers) {
      if (!best || timer.at < best.at || (timer.at === best.at && timer.order < best.order)) best = timer;
    }
    return best;
  };
  const advance = async (ms) => {
    const end = now + ms;
    await settled();
    for (let timer = first(); timer && timer.at <= end; timer = first()) {
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.run();
      await settled();
    }
    now = end;
    await settled();
  };
  return {
    now: () => now,
    after,
    random,
    advance,
    timers: () => timers.size,
    at: (time, run) => after(time - now, run),
    /** As a computer does whose user sets it back, or forth: no timer runs earlier or later for it. */
    jump(ms) {
      now += ms;
      for (const timer of timers) timer.at += ms;
    },
    async until(promise) {
      let done = false;
      const mark = () => { done = true; };
      promise.then(mark, mark);
      await settled();
      const end = now + 86_400_000;
      while (!done) {
        const timer = first();
        assert.ok(timer && timer.at <= end, 'it never settles');
        await advance(Math.max(0, timer.at - now));
      }
      return promise;
    },
  };
}

/** Tries `check(random, seed)` on many seeds; a failure names its seed, and SEED= tries that one alone. */
export async function property(runs, check) {
  const only = process.env.SEED;
  const from = only ? Number(only) : between(Math.random, 1, 1_000_000_000);
  for (let seed = from; seed < from + (only ? 1 : runs); seed += 1) {
    try {
      await check(seeded(seed), seed);
    } catch (error) {
      error.message = `SEED=${seed}: ${error.message}`;
      throw error;
    }
  }
  console.log(`seeds ${from} to ${from + (only ? 0 : runs - 1)}`);
}
