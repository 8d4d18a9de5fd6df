// What fxc emits for pages that hold every awkward feature, one feature a page: it type-checks, renders as Chromium
// builds the page, hydrates in React's development build without a word, and is the text that the reference emitter
// writes by the same rules. In uses/ the features stand with integrations around them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ROOT } from './harness.mjs';
import { compareWithReference } from './reference-diff.mjs';
import { roundtrip } from './roundtrip.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const HERE = `${ROOT}tests/browser`;

/** Where HTML or React cannot have the tree (FX1303), and the difference is not one of moving to the head. */
const LOOSE = { pages: [], uses: [] };
/** Where the compiler goes further than the reference emitter, which knows no integrations and drops less. */
const OTHER_TEXT = [];

function run(project, command, args) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 26 });
}

function build(pages, integrations) {
  mkdirSync(`${ROOT}build`, { recursive: true });
  const project = mkdtempSync(`${ROOT}build/emitted-`);
  cpSync(pages, join(project, 'concept'), { recursive: true });
  if (integrations) cpSync(integrations, join(project, 'integrations'), { recursive: true });
  const built = run(project, FXC, ['build', '-q', '--max-errors=0', '--diagnostics-format=json:diagnostics.jsonl']);
  assert.equal(built.status, 0, built.stderr + readFileSync(join(project, 'diagnostics.jsonl'), 'utf8').split('\n').filter((line) => line.includes('"error"')).join('\n'));
  return project;
}

for (const [name, integrations] of [['pages', null], ['uses', `${HERE}/uses/integrations`]]) {
  describe(`emitted ${name}`, () => {
    let project;
    before(() => {
      project = build(integrations ? `${HERE}/uses/concept` : `${HERE}/pages`, integrations);
    });
    after(() => project && rmSync(project, { recursive: true }));

    it('type-check', () => {
      const { compilerOptions } = JSON.parse(readFileSync(`${HERE}/sample/tsconfig.json`, 'utf8'));
      const imports = { '#adapters/*': [`${HERE}/sample/adapters/*`] };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true, paths: imports }, include: ['generated/pages', 'generated/integrations'] }));
      const checked = run(project, `${ROOT}node_modules/.bin/tsc`, ['--pretty', 'false', '-p', 'tsconfig.json']);
      assert.equal(checked.stdout, '');
    });
    for (const react of ['19', '18']) {
      it(`hold in React ${react}, in silence`, async () => {
        const total = await roundtrip(join(project, 'concept'), join(project, 'generated'), { react, hydrate: true, diagnostics: join(project, 'diagnostics.jsonl') });
        const faults = total.failures.filter(({ kind }) => kind !== 'reported').map(({ page, kind, why }) => `${page}: ${kind}: ${why}`);
        assert.deepEqual(faults, []);
        assert.deepEqual(total.failures.filter(({ kind }) => kind === 'reported').map(({ page }) => page), LOOSE[name]);
        assert.equal(total.silent, total.pages);
      });
    }
    if (!integrations) {
      it('are the text of the reference emitter', async () => {
        const { failures } = await compareWithReference(join(project, 'concept'), join(project, 'generated'));
        assert.deepEqual(failures.filter(({ page }) => !OTHER_TEXT.includes(page)).map(({ page, why }) => `${page}: ${why}`), []);
      });
    }
  });
}
