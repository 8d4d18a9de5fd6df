// The selection of releases: the order of precedence against a second reading of it written here, what chains hold, and the
// shares that visitors see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainOf, releaseAllowed, select } from '../../build/runtime/select.js';
import { bucket } from '../../build/runtime/sticky.js';

const release = (version, flag) => ({ provider: `provider-${version}`, release: version, config: {}, ...(flag && { flag }) });

const entry = {
  provider: 'provider-3.0.0',
  version: 'v3',
  release: '3.0.0',
  config: {},
  fallback: 'static',
  fallbackChain: ['v2', 'v1', 'static'],
  dependencies: [],
  releases: {
    v1: release('1.0.0'),
    v2: release('2.0.0', 'use_two'),
    v3: release('3.0.0', 'use_three'),
    v4: release('4.0.0', 'use_four'),
    v5: release('5.0.0', 'use_five'),
  },
};

const none = () => undefined;
const ask = (more = {}) => ({ name: 'maps', entry, runtime: {}, override: undefined, rolledBack: false, flag: none, context: {}, now: 0, ...more });
const flags = (values) => (name) => values[name];

test('the release in force, where nobody says anything', () => {
  assert.deepEqual(select(ask()), { label: 'v3', reason: 'active' });
  assert.deepEqual(select(ask({ runtime: { version: 'v1' } })), { label: 'v1', reason: 'active' });
  assert.deepEqual(select(ask({ runtime: { version: 'v9' } })), { label: 'v3', reason: 'active' }, 'a release that there is not');
  assert.deepEqual(select(ask({ runtime: { version: 'toString' } })), { label: 'v3', reason: 'active' }, 'nor is what every object has');
});

test('the kill switch goes before everything', () => {
  const everything = { override: 'v1', flag: flags({ maps: false, use_four: true }), runtime: { routes: [{ release: 'v2' }] } };
  assert.deepEqual(select(ask(everything)), { label: 'static', reason: 'off' });
  assert.deepEqual(select(ask({ flag: flags({ maps: true }) })), { label: 'v3', reason: 'active' });
});

test('an override goes before flags, and may name a release whose flag is off', () => {
  assert.deepEqual(select(ask({ override: 'v4', flag: flags({ use_four: false, use_five: true }) })), { label: 'v4', reason: 'override' });
  assert.deepEqual(select(ask({ override: 'manual-entry' })), { label: 'static', reason: 'override' });
  for (const word of ['v9', '', 'toString', '__proto__'])
    assert.deepEqual(select(ask({ override: word })), { label: 'v3', reason: 'active' }, `'${word}' is no release`);
});

test('a release whose flag is on goes before routes, the newest of several; off is never chosen', () => {
  const runtime = { routes: [{ release: 'v1', share: 1 }] };
  assert.deepEqual(select(ask({ runtime, flag: flags({ use_four: true }) })), { label: 'v4', reason: 'flag' });
  assert.deepEqual(select(ask({ runtime, flag: flags({ use_four: true, use_five: true }) })), { label: 'v5', reason: 'flag' });
  assert.deepEqual(select(ask({ runtime })), { label: 'v1', reason: 'route' });
  const off = flags({ use_four: false });
  assert.deepEqual(select(ask({ runtime: { routes: [{ release: 'v4' }] }, flag: off })), { label: 'v3', reason: 'active' });
  assert.deepEqual(select(ask({ runtime: { canary: { release: 'v4', stages: [{ share: 1 }] } }, flag: off })), { label: 'v3', reason: 'active' });
});

test('the first of the chain, where the release in force is switched off; nothing, where all are', () => {
  assert.deepEqual(select(ask({ flag: flags({ use_three: false }) })), { label: 'v2', reason: 'fallback' });
  assert.deepEqual(select(ask({ flag: flags({ use_three: false, use_two: false }) })), { label: 'v1', reason: 'fallback' });
  const bare = { ...entry, fallbackChain: ['static', 'v1'] };
  assert.deepEqual(select(ask({ entry: bare, flag: flags({ use_three: false }) })), { label: 'static', reason: 'fallback' });
  assert.deepEqual(
    select(ask({ runtime: { version: 'v2' }, flag: flags({ use_two: false }) })),
    { label: 'v1', reason: 'fallback' },
    'behind the release in force, not before it',
  );
});

test('routes with conditions go first, wherever they stand; the first that holds takes', () => {
  const routes = [
    { release: 'v3', share: 0.9 },
    { release: 'v2', share: 0.1 },
    { release: 'v4', when: [{ subject: 'type', is: 'in', value: ['gold', 'silver'] }] },
    { release: 'v5', when: [{ subject: 'type', is: '==', value: 'gold' }, { subject: 'age', is: '>=', value: 18 }] },
  ];
  const reached = (context) => select(ask({ runtime: { routes }, context }));
  assert.deepEqual(reached({ type: 'gold', age: 20 }), { label: 'v4', reason: 'route' });
  assert.deepEqual(reached({ type: 'bronze' }), { label: 'v3', reason: 'active' }, 'no key: in no share');
  assert.deepEqual(reached({ type: 'bronze', targetingKey: '' }), { label: 'v3', reason: 'active' }, 'an empty one is none');
  const without = (context) => select(ask({ runtime: { routes }, context, flag: flags({ use_four: false }) }));
  assert.deepEqual(without({ type: 'gold', age: 20 }), { label: 'v5', reason: 'route' }, 'the first one may not be chosen');
  assert.equal(without({ type: 'gold', age: 17, targetingKey: 'x' }).reason, 'route');
});

const SOME = Array.from({ length: 100_000 }, (_, n) => `visitor-${n}`);

/** Labels and how many of the visitors got each. */
function counted(more, keys = SOME) {
  const counts = {};
  for (const targetingKey of keys) {
    const { label, reason } = select(ask({ ...more, context: { ...more.context, targetingKey } }));
    const key = `${label} ${reason}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Within three standard deviations of a binomial distribution. */
function isShare(count, share, of = SOME.length) {
  const far = Math.abs((count ?? 0) - of * share) / Math.sqrt(of * share * (1 - share));
  assert.ok(far <= 3, `${count} of ${of} is ${far.toFixed(1)} standard deviations from ${share}`);
}

test('a split of 90 to 10 is one', () => {
  const counts = counted({ runtime: { routes: [{ release: 'v3', share: 0.9 }, { release: 'v2', share: 0.1 }] } });
  assert.deepEqual(Object.keys(counts).sort(), ['v2 route', 'v3 route']);
  isShare(counts['v2 route'], 0.1);
});

test('who stands at the end of a share is in the next one', () => {
  for (const targetingKey of SOME.slice(0, 100)) {
    const place = bucket('maps', targetingKey);
    const of = (share) => select(ask({ context: { targetingKey }, runtime: { routes: [{ release: 'v1', share }, { release: 'v2', share: 0.999 - share }] } })).label;
    assert.equal(of(place), place < 0.999 ? 'v2' : 'v3');
    assert.equal(of(place + 2 ** -33), 'v1');
  }
});

test('the share of a release that is switched off is empty: nobody else moves', () => {
  const runtime = { routes: [{ release: 'v1', share: 0.5 }, { release: 'v2', share: 0.3 }, { release: 'v4', share: 0.2 }] };
  const off = flags({ use_two: false });
  for (const targetingKey of SOME.slice(0, 5000)) {
    const before = select(ask({ runtime, context: { targetingKey } }));
    const after = select(ask({ runtime, context: { targetingKey }, flag: off }));
    assert.deepEqual(after, before.label === 'v2' ? { label: 'v3', reason: 'active' } : before);
  }
});

test('shares with conditions are of those for whom they hold, each of its own', () => {
  const german = [{ subject: 'country', is: '==', value: 'de' }];
  const runtime = { routes: [{ release: 'v4', share: 0.2, when: german }, { release: 'v5', share: 0.3, when: german }, { release: 'v1', share: 0.6 }] };
  const here = counted({ runtime, context: { country: 'de' } });
  isShare(here['v4 route'], 0.2);
  isShare(here['v5 route'], 0.3);
  const elsewhere = counted({ runtime, context: { country: 'fr' } });
  isShare(elsewhere['v1 route'], 0.6);
  isShare(elsewhere['v3 active'], 0.4);
});

test('a canary takes its share, and whoever is in one of 1 % is in one of 5 %', () => {
  const hour = 3_600_000;
  const since = '2026-01-01T00:00:00Z';
  const canary = { release: 'v4', since, stages: [{ share: 0.01, for: hour }, { share: 0.05, for: 4 * hour }, { share: 0.25, for: hour }, { share: 1 }] };
  const at = (hours) => SOME.filter((targetingKey) => select(ask({ runtime: { canary }, context: { targetingKey }, now: Date.parse(since) + hours * hour })).reason === 'canary');
  const stages = [0, 2, 5.5, 7].map(at);
  isShare(stages[0].length, 0.01);
  isShare(stages[1].length, 0.05);
  isShare(stages[2].length, 0.25);
  assert.equal(stages[3].length, SOME.length);
  for (const [index, early] of stages.entries()) {
    const later = new Set(stages[index + 1] ?? SOME);
    assert.ok(early.every((key) => later.has(key)));
  }
  assert.deepEqual(select(ask({ runtime: { canary }, now: Infinity })), { label: 'v4', reason: 'canary' }, 'a whole share is for those without a key, too');
  assert.deepEqual(select(ask({ runtime: { canary }, now: Infinity, rolledBack: true })), { label: 'v3', reason: 'active' });
});

test('a share of some does not empty a canary', () => {
  const runtime = {
    routes: [{ release: 'v5', share: 0.1, when: [{ subject: 'country', is: '==', value: 'de' }] }],
    canary: { release: 'v4', stages: [{ share: 0.05 }] },
  };
  const counts = counted({ runtime, context: { country: 'de' } });
  isShare(counts['v5 route'], 0.1);
  isShare(counts['v4 canary'], 0.05);
});

test('what the configuration says, and what may change goes before it', () => {
  const built = { ...entry, routes: [{ release: 'v1' }], canary: { release: 'v4', stages: [{ share: 1 }] } };
  assert.deepEqual(select(ask({ entry: built })), { label: 'v1', reason: 'route' });
  assert.deepEqual(select(ask({ entry: built, runtime: { routes: [] } })), { label: 'v4', reason: 'canary' });
  assert.deepEqual(select(ask({ entry: built, runtime: { routes: [], canary: { release: 'v4', stages: [{ share: 0 }] } } })), { label: 'v3', reason: 'active' });
});

test('releaseAllowed', () => {
  assert.ok(releaseAllowed(entry, 'v1', none));
  assert.ok(releaseAllowed(entry, 'v4', flags({ use_four: true })));
  assert.ok(!releaseAllowed(entry, 'v4', flags({ use_four: false })));
  for (const label of ['v9', 'static', 'toString', '__proto__']) assert.ok(!releaseAllowed(entry, label, none));
});

test('the chain behind a selection', () => {
  const chain = (selection, more, own) => chainOf(ask(more), selection, own);
  assert.deepEqual(chain({ label: 'v3', reason: 'active' }), ['v2', 'v1']);
  assert.deepEqual(chain({ label: 'v4', reason: 'canary' }), ['v3', 'v2', 'v1'], 'the release in force is there to fall back on');
  assert.deepEqual(chain({ label: 'v2', reason: 'route' }), ['v3', 'v1']);
  assert.deepEqual(chain({ label: 'v2', reason: 'override' }), ['v1'], 'but not if somebody has ruled it out');
  assert.deepEqual(chain({ label: 'v4', reason: 'override' }), ['v2', 'v1']);
  assert.deepEqual(chain({ label: 'v2', reason: 'fallback' }, { flag: flags({ use_three: false }) }), ['v1']);
  assert.deepEqual(chain({ label: 'v4', reason: 'flag' }, { flag: flags({ use_two: false, use_three: false }) }), ['v1']);
  assert.deepEqual(chain({ label: 'static', reason: 'off' }), []);
  assert.deepEqual(chain({ label: 'v3', reason: 'active' }, {}, ['v1']), ['v1'], 'an element has its own');
  assert.deepEqual(chain({ label: 'v3', reason: 'active' }, {}, ['static']), []);
  assert.deepEqual(chain({ label: 'v3', reason: 'active' }, {}, ['v2', 'static', 'v1']), ['v2'], 'nothing comes behind what always works');
});

/* A second reading: every question is put to a list of rules, from the last to the first, the first one's answer stands. */

function expected({ name, entry: { releases, version, fallbackChain }, runtime, override, rolledBack, flag, context }) {
  const forbidden = (label) => !(label in releases) || flag(releases[label].flag) === false;
  const at = context.targetingKey === undefined ? undefined : bucket(name, context.targetingKey);
  const inRange = (from, share) => share === 1 || (at !== undefined && from <= at && at < from + share);
  const force = runtime.version ?? version;
  let answer = { label: 'static', reason: 'fallback' };
  const order = [force, ...fallbackChain];
  for (const label of order.slice(0, order.indexOf('static')).reverse())
    if (!forbidden(label)) answer = { label, reason: label === force ? 'active' : 'fallback' };
  const { canary, routes } = runtime;
  if (canary && !rolledBack && !forbidden(canary.release) && inRange(1 - canary.stages[0].share, canary.stages[0].share))
    answer = { label: canary.release, reason: 'canary' };
  const sorted = [...routes.filter((r) => r.when && r.when[0].value === context.kind), ...routes.filter((r) => !r.when)];
  const start = (i) => sorted.slice(0, i).reduce((sum, r) => sum + (Boolean(r.when) === Boolean(sorted[i].when) && r.share < 1 ? r.share : 0), 0);
  for (let i = sorted.length - 1; i >= 0; i--)
    if (!forbidden(sorted[i].release) && inRange(start(i), sorted[i].share ?? 1)) answer = { label: sorted[i].release, reason: 'route' };
  for (const label of Object.keys(releases)) if (releases[label].flag && flag(releases[label].flag) === true) answer = { label, reason: 'flag' };
  if (override === 'static' || override in releases) answer = { label: override, reason: 'override' };
  return flag(name) === false ? { label: 'static', reason: 'off' } : answer;
}

/** Numbers that look random and are the same each time (xorshift, 32 bits). */
function chance(seed) {
  return () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) / 2 ** 32;
  };
}

test('a second reading says the same, 20,000 times', () => {
  const random = chance(20261123);
  const one = (list) => list[Math.floor(random() * list.length)];
  const labels = ['v1', 'v2', 'v3', 'v4', 'v5', 'v9'];
  const seen = new Map();
  for (let turn = 0; turn < 20_000; turn++) {
    const values = {};
    for (const key of ['use_two', 'use_three', 'use_four', 'use_five', 'maps']) values[key] = one([undefined, undefined, false, undefined, key === 'use_four' ? true : undefined]);
    const routes = Array.from({ length: Math.floor(random() * 4) }, () => ({
      release: one(labels),
      ...(random() < 0.8 && { share: one([0, 0.1, 0.25, 0.5, 1]) }),
      ...(random() < 0.5 && { when: [{ subject: 'kind', is: '==', value: one(['a', 'b']) }] }),
    }));
    const runtime = {
      routes,
      ...(random() < 0.3 && { version: one(['v1', 'v2', 'v4']) }),
      ...(random() < 0.5 && { canary: { release: one(labels), stages: [{ share: one([0.01, 0.3, 1]) }] } }),
    };
    const question = ask({
      runtime,
      override: random() < 0.1 ? one([...labels, 'static']) : undefined,
      rolledBack: random() < 0.2,
      flag: (name) => values[name],
      context: { kind: one(['a', 'b', 'c']), ...(random() < 0.9 && { targetingKey: `k${turn}` }) },
    });
    const answer = select(question);
    assert.deepEqual(answer, expected(question), JSON.stringify({ ...question, values }));
    assert.deepEqual(select({ ...question, context: { ...question.context } }), answer, 'twice the same');
    seen.set(answer.reason, (seen.get(answer.reason) ?? 0) + 1);
  }
  assert.deepEqual([...seen.keys()].sort(), ['active', 'canary', 'fallback', 'flag', 'off', 'override', 'route'], 'every reason came up');
});
