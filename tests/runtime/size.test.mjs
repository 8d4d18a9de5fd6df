// Sizes of what browsers load, as esbuild bundles and splits it, minified, gzip -9; 1 kB is 1,024 bytes. What is loaded at once
// has the budgets; what is loaded with the first provider that starts has its own. And nothing of a server is in it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FXC = process.env.FXC ?? `${ROOT}build/fxc`;
const KB = 1024;

/** Bytes at once and later, and the code of both. React is the application's. */
async function sizes(contents, { resolveDir = ROOT, external = [] } = {}) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'tsx' },
    bundle: true, minify: true, splitting: true, metafile: true, write: false, outdir: '/out',
    format: 'esm', target: 'es2022', jsx: 'automatic', platform: 'browser', legalComments: 'none',
    nodePaths: [join(ROOT, 'node_modules')], external: ['react', 'react/*', ...external], logLevel: 'silent',
  });
  const code = new Map(outputFiles.map(({ path, contents: bytes }) => [basename(path), bytes]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const [entry] = [...outputs].find(([, { entryPoint }]) => entryPoint === '<stdin>');
  const first = new Set();
  const visit = (name) => {
    if (first.has(name)) return;
    first.add(name);
    for (const { path, kind, external: isOutside } of outputs.get(name).imports) if (!isOutside && kind === 'import-statement') visit(basename(path));
  };
  visit(entry);
  const sum = (isWanted) => [...code].reduce((total, [name, bytes]) => total + (isWanted(name) ? gzipSync(bytes, { level: 9 }).length : 0), 0);
  const inputs = Object.keys(metafile.inputs);
  return { first: sum((name) => first.has(name)), late: sum((name) => !first.has(name)), text: outputFiles.map(({ text }) => text).join('\n'), inputs, imports: Object.values(metafile.inputs).flatMap((one) => one.imports) };
}

const ENGINE = `export { Engine } from '@fxc/runtime';`;
const REACT = `export { RuntimeProvider, Integration, useOperation } from '@fxc/runtime/react';`;
const log = [];
after(() => console.log(log.map((line) => `# ${line}`).join('\n')));

/** Fails when it is over the budget, and says the figure either way. */
async function within(what, source, budget, late = Infinity, options = {}) {
  const size = await sizes(source, options);
  log.push(`${what}: ${size.first} of ${Math.round(budget * KB)}${size.late > 0 ? `, later ${size.late} of ${Math.round(late * KB)}` : ''}`);
  assert.ok(size.first <= budget * KB, `${what}: ${size.first} bytes are more than ${budget} kB`);
  assert.ok(size.late <= late * KB, `${what}: ${size.late} bytes later are more than ${late} kB`);
  return size;
}

describe('what a browser loads', () => {
  it('the core', () => within('core', ENGINE, 5, 7));
  it('core and React layer', () => within('core and React', REACT, 6, 7));
  it('with OpenTelemetry', () => within('with OpenTelemetry', `${REACT} export * from '@fxc/runtime/opentelemetry'; export { metrics } from '@opentelemetry/api';`, 8, 7));
  it('with OpenFeature', () => within('with OpenFeature', `${REACT} export * from '@fxc/runtime/openfeature-web'; export { OpenFeature } from '@openfeature/web-sdk';`, 13.5, 7));
  it('behaviours, only where there are some', async () => {
    const { inputs, text } = await sizes(REACT);
    assert.ok(inputs.length > 0);
    assert.equal(text.includes('focusout'), false);
    await within('with behaviours', `${REACT} export { behave } from '@fxc/runtime/react';`, 8, 7);
  });

  it('nothing of a server, and no code made of text', async () => {
    for (const source of [ENGINE, REACT, `export * from '@fxc/runtime/react'; export * from '@fxc/runtime';`]) {
      const { text, imports } = await sizes(source);
      assert.equal(/\beval\s*\(|\bnew Function\b|\bFunction\s*\(/.test(text), false);
      const outside = imports.map(({ path, original }) => original ?? path).filter((path) => path.startsWith('node:') || builtinModules.includes(path));
      assert.deepEqual(outside, []);
    }
    assert.equal(JSON.parse(readFileSync(`${ROOT}runtime/package.json`, 'utf8')).sideEffects, false);
  });
});

describe('what fxc emits', () => {
  let project;
  before(() => {
    project = mkdtempSync(`${ROOT}build/size-`);
    cpSync(`${ROOT}examples/storefront`, project, { recursive: true, filter: (path) => !/node_modules|generated/.test(path) });
    const built = spawnSync(FXC, ['build', '-q', '-w'], { cwd: project, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
  });
  after(() => project && rmSync(project, { recursive: true }));

  const alone = async (path) => (await sizes(`export * from './generated/${path}';`, { resolveDir: project, external: ['@fxc/runtime', '@fxc/runtime/*'] })).first;

  it('an integration', async () => {
    for (const file of readdirSync(join(project, 'generated/integrations'))) {
      const size = await alone(`integrations/${file.replace('.tsx', '')}`);
      log.push(`emitted integrations/${file}: ${size} of ${Math.round(1.2 * KB)}`);
      assert.ok(size <= 1.2 * KB, `${file}: ${size} bytes`);
    }
  });

  it('a wrapper of a provider', async () => {
    for (const folder of readdirSync(join(project, 'generated/bindings'))) {
      for (const file of readdirSync(join(project, 'generated/bindings', folder))) {
        const size = await alone(`bindings/${folder}/${file.replace('.ts', '')}`);
        log.push(`emitted bindings/${folder}/${file}: ${size} of ${Math.round(0.6 * KB)}`);
        assert.ok(size <= 0.6 * KB, `${folder}/${file}: ${size} bytes`);
      }
    }
  });
});
