// What changes while a page is open, as its elements see it: a flag that an element waits for, a value of the configuration,
// a provider whose props are new objects at every render. Typed text stays, nothing is attached twice, the console is silent.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundle, launch, openPage, ROOT, show } from './harness.mjs';

const PAGE = `import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createSettings, record, string } from '@fxc/runtime';
import { Integration, RuntimeProvider, behave, useEngine, useIntegrationState, useOperation } from '@fxc/runtime/react';

globalThis.log = [];
const note = (text) => void globalThis.log.push(text);
const client = ({ config, label }) => {
  const name = label + (config.size ?? '');
  note('start ' + name);
  return {
    operations: { go: async ({ text }) => ({ text: text.toUpperCase() }) },
    attach: (use) => { note('attach ' + name + ' ' + use.slot('text').value); return () => note('detach ' + name); },
    dispose: () => note('dispose ' + name),
  };
};
const release = { provider: 'one', release: '1.0.0', config: { size: 1 } };
const config = { help: { provider: 'one', version: 'v1', release: '1.0.0', config: {}, fallback: 'static', fallbackChain: ['static'], dependencies: [], releases: { v1: release } } };
const definition = { name: 'help', operations: { go: { input: record({ text: string }), result: record({ text: string }) } }, slots: ['text'] };
const behaviors = behave([{ on: 'input', of: ['text'], run: async (turn) => { note('behaves'); const { text } = await turn.call('go', { text: turn.value('text') }); turn.emit('done', { text }); } }]);
const View = ({ children }) => children;
const settings = createSettings();
const NO_VALUES = {};

function Help({ id, use }) {
  return <Integration definition={definition} values={NO_VALUES} use={use} view={View} behaviors={behaviors} handlers={{ done: ({ text }) => note('done ' + text) }}>
    <div id={id} data-integration="help"><input data-slot="text" defaultValue="x" /></div>
  </Integration>;
}
function Panel() {
  const engine = useEngine();
  const state = useIntegrationState('help');
  const { call, data, error } = useOperation(definition, 'go');
  globalThis.engine = engine;
  globalThis.call = call;
  return <output>{state} {data?.text} {error?.kind}</output>;
}
function App() {
  const [turn, again] = useState(0);
  Object.assign(globalThis, { settings, again: () => again((before) => before + 1) });
  return <RuntimeProvider config={config} adapters={{ one: { start: client } }} settings={settings} context={{ targetingKey: 'k', turn: 1 }} onIssue={() => note('issue' + turn)}>
    <Help id="plain" use={{ flag: 'beta', source: 'concept/a.html:1:1' }} /><Help id="always" use={{ source: 'concept/a.html:2:1' }} /><Panel />
  </RuntimeProvider>;
}
createRoot(document.querySelector('#app')).render(<StrictMode><App /></StrictMode>);`;

for (const react of ['18', '19']) {
  describe(`a page that is open, React ${react}`, () => {
    let browser;
    let code;
    before(async () => {
      browser = await launch();
      code = await bundle(PAGE, { react, folder: ROOT });
    });
    after(() => browser?.close());
    const open = async () => {
      const page = await openPage(browser);
      await show(page, '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><div id="app"></div><script type="module" src="c.js"></script></body></html>', { 'c.js': code });
      await page.waitForSelector('#always[data-state=ready]');
      return page;
    };
    const update = (page, values) => page.evaluate((next) => globalThis.settings.update(next), values);
    const log = (page) => page.evaluate(() => globalThis.log.splice(0));
    const has = (page, line) => page.waitForFunction((wanted) => globalThis.log.includes(wanted), line);

    it('leaves an element alone while its flag is not on, and keeps what is typed when that changes', async () => {
      const page = await open();
      assert.deepEqual(await log(page), ['start v11', 'attach v11 x']);
      await page.fill('#plain input', 'typed');
      await page.waitForTimeout(50);
      assert.equal(await page.getAttribute('#plain', 'data-state'), null);
      assert.equal(await page.getAttribute('#plain', 'data-call'), null);
      assert.deepEqual(await log(page), []);
      await update(page, { overrides: { flags: { beta: true } } });
      await page.waitForSelector('#plain[data-state=ready]');
      await has(page, 'done TYPED'); // what was typed before counts
      assert.deepEqual(await log(page), ['attach v11 typed', 'behaves', 'done TYPED']);
      await update(page, { overrides: { flags: { beta: false } } });
      await page.waitForSelector('#plain:not([data-state])');
      await page.fill('#plain input', 'more');
      await page.waitForTimeout(50);
      assert.deepEqual(await log(page), ['detach v11']);
      assert.equal(await page.inputValue('#plain input'), 'more');
      assert.deepEqual(page.messages, []);
    });

    it('moves elements to a client with new values, and ends the old one behind them', async () => {
      const page = await open();
      await page.fill('#always input', 'typed');
      await has(page, 'done TYPED');
      await log(page);
      await update(page, { overrides: { integrations: { help: { config: { size: 2 } } } } });
      await has(page, 'dispose v11');
      assert.deepEqual(await log(page), ['start v12', 'detach v11', 'attach v12 typed', 'dispose v11']);
      await update(page, { overrides: { flags: { help: false } } });
      await has(page, 'dispose v12');
      assert.deepEqual(await log(page), ['detach v12', 'dispose v12']);
      assert.equal(await page.getAttribute('#always', 'data-state'), 'static');
      assert.equal(await page.textContent('output'), 'static  ');
      assert.equal(await page.inputValue('#always input'), 'typed');
      assert.deepEqual(page.messages, []);
    });

    it('does nothing for props that say the same at every render', async () => {
      const page = await open();
      await log(page);
      for (let i = 0; i < 3; i++) await page.evaluate(() => globalThis.again());
      await page.waitForTimeout(50);
      assert.deepEqual(await log(page), []);
      assert.deepEqual(await page.evaluate(() => globalThis.call({ text: 'a' })), { text: 'A' });
      await page.waitForFunction(() => document.querySelector('output').textContent === 'ready A ');
      assert.deepEqual(await page.evaluate(() => globalThis.engine.list()), [{ name: 'help', state: 'ready', release: 'v1', reason: 'active', override: null, permitted: false }]);
      assert.deepEqual(page.messages, []);
    });
  });
}
