// Looks at the served storefront in headless Chromium as a visitor would, and prints what it saw.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const visits = {
  'index.html': null,
  'guides/care.html': null,
  'account.html': async (page) => {
    await page.fill('#home', '3 oak avenue');
    await page.fill('#home-city', 'fresno');
    await page.press('#home-city', 'Tab');
    await value(page, '#home', '3 Oak Ave');
    return 'completes the home address';
  },
  'search.html': async (page) => {
    await page.fill('#q', 'lamp');
    await page.waitForFunction(() => document.querySelectorAll('.cards li').length === 2);
    return 'finds two lamps';
  },
  'territory.html': async (page) => {
    await page.fill('#where', '12 cedar street');
    await page.fill('#town', 'santa cruz');
    await page.press('#town', 'Tab');
    await page.waitForFunction(() => document.querySelector('figcaption').textContent.includes('North bay'));
    return 'knows the tour of an address';
  },
  'notifications.html': async (page) => {
    await page.fill('#address', 'someone@example.com');
    await page.click('[data-slot=subscribe]');
    await page.waitForFunction(() => document.querySelector('[data-slot=status]').textContent.includes('orders, tours'));
    return 'subscribes to two topics';
  },
  'checkout.html': async (page) => {
    await page.fill('#street', '12 cedar street');
    await page.fill('#city', 'monterey');
    await page.press('#city', 'Tab');
    await value(page, '#postcode', '93940');
    for (const [field, text] of [['#name', 'A. Visitor'], ['#card', '4242 4242 4242 4242'], ['#expiry', '12/29'], ['#code', '123']]) await page.fill(field, text);
    await page.click('[data-slot=pay]');
    await page.waitForFunction(() => document.querySelector('output').textContent.includes('ch_4242'));
    return 'completes the address and pays';
  },
};

/** Breaks the first provider in several ways: the second answers. Then its breaker is open; mended, it comes back. */
async function demonstrate(page) {
  await page.getByText('Break a provider').click();
  await page.getByRole('button', { name: /^Integrations/ }).click();
  const row = page.getByRole('row', { name: /^address-validation/ });
  const shows = async (text) => row.filter({ hasText: text }).waitFor({ timeout: 20000 });
  const first = page.getByRole('group', { name: 'Google Address Validation' });
  const lookUp = async (what) => {
    await page.getByRole('button', { name: what, exact: true }).click();
    await page.getByRole('status').getByText(/answered\.$/).waitFor({ timeout: 30000 });
  };
  await lookUp('an address');
  await shows('live');
  for (const mode of ['429', 'Garbage', 'Down']) {
    await first.getByLabel(mode).check();
    await lookUp('an address');
    await shows('fallback');
  }
  await lookUp('25 addresses');
  await shows('open');
  await shows('alert');
  const [, calls, fallbacks] = await row.getByRole('cell').allInnerTexts();
  const second = page.getByRole('group', { name: 'Smarty' });
  await second.getByLabel('Down').check();
  await page.fill('#street', '12 cedar street');
  await page.fill('#city', 'monterey');
  await page.press('#city', 'Tab');
  await page.waitForFunction(() => document.querySelector('[data-integration^=address]').dataset.call === 'failed', null, { timeout: 20000 });
  await value(page, '#street', '12 cedar street'); // what was typed stays
  await second.getByLabel('Works').check();
  await first.getByLabel('Works').check();
  // The breaker lets one call try after its time, the half a minute of the manifest.
  for (const end = Date.now() + 60000; !(await row.innerText()).includes('live');) {
    if (Date.now() > end) throw new Error('the first provider does not come back');
    await page.waitForTimeout(2000);
    await lookUp('an address');
  }
  await shows('closed');
  await accessible(page);
  return `${fallbacks} of ${calls} calls answered by the second provider, the breaker open; with both down the form keeps what was typed; mended, the first one is back`;
}

async function value(page, selector, expected) {
  await page.waitForFunction(([query, text]) => document.querySelector(query).value === text, [selector, expected]);
}

/** Throws what axe finds. */
async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  if (violations.length > 0) throw new Error(violations.map(({ help, nodes }) => `${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`).join('; '));
}

/** Visits one page; throws what a visitor would stumble over. */
async function visit(browser, address, path, act) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(10000);
  const noise = [];
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(String(error)));
  try {
    const answer = await page.goto(address + path, { waitUntil: 'load' });
    if (!answer.headers()['content-security-policy']) throw new Error('no Content-Security-Policy');
    await page.waitForFunction(() => !document.querySelector('[data-integration]:not([data-state])'));
    await page.getByRole('region', { name: 'Integration monitor' }).waitFor();
    await accessible(page);
    const saw = act ? await act(page) : '';
    const states = await page.$$eval('[data-integration]', (elements) => elements.map((element) => element.dataset.state));
    const heading = await page.textContent('h1');
    // The browser notes every answer that says what went wrong with a provider.
    const unexpected = noise.filter((line) => !/status of 50[234]/.test(line));
    if (unexpected.length > 0) throw new Error(unexpected.join('; '));
    return `"${heading}"${states.length > 0 ? `, integrations ${states.join(', ')}` : ''}${saw && `; ${saw}`}`;
  } finally {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${path.replaceAll('/', '-')}${act === demonstrate ? '-demo' : ''}.png` });
    await page.close();
  }
}

/** What browsers have said to the server half, and the server half to whoever has the token. */
async function counted(address, token) {
  const url = `${address}_fx/metrics`;
  if ((await fetch(url)).ok) throw new Error('anybody may read /_fx/metrics');
  const text = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();
  const of = (series) => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.slice(series.length));
  const labels = 'integration="address-validation",side="browser"';
  const [second, trips] = [of(`fxc_calls_total{${labels},answered="v2"}`), of(`fxc_breaker_trips_total{${labels},release="v3"}`)];
  if (!(second >= 28) || !(trips >= 1)) throw new Error(`the metrics say ${second} calls and ${trips} trips`);
  return `browsers have told the server of ${second} calls that the second provider answered, and of the breaker`;
}

/** Returns how many pages were not as they should be. */
export async function look(address, token) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  let [passed, failed] = [0, 0];
  const looks = [...Object.entries(visits), ['checkout.html', demonstrate]].map(([path, act]) => [path, async () => visit(browser, address, path, act)]);
  for (const [path, see] of [...looks, ['/_fx/metrics', async () => counted(address, token)]]) {
    try {
      console.log(`  ${path}: ${await see()}`);
      passed += 1;
    } catch (error) {
      console.log(`  ${path}: NOT RIGHT: ${error.message}`);
      failed += 1;
    }
  }
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}
