// Providers that misbehave as real ones do, over real connections: the page works, the next provider or the markup stands in,
// the counters are right, and it recovers. A project built by fxc, Chromium, React 18.3 and 19, StrictMode, development builds.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { launch, readText, ROOT } from './harness.mjs';
import { setUp, visit } from './proof-setup.mjs';

let all;
let browser;
before(async () => {
  all = await setUp();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  all?.close();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const FIELDS = ['#street', '#town', '#note', 'output'];
const values = (page) => page.evaluate((fields) => fields.map((one) => document.querySelector(one).value), FIELDS);
const snapshot = (page) => page.evaluate(() => globalThis.monitor.snapshot().integrations['address-help']);
/** Types a street and waits for what comes of it. */
async function ask(page, street, call = 'done') {
  const before = (await snapshot(page)).calls;
  await page.fill('#street', street);
  await page.press('#street', 'Tab');
  await page.waitForFunction(
    ([calls, wanted]) => globalThis.monitor.snapshot().integrations['address-help'].calls > calls && document.querySelector('fieldset').dataset.call === wanted,
    [before, call],
    { timeout: 8000 },
  );
}
const stateOf = (page) => page.getAttribute('fieldset', 'data-state');
const reset = () => {
  for (const provider of [all.alpha, all.beta]) Object.assign(provider, { mode: 'up', asked: [] });
};

/** Faults, the class that the first provider's failure has, and how many requests it is asked with. */
const FAULTS = [
  ['down', 'error', 2],
  ['busy', 'error', 2],
  ['slow', 'timeout', 2],
  ['garbage', 'error', 2],
  ['shape', 'error', 2],
  ['half', 'error', 2],
  ['closed', 'error', undefined], // Chromium may ask again by itself
  ['key', 'error', 2],
];

for (const react of ['18', '19']) {
  describe(`providers that misbehave, React ${react}`, () => {
    const open = (options) => (reset(), visit(browser, all.sites[react], options));

    it('renders on the server without a word', () => assert.deepEqual(all.sites[react].complaints, []));

    it('hydrates without a word, and asks no provider before it has to', async () => {
      const page = await open();
      await page.waitForSelector('fieldset[data-state=ready]');
      await page.waitForSelector('#later[data-state=static]'); // nobody has an adapter for it
      assert.deepEqual([all.alpha.asked, all.beta.asked], [[], []]);
      await ask(page, '1 main street');
      assert.deepEqual(await values(page), ['1 MAIN STREET', 'Alphaville', 'Ring twice', 'We deliver to Alphaville.']);
      assert.deepEqual([all.alpha.asked, all.beta.asked], [['1 main street'], []]);
      assert.deepEqual(page.messages, []);
      assert.deepEqual(await page.evaluate(() => globalThis.issues), ['far-away v1 start ']);
    });

    for (const [mode, result, requests] of FAULTS) {
      it(`${mode}: the next one answers, and is counted; then the first again`, async () => {
        const page = await open();
        all.alpha.mode = mode;
        await ask(page, '2 oak');
        assert.deepEqual(await values(page), ['2 OAK', 'Betaville', 'Ring twice', 'We deliver to Betaville.']);
        assert.equal(await stateOf(page), 'fallback');
        if (requests !== undefined) assert.equal(all.alpha.asked.length, requests);
        assert.deepEqual(all.beta.asked, ['2 oak']);
        const counted = await snapshot(page);
        assert.deepEqual([counted.calls, counted.fallbacks, counted.answered], [1, 1, { v1: 1 }]);
        const { v1, v2 } = counted.releases;
        assert.deepEqual([v2.asked, v2.errors, v2.timeouts, v1.asked, v1.errors], [1, 1, result === 'timeout' ? 1 : 0, 1, 0]);
        assert.deepEqual(counted.sources, { 'concept/index.html:11:35': { calls: 1, errors: 0, fallbacks: 1 } });
        assert.ok((await page.evaluate(() => globalThis.issues)).includes('address-help v2 call concept/index.html:11:35'));

        all.alpha.mode = 'up';
        await page.fill('#town', '');
        await ask(page, '3 elm');
        await page.waitForFunction(() => document.querySelector('#town').value === 'Alphaville');
        assert.equal(await stateOf(page), 'ready');
        assert.deepEqual(page.messages, []);
      });
    }

    it('all of them: what was typed stays, and the form works', async () => {
      const page = await open();
      all.alpha.mode = 'down';
      all.beta.mode = 'closed';
      await page.fill('#note', 'the blue door');
      await ask(page, '4 birch', 'failed');
      assert.deepEqual(await values(page), ['4 birch', '', 'the blue door', '']);
      const counted = await snapshot(page);
      assert.deepEqual([counted.calls, counted.fallbacks, counted.answered], [1, 1, { static: 1 }]);
      assert.deepEqual(page.messages, []);
      await page.click('button');
      await page.waitForURL('**/orders');
      assert.deepEqual(all.sites[react].orders.at(-1), { street: '4 birch', town: '', note: 'the blue door' });
    });

    it('is not asked while its breaker is open, then once, then again', async () => {
      const page = await open();
      all.alpha.mode = 'down';
      const streets = ['5 a', '5 b', '5 c', '5 d'];
      for (const street of streets) {
        await ask(page, street);
        await page.waitForFunction((wanted) => document.querySelector('#street').value === wanted, street.toUpperCase());
      }
      assert.equal(all.alpha.asked.length, 6); // two requests a call, and the sixth failure opens it
      assert.equal(all.beta.asked.length, 4);
      assert.equal((await snapshot(page)).releases.v2.trips, 1);
      await page.waitForTimeout(1000);
      all.alpha.mode = 'up';
      await ask(page, '5 e');
      await page.waitForFunction(() => document.querySelector('#street').value === '5 E');
      await page.waitForFunction(() => document.querySelector('#town').value === 'Alphaville');
      assert.equal(all.alpha.asked.length, 7);
      assert.equal(await stateOf(page), 'ready');
      assert.deepEqual(page.messages, []);
    });

    it('keeps what was typed before hydration, and acts on it', async () => {
      let openGate;
      const site = all.sites[react];
      site.gate = new Promise((ready) => (openGate = ready));
      const page = await open({ wait: false });
      await page.fill('#street', '6 fir');
      await page.fill('#note', 'typed early');
      openGate();
      await page.waitForFunction(() => document.querySelector('#town').value === 'Alphaville');
      assert.deepEqual(await values(page), ['6 FIR', 'Alphaville', 'typed early', 'We deliver to Alphaville.']);
      assert.deepEqual(page.messages, []);
    });

    it('is not missed where there is no JavaScript', async () => {
      const page = await open({ scripts: false });
      await page.fill('#street', '7 pine');
      assert.equal(await page.inputValue('#note'), 'Ring twice');
      assert.ok(await page.locator('#later p').isVisible());
      await page.click('button');
      await page.waitForURL('**/orders');
      assert.deepEqual(all.sites[react].orders.at(-1), { street: '7 pine', town: '', note: 'Ring twice' });
      assert.deepEqual([all.alpha.asked, all.beta.asked], [[], []]);
    });

    it('axe finds nothing, whatever stands in', async () => {
      const axe = readText(`${ROOT}node_modules/axe-core/axe.min.js`);
      const check = async (page) => {
        await page.evaluate(axe);
        const { violations, incomplete } = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual([...violations, ...incomplete].map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), []);
      };
      const page = await open();
      await page.waitForSelector('fieldset[data-state=ready]');
      await check(page);
      all.alpha.mode = 'down';
      await ask(page, '8 ash');
      await check(page);
      all.beta.mode = 'down';
      await ask(page, '8 elm', 'failed');
      await check(page);
      assert.deepEqual(page.messages, []);
    });

    it('does without what runs releases where that can not be loaded', async () => {
      reset();
      const page = await visit(browser, all.sites[react], { wait: false, block: '**/motor-*' });
      await page.waitForSelector('fieldset[data-state=static]');
      await page.fill('#street', '10 box');
      await page.press('#street', 'Tab');
      await page.waitForSelector('fieldset[data-call=failed]');
      await page.unroute('**/motor-*'); // the network is back
      await ask(page, '11 box');
      assert.deepEqual(await values(page), ['11 BOX', 'Alphaville', 'Ring twice', 'We deliver to Alphaville.']);
      assert.equal(await stateOf(page), 'ready');
      assert.deepEqual(page.messages, []);
    });

    it('loads what a release needs when it is needed, and no sooner', async () => {
      const site = all.sites[react];
      site.asked = [];
      let openGate;
      site.gate = new Promise((ready) => (openGate = ready));
      const page = await open({ wait: false });
      await page.waitForTimeout(100);
      const loaded = (name) => site.asked.some((path) => path.startsWith(`/${name}-`));
      assert.equal(loaded('v2'), false);
      openGate();
      await page.waitForSelector('fieldset[data-state=ready]');
      assert.deepEqual([loaded('v2'), loaded('v1')], [true, false]);
      all.alpha.mode = 'down';
      await ask(page, '9 yew');
      assert.equal(loaded('v1'), true);
    });
  });
}
