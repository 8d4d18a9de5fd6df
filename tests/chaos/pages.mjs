// In: the address of the page. Out: users in Chromium who type while providers fail. What they typed has to stay, whatever
// comes of the calls, and what the concept shows has to be there all the time.

import { launch } from '../browser/harness.mjs';
import { between, seeded } from '../runtime/fake-clock.mjs';

/** What a browser says of a resource that did not come is no message of the page's. */
const RESOURCE = /Failed to load resource|net::ERR|blocked by CORS policy|React DevTools/;

class Visitor {
  constructor(page, random) {
    Object.assign(this, { page, random, rounds: 0, lost: [], looks: 0, gone: 0, answers: 0, messages: [] });
    page.on('console', (message) => {
      if (!RESOURCE.test(message.text())) this.messages.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.messages.push(`error: ${error.message}`));
  }

  async live(isOver) {
    while (!isOver()) await this.#round();
    // Every call has ended by then, and the monitor has told the server half of it.
    await this.page.waitForTimeout(9500);
    await this.page.evaluate(() => globalThis.endBeacon());
    await this.page.waitForTimeout(500);
    this.snapshot = await this.page.evaluate(() => globalThis.monitor.snapshot());
  }

  async #round() {
    const { page, random } = this;
    const word = () => Math.floor(random() * 2 ** 32).toString(36);
    const typed = { street: `Street ${word()}`, grams: String(between(random, 1, 9999)), note: `${word()} ${word()}`, postcode: word() };
    for (const [name, text] of Object.entries(typed)) {
      const field = page.locator(`[name=${name}]`);
      await field.fill('');
      await field.pressSequentially(text, { delay: between(random, 0, 15) });
      await this.#look();
    }
    await page.waitForTimeout(between(random, 50, 900));
    await this.#look();
    for (const [name, text] of Object.entries(typed)) {
      const value = await page.locator(`[name=${name}]`).inputValue();
      if (value !== text) this.lost.push(`${name}: '${text}' became '${value}'`);
    }
    this.rounds += 1;
  }

  /** Whether all that the concept shows is there. */
  async #look() {
    const { there, told } = await this.page.evaluate(() => ({
      there: ['#address input[name=street]', '#address output', '#quote input', '#quote output', '#order p', 'textarea'].every((one) => document.querySelector(one)?.checkVisibility()),
      told: document.querySelector('#address output').textContent !== '' || /costs/.test(document.querySelector('#quote output').textContent),
    }));
    this.looks += 1;
    if (!there) this.gone += 1;
    if (told) this.answers += 1;
  }
}

/** `live` until it is over; `close` ends the browser. */
export async function openPages(address, count, seed) {
  const browser = await launch();
  const visitors = [];
  for (let number = 0; number < count; number += 1) {
    const page = await (await browser.newContext()).newPage();
    const visitor = new Visitor(page, seeded(seed + 31 * number));
    await page.goto(address);
    await page.waitForFunction(() => 'monitor' in globalThis);
    visitors.push(visitor);
  }
  return { visitors, live: (isOver) => Promise.all(visitors.map((visitor) => visitor.live(isOver))), close: () => browser.close() };
}
