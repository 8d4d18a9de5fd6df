// The written rules of emitted code, by their second implementation: a page of everything awkward renders as Chromium
// builds it, hydrates in silence in both Reacts, and type-checks.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { domTree, launch, openPage, ROOT, show } from './harness.mjs';
import { emitPage } from './reference.mjs';
import { roundtrip } from './roundtrip.mjs';

const PAGES = `${ROOT}tests/browser/pages`;

describe('the rules of emitted code', () => {
  let out;
  let dropped;
  before(async () => {
    mkdirSync(`${ROOT}build`, { recursive: true });
    out = mkdtempSync(`${ROOT}build/reference-`);
    const browser = await launch();
    const page = await openPage(browser, { scripts: false });
    await show(page, readFileSync(`${PAGES}/awkward.html`));
    const result = emitPage(await domTree(page), 'awkward');
    await browser.close();
    dropped = result.dropped;
    mkdirSync(join(out, 'pages'));
    mkdirSync(join(out, 'concept'));
    copyFileSync(`${PAGES}/awkward.html`, join(out, 'concept/awkward.html'));
    writeFileSync(join(out, 'pages/awkward.tsx'), result.source);
    const { compilerOptions } = JSON.parse(readFileSync(`${ROOT}tests/browser/sample/tsconfig.json`, 'utf8'));
    writeFileSync(join(out, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }));
  });
  after(() => rmSync(out, { recursive: true }));

  it('type-check', () => {
    execFileSync(`${ROOT}node_modules/.bin/tsc`, ['-p', out], { stdio: 'pipe', encoding: 'utf8' });
  });
  for (const react of ['19', '18']) {
    it(`hold in React ${react}, in silence`, async () => {
      const total = await roundtrip(join(out, 'concept'), out, { react, hydrate: true });
      const differing = total.failures.map(({ kind, why }) => `${kind}: ${why}`);
      assert.deepEqual(differing, []);
    });
  }
  it('say what they drop', () => {
    assert.ok(dropped.includes('FX1302'));
    assert.ok(dropped.includes('FX1107 script URL'));
  });
});
