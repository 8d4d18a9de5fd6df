// The standard library: the example in the head of every manifest builds without a word and type-checks, and what the
// bindings say fits what the providers document. Addresses parse, JSON Pointers find something of the right type in
// sample answers (answers/INTEGRATION/RELEASE.OPERATION.json, written by hand after the published formats), and the
// patterns of keys take a made-up key of the documented form.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bindingsOf, environmentOf } from './ir.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const library = join(root, 'stdlib');
const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const project = join(root, 'build/stdlib-examples');
const names = readdirSync(library).filter((file) => file.endsWith('.fx')).map((file) => file.slice(0, -'.fx'.length));

/** The markup that the head of a manifest shows: the indented lines behind "On a page:". */
function exampleOf(name) {
  const lines = readFileSync(join(library, `${name}.fx`), 'utf8').split('\n');
  const start = lines.findIndex((line) => /on a page|a page may use/i.test(line));
  assert.notEqual(start, -1, `${name}.fx shows no example`);
  const markup = lines.slice(start).filter((line, at, rest) => /^\/\/ {3}/.test(line)
    && rest.slice(0, at).every((before) => before.startsWith('//')));
  return markup.map((line) => line.slice('//   '.length)).join('\n');
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: project, encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26, env: { ...process.env, FXC_STDLIB: library },
  });
  return { status, stdout, stderr };
}

function makeProject() {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(join(project, 'concept'), { recursive: true });
  writeFileSync(join(project, 'project.fx'), 'project stdlib-examples {\n  use stdlib\n}\n');
  for (const name of names)
    writeFileSync(join(project, 'concept', `${name}.html`),
      `<!doctype html>\n<html lang="en">\n<head><title>${name}</title></head>\n<body>\n${exampleOf(name)}\n</body>\n</html>\n`);
}

makeProject();
const ir = run(fxc, ['check', '--emit=ir']).stdout;

test('every example in the head of a manifest builds without a word', () => {
  const { status, stderr } = run(fxc, ['build', '-q']);
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('what is made of the examples type-checks strictly', () => {
  const files = readdirSync(join(project, 'generated'), { recursive: true }).filter((file) => /\.tsx?$/.test(file));
  const { status, stdout } = run(join(root, 'node_modules/.bin/tsc'), [
    '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noImplicitOverride',
    '--isolatedModules', '--skipLibCheck', '--jsx', 'react-jsx', '--target', 'ES2022', '--module', 'ESNext',
    '--moduleResolution', 'bundler', '--lib', 'ES2022,DOM,DOM.Iterable', '--types', 'node',
    ...files.map((file) => join('generated', file)),
  ]);
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

test('every manifest has an owner of its facts: docs, and two providers or more', () => {
  const seen = ir.split(/^(?=integration )/m).slice(1);
  assert.equal(seen.length, names.length);
  for (const text of seen) {
    const name = /^integration "([^"]+)"/.exec(text)[1];
    assert.match(text, /^ {2}docs "https:/m, name);
    const live = [...text.matchAll(/^ {2}release .* (?:stable|beta|deprecated) provider "([^"]+)"/gm)].map((found) => found[1]);
    assert.ok(new Set(live).size >= 2, `${name} has no second provider`);
  }
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

const hex = (length) => '0123456789abcdef'.repeat(4).slice(0, length);
const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
// Put together, so that nothing that reads files for keys takes them for real ones.
const keys = {
  ACUITY_API_KEY: hex(32),
  ACUITY_USER: '12345',
  ADYEN_LIVE_PREFIX: `${hex(16)}-Sample`,
  ALGOLIA_APP_ID: 'A'.repeat(10),
  ALGOLIA_SEARCH_KEY: hex(32),
  BREVO_API_KEY: ['xkeysib', hex(64), 'a'.repeat(16)].join('-'),
  DROPBOX_TOKEN: ['sl', 'u', 'sample'].join('.'),
  GA_MEASUREMENT_ID: ['G', 'A'.repeat(10)].join('-'),
  GOOGLE_SEARCH_KEY: `AIza${'A'.repeat(35)}`,
  KICKBOX_API_KEY: ['test', hex(64)].join('_'),
  MAPBOX_TOKEN: ['pk', 'sample', 'sample'].join('.'),
  MAPS_KEY: `AIza${'A'.repeat(35)}`,
  POSTHOG_PROJECT_KEY: ['phc', 'a'.repeat(43)].join('_'),
  SENDGRID_API_KEY: ['SG', 'a'.repeat(22), 'a'.repeat(43)].join('.'),
  SENDGRID_TEMPLATE: `d-${hex(32)}`,
  SMARTY_AUTH_ID: uuid,
  STRIPE_SECRET_KEY: ['sk', 'test', 'a'.repeat(24)].join('_'),
  TELNYX_API_KEY: ['KEY', hex(32), '_', 'a'.repeat(22)].join(''),
  TELNYX_VERIFY_PROFILE: uuid,
  TWILIO_ACCOUNT_SID: `AC${hex(32)}`,
  TWILIO_AUTH_TOKEN: hex(32),
  TWILIO_MESSAGING_SERVICE: `MG${hex(32)}`,
  TWILIO_VERIFY_SERVICE: `VA${hex(32)}`,
};

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
