// The comparing tools themselves, on outputs made by hand: they must accept what is right and name what is wrong.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { compareDiscovery } from './discovery.mjs';
import { ROOT } from './harness.mjs';
import { roundtrip } from './roundtrip.mjs';
import { declarations } from './tree.mjs';

function project(files) {
  const root = mkdtempSync(join(tmpdir(), 'fxc-tools-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const PAGE = `<!DOCTYPE html>
<title><p data-integration="title"></title>
<!-- <p data-integration="comment"> -->
<p data-integration="one two@^2">ü<b data-enhance="three" data-integration="ignored-twice" data-integration="x"></b></p>
<template><i data-integration='four'></i><template><u data-integration=&#102;ive></u></template></template>
<div><template shadowrootmode="open"><s data-integration="six"></s></template></div>
<tr data-integration="gone"><textarea><p data-integration="text"></textarea>
<p data-integration="BAD _x"></p><body data-integration="seven">
`;

/** The place of `text` in PAGE, by bytes. */
function place(text, name = text) {
  const before = Buffer.from(PAGE.slice(0, PAGE.indexOf(text) + text.length - name.length));
  const line = before.toString('latin1').split('\n');
  return `a.html:${line.length}:${line.at(-1).length + 1}`;
}
const LOCATIONS = {
  one: place('"one', 'one'),
  two: place(' two', 'two'),
  three: place('three'),
  'ignored-twice': place('ignored-twice'),
  four: place('four'),
  five: place('=&#102;', '&#102;'),
  six: place('six'),
  seven: place('seven'),
};
const mapOf = (locations) =>
  JSON.stringify({ interface: 'discovery-map', integrations: Object.fromEntries(Object.entries(locations).map(([name, at]) => [name, { name, locations: [at].flat(), attributes: {}, required: true }])) });

async function discover(locations) {
  const root = project({ 'a.html': PAGE, 'map.json': mapOf(locations) });
  return compareDiscovery(root, join(root, 'map.json'));
}

describe('discovery.mjs', () => {
  it('accepts the exact map', async () => {
    assert.deepEqual(await discover(LOCATIONS), { pages: 1, elements: 7, uses: 8, malformed: 2, faults: [] });
  });
  it('names a miss, an invention, a wrong name and a wrong place', async () => {
    const { four, ...fewer } = LOCATIONS;
    assert.deepEqual((await discover(fewer)).faults, ["a.html: missed 'four' on <i>"]);
    const comment = place('"comment', 'comment');
    assert.deepEqual((await discover({ ...LOCATIONS, comment })).faults, [`${comment}: invented 'comment'`]);
    assert.equal((await discover({ ...fewer, fore: four })).faults[0], `${four}: 'fore' in the map, 'four' in the browser`);
    const off = four.replace(/\d+$/, (column) => String(Number(column) + 1));
    assert.deepEqual((await discover({ ...LOCATIONS, four: off })).faults.slice(-2), ["a.html: missed 'fzq4qzour' on <i>", `${off}: invented 'four'`]);
  });
});

const SHELL = (name, head, body) => `import type { ReactElement } from 'react';
export const ${name.toLowerCase()}Document = { title: '', doctype: '<!DOCTYPE html>', head: ${JSON.stringify(head)} };
export function ${name}Document(): ReactElement {
  return <html><head suppressHydrationWarning dangerouslySetInnerHTML={{ __html: ${name.toLowerCase()}Document.head }} /><body>${body}</body></html>;
}
`;

describe('roundtrip.mjs', () => {
  it('counts equal, reported, different and missing pages, and hydration that speaks', async () => {
    const root = project({
      'in/a.html': '<!DOCTYPE html><title>x</title><p onclick="x()" style="color:  red">a<!-- c -->b<script>1</script></p><table> <tr><td>1</table>',
      'in/deep/b.html': '<!DOCTYPE html><p>a</p>',
      'in/c.html': '<!DOCTYPE html><p>a</p>',
      'in/d.html': '<!DOCTYPE html><p>a</p>',
      'in/e.html': '<!DOCTYPE html><p>a</p>',
      'in/f.html': '<!DOCTYPE html><p class="a">a</p>',
      'out/pages/a.tsx': SHELL('A', '<title>x</title>', "<p style={{ color: 'red' }}>ab</p><table><tbody><tr><td>1</td></tr></tbody></table>"),
      'out/pages/deep/b.tsx': SHELL('B', '', '<p>b</p>'),
      'out/pages/c.tsx': SHELL('C', '', '<p> a</p>'),
      'out/pages/e.tsx': SHELL('E', '', '<p>a</b>'),
      'out/pages/f.tsx': SHELL('F', '', '<p {...{ class: "a" }}>a</p>'),
      'diagnostics.jsonl': '{"file":"concept/deep/b.html","code":"FX1303"}\n{"file":"concept/c.html","code":"FX1301"}\n',
    });
    const total = await roundtrip(join(root, 'in'), join(root, 'out'), { diagnostics: join(root, 'diagnostics.jsonl'), hydrate: true });
    const kinds = total.failures.map(({ page, kind }) => `${page} ${kind}`).sort();
    assert.deepEqual(kinds, ['c.html different', 'd.html missing', 'deep/b.html reported', 'e.html different', 'f.html console']);
    assert.deepEqual([total.pages, total.equal, total.reported, total.different, total.missing, total.silent], [6, 2, 1, 2, 1, 3]);
  });
  it('finds the sample equal and silent', async () => {
    const total = await roundtrip(`${ROOT}tests/browser/sample/concept`, `${ROOT}tests/browser/sample`, { hydrate: true });
    assert.deepEqual(total.failures, []);
    assert.deepEqual([total.pages, total.equal, total.silent], [1, 1, 1]);
  });
});

describe('tree.mjs', () => {
  it('splits style attributes as CSS does', () => {
    const { entries, repeated } = declarations('Color: red; background: url(a;b) "c;d" /* ; x:y */; --X: {a;b}; width:1px;; bad; width: 2px !important');
    assert.deepEqual(entries, [['color', 'red'], ['background', 'url(a;b) "c;d"'], ['--X', '{a;b}'], ['width', '2px !important']]);
    assert.equal(repeated, true);
  });
});
