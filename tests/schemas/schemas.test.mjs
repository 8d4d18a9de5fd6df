// The schemas that a build writes, held against files: what people write and fxc accepts must pass, what it refuses
// by its shape must not, and what fxc writes must pass. Ajv judges, and the `yaml` package reads; nothing here is ours.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
const out = mkdtempSync(join(tmpdir(), 'fxc-schemas-'));
after(() => rmSync(out, { recursive: true }));

const read = (path) => readFileSync(path, 'utf8');
const json = (path) => JSON.parse(read(path));
const under = (folder) =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());

// Every example, built into a folder of its own.
const examples = readdirSync(join(root, 'examples')).filter((name) => existsSync(join(root, 'examples', name, 'concept')));
const built = Object.fromEntries(examples.map((name) => {
  const folder = join(out, name);
  execFileSync(fxc, ['-q', '-o', folder], { cwd: join(root, 'examples', name) });
  return [name, folder];
}));

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addVocabulary(['generated']);
const schemas = Object.fromEntries(readdirSync(join(built.storefront, 'schema')).map((name) =>
  [name.replace('.json', ''), ajv.compile(json(join(built.storefront, 'schema', name)))]));

const faults = (schema, value) => (schemas[schema](value) ? [] : schemas[schema].errors.map((e) => `${e.instancePath} ${e.message}`));

// The documents of a file, as YAML 1.2 has them; merge keys as fxc and everybody else.
const documents = (path) => parseAllDocuments(read(path), { merge: true, uniqueKeys: false })
  .filter((document) => document.contents !== null).map((document) => document.toJS());

test('there is a schema of each file', () => {
  assert.deepEqual(Object.keys(schemas).sort(), ['content-security-policy', 'dependency-graph', 'discovery-map', 'discovery-report', 'manifest', 'project',
    'runtime-config', 'runtime-overrides', 'runtime-snapshot', 'validation-report', 'validation-result']);
});

const manifests = (folder) => under(folder).filter((path) => /\/integrations\/.*\.(ya?ml|json)$/.test(path));
const golden = join(root, 'tests/golden');
const cases = (topic) => readdirSync(join(golden, topic)).map((name) => join(golden, topic, name));
const accepted = (folder) => !existsSync(join(folder, 'status')) && !existsSync(join(folder, 'stderr'));

test('manifests that fxc takes without a word pass', () => {
  const good = ['manifest', 'concept', 'dependencies', 'emit', 'meaning', 'versions'].flatMap(cases).filter(accepted);
  const files = [...good.flatMap(manifests), ...manifests(join(root, 'examples')), ...manifests(join(root, 'stdlib'))];
  for (const file of files)
    for (const document of documents(file)) assert.deepEqual(faults('manifest', document), [], file);
  assert.ok(files.length > 60, `${files.length} files`);
});

const converts = /^ *convert\b/m.test(execFileSync(fxc, ['--help'], { encoding: 'utf8' }));

test('manifests in the other notation pass once they are converted', { skip: !converts && 'fxc cannot convert' }, () => {
  const files = ['examples', 'stdlib'].flatMap((folder) => under(join(root, folder))).filter((path) =>
    path.endsWith('.fx') && !/\/(views|node_modules|templates|generated)\//.test(path));
  for (const file of files) {
    const schema = file.endsWith('/project.fx') ? 'project' : 'manifest';
    const yaml = execFileSync(fxc, ['convert', file], { encoding: 'utf8' });
    for (const document of parseAllDocuments(yaml)) assert.deepEqual(faults(schema, document.toJS()), [], file);
  }
  assert.ok(files.length > 10, `${files.length} files`);
});

// The files in which fxc finds a key that is not there, a value of the wrong kind, or a key that is missing.
const misshapen = (said) => [...said.matchAll(/^(\S+?\.(?:ya?ml|json)):\d+:\d+: error: (.*)$/gm)]
  .filter(([, , message]) => /^unknown key .*FX2006|^expected .*FX2007|needs '.*FX2008/.test(message)).map(([, path]) => path);

// Refused as well, but no schema can tell: texts that look like what is asked for.
const beyond = new Set([
  'behavior/misfits/integrations/address-lookup.yaml', // types of values that flow from one place to another
  'bindings/result-of-no-list/integrations/address-lookup.yaml', // the same
  'manifest/date-that-is-none/geocoding.yaml', // the 29th of February
  'manifest/rollback-malformed/geocoding.yaml', // a bound that its metric cannot have
  'manifest/route-without-share/geocoding.yaml', // a key that only one strategy needs
  'manifest/type-behind-escapes/geocoding.yaml', // the grammar of types
  'manifest/type-malformed/geocoding.yaml', // the same
  'meaning/malformed-type/integrations/m.yaml', // the same
]);

test('manifests that fxc refuses for their shape do not pass', () => {
  let count = 0;
  for (const folder of readdirSync(golden).flatMap(cases)) {
    const said = existsSync(join(folder, 'stderr')) ? read(join(folder, 'stderr')) : '';
    if (/FX200[45]|FX8|FX2003/.test(said)) continue;
    for (const path of new Set(misshapen(said))) {
      const file = join(folder, path), name = file.slice(golden.length + 1);
      if (/(^|\/)(project\.ya?ml|runtime-overrides\.json|views\/.*)$/.test(path) || !existsSync(file)) continue;
      const found = documents(file).flatMap((document) => faults('manifest', document));
      assert.equal(found.length > 0, !beyond.has(name), `${name}: ${found}`);
      count++;
    }
  }
  assert.ok(count > 20, `${count} files`);
});

test('project files', () => {
  let good = 0, bad = 0;
  for (const folder of [...cases('project'), ...cases('manifest')]) {
    const path = join(folder, 'project.yaml');
    if (!existsSync(path)) continue;
    const said = existsSync(join(folder, 'stderr')) ? read(join(folder, 'stderr')) : '';
    const wrong = misshapen(said).includes('project.yaml');
    if (/FX2005|FX2003|FX2008/.test(said)) continue;
    for (const document of documents(path)) {
      const found = faults('project', document);
      assert.equal(found.length > 0, wrong, `${path}: ${found}`);
    }
    wrong ? bad++ : good++;
  }
  assert.ok(good > 40 && bad > 1, `${good} good, ${bad} bad`);
});

test('what fxc writes passes', () => {
  for (const [name, folder] of Object.entries(built))
    for (const schema of Object.keys(schemas))
      if (existsSync(join(folder, `${schema}.json`)))
        assert.deepEqual(faults(schema, json(join(folder, `${schema}.json`))), [], `${name}/${schema}`);
});

// Routes, canaries, flags and limits in every form: the configurations fit their types, and what they say at run time its schema.
test('configurations pass', () => {
  const target = mkdtempSync(join(root, 'build/config-'));
  after(() => rmSync(target, { recursive: true }));
  for (const folder of [...cases('config'), ...cases('server')]) {
    const copy = join(target, folder.split('/').at(-1)), to = join(copy, 'generated'), args = read(join(folder, 'cmd')).split(/\s+/).filter((word) => /^--(phase|env)=/.test(word));
    cpSync(folder, copy, { recursive: true, filter: (path) => path !== join(folder, 'out') });
    execFileSync(fxc, ['-q', '-w', ...args], { cwd: copy, env: { ...process.env, FXC_STDLIB: 'none' } });
    assert.deepEqual(faults('runtime-config', json(join(to, 'runtime-config.json'))), [], folder);
  }
  const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--isolatedModules', '--skipLibCheck', '--jsx', 'react-jsx',
    '--target', 'ES2022', '--module', 'ESNext', '--moduleResolution', 'bundler', '--lib', 'ES2022,DOM,DOM.Iterable', '--types', 'node'];
  const files = under(target).filter((path) => /(integration-config|handler|bindings.*)\.ts$/.test(path));
  assert.ok(files.length > 35, `${files.length} files`);
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), [...flags, ...files], { encoding: 'utf8', cwd: root });
  assert.equal(stdout, '');
});

const said = (folder) => (existsSync(join(folder, 'stderr')) ? read(join(folder, 'stderr')) : '');

test('runtime overrides', () => {
  let good = 0, bad = 0;
  for (const folder of cases('overrides')) {
    const path = join(folder, 'generated/runtime-overrides.json');
    if (!existsSync(path) || /runtime-overrides\.json.*FX(200[35]|8)/.test(said(folder))) continue;
    const wrong = /runtime-overrides\.json:\d+:\d+: error: .*FX200[67]/.test(said(folder));
    assert.equal(faults('runtime-overrides', json(path)).length > 0, wrong, path);
    wrong ? bad++ : good++;
  }
  assert.ok(good > 5 && bad > 0, `${good} good, ${bad} bad`);
  const canary = (value) => faults('runtime-overrides', { integrations: { a: { canary: value } } }).length;
  for (const value of [false, { since: '2026-11-23T02:00:00Z' }, { since: '2026-11-23' }, { since: '2026-11-23T02:00:00.5+01:00' }]) assert.equal(canary(value), 0);
  for (const value of [true, null, {}, { since: 1 }, { since: 'today' }, { since: '2026-11-23', until: '2027-01-01' }]) assert.notEqual(canary(value), 0);
});

// In the words of runtime/src/snapshot.ts.
const snapshot = () => {
  const counts = { asked: 3, errors: 2, timeouts: 1, trips: 0, latency: { counts: Array(17).fill(0), sum: 12.5 } };
  const latency = { p50: 4, p90: null, p95: null, p99: null };
  const one = {
    state: 'fallback', release: 'v1', reason: 'route', calls: 2, fallbacks: 1, answered: { v1: 1, static: 1 }, releases: { v1: counts },
    windows: [{ over: 300000, asked: 3, errors: 2, timeouts: 1, calls: 2, fallbacks: 1, latency }],
    sources: { 'concept/a.html:3:24': { calls: 2, errors: 1, fallbacks: 1 } },
  };
  return {
    interface: 'runtime-snapshot', at: '2026-11-23T02:00:00.000Z', integrations: { a: one },
    runtime: { active_integrations: 1, fallback_triggered: 1, api_calls_24h: 3 },
  };
};

test('snapshots', () => {
  assert.deepEqual(faults('runtime-snapshot', snapshot()), []);
  assert.deepEqual(faults('runtime-snapshot', { ...snapshot(), newer: true }), [], 'a newer runtime may say more');
  const breaks = [
    (s) => (s.interface = 'runtime-config'), (s) => delete s.at, (s) => delete s.runtime.api_calls_24h, (s) => (s.integrations.a.calls = -1),
    (s) => (s.integrations.a.reason = 'whim'), (s) => s.integrations.a.releases.v1.latency.counts.pop(), (s) => (s.integrations.a.windows[0].latency.p50 = '4'),
    (s) => (s.integrations.a.releases.v1.asked = 1.5), (s) => delete s.integrations.a.sources['concept/a.html:3:24'].calls,
  ];
  for (const spoil of breaks) {
    const one = snapshot();
    spoil(one);
    assert.notDeepEqual(faults('runtime-snapshot', one), [], String(spoil));
  }
});

// Reports about projects in which much is wrong, with every member of them filled.
test('what fxc writes about faults passes', () => {
  for (const folder of [...cases('dependencies'), ...cases('discover')]) {
    const target = mkdtempSync(join(out, 'faults-'));
    spawnSync(fxc, ['-q', '-w', '-o', target, 'validate'], { cwd: folder, env: { ...process.env, FXC_STDLIB: 'none' } });
    for (const schema of Object.keys(schemas))
      if (existsSync(join(target, `${schema}.json`)))
        assert.deepEqual(faults(schema, json(join(target, `${schema}.json`))), [], `${folder}/${schema}`);
  }
});

// github.com/microsoft/vscode-custom-data, samples/webcomponents and htmlData.schema.json, the members that we write.
const htmlData = {
  type: 'object', required: ['version'],
  properties: {
    generated: { type: 'string' }, version: { const: 1.1 },
    globalAttributes: { type: 'array', items: { $ref: '#/$defs/attribute' } },
  },
  additionalProperties: false,
  $defs: {
    description: { type: 'object', required: ['kind', 'value'], additionalProperties: false,
      properties: { kind: { enum: ['plaintext', 'markdown'] }, value: { type: 'string' } } },
    attribute: { type: 'object', required: ['name'], additionalProperties: false, properties: {
      name: { type: 'string', pattern: '^data-[a-z0-9-]+$' }, description: { $ref: '#/$defs/description' },
      values: { type: 'array', minItems: 1, items: { type: 'object', required: ['name'], additionalProperties: false,
        properties: { name: { type: 'string' }, description: { $ref: '#/$defs/description' } } } } } },
  },
};

test('html-data.json names what the project knows', () => {
  const validate = ajv.compile(htmlData);
  for (const [name, folder] of Object.entries(built))
    assert.ok(validate(json(join(folder, 'html-data.json'))), `${name}: ${JSON.stringify(validate.errors)}`);
  const attributes = json(join(built['two-providers'], 'html-data.json')).globalAttributes;
  const values = (name) => attributes.find((attribute) => attribute.name === name)?.values?.map((value) => value.name);
  assert.deepEqual(values('data-integration'), ['weather-display']);
  assert.deepEqual(values('data-slot'), ['refresh', 'temperature', 'wind']);
  assert.deepEqual(values('data-integration-provider'), ['openweathermap', 'open-meteo']);
  assert.deepEqual(values('data-integration-capabilities'), ['current-weather', 'wind']);
  assert.match(attributes.find((attribute) => attribute.name === 'data-integration-latitude').description.value, /number, required/);
  assert.equal(new Set(attributes.map((attribute) => attribute.name)).size, attributes.length);
});

// What compiler/workspace/README.md says of it; no file, so that it has no schema among the outputs.
const day = { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const text = { type: ['string', 'null'], minLength: 1 };
const all = (properties) => ({ type: 'object', additionalProperties: false, required: Object.keys(properties), properties });
const status = ajv.compile(all({
  generated: { type: 'string' },
  interface: { const: 'status' },
  integrations: {
    type: 'object',
    additionalProperties: all({
      state: { enum: ['Discovered', 'Validated', 'Generated', 'Active'] },
      since: { ...day, type: 'string' }, deprecated: day, migrating: day, until: day,
      release: { anyOf: [{ type: 'null' }, all({ label: { type: 'string' }, version: { type: 'string' }, status: { type: 'string' }, provider: text })] },
      manifest: text, owner: text, orphaned: { type: 'boolean' }, uses: { type: 'integer' },
      pages: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    }),
  },
}));

test('what status prints has the shape that is written down', () => {
  for (const name of examples) {
    const printed = JSON.parse(execFileSync(fxc, ['-w', 'status', '--format=json'], { cwd: join(root, 'examples', name), encoding: 'utf8' }));
    assert.ok(status(printed), JSON.stringify(status.errors));
    assert.ok(Object.keys(printed.integrations).length > 0, name);
  }
});
