// What can become live at run time, beside a second program: random projects in YAML, of which each release that a route,
// a flag or a chain brings to life is held against each range here, by npm's semver; then FX4007 must name the same.
// The releases that were chosen are fxc's own (its graph says which); choosing is tried in ../solve.
//   node tests/liveness/liveness.mjs [--rounds=N] [--seed=S]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import semver from 'semver';
import { SCRATCH } from '../solve/answers.mjs';

const FXC = resolve(fileURLToPath(new URL('../..', import.meta.url)), process.env.FXC ?? 'build/fxc');
const env = { PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: '/nonexistent', FXC_VERIFY: '1' };
const option = (name, otherwise) => Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const NAMES = ['a', 'b', 'c', 'd'];
const RANGES = ['^1', '^2', '>=2', '^1 || ^3', '<3', '>=1.1', '*'];

function dice(seed) {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (n) => {
    for (const shift of [13, -17, 5]) state = (shift > 0 ? state ^ (state << shift) : state ^ (state >>> -shift)) >>> 0;
    return state % n;
  };
}

const pick = (roll, list) => list[roll(list.length)];

function needs(roll, self, chance) {
  const others = NAMES.filter((name) => name > self && roll(10) < chance);
  return Object.fromEntries(others.map((name) => [name, pick(roll, RANGES)]));
}

function randomIntegration(roll, name) {
  const releases = [1, 2, 3].map((major) => ({
    label: `v${major}`,
    version: `${major}.${roll(3)}.0`,
    status: major === 1 && roll(6) === 0 ? 'retired' : roll(7) === 0 ? 'beta' : 'stable',
    flag: roll(5) === 0 ? `f_${name}${major}` : undefined,
    requires: needs(roll, name, 2),
    conflicts: roll(8) === 0 ? needs(roll, name, 2) : {},
  }));
  const stable = releases.filter(({ status }) => status === 'stable').map(({ label }) => label);
  const chain = ['v1', 'v2', 'v3', 'static'].filter(() => roll(3) === 0).sort(() => roll(3) - 1);
  return { name, releases, active: stable.length ? pick(roll, stable) : undefined, chain, route: roll(3) ? undefined : pick(roll, ['v1', 'v2', 'v3']), requires: needs(roll, name, 2) };
}

function write(folder, integrations, uses) {
  const flow = (map) => `{ ${Object.entries(map).map(([key, value]) => `${key}: "${value}"`).join(', ')} }`;
  mkdirSync(join(folder, 'concept'), { recursive: true });
  mkdirSync(join(folder, 'integrations'));
  writeFileSync(join(folder, 'concept/a.html'), `<!doctype html>\n<title>T</title>\n${uses.map(({ name, range }) => `<div data-integration="${name}" data-integration-version="${range}"></div>\n`).join('')}`);
  for (const one of integrations) {
    const lines = [`${one.name}:`, '  concept: { label: L, purpose: P }', '  versions:'];
    for (const release of one.releases)
      lines.push(`    ${release.label}: { version: ${release.version}, status: ${release.status},${release.flag ? ` feature_flag: ${release.flag},` : ''} requires: ${flow(release.requires)}, conflicts: ${flow(release.conflicts)}, prototype: { integration: p${release.label} } }`);
    if (one.chain.length) lines.push(`    fallback_chain: [${one.chain.join(', ')}]`);
    if (one.active) lines.push(`  active_version: ${one.active}`);
    if (one.route) lines.push(`  routing: { strategy: conditional, rules: [{ version: ${one.route}, conditions: [{ type: account, operator: ==, value: x }] }] }`);
    lines.push(`  dependencies: { required: ${flow(one.requires)} }`, '');
    writeFileSync(join(folder, `integrations/${one.name}.yaml`), lines.join('\n'));
  }
}

/** The releases of an integration that can be live, and the places that name one that may not. */
function liveOf(one, chosen) {
  const live = [chosen], wrong = [];
  const add = (label, allowed) => {
    const release = one.releases.find((other) => other.label === label);
    if (live.includes(release)) return;
    if (allowed.includes(release.status)) live.push(release);
    else wrong.push(`status ${one.name} ${label}`);
  };
  if (one.route) add(one.route, ['stable', 'beta']);
  for (const { label, flag, status } of one.releases) if (flag && status !== 'retired') add(label, ['stable', 'beta']);
  for (const label of one.chain) {
    if (label === 'static') break;
    add(label, ['stable']);
  }
  return { live, wrong };
}

/** What FX4007 has to say, or undefined where an integration that matters has no chosen release. */
function expected(integrations, uses, chosen) {
  const found = [], reached = new Map(), queue = uses.map(({ name }) => name);
  for (const name of queue) {
    if (reached.has(name)) continue;
    const one = integrations.find((other) => other.name === name);
    if (!chosen[name]) return undefined;
    const release = one.releases.find(({ version }) => version === chosen[name]);
    const { live, wrong } = liveOf(one, release);
    reached.set(name, live);
    found.push(...wrong);
    queue.push(...Object.keys(one.requires), ...live.flatMap(({ requires }) => Object.keys(requires)));
  }
  const broken = (name, range, conflict) => reached.get(name).filter(({ version }) => semver.satisfies(version, range) === conflict);
  for (const key of new Set(uses.map(({ name, range }) => `${name} ${range}`))) {
    const [name] = key.split(' ', 1), range = key.slice(name.length + 1), list = broken(name, range, false);
    if (list.length) found.push(`page ${name} ${range}: ${list.length}`);
  }
  const hold = (one, source, map, verb) => {
    for (const [to, range] of Object.entries(map)) {
      if (!reached.has(to)) continue;
      const [first] = reached.get(one.name), fresh = source && source !== first;
      const list = broken(to, range, verb === 'conflicts with');
      if (list.length && (fresh || list[0] !== reached.get(to)[0])) found.push(`${one.name}${fresh ? ` ${source.label}` : ''} ${verb} ${to} ${range}: ${list.length}`);
    }
  };
  for (const [name, live] of reached) {
    const one = integrations.find((other) => other.name === name);
    hold(one, undefined, one.requires, 'requires');
    for (const source of live) {
      hold(one, source, source.requires, 'requires');
      hold(one, source, source.conflicts, 'conflicts with');
    }
  }
  return found.sort();
}

/** FX4007 in the same words. */
function told(diagnostics) {
  const patterns = [
    [/^release '(\w+)' of '(\w+)' is .* may not become live here$/, (m) => `status ${m[2]} ${m[1]}`],
    [/^release '\w+' of '(\w+)' can become live, but this page asks for '(.*)'$/, (m, n) => `page ${m[1]} ${m[2]}: ${n}`],
    [/^release '\w+' of '(\w+)' can become live, but '(\w+)' (requires|conflicts with) '(.*)'$/, (m, n) => `${m[2]} ${m[3]} ${m[1]} ${m[4]}: ${n}`],
    [/^release '(\w+)' of '(\w+)' can become live and (requires|conflicts with) '(\w+)' '(.*)', but/, (m, n) => `${m[2]} ${m[1]} ${m[3]} ${m[4]} ${m[5]}: ${n}`],
  ];
  return diagnostics.filter(({ code }) => code === 'FX4007').map(({ message, labels }) => {
    const more = /and (\d+) more$/.exec(labels[0].message);
    for (const [pattern, words] of patterns) if (pattern.test(message)) return words(pattern.exec(message), more ? Number(more[1]) + 1 : 1);
    return `unknown: ${message}`;
  }).sort();
}

const run = (folder, words) => spawnSync(FXC, words, { cwd: folder, env, encoding: 'utf8', timeout: 20_000 });
let passed = 0, failed = 0, compared = 0;
for (let round = 0; round < option('rounds', 400); round++) {
  const roll = dice(option('seed', 1) * 100_000 + round);
  const integrations = NAMES.map((name) => randomIntegration(roll, name));
  const uses = NAMES.filter((name) => name === 'a' || roll(2)).map((name) => ({ name, range: pick(roll, RANGES) }));
  const folder = mkdtempSync(join(SCRATCH, 'fxc-liveness-'));
  write(folder, integrations, uses);
  const diagnostics = run(folder, ['check', '--max-errors=1000', '--diagnostics-format=json']).stderr.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const solved = !diagnostics.some(({ code }) => /^FX(400[1235]|3004|8)/.test(code));
  const nodes = JSON.parse(run(folder, ['graph', '-w', '--format=json']).stdout).nodes;
  const wanted = solved && expected(integrations, uses, Object.fromEntries(nodes.map(({ name, release }) => [name, release])));
  const said = told(diagnostics);
  if (!wanted || JSON.stringify(wanted) === JSON.stringify(said)) passed++;
  else {
    failed++;
    console.log(`FAILED round ${round}\n  expected ${wanted.join('; ')}\n  told     ${said.join('; ')}`);
  }
  compared += wanted ? wanted.length : 0;
  rmSync(folder, { recursive: true });
}
console.log(`${compared} releases that break something`);
if (!compared) failed++;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
