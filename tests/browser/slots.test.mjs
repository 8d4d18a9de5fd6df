// Behaviours without React: every kind of field is read and filled as its kind is, every event is heard, links and forms
// do their own work only where nobody does it for them. In Chromium, on a page of its own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundle, launch, openPage, ROOT, show } from './harness.mjs';

const PAGE = `<!DOCTYPE html><html lang="en"><title>x</title><body>
<section data-integration="outer">
  <input data-slot="text" value="a"><textarea data-slot="area">b</textarea>
  <select data-slot="choice"><option value="1">one</option><option value="2">two</option></select>
  <input type="checkbox" data-slot="agree" value="yes">
  <input type="radio" name="r" value="x" data-slot="kind"><input type="radio" name="r" value="y" data-slot="kind">
  <input type="number" data-slot="amount"><input type="file" data-slot="files">
  <output data-slot="status"></output><p data-slot="note"> some <b>text</b> </p><progress data-slot="bar" max="10"></progress>
  <form data-slot="form" action="#sent"><button data-slot="go">Go</button></form>
  <a data-slot="link" href="#followed">link</a>
  <div data-integration="inner"><input data-slot="text" id="inner" value="i"></div>
</section></body></html>`;

const SCRIPT = `import { behave } from '${ROOT}build/runtime/react/behavior.js';
import { findSlots } from '${ROOT}build/runtime/react/use-context.js';
const element = document.querySelector('section');
globalThis.log = [];
globalThis.start = (behaviors, options = {}) => behave(behaviors)({
  use: { element, use: {}, values: () => ({ delay: 40 }), slot: (name) => findSlots(element, name)[0] ?? null, emit: (event, detail) => log.push([event, detail]) },
  call: async (operation, input) => { log.push([operation, input]); return options.answer; },
  isStatic: () => options.isStatic ?? false,
  show: (status) => log.push(status.pending ? 'pending' : 'over'),
  report: (error) => log.push(String(error)),
}, ['text', 'area', 'choice', 'agree', 'kind', 'amount', 'files', 'status', 'note', 'bar', 'form', 'go', 'link', 'gone']);`;

describe('slots', () => {
  let browser;
  let script;
  before(async () => {
    browser = await launch();
    script = await bundle(SCRIPT);
  });
  after(() => browser?.close());
  const open = async () => {
    const page = await openPage(browser);
    await show(page, PAGE.replace('</body>', '<script src="s.js"></script></body>'), { 's.js': script });
    return page;
  };
  const settle = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 80)).then(() => globalThis.log));

  it('are read by their kinds', async () => {
    const page = await open();
    await page.evaluate(() => start([{ on: 'click', of: ['go'], run: (turn) => {
      const names = ['text', 'area', 'choice', 'agree', 'kind', 'amount', 'status', 'bar', 'gone'];
      log.push(names.map((name) => turn.value(name)), names.map((name) => turn.filled(name)), turn.checked('agree'), turn.checked('kind'), turn.number('amount') ?? null, turn.number('text') ?? null, turn.files('files').length, turn.text('note'), turn.prop('delay'));
    } }]));
    await page.click('button');
    const empty = ['a', 'b', '1', '', '', '', '', '0', ''];
    assert.deepEqual(await settle(page), [empty, empty.map((one) => one !== ''), false, false, null, null, 0, 'some text', 40]);
    await page.check('[data-slot=agree]');
    await page.check('[value=y]');
    await page.fill('[data-slot=amount]', '2.50');
    await page.setInputFiles('[data-slot=files]', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.evaluate(() => void log.splice(0));
    await page.click('button');
    assert.deepEqual((await settle(page)).slice(0, 7).map((one, i) => (i > 1 ? one : one.slice(3, 6))), [['yes', 'y', '2.50'], [true, true, true], true, true, 2.5, null, 1]);
  });

  it('are filled by their kinds, and leave alone what does not fit', async () => {
    const page = await open();
    await page.evaluate(() => start([{ on: 'click', of: ['go'], run: (turn) => {
      turn.fill('text', 7);
      turn.fill('area', undefined);
      turn.fill('choice', 'nine');
      turn.fill('agree', true);
      turn.fill('kind', 'y');
      turn.fill('amount', 2.5);
      turn.fill('status', 'done');
      turn.fill('note', false);
      turn.fill('bar', 4);
      turn.fill('gone', 'x');
    } }]));
    await page.click('button');
    await settle(page);
    const state = await page.evaluate(() => ['text', 'area', 'choice', 'amount', 'bar'].map((name) => document.querySelector(`[data-slot=${name}]`).value));
    assert.deepEqual(state, ['7', 'b', '1', '2.5', 4]);
    assert.deepEqual([await page.isChecked('[data-slot=agree]'), await page.isChecked('[value=x]'), await page.isChecked('[value=y]')], [true, false, true]);
    assert.deepEqual([await page.textContent('output'), await page.textContent('p'), await page.inputValue('#inner')], ['done', 'false', 'i']);
  });

  it('are heard: what happens, where, and not inside of another use', async () => {
    const page = await open();
    await page.evaluate(() => {
      const note = (name) => (turn) => log.push(name + ' ' + turn.value('text'));
      start([{ on: 'input', of: ['text'], run: note('input') }, { on: 'change', of: ['text', 'choice'], run: note('change') }, { on: 'blur', of: ['text'], run: note('blur') }, { on: 'input', of: ['text'], after: 'delay', run: note('later') }]);
    });
    await page.fill('#inner', 'no');
    await page.press('#inner', 'Tab');
    assert.deepEqual(await settle(page), []);
    await page.focus('[data-slot=text]');
    await page.keyboard.type('bc');
    await page.press('[data-slot=text]', 'Tab');
    await page.selectOption('select', '2');
    const log = await settle(page);
    assert.deepEqual(log.filter((one) => !one.startsWith('later')).map((one) => one.split(' ')[0]), ['input', 'input', 'change', 'blur', 'change']);
    assert.equal(log.filter((one) => one.startsWith('later')).length, 1);
  });

  it('keep forms and links from leaving the page, unless no provider runs', async () => {
    for (const isStatic of [false, true]) {
      const page = await open();
      await page.evaluate((flag) => start([{ on: 'submit', of: ['form'], run: () => void log.push('submit') }, { on: 'click', of: ['link', 'agree'], run: () => void log.push('click') }], { isStatic: flag }), isStatic);
      await page.click('a');
      assert.equal(new URL(page.url()).hash, isStatic ? '#followed' : '');
      await page.click('[data-slot=agree]');
      assert.equal(await page.isChecked('[data-slot=agree]'), true);
      assert.deepEqual(await settle(page), ['click', 'click']);
      await page.evaluate(() => document.body.addEventListener('submit', (event) => { log.push(event.defaultPrevented); event.preventDefault(); }));
      await page.evaluate(() => void log.splice(0));
      await page.click('button');
      assert.deepEqual(await settle(page), ['submit', !isStatic]);
      await page.close();
    }
  });

  it('are let go of', async () => {
    const page = await open();
    await page.evaluate(() => {
      const stop = start([{ on: 'input', of: ['text'], after: 40, run: async (turn) => { await turn.call('go', {}); log.push('late'); } }]);
      const field = document.querySelector('[data-slot=text]');
      field.value = 'b';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      stop(); // at once: from outside the delay could be over on a busy machine
    });
    await page.fill('[data-slot=text]', 'c');
    assert.deepEqual(await settle(page), []);
  });
});
