// Migrations of random projects, seen by other eyes: parse5 reads the pages, JSON.parse the views, `yaml` the manifests, semver the ranges.
// Behind a migration every element has the attributes that the rules make of those it had, in their order, and every
// other byte is the same text; manifests have the values that the rules make of theirs.
//   node tests/migrate-random.mjs [PROJECTS [SEED]]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'parse5';
import semver from 'semver';
import { parseDocument } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const PROJECTS = Number(process.argv[2] ?? 150), SEED = Number(process.argv[3] ?? 1);
const FROM = '2.9.0', TO = '3.2.0';
const env = { ...process.env, LC_ALL: 'C', FXC_STDLIB: 'none', FXC_VERIFY: '1' };

let state = 0;
function random(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
}
const pick = (list) => list[random(list.length)];
const chance = (percent) => random(100) < percent;

const RULES = { config: { rename: { key: 'apiKey' }, drop: ['sensor', 'mode'], value: { strict: { yes: true, no: false }, key: { old: 'new' } } },  rename: { lang: 'country' }, drop: ['sensor'], value: { lang: { en: 'us', fr: 'ca & more' }, mode: { on: 'full "x"' } }, feature: { geo: 'geocoding' } };
const manifest = () => `a:
  concept:
    label: A
    purpose: P
    props: { lang: string?, country: string?, sensor: string?, mode: string?, other: string? }
  versions:
    v2:
      version: ${FROM}
      prototype: { integration: old, features: [geo, other], config: { key: old, sensor: 1, strict: "yes" } }
    v3:
      version: ${TO}
      prototype:
        integration: new
        features: [geocoding, other]
        ${config('        ')}
      production:
        ${config('        ')}
  active_version: v2
  migrate:
    from: v2
    to: v3
    rename: { prop: { lang: country }, feature: { geo: geocoding }, config: { key: apiKey } }
    drop: { prop: sensor, config: [sensor, mode] }
    value: { prop: { lang: { en: us, fr: "ca & more" }, mode: { "on": 'full "x"' } }, config: { strict: { "yes": true, "no": false }, key: { old: 'new' } } }
`;

/* Configurations */

const ENTRIES = {
  key: ['old', '"old"', "'other'", 'plain text'], sensor: ['1', '[1, 2]', '{ a: b }', '"x, y"'], strict: ['"yes"', "'no'", 'maybe', 'true'],
  mode: ['a', '"b"', "|\n            line one\n            line two", '>-\n            folded'], list: ['[1, "a"]', '\n            - 1\n            - 2'], deep: ['{ key: old }', '\n            key: old\n            sensor: 1'],
};
const quoted = (name) => pick([name, name, `"${name}"`, `'${name}'`]);

function config(indent) {
  const names = Object.keys(ENTRIES).filter(() => chance(60)).sort(() => random(3) - 1);
  if (!names.length) return '# nothing';
  const flow = chance(40);
  const entries = names.map((name) => `${quoted(name)}: ${pick(ENTRIES[name].filter((value) => !flow || !value.includes('\n')).concat(flow ? ['1'] : []))}`);
  if (flow) return `config: {${pick(['', ' '])}${entries.join(pick([', ', ',  ', ` ,\n${indent}    `]))}${pick(['', ' ', ', '])}}`;
  const lines = entries.map((entry) => `${chance(30) ? `${indent}  # above ${random(9)}\n` : ''}${indent}  ${entry}${!entry.includes('\n') && chance(30) ? '  # behind' : ''}${chance(15) ? '\n' : ''}`);
  return `config:${chance(10) ? '  # all' : ''}\n${lines.join('\n')}`;
}

/** The rules, applied to a configuration. */
function configured(old) {
  const result = {};
  for (const [name, value] of Object.entries(old ?? {})) {
    const { rename, drop, value: values } = RULES.config;
    if (!drop.includes(name)) result[rename[name] ?? name] = values[name]?.[value] ?? value;
  }
  return result;
}

const comments = (text) => [...text.matchAll(/^ *# above.*$|# all$|^ *# nothing/gm)].map(([comment]) => comment.trim()).join();

function compareOwn(before, after) {
  const expected = parseDocument(before).toJS(), found = parseDocument(after).toJS();
  const { v3 } = expected.a.versions;
  for (const block of [v3.prototype, v3.production]) if (block?.config) block.config = configured(block.config);
  const text = (value) => JSON.stringify(value);
  if (text(expected) !== text(found)) return `${text(found)}\nnot\n${text(expected)}`;
  return comments(before) === comments(after) ? '' : 'comments went away';
}

/* Pages */

const RANGES = ['^2', '^2.1', '~2.9', '2.x', '2', '2.9.0', '=2.9.0', 'v2.9.0', '>=2', '^3', '^1', '*', '<3', '1||2', '^2||^3', '2.x||1.0.0'];

function written(value) {
  const quote = pick(['"', "'", '']);
  let text = '';
  for (const c of value) {
    const needed = quote ? c === quote || c === '&' : /[\s"'&<>=`]/.test(c);
    text += needed || chance(4) ? pick([`&#${c.charCodeAt(0)};`, `&#x${c.charCodeAt(0).toString(16)};`]) : c;
  }
  return text === '' && !quote ? '""' : quote + text + quote;
}

const spelled = (name) => [...name].map((c) => (chance(8) ? c.toUpperCase() : c)).join('');

function tag(name) {
  const attributes = [], used = chance(80), range = pick(RANGES);
  const plain = chance(30);
  if (used) attributes.push(['data-integration', plain ? 'a' : `a@${range}`]);
  const add = (key, values, percent) => chance(percent) && attributes.push([key, pick(values)]);
  add('data-integration-lang', ['en', 'fr', 'de', '', 'a b', '日本'], 50);
  add('data-integration-sensor', ['x', '', 'a > b', '/'], 30);
  add('data-integration-mode', ['on', 'off'], 30);
  add('data-integration-other', ['on', 'a=b', "it's"], 20);
  add('class', ['c', 'data-integration-lang', 'a  b'], 30);
  if (used && !plain && semver.satisfies(FROM, range) && !semver.satisfies(TO, range)) add('data-integration-capabilities', ['geo', 'other,geo', ' geo ,other', 'other'], 40);
  attributes.sort(() => random(3) - 1);
  let text = `<${name}`, touching = true;
  for (const [key, value] of attributes) {
    if (touching || chance(95)) text += pick([' ', ' ', ' ', '\n', '  ', '\t\n ']);
    const shown = value === '' && chance(50) ? '' : `${pick(['=', '=', '=', ' =', '= '])}${written(value)}`;
    text += spelled(key) + shown;
    touching = !/["']$/.test(shown);
  }
  return `${text}${pick(['', '', ' ', '\n'])}>`;
}

function page() {
  let text = '<!doctype html><title>T</title>\n';
  for (let i = 0; i < 8; i++) {
    const name = pick(['div', 'p', 'section', 'input']);
    text += tag(name) + (name === 'input' ? '' : `text &amp; more ${i}</${name}>`) + pick(['\n', '', '<!-- <div data-integration="a@^2" data-integration-lang="en"> -->\n']);
  }
  return chance(20) ? text.replaceAll('\n', '\r\n') : text;
}

/** The elements and everything between them, as parse5 sees them. */
function seen(text) {
  const list = [];
  const walk = (node) => {
    list.push(node.tagName ? { name: node.tagName, attrs: node.attrs.map(({ name, value }) => [name, value]) } : { name: node.nodeName, text: node.value ?? node.data });
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(parse(text));
  return list;
}

/** The rules, applied to an element by the plainest means. Its range is compared by what it holds. */
function migrated({ name, attrs, text }) {
  const use = attrs?.find(([key]) => key === 'data-integration');
  if (!use) return { name, attrs, text };
  const range = use[1].includes('@') ? use[1].slice(2) : '*';
  if (!semver.satisfies(FROM, range) && !semver.satisfies(TO, range)) return { name, attrs, text };
  const result = [];
  for (const [key, value] of attrs) {
    const prop = key.replace('data-integration-', '');
    const next = RULES.value[prop]?.[value] ?? value;
    if (RULES.drop.includes(prop)) continue;
    if (RULES.rename[prop]) result.push([`data-integration-${RULES.rename[prop]}`, next]);
    else if (prop === 'capabilities') result.push([key, value.split(',').map((item) => item.replace(item.trim(), RULES.feature[item.trim()] ?? item.trim())).join(',')]);
    else result.push([key, next]);
  }
  return { name, attrs: result, text, moves: semver.satisfies(FROM, range) && !semver.satisfies(TO, range) };
}

function comparePage(before, after) {
  const old = seen(before).map(migrated), now = seen(after);
  if (old.length !== now.length) return 'the tree has another shape';
  for (let i = 0; i < old.length; i++) {
    const expected = old[i], found = now[i];
    if (expected.moves) {
      const at = expected.attrs.findIndex(([key]) => key === 'data-integration');
      const range = found.attrs?.[at]?.[1].slice(2);
      if (!range || !semver.validRange(range) || !semver.satisfies(TO, range)) return `'${range}' does not hold ${TO}`;
      expected.attrs[at][1] = `a@${range}`;
    }
    if (JSON.stringify([expected.name, expected.attrs, expected.text]) !== JSON.stringify([found.name, found.attrs, found.text])) return `${JSON.stringify(found)}\nnot\n${JSON.stringify(expected)}`;
  }
  return '';
}

/* Manifests */

function requirement() {
  const range = pick(['^2', '"^2.1"', "'2.x'", '~2.9', '">=2 <3"', '">=2"', '"*"', '^2 || ^1', '2.9.0']);
  return pick([`requires: { a: ${range} }`, `requires:\n    a: ${range}  # why`, `dependencies:\n    required: { "a": ${range}, c: "*" }`, `dependencies:\n    optional:\n      'a': ${range}\n      c: '*'`]);
}

const others = (name) => `# ${name}\n${name}:\n  concept: { label: B, purpose: P }\n  ${requirement()}\n  prototype: { integration: acme }  # the end\n`;

function compareManifest(before, after) {
  const old = parseDocument(before).toJS(), now = parseDocument(after).toJS();
  let why = '';
  const walk = (a, b, path) => {
    if (typeof a === 'object' && a) {
      if (JSON.stringify(Object.keys(a)) !== JSON.stringify(Object.keys(b))) why ||= `${path}: other keys`;
      else for (const key of Object.keys(a)) walk(a[key], b[key], `${path}.${key}`);
    } else if (path.endsWith('.a') && semver.satisfies(FROM, String(a)) && !semver.satisfies(TO, String(a))) {
      if (!semver.satisfies(TO, String(b)) || semver.satisfies(FROM, String(b))) why ||= `${path}: '${a}' became '${b}'`;
    } else if (a !== b) why ||= `${path}: ${b}, not ${a}`;
  };
  walk(old, now, '');
  return why || (before.replace(/^.*\ba['"]?:.*$/gm, '') === after.replace(/^.*\ba['"]?:.*$/gm, '') ? '' : 'another line is different');
}

/* Views */

const gap = () => pick(['', '', ' ', '\n  ', '\t']);
const character = (c) => (c === '"' || c === '\\' ? `\\${c}` : chance(3) ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c);

/** JSON with white space and escapes wherever they may be. */
function json(value) {
  if (typeof value === 'string') return `"${[...value].map(character).join('')}"`;
  if (Array.isArray(value)) return `[${gap()}${value.map(json).join(`${gap()},${gap()}`)}${gap()}]`;
  if (typeof value !== 'object') return String(value);
  return `{${gap()}${Object.entries(value).map(([key, member]) => `"${key}"${gap()}:${gap()}${json(member)}`).join(`${gap()},${gap()}`)}${gap()}}`;
}

function view() {
  const fields = [];
  for (let i = 0; i < 5; i++) {
    const range = pick([...RANGES, '>=2 <3', '2 || 1']), old = semver.satisfies(FROM, range) && !semver.satisfies(TO, range);
    const members = [['type', 'a']];
    if (chance(70)) members.push(['version', range]);
    if (chance(50)) members.push(['lang', pick(['en', 'fr', 'de', 'x "y" \\'])]);
    if (chance(30)) members.push(['sensor', pick(['x', true, 3, ['a', 'b']])]);
    if (chance(30)) members.push(['mode', pick(['on', 'off'])]);
    if (chance(20)) members.push(['other', pick(['on', 4, false])]);
    if (members[1]?.[0] === 'version' && old && chance(40)) members.push(['capabilities', pick([['geo', 'other'], ['geo'], 'geo,other'])]);
    fields.push({ path: `f${i}`, label: 'F', integration: Object.fromEntries(members.sort(() => random(3) - 1)) });
  }
  return json({ entityType: 'Account', viewType: 'form', title: 'One', fields });
}

function migratedUse(use) {
  const range = use.version ?? '*';
  if (!semver.satisfies(FROM, range) && !semver.satisfies(TO, range)) return use;
  const feature = (list) => (Array.isArray(list) ? list.map(feature) : list.split(',').map((item) => RULES.feature[item] ?? item).join(','));
  const result = {};
  for (const [key, value] of Object.entries(use)) {
    if (RULES.drop.includes(key)) continue;
    result[RULES.rename[key] ?? key] = key === 'capabilities' ? feature(value) : (RULES.value[key]?.[value] ?? value);
  }
  return result;
}

function compareView(before, after) {
  const old = JSON.parse(before), now = JSON.parse(after);
  for (const [i, field] of old.fields.entries()) {
    const version = field.integration.version, moved = now.fields[i].integration.version;
    const moves = version && semver.satisfies(FROM, version) && !semver.satisfies(TO, version);
    field.integration = migratedUse(field.integration);
    if (moves && (!semver.validRange(moved) || !semver.satisfies(TO, moved))) return `'${moved}' does not hold ${TO}`;
    if (moves) field.integration.version = moved;
  }
  return JSON.stringify(old) === JSON.stringify(now) ? '' : `${JSON.stringify(now)}\nnot\n${JSON.stringify(old)}`;
}

/* Projects */

function tryProject(seed) {
  state = seed;
  const work = mkdtempSync(join(tmpdir(), 'fxc-migrate-'));
  try {
    const texts = { 'integrations/a.yaml': manifest(), 'integrations/b.yaml': others('b'), 'integrations/c.yaml': 'c:\n  concept: { label: C, purpose: P }\n  prototype: { integration: acme }\n', 'concept/one.html': page(), 'concept/two.html': page(), 'views/three.json': view() };
    for (const folder of ['integrations', 'concept', 'views']) mkdirSync(join(work, folder));
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(work, name), text);
    const run = spawnSync(FXC, ['migrate', 'a', 'v2', 'v3'], { cwd: work, encoding: 'utf8', env, timeout: 20000 });
    const left = (name) => readFileSync(join(work, name), 'utf8');
    const changed = Object.keys(texts).filter((name) => left(name) !== texts[name]);
    if (run.status === 1) return changed.length ? `failed, and changed ${changed}` : 'refused';
    if (run.status !== 0) return `exit status ${run.status}: ${run.stderr}`;
    for (const [name, text] of Object.entries(texts)) {
      const why = name.startsWith('concept') ? comparePage(text, left(name)) : name.startsWith('views') ? compareView(text, left(name)) : name.endsWith('a.yaml') ? compareOwn(text, left(name)) : name.endsWith('b.yaml') ? compareManifest(text, left(name)) : left(name) === text ? '' : 'changed';
      if (why) return `${name}: ${why}\n${text}\n---\n${left(name)}`;
    }
    return '';
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

let passed = 0, failed = 0, refused = 0;
for (let i = 0; i < PROJECTS; i++) {
  const why = tryProject(SEED * 100000 + i);
  if (why === 'refused') refused++;
  else if (why === '') passed++;
  else failed++, console.log(`FAILED project ${SEED * 100000 + i}: ${why}`);
}
if (refused > PROJECTS / 2) failed++, console.log(`${refused} projects were refused: too many to mean anything`);
console.log(`${refused} refused whole`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
