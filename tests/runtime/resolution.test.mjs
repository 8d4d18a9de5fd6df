// What is chosen for one request and handed to the browser: nothing more than was to be handed over, nothing that ends the
// script around it, and nothing of another request.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'parse5';
import { documentHtml } from '../../build/runtime/document.js';
import { flagNames, readResolution, resolutionScript, resolve } from '../../build/runtime/selection/resolution.js';

const release = (version, flag) => ({ provider: 'a', release: version, config: {}, ...(flag && { flag }) });
const maps = {
  provider: 'a',
  version: 'v2',
  release: '2.0.0',
  config: {},
  fallback: 'static',
  fallbackChain: ['v1', 'static'],
  dependencies: [],
  releases: { v1: release('1.0.0'), v2: release('2.0.0'), v3: release('3.0.0', 'use_three') },
  routes: [{ release: 'v3', when: [{ subject: 'account', is: '==', value: 'gold' }] }],
};
const config = { maps, search: { ...maps, routes: [{ release: 'v1', share: 0.5 }] } };
const settings = { runtimeConfig: { flags: { maps: true, search: true, use_three: null, element_flag: false } } };

test('names of flags', () => {
  assert.deepEqual(flagNames(config, { ...settings, overrides: { flags: { late: true } } }), ['element_flag', 'late', 'maps', 'search', 'use_three']);
  assert.deepEqual(flagNames({}, {}), []);
});

test('a resolution says what was chosen, and hands over no more of the context than it may', () => {
  const context = { targetingKey: 'visitor-7', account: 'gold', mail: 'a@example.com' };
  const resolution = resolve({ config, settings, context, now: 0 });
  assert.deepEqual(resolution, {
    interface: 'resolution',
    context: { targetingKey: 'visitor-7' },
    flags: { element_flag: false, maps: true, search: true },
    selections: { maps: { label: 'v3', reason: 'route' }, search: resolution.selections.search },
  });
  assert.ok(['v1', 'v2'].includes(resolution.selections.search.label));
  assert.deepEqual(resolve({ config, settings, context, now: 0, share: ['account', 'toString'] }).context, { targetingKey: 'visitor-7', account: 'gold' });
  assert.ok(!JSON.stringify(resolution).includes('example.com'));
});

/** The document that a browser would build, as far as `readResolution` looks at it. */
function pageOf(html) {
  const find = (node, id) => {
    if (node.attrs?.some(({ name, value }) => name === 'id' && value === id)) return node;
    for (const child of node.childNodes ?? []) {
      const found = find(child, id);
      if (found) return found;
    }
    return null;
  };
  return {
    getElementById(id) {
      const node = find(parse(html), id);
      return node && {
        localName: node.tagName,
        getAttribute: (name) => node.attrs.find((attr) => attr.name === name)?.value ?? null,
        textContent: node.childNodes.map(({ value = '' }) => value).join(''),
      };
    },
  };
}

test('a resolution goes through a page unchanged, whatever stands in it', () => {
  const evil = ['</script><script>alert(1)</script>', '<!--<script>', '\u2028\u2029', ']]>', '&amp;&lt;', '"\'\\', '$&$1$`', '\u0000\ud800'];
  for (const targetingKey of evil) {
    const resolution = resolve({ config, settings, context: { targetingKey }, now: 0 });
    const script = resolutionScript(resolution);
    assert.ok(!/[<\u2028\u2029]/.test(script.slice(1, -'</script>'.length)), script);
    const html = documentHtml('<html><head><title>x</title></head><body>x</body></html>', { title: 'x', doctype: '<!DOCTYPE html>', head: '' }, '/app.js', script);
    assert.equal(html.match(/<script/g).length, 2);
    assert.deepEqual(readResolution(pageOf(html)), resolution);
  }
});

test('what is no resolution is not read', () => {
  const script = (text, type = 'application/json', name = 'script') => pageOf(`<!DOCTYPE html><${name} type="${type}" id="fxc-resolution">${text}</${name}>`);
  const good = resolutionScript(resolve({ config, settings, context: {}, now: 0 })).replace(/<\/?script[^>]*>/g, '');
  assert.ok(readResolution(script(good)));
  assert.equal(readResolution(script(good, 'text/plain')), undefined);
  assert.equal(readResolution(script(good, 'application/json', 'div')), undefined, 'what an editor of texts could write into a page');
  assert.equal(readResolution(pageOf('<p>x')), undefined);
  for (const text of ['', '{', '{}', '[]', good.replace('"resolution"', '"other"'), good.replace('"active"', '"whim"'), good.replace('true', '1')])
    assert.equal(readResolution(script(text)), undefined, text);
});

test('requests in parallel never see each other', async () => {
  const answers = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      const account = n % 2 ? 'gold' : 'tin';
      const flags = { value: (flag, context) => (flag === 'search' ? context.account === 'gold' : undefined), subscribe: () => () => undefined, ready: () => sleep(n % 7) };
      await flags.ready();
      const resolution = resolve({ config, settings, flags, context: { targetingKey: `visitor-${n}`, account }, now: n });
      await sleep(n % 5);
      return resolution;
    }),
  );
  for (const [n, { context, selections, flags }] of answers.entries()) {
    assert.equal(context.targetingKey, `visitor-${n}`);
    assert.deepEqual([selections.maps.label, flags.search], n % 2 ? ['v3', true] : ['v2', false]);
    assert.equal(selections.search.reason === 'off', n % 2 === 0);
  }
});
