// Which release runs, in Chromium and against real servers: flags and kill switches that are edited on disk while a page is open, a
// split of 90 to 10, visitors who keep their release, what a server chose for a request, canaries that grow and that are taken back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { bucket } from '../../build/runtime/selection/sticky.js';
import { bundle, launch, load, readText, ROOT } from './harness.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const HOUR = 3_600_000;

/** Names of visitors until one is found that stands where a test wants it. */
const visitor = (wanted) => Array.from({ length: 10_000 }, (_, n) => `visitor-${n}`).find(wanted);
const USUAL = visitor((key) => bucket('price-check', key) < 0.9 && bucket('stock-level', key) < 0.9);
const CANARY = visitor((key) => bucket('stock-level', key) > 0.95);

let project;
before(() => {
  mkdirSync(`${ROOT}build`, { recursive: true });
  project = mkdtempSync(`${ROOT}build/selection-`);
  cpSync(`${ROOT}tests/browser/selection`, project, { recursive: true });
  const built = spawnSync(FXC, ['build', '-q'], { cwd: project, encoding: 'utf8' });
  assert.deepEqual([built.stderr, built.status], ['', 0]);
});
after(() => project && rmSync(project, { recursive: true }));

it('the application and what it was given type-check', () => {
  const { compilerOptions } = JSON.parse(readFileSync(`${ROOT}tests/browser/sample/tsconfig.json`, 'utf8'));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['generated', 'src'] }));
  const checked = spawnSync(`${ROOT}node_modules/.bin/tsc`, ['--pretty', 'false', '-p', 'tsconfig.json'], { cwd: project, encoding: 'utf8' });
  assert.equal(checked.stdout, '');
});

for (const react of ['19', '18']) {
  describe(`selection with React ${react}`, () => {
    let browser;
    let server;
    let base;
    let render;
    /** Releases that are down, as paths; what was asked of which; calls that wait until they are let go. */
    const down = new Set();
    const asked = [];
    let held = null;

    const generated = (name) => join(project, 'generated', name);
    /** As somebody does who runs the site. */
    const flag = (...words) => {
      const done = spawnSync(FXC, ['flag', ...words], { cwd: project, encoding: 'utf8' });
      assert.deepEqual([done.stderr, done.status], ['', 0]);
    };
    const override = (overrides) => writeFileSync(generated('runtime-overrides.json'), JSON.stringify(overrides));

    async function answer(request, response) {
      const { pathname, searchParams } = new URL(request.url, 'http://x');
      const send = (status, type, body) => response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      if (pathname === '/client.js') return send(200, 'text/javascript', server.script);
      if (/^\/runtime-(config|overrides)\.json$/.test(pathname)) {
        try {
          return send(200, 'application/json', readFileSync(generated(pathname.slice(1))));
        } catch {
          return send(404, 'text/plain', '');
        }
      }
      if (/^\/(town|price|stock)\/v\d$/.test(pathname)) {
        asked.push(pathname);
        if (held) await held;
        if (down.has(pathname)) return send(500, 'text/plain', 'no');
        return send(200, 'application/json', JSON.stringify({ text: `${pathname} ${searchParams.get('text')}` }));
      }
      if (pathname !== '/') return send(404, 'text/plain', '');
      const cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')));
      const context = { targetingKey: cookies.visitor, ...(cookies.account && { account: cookies.account }) };
      const settings = { runtimeConfig: JSON.parse(readFileSync(generated('runtime-config.json'), 'utf8')) };
      const choice = cookies.visitor ? { settings, context, now: Date.now(), wait: Number(cookies.visitor.length % 7) } : null;
      return send(200, 'text/html; charset=utf-8', await render(choice));
    }

    before(async () => {
      const source = (name) => readText(join(project, 'src', name));
      const { html } = load(await bundle(source('render.tsx'), { react, platform: 'node', folder: join(project, 'src') }));
      render = html;
      server = createServer((request, response) => void answer(request, response));
      server.script = await bundle(source('main.tsx'), { react, folder: join(project, 'src') });
      await new Promise((done) => server.listen(0, '127.0.0.1', done));
      base = `http://127.0.0.1:${server.address().port}/`;
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
    });
    beforeEach(() => {
      down.clear();
      asked.length = 0;
      held = null;
      rmSync(generated('runtime-overrides.json'), { force: true });
    });

    /** A page of a visitor of its own, hydrated, with its console in `page.messages`. */
    async function open(query = '', { cookies = {}, at, context } = {}) {
      context ??= await browser.newContext();
      await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
      const page = await context.newPage();
      page.messages = [];
      page.on('console', (message) => /React DevTools|Failed to load resource/.test(message.text()) || page.messages.push(message.text()));
      page.on('pageerror', (error) => page.messages.push(error.message));
      if (at !== undefined) await page.clock.setFixedTime(at);
      await page.goto(base + query);
      await state(page, 'price', 'ready');
      return page;
    }
    const state = (page, form, wanted) =>
      page.waitForFunction(([id, value]) => document.getElementById(id).dataset.state === value, [form, wanted], { timeout: 10_000 });

    /** Types into a form, and resolves with what stands in its other field. */
    async function ask(page, form, text) {
      const fields = page.locator(`#${form} input`);
      await fields.nth(0).fill(text);
      await fields.nth(0).press('Tab');
      await page.waitForFunction(([id, end]) => document.querySelectorAll(`#${id} input`)[1].value.endsWith(` ${end}`), [form, text], { timeout: 10_000 });
      return fields.nth(1).inputValue();
    }
    const seen = (page, name) => page.evaluate((one) => seen.filter((line) => line.startsWith(one)).at(-1), name);
    const told = (page, line) => page.waitForFunction((one) => seen.includes(one), line, { timeout: 10_000 });
    async function end(page) {
      assert.deepEqual(page.messages, []);
      await page.context().close();
    }

    it('rolls a release out and back by `fxc flag`, without a page load, and leaves alone what was typed', async () => {
      const page = await open(`?key=${USUAL}`);
      const loaded = await page.evaluate(() => onceLoaded);
      await page.fill('#note', 'half a sen');
      assert.equal(await ask(page, 'town', 'one'), '/town/v2 one');
      flag('on', 'new_towns');
      await told(page, 'town-lookup ready v3 flag');
      assert.equal(await ask(page, 'town', 'two'), '/town/v3 two');
      flag('off', 'new_towns');
      await page.waitForFunction(() => seen.filter((line) => line === 'town-lookup ready v2 active').length > 1);
      assert.equal(await page.locator('#town input').nth(0).inputValue(), 'two');
      assert.equal(await page.locator('#town input').nth(1).inputValue(), '/town/v3 two');
      assert.equal(await ask(page, 'town', 'three'), '/town/v2 three');
      assert.equal(await page.inputValue('#note'), 'half a sen');
      assert.equal(await page.evaluate(() => onceLoaded), loaded);
      await end(page);
    });

    it('switches an integration off and on; what is under way ends', async () => {
      const page = await open(`?key=${USUAL}`);
      assert.equal(await ask(page, 'town', 'one'), '/town/v2 one');
      let release;
      held = new Promise((done) => (release = done));
      await page.fill('[name=postcode]', 'two');
      await page.press('[name=postcode]', 'Tab');
      await page.waitForFunction(() => document.getElementById('town').dataset.call === 'pending');
      flag('off', 'town-lookup');
      await state(page, 'town', 'static');
      held = null;
      release();
      await page.waitForFunction(() => document.querySelector('[name=town]').value === '/town/v2 two');
      asked.length = 0;
      await page.fill('[name=postcode]', 'three');
      await page.press('[name=postcode]', 'Tab');
      await page.waitForTimeout(300);
      assert.deepEqual([asked, await page.inputValue('[name=postcode]'), await page.inputValue('[name=town]')], [[], 'three', '/town/v2 two']);
      assert.equal(await ask(page, 'stock', 'x'), '/stock/v1 x', 'the others go on');
      flag('on', 'town-lookup');
      await state(page, 'town', 'ready');
      assert.equal(await ask(page, 'town', 'four'), '/town/v2 four');
      await end(page);
    });

    it('follows flags of OpenFeature, and the files go before them', async () => {
      const page = await open(`?key=${USUAL}&openfeature`);
      assert.equal(await ask(page, 'town', 'one'), '/town/v2 one');
      await page.evaluate(() => setFlags({ new_towns: true }));
      await told(page, 'town-lookup ready v3 flag');
      assert.equal(await ask(page, 'town', 'two'), '/town/v3 two');
      await page.evaluate(() => setFlags({ new_towns: true, 'town-lookup': false }));
      await state(page, 'town', 'static');
      override({ flags: { 'town-lookup': true, new_towns: false } });
      await state(page, 'town', 'ready');
      assert.equal(await ask(page, 'town', 'three'), '/town/v2 three');
      await end(page);
    });

    it('an element with a flag of its own is plain markup until that is on', async () => {
      const page = await open(`?key=${USUAL}`);
      assert.equal(await page.getAttribute('#extra', 'data-state'), null);
      override({ flags: { show_extra: true } });
      await state(page, 'extra', 'ready');
      assert.equal(await ask(page, 'extra', 'one'), '/town/v2 one');
      override({ flags: { show_extra: false } });
      await page.waitForFunction(() => !['ready', 'fallback'].includes(document.getElementById('extra').dataset.state));
      assert.equal(await page.inputValue('[name=postcode2]'), 'one');
      await end(page);
    });

    it('an override of a release wins, and a broken file changes nothing', async () => {
      const page = await open(`?key=${USUAL}`);
      flag('on', '--release=v1', 'town-lookup');
      await told(page, 'town-lookup ready v1 override');
      assert.equal(await ask(page, 'town', 'one'), '/town/v1 one');
      writeFileSync(generated('runtime-overrides.json'), '{"flags": {"town-lookup": fal');
      await page.waitForFunction(() => issues.length > 0);
      assert.equal(await ask(page, 'town', 'two'), '/town/v1 two');
      assert.match((await page.evaluate(() => issues)).join(), /^config: SyntaxError[^,]*$/);
      await end(page);
    });

    it('both releases are live under 90 to 10, each visitor has one, and keeps it', async () => {
      const keys = Array.from({ length: 1000 }, (_, n) => `visitor-${n}`);
      const split = await Promise.all(keys.map(async (key) => {
        const html = await (await fetch(base, { headers: { cookie: `visitor=${key}` } })).text();
        const { context, selections } = JSON.parse(/id="fxc-resolution">(.*?)<\/script>/.exec(html)[1]);
        assert.equal(context.targetingKey, key);
        return selections['price-check'].label;
      }));
      const share = split.filter((label) => label === 'v2').length / keys.length;
      assert.ok(Math.abs(share - 0.1) < 3 * Math.sqrt(0.09 / keys.length), `${share}`);
      assert.deepEqual(split, keys.map((key) => (bucket('price-check', key) < 0.9 ? 'v1' : 'v2')));
      const both = [keys[split.indexOf('v1')], keys[split.indexOf('v2')]];
      const pages = await Promise.all(both.map((one) => open('', { cookies: { visitor: one } })));
      assert.deepEqual(await Promise.all(pages.map((page) => ask(page, 'price', 'now'))), ['/price/v1 now', '/price/v2 now']);
      await Promise.all(pages.map(end));
    });

    it('a visitor without a server keeps a release across reloads, by a key of its own', async () => {
      const labels = [];
      for (let turns = 0; turns < 12; turns++) {
        const page = await open();
        const key = await page.evaluate(() => localStorage.getItem('fxc-visitor'));
        const expected = bucket('price-check', key) < 0.9 ? 'v1' : 'v2';
        labels.push(expected);
        for (const turn of turns < 3 ? [1, 2, 3] : [1]) {
          assert.equal(await ask(page, 'price', `${turn}`), `/price/${expected} ${turn}`);
          await page.reload();
          await state(page, 'price', 'ready');
        }
        assert.equal(await seen(page, 'price-check'), `price-check ready ${expected} route`);
        await end(page);
      }
      assert.ok(labels.includes('v1'));
    });

    it('begins with what the server chose, by what only the server knew', async () => {
      const page = await open('?still', { cookies: { visitor: 'x', account: 'gold' } });
      assert.equal(await ask(page, 'price', 'now'), '/price/v3 now');
      assert.deepEqual(await page.evaluate(() => seen.filter((line) => /^price-check (ready|fallback)/.test(line))), ['price-check ready v3 route']);
      assert.ok(!(await page.content()).includes('"account"'));
      await end(page);
    });

    it('requests in parallel never see each other', async () => {
      const accounts = ['gold', 'tin', 'platinum', ''];
      const answers = await Promise.all(Array.from({ length: 200 }, async (_, n) => {
        const account = accounts[n % 4];
        const cookie = `visitor=v${'x'.repeat(n % 11)}${n}${account ? `; account=${account}` : ''}`;
        const html = await (await fetch(base, { headers: { cookie } })).text();
        return [account, JSON.parse(/id="fxc-resolution">(.*?)<\/script>/.exec(html)[1]), cookie];
      }));
      for (const [account, { context, selections }, cookie] of answers) {
        assert.equal(selections['price-check'].label === 'v3', account === 'gold' || account === 'platinum');
        assert.equal(`visitor=${context.targetingKey}`, cookie.split(';')[0]);
      }
    });

    it('another context takes another route, without a page load', async () => {
      const page = await open(`?key=${USUAL}&account=tin`);
      assert.equal(await ask(page, 'price', 'one'), '/price/v1 one');
      await page.evaluate(() => setAccount('gold'));
      await told(page, 'price-check ready v3 route');
      assert.equal(await ask(page, 'price', 'two'), '/price/v3 two');
      await end(page);
    });

    it('a canary grows with time, and visitors who have it keep it', async () => {
      const since = Date.parse('2026-06-01T00:00:00Z');
      override({ integrations: { 'stock-level': { canary: { since: new Date(since).toISOString() } } } });
      const visitors = [[0.01, 0.09], [0.2, 0.4], [0.6, 0.9]].map(([low, high]) => visitor((key) => low < 1 - bucket('stock-level', key) && 1 - bucket('stock-level', key) < high));
      const release = async (key, at) => {
        const page = await open(`?key=${key}`, { at });
        await page.waitForFunction(() => seen.some((line) => line.startsWith('stock-level ready')));
        if (at >= since) await page.waitForTimeout(250); // the file has been read by now
        const answered = (await ask(page, 'stock', 'x')).slice(7, 9);
        await end(page);
        return answered;
      };
      const stages = [-HOUR, HOUR / 2, 2 * HOUR, 6 * HOUR].map((ms) => since + ms);
      const table = [];
      for (const at of stages) table.push(await Promise.all(visitors.map((key) => release(key, at))));
      assert.deepEqual(table, [['v1', 'v1', 'v1'], ['v2', 'v1', 'v1'], ['v2', 'v2', 'v1'], ['v2', 'v2', 'v2']]);
    });

    it('a canary that fails is taken back by itself, and nobody sees the failure', async () => {
      flag('on', '--canary', 'stock-level');
      down.add('/stock/v2');
      const page = await open(`?key=${CANARY}`);
      await told(page, 'stock-level ready v2 canary');
      let calls = 0;
      for (; calls < 40 && (await seen(page, 'stock-level')) !== 'stock-level ready v1 active'; calls++)
        assert.equal(await ask(page, 'stock', `call${calls}`), `/stock/v1 call${calls}`);
      assert.equal(calls, 20, 'no sooner than 20 calls say something');
      asked.length = 0;
      assert.equal(await ask(page, 'stock', 'after'), '/stock/v1 after');
      assert.deepEqual(asked, ['/stock/v1']);
      await end(page);
    });

    it('a canary is taken back by whoever runs the site, and begun anew', async () => {
      flag('on', '--canary', 'stock-level');
      const page = await open(`?key=${CANARY}`);
      assert.equal(await ask(page, 'stock', 'one'), '/stock/v2 one');
      flag('off', '--canary', 'stock-level');
      await told(page, 'stock-level ready v1 active');
      assert.equal(await ask(page, 'stock', 'two'), '/stock/v1 two');
      flag('on', '--canary', 'stock-level');
      await page.waitForFunction(() => seen.filter((line) => line === 'stock-level ready v2 canary').length > 1);
      assert.equal(await ask(page, 'stock', 'three'), '/stock/v2 three');
      await end(page);
    });
  });
}
