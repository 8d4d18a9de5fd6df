// The runtime's own promises, in node without a page: what is shared, what a failing call says, what disposal ends.
// Starting when visible or idle needs a browser and follows at the end.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundle, launch, openPage, ROOT, show } from './harness.mjs';

const { Engine, IntegrationError, lazy, list, nothing, record, string } = await import(`${ROOT}build/runtime/index.js`);

const release = (provider) => ({ provider, release: '1.0.0', config: {} });
const entry = (more = {}) => ({
  provider: 'one', version: 'v2', release: '2.0.0', config: {}, fallback: 'static', fallbackChain: ['v1', 'static'], dependencies: [],
  releases: { v1: release('one'), v2: release('one'), v3: release('two'), v4: release('two') }, ...more,
});
const shape = { input: record({ street: string }), result: record({ city: string }) };

/** Adapters that count; `operations` is what each client offers. */
const counting = (log, operations = {}) => ({
  start: ({ integration, label }) => {
    log.push(`start ${integration} ${label}`);
    return { operations, dispose: () => void log.push(`dispose ${integration} ${label}`) };
  },
});
const engineOf = (config, log, operations) =>
  new Engine({ config, adapters: { one: counting(log, operations), two: counting(log, operations) }, onIssue: (issue) => log.push(`${issue.phase} ${issue.label}`) });
const tick = () => new Promise((resolve) => setTimeout(resolve));

describe('engine', () => {
  it('starts a release once, however many uses ask for it in whatever way', async () => {
    const log = [];
    const engine = engineOf({ a: entry() }, log);
    const uses = [{}, {}, { fallback: ['static'] }, { provider: 'one' }];
    await Promise.all(uses.map((use) => engine.instance('a', use).start()));
    assert.deepEqual(log, ['start a v2']);
    assert.equal(engine.instance('a'), engine.instance('a', { level: 'full' }));
    assert.deepEqual(uses.map((use) => engine.instance('a', use).state()), ['ready', 'ready', 'ready', 'ready']);
  });

  it('takes a provider for its release in force, of the chain, or its newest', async () => {
    const log = [];
    const engine = engineOf({ a: entry() }, log);
    await engine.instance('a', { provider: 'two' }).start();
    assert.equal(engine.instance('a', { provider: 'two' }).label(), 'v4');
    await engine.instance('a', { provider: 'one' }).start();
    assert.equal(engine.instance('a', { provider: 'one' }).label(), 'v2');
  });

  it('shares a start that fails, and lets a later use try again', async () => {
    const log = [];
    let works = false;
    const start = async () => {
      log.push('start');
      if (!works) throw new Error('not yet');
      return { operations: {} };
    };
    const engine = new Engine({ config: { a: entry({ fallbackChain: ['static'] }) }, adapters: { one: { start } } });
    await Promise.all([engine.instance('a').start(), engine.instance('a', { fallback: ['static'] }).start()]);
    assert.deepEqual([engine.instance('a').state(), log], ['static', ['start']]);
    works = true;
    await engine.instance('a', { provider: 'one' }).start();
    assert.deepEqual([engine.instance('a', { provider: 'one' }).state(), log], ['ready', ['start', 'start']]);
  });

  it('does not know other names, not even those of every object', () => {
    const engine = engineOf({ a: entry() }, []);
    assert.equal(engine.instance('b'), null);
    assert.equal(engine.instance('toString'), null);
  });

  it('starts dependencies first, and those of a circle all the same', async () => {
    const log = [];
    const engine = engineOf({ a: entry({ dependencies: ['b'] }), b: entry({ dependencies: ['c'] }), c: entry({ dependencies: ['a'] }) }, log);
    await Promise.all([engine.instance('a').start(), engine.instance('c').start()]);
    assert.deepEqual(log, ['start c v2', 'start b v2', 'start a v2']);
  });

  it('ends what it started, and what was starting, and starts anew', async () => {
    const log = [];
    const engine = engineOf({ a: entry(), b: entry() }, log);
    await engine.instance('a').start();
    const starting = engine.instance('b').start();
    await Promise.resolve();
    engine.dispose();
    assert.equal(engine.instance('a').state(), 'idle');
    await starting;
    await tick();
    assert.equal(engine.instance('b').state(), 'idle');
    assert.deepEqual(log.filter((line) => line.startsWith('start')).length, log.filter((line) => line.startsWith('dispose')).length);
    await engine.instance('a').start();
    assert.equal(engine.instance('a').state(), 'ready');
  });
});

describe('a call', () => {
  const call = async (operation, input = { street: 'A 1' }, shapes = shape) => {
    const log = [];
    const engine = engineOf({ a: entry() }, log, { go: operation });
    try {
      return [await engine.instance('a').call('go', shapes, input), log];
    } catch (error) {
      assert.ok(error instanceof IntegrationError);
      assert.deepEqual([error.integration, error.operation], ['a', 'go']);
      return [`${error.kind}: ${error.message}`, log];
    }
  };

  it('gives what is declared of the answer', async () => {
    assert.deepEqual(await call(async () => ({ city: 'B', extra: 1 })), [{ city: 'B' }, ['start a v2']]);
  });

  it('is not made with a wrong input', async () => {
    assert.deepEqual(await call(assert.fail, {}), ['input: a.go: street: expected a string, found a value of type undefined', []]);
  });

  it('that fails, throws at once or answers wrongly has a typed error, and is reported', async () => {
    assert.deepEqual(await call(async () => { throw new Error('503'); }), ['failed: a.go: 503', ['start a v2', 'call v2']]);
    assert.deepEqual(await call(() => { throw new Error('sync'); }), ['failed: a.go: sync', ['start a v2', 'call v2']]);
    assert.deepEqual(await call(async () => ({ city: 7 })), ['result: a.go: city: expected a string, found a value of type number', ['start a v2', 'call v2', 'start a v1', 'call v1']]);
  });

  it('whose answer holds itself has a typed error too', async () => {
    const node = record({ kids: list(lazy(() => node)) });
    const circle = { kids: [] };
    circle.kids.push(circle);
    const [text] = await call(async () => circle, {}, { input: record({}), result: node });
    assert.match(text, /^result: a\.go: /);
  });

  it('of what nobody offers is unavailable', async () => {
    const engine = engineOf({ a: entry() }, []);
    await assert.rejects(engine.instance('a').call('other', { input: record({}), result: nothing }, {}), { kind: 'unavailable' });
  });
});

const LATE = (startWhen) => `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { IntegrationProvider } from './providers';
import { AddressValidation } from './integrations/address-validation';
globalThis.log = [];
const adapter = { start: ({ label }) => { globalThis.log.push('start ' + label); return { operations: {} }; } };
const use = (id) => <AddressValidation><p id={id} data-integration="address-validation">use</p></AddressValidation>;
createRoot(document.body.appendChild(document.createElement('div'))).render(<StrictMode>
  <IntegrationProvider adapters={{ 'google-address-validation': adapter }} startWhen="${startWhen}">
    {use('first')}<div style={{ height: 5000 }} />{use('second')}
  </IntegrationProvider></StrictMode>);`;

describe('starting late', () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(() => browser?.close());
  const open = async (startWhen) => {
    const page = await openPage(browser);
    const code = await bundle(LATE(startWhen), { react: '19', folder: `${ROOT}tests/browser/sample` });
    await show(page, `<!DOCTYPE html><html><head></head><body><div style="height: ${startWhen === 'visible' ? 5000 : 0}px"></div><script type="module" src="client.js"></script></body></html>`, { 'client.js': code });
    await page.waitForSelector('#second');
    return page;
  };

  it('when visible: not before one of its elements is seen, then once for all of them', async () => {
    const page = await open('visible');
    await page.waitForTimeout(200);
    assert.deepEqual(await page.evaluate(() => globalThis.log), []);
    assert.equal(await page.locator('#first').getAttribute('data-state'), null);
    await page.locator('#second').scrollIntoViewIfNeeded();
    await page.waitForSelector('#first[data-state=ready]');
    await page.locator('#first').scrollIntoViewIfNeeded();
    await page.waitForTimeout(50);
    assert.deepEqual(await page.evaluate(() => globalThis.log), ['start v3']);
    assert.deepEqual(page.messages, []);
  });

  it('when idle: once, under StrictMode too', async () => {
    const page = await open('idle');
    await page.waitForSelector('#second[data-state=ready]');
    assert.deepEqual(await page.evaluate(() => globalThis.log), ['start v3']);
    assert.deepEqual(page.messages, []);
  });
});
