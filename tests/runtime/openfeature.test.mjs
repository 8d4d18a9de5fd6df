// OpenFeature in both directions. The scenarios of its specification for boolean flags are put to the engine's view of a client (web and server
// SDK, with the SDKs' own in-memory provider), and to a client that asks our provider.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as server from '@openfeature/server-sdk';
import * as web from '@openfeature/web-sdk';
import { openFeatureFlags, fxcProvider as serverProvider } from '../../build/runtime/openfeature/server.js';
import { openFeature, fxcProvider as webProvider } from '../../build/runtime/openfeature/web.js';
import { createSettings } from '../../build/runtime/selection/settings.js';

const email = (context) => (context?.email === 'ballmer@macrosoft.com' ? 'zero' : 'non-zero');

/** The flags that the scenarios name, as far as they are boolean or have another type than was asked for. */
const FLAGS = {
  'boolean-flag': { variants: { on: true, off: false }, defaultVariant: 'on', disabled: false },
  'boolean-zero-flag': { variants: { zero: false, 'non-zero': true }, defaultVariant: 'zero', disabled: false },
  'boolean-targeted-zero-flag': { variants: { zero: false, 'non-zero': true }, defaultVariant: 'non-zero', disabled: false, contextEvaluator: email },
  'boolean-disabled-flag': { variants: { on: true, off: false }, defaultVariant: 'on', disabled: true },
  'string-flag': { variants: { greeting: 'hi', parting: 'bye' }, defaultVariant: 'greeting', disabled: false },
  'wrong-flag': { variants: { one: 'uno', two: 'dos' }, defaultVariant: 'one', disabled: false },
};

/** Key, context, the value. */
const SCENARIOS = [
  ['boolean-flag', {}, true],
  ['boolean-zero-flag', {}, false],
  ['boolean-targeted-zero-flag', { email: 'ballmer@macrosoft.com' }, false],
  ['boolean-targeted-zero-flag', { email: 'ballmer@none.com' }, true],
  ['boolean-targeted-zero-flag', { email: null }, true],
  ['boolean-targeted-zero-flag', {}, true],
  ['non-existent-flag', {}, undefined],
  ['string-flag', {}, undefined],
  ['wrong-flag', {}, undefined],
  ['boolean-disabled-flag', {}, undefined],
];

let domains = 0;

/** A client of its own, bound to a provider, or to none that is ready. */
async function clientOf(sdk, provider) {
  const domain = `test-${domains++}`;
  if (provider) await sdk.OpenFeature.setProviderAndWait(domain, provider).catch(() => undefined);
  return sdk.OpenFeature.getClient(domain);
}

const bare = (resolve, more = {}) => ({
  metadata: { name: 'bare' },
  resolveBooleanEvaluation: resolve,
  resolveStringEvaluation: (flag, value) => ({ value }),
  resolveNumberEvaluation: (flag, value) => ({ value }),
  resolveObjectEvaluation: (flag, value) => ({ value }),
  ...more,
});

test.after(async () => {
  await web.OpenFeature.clearProviders();
  await server.OpenFeature.clearProviders();
});

for (const [key, context, expected] of SCENARIOS)
  test(`${key} for ${JSON.stringify(context)} is ${expected}`, async () => {
    const inPage = await clientOf(web, new web.InMemoryProvider(FLAGS));
    await web.OpenFeature.setContext(inPage.metadata.domain, context);
    assert.equal(openFeature(inPage).value(key, {}), expected);
    const onServer = await clientOf(server, new server.InMemoryProvider(FLAGS));
    const flags = await openFeatureFlags(onServer, [key], context);
    assert.equal(flags.value(key, {}), expected);
    assert.equal(flags.value('boolean-zero-flag', {}), key === 'boolean-zero-flag' ? false : undefined, 'what was not asked for is not decided');
  });

const STATES = {
  'not ready': { initialize: () => new Promise(() => undefined) },
  fatal: { initialize: () => Promise.reject(new web.ProviderFatalError('gone')) },
};

for (const [state, more] of Object.entries(STATES))
  test(`a provider that is ${state} decides nothing`, async () => {
    for (const [sdk, read] of [
      [web, (client) => openFeature(client).value('boolean-flag', {})],
      [server, async (client) => (await openFeatureFlags(client, ['boolean-flag'], {})).value('boolean-flag', {})],
    ]) {
      const domain = `test-${domains++}`;
      const settled = sdk.OpenFeature.setProviderAndWait(domain, bare(() => ({ value: true, variant: 'on' }), more));
      if (state === 'fatal') await settled.catch(() => undefined);
      const client = sdk.OpenFeature.getClient(domain);
      assert.equal((await client.getBooleanDetails('boolean-flag', false)).errorCode, state === 'fatal' ? 'PROVIDER_FATAL' : 'PROVIDER_NOT_READY');
      assert.equal(await read(client), undefined);
    }
  });

test('a default is not a decision', async () => {
  const resolvers = {
    'no variant, the default': [(flag, value) => ({ value, reason: 'DEFAULT' }), undefined],
    'no variant, always false': [() => ({ value: false }), false],
    'no variant, always true': [() => ({ value: true }), true],
    'a variant': [() => ({ value: false, variant: 'off', reason: 'SPLIT' }), false],
    'switched off, with a variant': [() => ({ value: true, variant: 'on', reason: 'DISABLED' }), undefined],
    'an error without a code': [() => ({ value: true, variant: 'on', reason: 'ERROR' }), undefined],
    'an error that it throws': [() => { throw new Error('no'); }, undefined],
    'an error with a value': [() => ({ value: true, variant: 'on', errorCode: 'GENERAL' }), undefined],
  };
  for (const [name, [resolve, expected]] of Object.entries(resolvers)) {
    assert.equal(openFeature(await clientOf(web, bare(resolve))).value('x', {}), expected, name);
    const flags = await openFeatureFlags(await clientOf(server, bare(async (...rest) => resolve(...rest))), ['x'], {});
    assert.equal(flags.value('x', {}), expected, name);
  }
  assert.equal(openFeature(web.OpenFeature.getClient('nobody')).value('x', {}), undefined, 'no provider at all');
  assert.equal(openFeature(await clientOf(web, web.NOOP_PROVIDER)).value('x', {}), undefined, 'the one that does nothing');
  assert.equal((await openFeatureFlags(await clientOf(server, server.NOOP_PROVIDER), ['x'], {})).value('x', {}), undefined);
});

test('changes of values, of the context and of the provider are told', async () => {
  const provider = new web.InMemoryProvider(FLAGS);
  const client = await clientOf(web, provider);
  const flags = openFeature(client);
  const seen = [];
  const end = flags.subscribe(() => seen.push(flags.value('boolean-flag', {})));
  assert.deepEqual(seen, [], 'not at once, though the provider is ready');
  await provider.putConfiguration({ 'boolean-flag': { ...FLAGS['boolean-flag'], defaultVariant: 'off' } });
  assert.equal(seen.at(-1), false);
  let count = seen.length;
  await web.OpenFeature.setContext(client.metadata.domain, { email: 'a@example.com' });
  assert.ok(seen.length > count, 'a context that changed');
  count = seen.length;
  await web.OpenFeature.setProviderAndWait(client.metadata.domain, new web.InMemoryProvider(FLAGS));
  assert.ok(seen.length > count, 'another provider');
  assert.equal(seen.at(-1), true);
  count = seen.length;
  await assert.rejects(web.OpenFeature.setProviderAndWait(client.metadata.domain, bare(() => ({ value: true }), { initialize: () => Promise.reject(new Error('no')) })));
  assert.ok(seen.length > count, 'a provider that fails');
  end();
  count = seen.length;
  await web.OpenFeature.setProviderAndWait(client.metadata.domain, new web.InMemoryProvider(FLAGS));
  assert.equal(seen.length, count);
});

test('ready: when values are there, or will not come', async () => {
  let initialized;
  const slow = bare(() => ({ value: true, variant: 'on' }), { initialize: () => new Promise((resolve) => (initialized = resolve)) });
  web.OpenFeature.setProvider('slow', slow);
  const flags = openFeature(web.OpenFeature.getClient('slow'));
  let isReady = false;
  const waiting = flags.ready().then(() => (isReady = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(isReady, false);
  initialized();
  await waiting;
  assert.equal(flags.value('x', {}), true);
  await flags.ready();
  await openFeature(await clientOf(web, bare(() => ({ value: true }), { initialize: () => Promise.reject(new Error('no')) }))).ready();
});

test('requests in parallel have contexts of their own', async () => {
  const client = await clientOf(server, bare(async (flag, value, context) => {
    await new Promise((resolve) => setTimeout(resolve, context.wait));
    return { value: context.account === 'gold', variant: 'x' };
  }));
  const all = await Promise.all(Array.from({ length: 100 }, async (_, n) => {
    const flags = await openFeatureFlags(client, ['a', 'b'], { account: n % 2 ? 'gold' : 'tin', wait: (n * 7) % 11 });
    return [flags.value('a', {}), flags.value('b', {})];
  }));
  for (const [n, values] of all.entries()) assert.deepEqual(values, n % 2 ? [true, true] : [false, false]);
});

const settings = () => createSettings({ runtimeConfig: { flags: { on: true, off: false, open: null } }, overrides: { flags: { over: true, off: true } } });

for (const [name, sdk, make] of [['web', web, webProvider], ['server', server, serverProvider]])
  test(`our provider answers the ${name} SDK`, async () => {
    const source = settings();
    const client = await clientOf(sdk, make(source));
    const details = async (flag) => {
      const { value, variant, reason, errorCode, flagKey } = await client.getBooleanDetails(flag, false);
      return { value, variant, reason, errorCode, flagKey };
    };
    assert.deepEqual(await details('on'), { value: true, variant: 'on', reason: 'STATIC', errorCode: undefined, flagKey: 'on' });
    assert.deepEqual(await details('off'), { value: true, variant: 'on', reason: 'STATIC', errorCode: undefined, flagKey: 'off' });
    for (const flag of ['open', 'missing', 'toString'])
      assert.deepEqual(await details(flag), { value: false, variant: undefined, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND', flagKey: flag });
    const other = [await client.getStringDetails('on', 'x'), await client.getNumberDetails('on', 1), await client.getObjectDetails('on', { a: 1 })];
    assert.deepEqual(other.map(({ value, errorCode }) => [value, errorCode]), [['x', 'TYPE_MISMATCH'], [1, 'TYPE_MISMATCH'], [{ a: 1 }, 'TYPE_MISMATCH']]);
    assert.equal((await client.getStringDetails('missing', 'x')).errorCode, 'FLAG_NOT_FOUND');
    let changes = 0;
    client.addHandler(sdk.ProviderEvents.ConfigurationChanged, () => changes++);
    source.update({ overrides: {} });
    assert.equal(changes, 1);
    assert.equal((await details('off')).value, false);
    await sdk.OpenFeature.setProviderAndWait(client.metadata.domain, make(settings()));
    source.update({ overrides: { flags: { on: false } } });
    assert.equal(changes, 1, 'a provider that was replaced has ended');
  });
