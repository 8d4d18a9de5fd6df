// The behaviour example in Chromium: an address that is typed calls the operation and fills the slots, with no
// hand-written adapter. Late answers, failures and fills leave alone what a person does. React 18.3 and 19, StrictMode.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { answer } from '../../examples/behavior/provider.mjs';
import { bundle, launch, load, openPage, ORIGIN, readText, ROOT, withConsole } from './harness.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const FIELDS = ['#street', '#city', '#region', '#postcode'];

let project;
before(() => {
  mkdirSync(`${ROOT}build`, { recursive: true });
  project = mkdtempSync(`${ROOT}build/behavior-`);
  for (const part of ['concept', 'integrations', 'src', 'project.yaml']) cpSync(`${ROOT}examples/behavior/${part}`, join(project, part), { recursive: true });
  const built = spawnSync(FXC, ['build', '-q'], { cwd: project, encoding: 'utf8' });
  assert.equal(built.stderr, '');
  assert.equal(built.status, 0);
});
after(() => project && rmSync(project, { recursive: true }));

for (const react of ['18', '19']) {
  describe(`a behaviour with React ${react}`, () => {
    let browser;
    let html;
    let script;
    before(async () => {
      browser = await launch();
      const server = load(await bundle(readText(join(project, 'src/render.tsx')), { react, platform: 'node', folder: join(project, 'src') }));
      const { value, complaints } = withConsole(() => server.html('client.js'));
      assert.deepEqual(complaints, []);
      html = value;
      script = await bundle(readText(join(project, 'src/main.tsx')), { react, folder: join(project, 'src') });
    });
    after(() => browser?.close());

    /** A page whose provider says what `reply` does; `page.asked` has the paths. */
    const open = async (reply = answer, before = () => undefined) => {
      const page = await openPage(browser);
      page.asked = [];
      await page.route(`${ORIGIN}api/**`, async (route) => {
        const path = route.request().url().slice(ORIGIN.length - 1);
        page.asked.push(path);
        const { status, body, delay = 0 } = await reply(path);
        if (delay) await new Promise((done) => setTimeout(done, delay));
        await route.fulfill({ status, json: body }).catch(() => undefined); // taken back
      });
      let hydrate;
      const typed = new Promise((done) => (hydrate = done));
      await page.route(`${ORIGIN}client.js`, async (route) => {
        await typed;
        await route.fulfill({ contentType: 'text/javascript', body: script });
      });
      page.current = { html, scripts: new Map(), sent: false };
      await page.goto(ORIGIN, { waitUntil: 'commit' });
      await page.waitForSelector('button');
      await before(page);
      hydrate();
      await page.waitForFunction(() => document.querySelector('fieldset').dataset.state === 'ready');
      return page;
    };
    const values = (page) => page.evaluate((fields) => fields.map((one) => document.querySelector(one).value), FIELDS);
    const call = (page, state) => page.waitForFunction((wanted) => document.querySelector('fieldset').dataset.call === wanted, state, { timeout: 5000 });
    const type = async (page, selector, text) => {
      await page.fill(selector, text);
      await page.press(selector, 'Tab');
    };

    it('calls the operation and fills the slots', async () => {
      const page = await open();
      await type(page, '#street', '12 cedar street');
      await call(page, 'done');
      assert.deepEqual(await values(page), ['12 Cedar St', 'Monterey', 'CA', '93940']);
      assert.equal(await page.textContent('output'), 'We deliver to Monterey, CA.');
      assert.equal(await page.title(), '12 Cedar St, Monterey'); // of the event
      assert.equal(await page.isChecked('[name=rural]'), false);
      assert.deepEqual(page.asked, ['/api/us/addresses?edition=2026&street=12+cedar+street&detail=full']);
      assert.deepEqual(page.messages, []);
    });

    it('hears what is typed before its field is left, and nothing new when it is', async () => {
      const page = await open();
      await page.focus('#street');
      await page.keyboard.type('12 cedar street', { delay: 20 });
      await call(page, 'done');
      assert.deepEqual(await values(page), ['12 Cedar St', 'Monterey', 'CA', '93940']);
      await page.keyboard.press('Tab');
      await page.waitForTimeout(400);
      assert.equal(page.asked.length, 1);
      assert.deepEqual(page.messages, []);
    });

    it('ticks what is true, and leaves alone what the answer does not have', async () => {
      const page = await open();
      await page.fill('#postcode', '95585');
      await type(page, '#street', '880 mill');
      await call(page, 'done');
      assert.equal(await page.isChecked('[name=rural]'), true);
      assert.equal(await page.inputValue('#postcode'), '95585');
    });

    it('waits for more, and for what it can not do without', async () => {
      const page = await open();
      await type(page, '#city', 'monterey');
      await page.waitForTimeout(300);
      assert.deepEqual(page.asked, []);
      await type(page, '#street', '12 cedar');
      await type(page, '#city', 'Monterey, CA');
      await call(page, 'done');
      assert.deepEqual(page.asked.map((path) => new URL(path, ORIGIN).searchParams.get('city')), ['Monterey, CA']);
    });

    it('drops an answer that a newer question has overtaken', async () => {
      const page = await open(async (path) => ({ ...answer(path), delay: path.includes('cedar') ? 600 : 0 }));
      await type(page, '#street', '12 cedar');
      await page.waitForTimeout(250); // longer than the behaviour waits: the first question is under way
      await type(page, '#street', '3 oak');
      await page.waitForFunction(() => document.querySelector('#postcode').value === '93701');
      await page.waitForTimeout(600);
      assert.deepEqual(await values(page), ['3 Oak Ave', 'Fresno', 'CA', '93701']);
      assert.equal(page.asked.length, 2);
      assert.deepEqual(page.messages, []);
    });

    it('drops an answer to what is no longer there, and keeps what was typed meanwhile', async () => {
      const page = await open(async (path) => ({ ...answer(path), delay: 400 }));
      await type(page, '#street', '12 cedar');
      await page.waitForTimeout(200);
      await page.fill('#street', '12 cedar stree'); // still typing: the answer to "12 cedar" comes in vain
      await page.waitForTimeout(300);
      assert.deepEqual(await values(page), ['12 cedar stree', '', '', '']);

      const other = await open(async (path) => ({ ...answer(path), delay: 400 }));
      await type(other, '#street', '12 cedar');
      await other.waitForTimeout(200);
      await other.fill('#postcode', '12345');
      await call(other, 'done');
      assert.deepEqual(await values(other), ['12 Cedar St', 'Monterey', 'CA', '12345']);
    });

    it('catches up with what was typed before hydration, once', async () => {
      const page = await open(answer, async (loading) => {
        await loading.fill('#street', '3 oak');
        await loading.fill('#region', 'NV');
      });
      await call(page, 'done');
      assert.deepEqual(await values(page), ['3 Oak Ave', 'Fresno', 'CA', '93701']);
      assert.equal(page.asked.length, 1);
      assert.deepEqual(page.messages, []);
    });

    it('leaves what was typed when the provider fails, and says so in silence', async () => {
      const page = await open();
      await type(page, '#street', '1 nowhere');
      await call(page, 'failed');
      assert.deepEqual(await values(page), ['1 nowhere', '', '', '']);
      assert.equal(await page.textContent('output'), '');
      await type(page, '#street', '3 oak');
      await call(page, 'done');
      assert.equal(await page.inputValue('#city'), 'Fresno');
      assert.deepEqual(page.messages, []);
    });

    it('fills as a person would, and does not answer itself', async () => {
      const page = await open();
      await page.evaluate(() => {
        globalThis.heard = [];
        for (const type of ['input', 'change']) document.addEventListener(type, ({ target }) => globalThis.heard.push(`${type} ${target.id || target.name}`));
      });
      await type(page, '#street', '12 cedar');
      await call(page, 'done');
      await page.waitForTimeout(400);
      assert.equal(page.asked.length, 1);
      const heard = await page.evaluate(() => globalThis.heard);
      assert.deepEqual(heard.slice(2), ['input street', 'change street', 'input city', 'change city', 'input region', 'change region', 'input postcode', 'change postcode']);
    });
  });
}
