// In: the monitor's panel over an engine that is played, in Chromium, with React 18 and 19. Out: whether a person who sees, one who uses the
// keyboard, and one who listens can use it, under a strict Content-Security-Policy and without a word on the console.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { bundle, launch, load, openPage, ROOT } from './harness.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ADDRESS = 'http://monitor.invalid/';
const POLICY = "default-src 'none'; script-src 'nonce-x'; style-src 'none'; base-uri 'none'; require-trusted-types-for 'script'";

/** A page with the panel; `window.played` is its engine, `App` what is rendered. */
const SOURCE = `
import { StrictMode } from 'react';
import { RuntimeContext } from '${ROOT}build/runtime/react/context.js';
import { IntegrationMonitor } from '${ROOT}build/runtime/react/monitor/index.js';

const release = (provider, version, flag) => ({ provider, release: version, config: {}, ...(flag && { flag }) });
const config = {
  'address-validation': { version: 'v3', releases: { v2: release('smarty', '2.4.0'), v3: release('google', '3.1.0', 'address-v3') } },
  geocoding: { version: 'v1', releases: { v1: release('census', '1.0.0') } },
  unused: { version: 'v1', releases: { v1: release('nobody', '1.0.0') } },
};

export function playedEngine({ permitted = true } = {}) {
  const observers = new Set();
  const listeners = new Set();
  const flags = new Map();
  const standings = new Map(Object.keys(config).map((name) => [name, { name, state: 'idle', release: '', reason: 'active', override: null, permitted }]));
  const changed = () => listeners.forEach((listener) => listener());
  const tell = (kind, record) => observers.forEach((observer) => observer[kind]?.(record));
  return {
    log: [], config, tell, observers, listeners,
    observe: (observer) => (observers.add(observer), () => observers.delete(observer)),
    subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    list: () => [...standings.values()],
    override(name, label, by) { this.log.push(['override', name, label, by]); this.stand(name, { override: label, state: 'ready', release: label ?? 'v3', reason: label ? 'override' : 'active' }); return true; },
    setFlag(flag, on, by) { this.log.push(['flag', flag, on, by]); flags.set(flag, on ?? undefined); changed(); return true; },
    flag: (name) => flags.get(name),
    stand(integration, more) {
      standings.set(integration, { ...standings.get(integration), ...more });
      tell('onState', { integration, ...standings.get(integration) });
      changed();
    },
    call(integration, release, { ms = 80, result = 'ok', chosen = release, error } = {}) {
      const subject = { integration, operation: 'check', source: 'concept/checkout.html:12:26' };
      tell('onAsk', { ...subject, release: chosen, result, failure: undefined, attempts: 1, ms });
      if (chosen !== release && release !== 'static') tell('onAsk', { ...subject, release, result: 'ok', failure: undefined, attempts: 1, ms: 60 });
      tell('onCall', { ...subject, chosen, answered: release, fallback: chosen !== release, error, ms });
    },
  };
}

export function App({ engine }) {
  return <StrictMode><html lang="en"><head><title>Shop</title></head><body><main><h1>Shop</h1><button>Buy</button></main>
    <RuntimeContext.Provider value={{ engine, startWhen: 'hydrated' }}><IntegrationMonitor /></RuntimeContext.Provider></body></html></StrictMode>;
}
`;
const CLIENT = `${SOURCE}
import { hydrateRoot } from 'react-dom/client';
window.played = playedEngine({ permitted: !location.search.includes('refuse') });
window.root = hydrateRoot(document, <App engine={window.played} />, { onRecoverableError: (error) => console.error('hydration', error.message) });
`;
const SERVER = `${SOURCE}
import { renderToString } from 'react-dom/server';
export const html = () => renderToString(<App engine={playedEngine()} />);
`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The server's page, hydrated, under the policy. */
async function visit(react, { query = '', ...options } = {}) {
  const html = load(await bundle(SERVER, { react, platform: 'node' })).html();
  const client = await bundle(CLIENT, { react });
  const page = await openPage(browser);
  page.setDefaultTimeout(5000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', ...options });
  await page.route(`${ADDRESS}**`, (route) => {
    if (route.request().url().endsWith('/client.js')) return route.fulfill({ contentType: 'text/javascript', body: client });
    if (!route.request().isNavigationRequest()) return route.fulfill({ status: 204 });
    const body = `<!doctype html>${html.replace('</head>', '<script nonce="x" defer src="/client.js"></script></head>')}`;
    return route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': POLICY }, body });
  });
  await page.goto(ADDRESS + query);
  await page.getByRole('region', { name: 'Integration monitor' }).waitFor();
  return { page, html };
}

const play = (page, work) => page.evaluate(work);
const bar = (page) => page.getByRole('button', { name: /^Integrations/ });
const row = (page, name) => page.getByRole('row', { name: new RegExp(`^${name}`) });

/** Something of everything: live, fallback, failing, idle. */
function busy(page) {
  return play(page, () => {
    const { played } = window;
    played.stand('geocoding', { state: 'ready', release: 'v1' });
    played.stand('address-validation', { state: 'ready', release: 'v3' });
    for (let i = 0; i < 18; i++) played.call('address-validation', 'v3', { ms: 40 + i * 30 });
    played.call('address-validation', 'static', { chosen: 'v3', result: 'error', error: 'failed', ms: 300 });
    for (let i = 0; i < 5; i++) played.call('address-validation', 'v2', { chosen: 'v3', result: 'timeout', ms: 2500 });
    played.tell('onBreaker', { integration: 'address-validation', release: 'v3', state: 'open' });
    played.tell('onIssue', { integration: 'address-validation', label: 'v3', phase: 'call', source: 'concept/checkout.html:12:26', error: new Error('the provider does not answer') });
    played.stand('address-validation', { state: 'fallback' }); // v3 runs, v2 answers
    for (let i = 0; i < 7; i++) played.call('geocoding', 'v1');
  });
}

async function problems(page) {
  await page.evaluate(AXE).catch(() => page.addInitScript(AXE)); // the protocol's evaluation is not bound by the policy
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const react of ['18', '19']) {
  describe(`the panel with React ${react}`, () => {
    it('is not in the server’s page, and hydrates in silence', async () => {
      const { page, html } = await visit(react);
      assert.ok(!html.includes('Integration monitor'));
      assert.equal(await page.locator('[data-fxc-monitor]').count(), 1); // StrictMode's first one is gone
      assert.deepEqual(await play(page, () => [window.played.observers.size, window.played.listeners.size]), [1, 1]);
      await play(page, () => window.root.unmount());
      await page.waitForFunction(() => window.played.observers.size === 0 && window.played.listeners.size === 0);
      assert.deepEqual(page.messages, []);
    });

    it('says how things stand', async () => {
      const { page } = await visit(react);
      assert.match(await bar(page).innerText(), /idle/);
      await busy(page);
      await page.getByText('1 alert').waitFor().catch(() => undefined);
      await bar(page).click();
      const cells = async (name) => (await row(page, name).getByRole('cell').allInnerTexts()).map((text) => text.trim());
      await page.waitForFunction(() => document.querySelector('[data-fxc-monitor]').shadowRoot.querySelector('tbody tr').innerText.includes('fallback'));
      assert.match(await row(page, 'address-validation').getByRole('rowheader').innerText(), /v2 · stands in/);
      const [state, calls, fallbacks, errors, p95, breaker] = await cells('address-validation');
      // 18 as chosen, 5 by v2, 1 by nobody; the 29 asks: 6 of them failed, and the 95th of 100 lies in the part from 2 to 3 s
      assert.match(state, /^fallback/);
      assert.deepEqual([calls, fallbacks, errors, breaker], ['24', '6', '6', 'open']);
      assert.match(p95, /^2\.\d s$/);
      assert.equal(await row(page, 'address-validation').getByRole('img').getAttribute('aria-label'), 'last 24 calls: 18 as chosen, 5 by a fallback, 1 failed');
      assert.deepEqual((await cells('geocoding')).slice(0, 6), ['live', '7', '0', '0', '98 ms', 'closed']);
      assert.deepEqual((await cells('unused'))[0], 'idle');
      assert.deepEqual(page.messages, []);
    });

    it('is used by keyboard alone', async () => {
      const { page } = await visit(react);
      await busy(page);
      const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? document.activeElement?.textContent);
      await page.getByRole('button', { name: 'Buy' }).focus();
      await page.keyboard.press('Tab');
      assert.match(await focused(), /^Integrations/);
      assert.equal(await bar(page).getAttribute('aria-expanded'), 'false');
      await page.keyboard.press('Enter');
      assert.equal(await bar(page).getAttribute('aria-expanded'), 'true');
      await page.keyboard.press('Tab'); // the table's scroller
      await page.keyboard.press('Tab');
      assert.equal(await focused(), 'address-validation');
      await page.keyboard.press('Space');
      const name = page.getByRole('button', { name: 'address-validation', exact: true });
      assert.equal(await name.getAttribute('aria-expanded'), 'true');
      await page.keyboard.press('Tab');
      const kill = page.getByRole('switch');
      assert.deepEqual([await kill.getAttribute('aria-checked'), await kill.innerText()], ['true', 'Switched on']);
      await page.keyboard.press('Space');
      await page.getByRole('switch', { name: 'Switched off', checked: false }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('switch', { name: 'Switched on', checked: true }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      await page.getByText('v2 · asked for here').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      assert.deepEqual(await play(page, () => window.played.log), [
        ['flag', 'address-validation', false, 'monitor'], ['flag', 'address-validation', null, 'monitor'],
        ['override', 'address-validation', 'v2', 'monitor'], ['flag', 'address-v3', true, 'monitor'],
      ]);
      // A ring that is seen, wherever the focus is.
      const ring = await page.evaluate(() => getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineStyle);
      assert.equal(ring, 'solid');
      await page.keyboard.press('Escape');
      assert.equal(await focused(), 'address-validation');
      assert.equal(await name.getAttribute('aria-expanded'), 'false');
      await page.keyboard.press('Escape');
      assert.match(await focused(), /^Integrations/);
      assert.equal(await bar(page).getAttribute('aria-expanded'), 'false');
      assert.deepEqual(page.messages, []);
    });

    it('tells a screen reader what a visitor would notice, and not more', async () => {
      const { page } = await visit(react);
      await page.evaluate(() => {
        window.said = [];
        const status = document.querySelector('[data-fxc-monitor]').shadowRoot.querySelector('[role=status]');
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, { characterData: true, childList: true, subtree: true });
      });
      await play(page, () => {
        const { played } = window;
        for (const state of ['starting', 'ready']) played.stand('geocoding', { state, release: 'v1' });
        for (let i = 0; i < 30; i++) played.call('geocoding', 'v1');
      });
      await page.waitForTimeout(1500);
      assert.deepEqual(await play(page, () => window.said), []);
      await play(page, () => {
        const { played } = window;
        for (let i = 0; i < 10; i++) played.stand('address-validation', { state: i % 2 ? 'fallback' : 'ready', release: i % 2 ? 'v2' : 'v3' });
        played.tell('onBreaker', { integration: 'address-validation', release: 'v3', state: 'open' });
      });
      await page.waitForFunction(() => window.said.length > 0);
      await page.waitForTimeout(1500);
      assert.deepEqual(await play(page, () => window.said), ['address-validation: fallback. address-validation: live again, v3 answers. address-validation v3: breaker open.']);
    });

    it('names places and what went wrong there; axe finds nothing, open or closed, light or dark, wide or narrow', async () => {
      const { page } = await visit(react);
      await busy(page);
      assert.deepEqual(await problems(page), []);
      await bar(page).click();
      await page.getByRole('button', { name: 'address-validation', exact: true }).click();
      const details = page.locator('.details');
      assert.match(await details.innerText(), /concept\/checkout\.html:12:26\s+24 calls, 6 fallbacks, 1 failed/);
      assert.match(await details.innerText(), /concept\/checkout\.html:12:26\s+v3, call:\s+the provider does not answer/);
      assert.match(await details.innerText(), /Alert: fallback-rate 25 %, > 5 % over 5 m/);
      for (const colorScheme of ['light', 'dark']) {
        for (const width of [1280, 360]) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.setViewportSize({ width, height: 700 });
          assert.deepEqual(await problems(page), [], `${colorScheme}, ${width}`);
          const { overflow, inside } = await page.evaluate(() => {
            const section = document.querySelector('[data-fxc-monitor]').shadowRoot.querySelector('section');
            const { left, right, top, bottom } = section.getBoundingClientRect();
            return { overflow: document.documentElement.scrollWidth > innerWidth, inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight };
          });
          assert.deepEqual([overflow, inside], [false, true], `${colorScheme}, ${width}`);
          if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/monitor-${react}-${colorScheme}-${width}.png` });
        }
      }
      assert.deepEqual(page.messages, []);
    });

    it('stays as it was left on the next page, and offers no switch that is not permitted', async () => {
      const { page } = await visit(react, { query: '?refuse' });
      await play(page, () => window.played.stand('geocoding', { state: 'ready', release: 'v1' }));
      await bar(page).click();
      await page.reload();
      await page.getByRole('button', { name: 'geocoding', exact: true }).click();
      assert.ok(await page.getByRole('switch').isDisabled());
      assert.ok(await page.getByLabel('Release', { exact: true }).isDisabled());
      await page.getByText('The application does not permit changes here.').waitFor();
      assert.deepEqual(page.messages, []);
    });
  });
}
