// The sample by hand: renders, equals its concept, hydrates in silence, keeps what was typed, works without
// scripts, starts its providers, and falls back. React 18.3 and 19, development builds, StrictMode.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundle, domTree, launch, load, openPage, readText, ROOT, show, withConsole } from './harness.mjs';
import { difference } from './tree.mjs';

const SAMPLE = `${ROOT}tests/browser/sample`;
const CONCEPT = readText(`${SAMPLE}/concept/checkout.html`);

const SERVER = `import { renderToString } from 'react-dom/server';
import { documentHtml } from '@fxc/runtime';
import { CheckoutDocument, checkoutDocument } from './pages/checkout';
import { IntegrationProvider } from './providers';
export const html = () => documentHtml(renderToString(<IntegrationProvider><CheckoutDocument /></IntegrationProvider>), checkoutDocument, 'client.js');`;

/** `adapters` is source text of an object; the page says what happened in `globalThis.log`. */
const client = (adapters, extra = '') => `import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { CheckoutDocument } from './pages/checkout';
import { IntegrationProvider } from './providers';
import { useAddressValidationValidate, useAddressValidationSlots, AddressValidation } from './integrations/address-validation';
globalThis.log = [];
const note = (what) => globalThis.log.push(what);
const adapters = ${adapters};
${extra}
globalThis.hydrate = () => {
  globalThis.root = hydrateRoot(document, <StrictMode><IntegrationProvider adapters={adapters} onIssue={(issue) => note(issue.integration + ' ' + issue.label + ' ' + issue.phase + ': ' + issue.error.message)}><CheckoutDocument /></IntegrationProvider></StrictMode>, { onRecoverableError: (error) => console.error(error.message) });
};
if (!globalThis.wait) globalThis.hydrate();`;

const GOOD = `{
  'google-address-validation': { start: (context) => { note('start ' + context.integration + ' ' + context.label + ' ' + context.config.regionCode); return { operations: { validate: async ({ street }) => ({ street, city: 'Berlin', lat: 1, lng: 2, extra: true }) }, attach: (use) => { note('attach ' + use.element.tagName + ' ' + use.slot('street')?.value); return () => note('detach'); } }; } },
  leaflet: async () => ({ adapter: { start: (context) => { note('start ' + context.integration); return { operations: {}, attach: (use) => { note('map ' + use.values().zoom); } }; } } }),
}`;
const BAD = `{ 'google-address-validation': { start: async () => { throw new Error('key refused'); } }, leaflet: { start: () => { throw new Error('no tiles'); } } }`;
const WORSE = `{ 'google-address-validation': { start: async () => { throw new Error('key refused'); } }, 'google-places': { start: () => { throw new Error('gone'); } } }`;

const stateOf = (page, selector) => page.locator(selector).first().getAttribute('data-state');

for (const react of ['18', '19']) {
  describe(`sample with React ${react}`, () => {
    let browser;
    let html;
    before(async () => {
      browser = await launch();
      const server = load(await bundle(SERVER, { react, platform: 'node', folder: SAMPLE }));
      const { value, complaints } = withConsole(() => server.html());
      assert.deepEqual(complaints, []);
      html = value;
    });
    after(() => browser?.close());

    const open = async (adapters, { wait = false, extra } = {}) => {
      const page = await openPage(browser);
      if (wait) await page.addInitScript('globalThis.wait = true;');
      await show(page, html, { 'client.js': await bundle(client(adapters, extra), { react, folder: SAMPLE }) });
      await page.waitForFunction(() => globalThis.hydrate);
      return page;
    };
    const settled = (page, states) =>
      page.waitForFunction(
        (wanted) => [...document.querySelectorAll('[data-integration],[data-enhance]')].map((one) => one.dataset.state).join() === wanted,
        states,
        { timeout: 5000 },
      );

    it('renders the tree of its concept', async () => {
      const page = await openPage(browser, { scripts: false });
      await show(page, CONCEPT);
      const expected = await domTree(page);
      await show(page, html.replace('<script type="module" src="client.js"></script>', ''));
      assert.equal(difference(expected, await domTree(page)), null);
    });

    it('hydrates in silence and starts its providers, one after what it depends on', async () => {
      const page = await open(GOOD);
      await settled(page, 'ready,ready,ready ready');
      assert.deepEqual(page.messages, []);
      const log = await page.evaluate(() => globalThis.log);
      assert.deepEqual(log.filter((one) => one.startsWith('start')), ['start address-validation v3 US', 'start geographic-display']);
      assert.ok(log.includes('map 7'));
      assert.ok(log.includes('attach INPUT undefined'));
      assert.ok(log.includes('attach DIV '));
      assert.equal(await page.locator('input[name=city]').evaluate((one) => one.style.getPropertyPriority('margin')), 'important');
    });

    it('keeps what was typed and chosen before hydration', async () => {
      const page = await open(GOOD, { wait: true });
      await page.fill('#street', 'Main Street 1');
      await page.fill('[name=city]', 'Shelbyville');
      await page.fill('[name=note]', 'ring twice');
      await page.selectOption('[name=pay]', 'card');
      await page.uncheck('[name=gift]');
      await page.evaluate(() => globalThis.hydrate());
      await settled(page, 'ready,ready,ready ready');
      assert.deepEqual(page.messages, []);
      const values = await page.evaluate(() => ['#street', '[name=city]', '[name=note]', '[name=pay]'].map((one) => document.querySelector(one).value));
      assert.deepEqual(values, ['Main Street 1', 'Shelbyville', 'ring twice', 'card']);
      assert.equal(await page.isChecked('[name=gift]'), false);
      assert.ok((await page.evaluate(() => globalThis.log)).includes('attach DIV Main Street 1'));
    });

    it('falls back along the chain, and to the markup', async () => {
      const page = await open(BAD);
      await settled(page, 'fallback,static,fallback static');
      const log = await page.evaluate(() => globalThis.log);
      assert.deepEqual(log, ['address-validation v3 start: key refused', 'geographic-display v1 start: no tiles']);
      assert.equal(await page.locator('section').innerText(), 'Service territory map');
      assert.deepEqual(page.messages, []);

      const last = await open(WORSE);
      await settled(last, 'static,static,static static');
      assert.ok(await last.locator('#street').isVisible());
      assert.ok((await last.evaluate(() => globalThis.log)).includes("geographic-display v1 start: no adapter for the provider 'leaflet'"));
    });

    it('works without scripts', async () => {
      const page = await openPage(browser, { scripts: false });
      await show(page, html);
      await page.fill('#street', 'Main Street 1');
      assert.ok(await page.locator('noscript p').isVisible());
      assert.equal(await stateOf(page, '#checkout > div'), null);
    });

    it('gives operations and slots to a look of the team, and the markup if the look throws', async () => {
      const extra = `
import { createRoot } from 'react-dom/client';
function Look({ state, country, children }) {
  const validate = useAddressValidationValidate();
  const slots = useAddressValidationSlots();
  globalThis.use = { validate, slots };
  return <>{children}<output id="look">{state} {country} {String(validate.pending)} {validate.error?.kind ?? ''} {validate.data?.city ?? ''}</output></>;
}
function Broken() { throw new Error('broken look'); }
globalThis.mount = (broken) => {
  const place = document.body.appendChild(document.createElement('div'));
  createRoot(place, { onCaughtError: () => undefined }).render(<IntegrationProvider adapters={adapters} onIssue={(issue) => note(issue.phase + ': ' + issue.error.message)}>
    <AddressValidation country="de" view={broken ? Broken : Look}><p id="mounted" data-integration="address-validation"><input data-slot="street" defaultValue="A 1" /></p></AddressValidation>
  </IntegrationProvider>);
};`;
      const page = await open(GOOD, { wait: true, extra });
      await page.evaluate(() => globalThis.mount(false));
      await page.waitForFunction(() => document.querySelector('#look')?.textContent.startsWith('ready de false'));
      const result = await page.evaluate(() => globalThis.use.validate.call({ street: globalThis.use.slots().street.value }));
      assert.deepEqual(result, { street: 'A 1', city: 'Berlin', lat: 1, lng: 2 });
      await page.waitForFunction(() => document.querySelector('#look').textContent === 'ready de false  Berlin');
      const kind = await page.evaluate(() => globalThis.use.validate.call({ street: 7 }).catch((error) => `${error.kind}: ${error.message}`));
      assert.equal(kind, 'input: address-validation.validate: street: expected a string, found a value of type number');
      await page.evaluate(() => globalThis.mount(true));
      await page.waitForFunction(() => globalThis.log.includes('view: broken look'));
      assert.equal(await page.locator('#mounted').count(), 2);
    });

    it('disposes of what it started', async () => {
      const page = await open(GOOD);
      await settled(page, 'ready,ready,ready ready');
      await page.evaluate(() => globalThis.root.unmount());
      await page.waitForFunction(() => globalThis.log.filter((one) => one === 'detach').length === globalThis.log.filter((one) => one.startsWith('attach')).length);
    });
  });
}
