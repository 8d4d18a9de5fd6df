// The standard library: the example in the head of every manifest builds without a word and type-checks, and what the
// bindings say fits what the providers document. Addresses parse, JSON Pointers find something of the right type in
// sample answers (answers/INTEGRATION/RELEASE.OPERATION.json, written by hand after the published formats), and the
// patterns of keys take a made-up key of the documented form.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bindingsOf, environmentOf } from './ir.mjs';
import { keys } from './keys.mjs';
import { makeProject, names, project, root, run } from './project.mjs';

const here = dirname(fileURLToPath(import.meta.url));

makeProject('bindings');
const ir = run('bindings', ['check', '--emit=ir']).stdout;

test('every example in the head of a manifest builds without a word', () => {
  const { status, stderr } = run('bindings', ['build', '-q']);
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('what is made of the examples type-checks strictly', () => {
  const files = readdirSync(join(project('bindings'), 'generated'), { recursive: true }).filter((file) => /\.tsx?$/.test(file));
  const { status, stdout } = run('bindings', [
    '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noImplicitOverride',
    '--isolatedModules', '--skipLibCheck', '--jsx', 'react-jsx', '--target', 'ES2022', '--module', 'ESNext',
    '--moduleResolution', 'bundler', '--lib', 'ES2022,DOM,DOM.Iterable', '--types', 'node',
    ...files.map((file) => join('generated', file)),
  ], join(root, 'node_modules/.bin/tsc'));
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

test('every manifest names its documentation and two providers or more', () => {
  const seen = ir.split(/^(?=integration )/m).slice(1);
  assert.equal(seen.length, names.length);
  for (const text of seen) {
    const name = /^integration "([^"]+)"/.exec(text)[1];
    assert.match(text, /^ {2}docs "https:/m, name);
    const live = [...text.matchAll(/^ {2}release .* (?:stable|beta|deprecated) provider "([^"]+)"/gm)].map((found) => found[1]);
    assert.ok(new Set(live).size >= 2, `${name} has no second provider`);
  }
});

test('the files are laid out as fxc fmt does', () => {
  const { status, stdout, stderr } = run('bindings', ['fmt', '--check', ...names.map((name) => join(root, 'stdlib', `${name}.fx`))]);
  assert.equal(`${stdout}${stderr}`, '');
  assert.equal(status, 0);
});

test('every guide is there, and a release that ends says so before and after', () => {
  const guides = names.flatMap((name) => [...readFileSync(join(root, 'stdlib', `${name}.fx`), 'utf8').matchAll(/^ *guide "(.*)"$/gm)].map((found) => found[1]));
  assert.ok(guides.length > 0);
  for (const guide of guides) assert.ok(existsSync(join(root, 'stdlib', guide)), guide);
  makeProject('ending', (name, markup) => (name === 'site-search' ? markup.replace('@>=3', '@^2') : markup));
  assert.match(run('ending', ['check', '--today=2026-12-31']).stderr, /warning: release 'v2' of 'site-search' is deprecated \[FX4004\]/);
  assert.match(run('ending', ['check', '--today=2027-01-02']).stderr, /error: .*\[FX4005\]/);
});

/** RFC 6901; undefined where it leads nowhere. */
function follow(answer, pointer) {
  if (pointer === '') return answer;
  assert.ok(pointer.startsWith('/'), `'${pointer}' is no JSON Pointer`);
  return pointer.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, part) => (value === null || value === undefined ? undefined : value[part]), answer);
}

const kinds = { int: 'number', number: 'number', bool: 'boolean', string: 'string', url: 'string', date: 'string' };

/** Holds one answer against the pointers of its binding. */
function checkAnswer(binding, answer) {
  let item = answer;
  if (binding.each !== undefined) {
    const list = follow(answer, binding.each);
    assert.ok(Array.isArray(list) && list.length > 0, `each "${binding.each}" is no list`);
    [item] = list;
  }
  for (const [field, pointer] of Object.entries(binding.result)) {
    const { type, optional } = binding.fields[field];
    const value = follow(item, pointer);
    assert.notEqual(value, undefined, `${field} = "${pointer}" finds nothing`);
    if (value === null) assert.ok(optional, `${field} is null and not optional`);
    else if (kinds[type]) assert.equal(typeof value, kinds[type], `${field} = "${pointer}"`);
  }
  for (const [field, { optional }] of Object.entries(binding.fields))
    if (!optional) assert.ok(field in binding.result, `${field} has to be in the answer`);
}

const bindings = bindingsOf(ir);
for (const binding of bindings) {
  const file = join(here, 'answers', binding.integration, `${binding.release}.${binding.operation}.json`);
  test(`${binding.integration} ${binding.release} ${binding.operation}${binding.production ? ' in production' : ''}`, () => {
    const url = new URL(binding.url.replaceAll(/\{[a-zA-Z_.-]+\}/g, 'x'));
    assert.equal(url.protocol, 'https:');
    assert.equal(url.search, '', 'parameters belong into query');
    if (Object.keys(binding.result).length > 0) checkAnswer(binding, JSON.parse(readFileSync(file, 'utf8')));
    else assert.ok(!existsSync(file), 'an answer that nothing is taken from');
  });
}

test('every sample answer belongs to a binding', () => {
  const known = new Set(bindings.map((binding) => `${binding.integration}/${binding.release}.${binding.operation}.json`));
  for (const file of readdirSync(join(here, 'answers'), { recursive: true }))
    if (file.endsWith('.json')) assert.ok(known.has(file), file);
});

test('patterns take keys of the documented form, and no others', () => {
  const patterns = environmentOf(ir).filter(({ pattern }) => pattern !== undefined);
  for (const { name, pattern } of patterns) {
    assert.ok(name in keys, `no made-up key for ${name}`);
    assert.match(keys[name], new RegExp(pattern), name);
    assert.doesNotMatch(`?${keys[name]}`, new RegExp(pattern), name);
  }
  for (const name of Object.keys(keys)) assert.ok(patterns.some((one) => one.name === name), `${name} has no pattern`);
});

test('secrets stand where only a server sees them, and nothing that is sent to a browser is one', () => {
  for (const { name, secret } of environmentOf(ir))
    if (/_(SECRET|TOKEN|KEY)$|SECRET_KEY$/.test(name) && !['MAPBOX_TOKEN', 'MAPTILER_KEY'].includes(name))
      assert.ok(secret, `${name} looks like a secret`);
});
