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

/** Pages that React speaks about, as their FX1303 says. React 18 does not mind. */
const SPEAKING = { 19: ['frames.html'], 18: [] };

function run(project, command, args) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** Texts that would like to be code; the same ones every time. */
const HOSTILE = ['`', '${', '}', '{', '</', '<!--', '-->', '*/', '/*', '//', '\\', '\\`', '\\u0041', '"', "'", '&quot;', '&#39;', '&lt;script&gt;', '&amp;amp;', '&#x2028;', '&#x2029;', '&#13;', '\n', '\t', '\r\n', '&#0;', '&#xFEFF;', '&#x202E;', '&nbsp;', '🙂', 'é', '{`${alert(1)}`}', '<>', '</>', '`}', '{"', "'}}", ']]>', 'export default ', '__html', ';', '=', '/>', ' ', '\f', '\u007f', '\u0085'];

function hostilePages(folder, count) {
  let state = 20250101;
  const random = (limit) => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) % limit;
  const text = (without) => Array.from({ length: 1 + random(6) }, () => HOSTILE[random(HOSTILE.length)]).join('').replace(without, '');
  const value = () => `"${text(/"/g)}"`;
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const pieces = Array.from({ length: 12 }, () => {
      const attributes = ` title=${value()} id=${value()} class=${value()} data-x=${value()} foo=${value()} aria-label=${value()} style=${value()}`;
      return [
        () => `<p${attributes}>${text(/<\/?|\/>/g)}<b>${text(/<\/?|\/>/g)}</b></p>`,
        () => `<!-- ${text(/-->|<!--/g)} --><pre>\n${text(/<\/?|\/>/g)}</pre>`,
        () => `<textarea name=${value()}>${text(/<\/?|\/>/g)}</textarea><input value=${value()} placeholder=${value()}>`,
        () => `<style media=${value()}>${text(/<\/|<!--|-->/g)}</style><template><i title=${value()}>${text(/<\/?|\/>/g)}</i></template>`,
        () => `<select><option value=${value()} selected>${text(/<\/?|\/>/g)}x${i}</option></select><iframe title=${value()}></iframe>`,
        () => `<svg aria-label=${value()}><text x=${value()}>${text(/<\/?|\/>/g)}</text></svg><x-y a=${value()}>${text(/<\/?|\/>/g)}</x-y>`,
      ][random(6)]();
    });
    writeFileSync(join(folder, `${i}-\`\${x}'.html`), `<!DOCTYPE html><meta charset=utf-8><title>${text(/<\/?|\/>/g)}</title><meta name=d content=${value()}><body>\n${pieces.join('\n')}`);
  }
}

function build(pages, integrations) {
  mkdirSync(`${ROOT}build`, { recursive: true });
  const project = mkdtempSync(`${ROOT}build/emitted-`);
  cpSync(pages, join(project, 'concept'), { recursive: true });
  if (!integrations) hostilePages(join(project, 'concept/hostile'), 24);
  if (integrations) {
    cpSync(integrations, join(project, 'integrations'), { recursive: true });
    cpSync(`${HERE}/uses/adapters`, join(project, 'adapters'), { recursive: true });
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', imports: { '#adapters/*': './adapters/*.ts' } }));
  }
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
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['generated', 'adapters'] }));
      const checked = run(project, `${ROOT}node_modules/.bin/tsc`, ['--pretty', 'false', '-p', 'tsconfig.json']);
      assert.equal(checked.stdout, '');
    });
    for (const react of ['19', '18']) {
      it(`hold in React ${react}, in silence`, async () => {
        const total = await roundtrip(join(project, 'concept'), join(project, 'generated'), { react, hydrate: true, diagnostics: join(project, 'diagnostics.jsonl') });
        const expected = integrations ? [] : SPEAKING[react];
        const faults = total.failures.filter(({ page, kind }) => kind !== 'reported' && !(kind === 'console' && expected.includes(page)));
        assert.deepEqual(faults.map(({ page, kind, why }) => `${page}: ${kind}: ${why}`), []);
        assert.equal(total.silent, total.pages - expected.length);
        assert.ok(total.equal + total.reported === total.pages && total.loose <= 2, `${total.loose} pages differ in a way that cannot be checked`);
      });
    }
    if (!integrations) {
      it('are the text of the reference emitter', async () => {
        const { failures } = await compareWithReference(join(project, 'concept'), join(project, 'generated'));
        assert.deepEqual(failures.map(({ page, why }) => `${page}: ${why}`), []);
      });
    }
  });
}
