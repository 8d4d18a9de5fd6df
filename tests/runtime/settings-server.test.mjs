// Settings that come from the server half: what it has read, what it has chosen, the flags that only it knows, and canaries
// that it took back; asked for again by their tag.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSettings, questionOf } from '../../build/runtime/selection/settings.js';
import { select } from '../../build/runtime/selection/select.js';
import { loadSettings } from '../../build/runtime/selection/settings-load.js';
import { fakeClock } from './fake-clock.mjs';
import { half, halfServer } from './half.mjs';

test('a page follows what its server reads and decides', async (t) => {
  const state = { config: { flags: { people: true } }, overrides: {}, flags: {} };
  const made = half({ canary: { release: 'v2', stages: [{ share: 1 }] } });
  const server = await halfServer(made, {
    runtimeConfig: () => state.config,
    overrides: () => state.overrides,
    flags: () => ({ value: (flag) => state.flags[flag], subscribe: () => () => undefined, ready: () => Promise.resolve() }),
    context: () => ({ targetingKey: 'ada', account: 'gold' }),
  });
  t.after(() => server.close());
  const statuses = [];
  const ask = async (url, options) => {
    const answer = await fetch(url, { ...options, headers: { ...options.headers, 'sec-fetch-site': 'same-origin' } });
    statuses.push(answer.status);
    return answer;
  };
  const settings = createSettings();
  const issues = [];
  let told = 0;
  settings.subscribe(() => told++);
  const loaded = loadSettings(settings, { resolve: `${server.address}/_fx/resolve`, fetch: ask, clock: fakeClock(), onIssue: (issue) => issues.push(issue.error) });
  t.after(loaded.stop);
  const chosen = () => select(questionOf('people', made.config.people, settings.current(), undefined, { targetingKey: 'ada' }, undefined, false, 0));

  await loaded.refresh();
  const { runtimeConfig, overrides, resolution } = settings.current();
  assert.deepEqual([runtimeConfig, overrides], [state.config, {}]);
  assert.deepEqual(resolution.context, { targetingKey: 'ada' }, 'no more of the context than was to be shared');
  assert.deepEqual([chosen(), resolution.selections.people], [{ label: 'v2', reason: 'canary' }, { label: 'v2', reason: 'canary' }]);
  await loaded.refresh();
  assert.deepEqual([statuses, told], [[200, 304], 1]);

  state.overrides = { integrations: { people: { canary: false } } };
  await loaded.refresh();
  assert.deepEqual([chosen(), told], [{ label: 'v1', reason: 'active' }, 2]);

  state.flags = { people: false };
  await loaded.refresh();
  assert.deepEqual([settings.current().resolution.flags.people, settings.current().resolution.selections.people.reason], [false, 'off']);
  assert.equal(state.config.flags.people, true, 'the files do not know of it');
  assert.deepEqual(chosen(), { label: 'static', reason: 'off' });

  await server.close();
  await loaded.refresh();
  await loaded.refresh();
  assert.deepEqual([issues.length, settings.current().resolution.flags.people], [1, false], 'what was read last holds');
});
