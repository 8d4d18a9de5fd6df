// Looks at the served storefront in headless Chromium as a visitor would, and prints what it saw.
import { chromium } from 'playwright-core';

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
    return 'completes the address through the second provider while the first is down, and pays';
  },
};

// What is made to fail before a page is visited.
const faults = { 'checkout.html': { path: '/v1:validateAddress', status: 500, times: 9 } };

async function value(page, selector, expected) {
  await page.waitForFunction(([query, text]) => document.querySelector(query).value === text, [selector, expected]);
}

/** Visits one page; throws what a visitor would stumble over. */
async function visit(browser, address, path, act) {
  const page = await browser.newPage();
  page.setDefaultTimeout(10000);
  const noise = [];
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(String(error)));
  try {
    if (faults[path]) await fetch(`${address}_mock/fail`, { method: 'POST', body: JSON.stringify(faults[path]) });
    await page.goto(address + path, { waitUntil: 'load' });
    await page.waitForFunction(() => !document.querySelector('[data-integration]:not([data-state])'));
    const saw = act ? await act(page) : '';
    const states = await page.$$eval('[data-integration]', (elements) => elements.map((element) => element.dataset.state));
    const heading = await page.textContent('h1');
    // The browser notes every answer of 502 that it is asked to see.
    const unexpected = noise.filter((line) => !line.includes('status of 502'));
    if (unexpected.length > 0) throw new Error(unexpected.join('; '));
    return `"${heading}"${states.length > 0 ? `, integrations ${states.join(', ')}` : ''}${saw && `; ${saw}`}`;
  } finally {
    await page.close();
  }
}

/** Returns how many pages were not as they should be. */
export async function look(address) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  let [passed, failed] = [0, 0];
  for (const [path, act] of Object.entries(visits)) {
    try {
      console.log(`  ${path}: ${await visit(browser, address, path, act)}`);
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
