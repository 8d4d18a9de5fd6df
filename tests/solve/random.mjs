// Random small projects: 2 to 6 integrations of 1 to 5 releases, with whatever can decide between them. The same seed
// and round give the same project. Names are letters, so that nothing in a message can be right by chance.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAMES = ['ant', 'bee', 'cod', 'doe', 'elk', 'fox'];
const VERSIONS = ['1.0.0', '1.1.0', '2.0.0', '2.1.0', '3.0.0'];
const RANGES = ['^1', '^2', '^3', '>=2', '<2', '<3', '~1.1', '2.0.0', '1.x || 3.x', '>=1.1 <3', '*', '1.1 - 2.0', '^4', undefined];

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed, round) {
  let state = Math.imul(seed, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca6b);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Dice {
  constructor(seed, round) { this.random = randomFrom(seed, round); }
  below(n) { return Math.floor(this.random() * n); }
  chance(p) { return this.random() < p; }
  pick(list) { return list[this.below(list.length)]; }
  some(list, p) { return list.filter(() => this.chance(p)); }
}

const label = (version) => `v${version.replace(/(\.0)+$/, '').replaceAll('.', '_')}`;

/** What one block says of others: a kind, a name, a range. Needs only lead forward, but for one project in thirty. */
function relations(dice, later, others, density) {
  const kinds = [];
  for (const to of dice.some(later, density)) kinds.push({ kind: 'requires', to, range: dice.pick(RANGES) });
  for (const to of dice.some(others, density / 3))
    kinds.push({ kind: dice.pick(['optional', 'conflicts']), to, range: dice.pick(RANGES.filter(Boolean)) });
  const names = new Set();
  return kinds.filter(({ to }) => !names.has(to) && names.add(to));
}

/** Once in a while more releases than a machine word has bits. */
const MANY = Array.from({ length: 70 }, (_, i) => `1.1.${i}`);

function integration(dice, name, later, others) {
  const versions = dice.chance(0.01) ? ['1.0.0', ...MANY, '2.0.0'] : dice.some(VERSIONS, 0.6);
  if (!versions.length) versions.push(dice.pick(VERSIONS));
  const releases = versions.map((version) => ({
    version, label: label(version),
    status: dice.chance(0.85) ? 'stable' : dice.pick(['deprecated', 'beta', 'retired', 'development']),
    provider: dice.pick(['hare', 'hare', 'seal']),
    relations: dice.chance(0.6) ? relations(dice, later, others, 0.35) : [],
  }));
  return { name, releases, relations: dice.chance(0.5) ? relations(dice, later, others, 0.35) : [],
    active: dice.chance(0.15) ? dice.pick(releases).label : undefined };
}

function instance(dice) {
  const names = NAMES.slice(0, 2 + dice.below(NAMES.length - 1));
  const order = [...names].sort(() => dice.random() - 0.5), circles = dice.chance(0.03);
  const integrations = names.map((name) => {
    const others = names.filter((other) => other !== name);
    return integration(dice, name, circles ? others : order.slice(order.indexOf(name) + 1), others);
  });
  const pages = Array.from({ length: 1 + dice.below(3) }, (_, i) => ({
    name: 'abc'[i],
    uses: Array.from({ length: 1 + dice.below(2) }, () => ({ to: dice.pick(names), range: dice.chance(0.6) ? dice.pick(RANGES) : undefined, provider: dice.chance(0.05) })),
    depends: dice.chance(0.1) ? dice.pick(names) : undefined,
  }));
  for (const use of pages.flatMap(({ uses }) => uses).filter(({ provider }) => provider))
    use.provider = dice.pick(integrations.find(({ name }) => name === use.to).releases.filter(({ status }) => status !== 'retired').concat({}))?.provider;
  const pins = dice.some(names, 0.06).map((to) => ({ to, range: dice.pick(RANGES.filter(Boolean)) }));
  const forced = dice.pick(integrations);
  const provider = dice.chance(0.08) ? { to: forced.name, provider: dice.pick(forced.releases).provider } : undefined;
  const locked = dice.chance(0.2) ? dice.some(integrations, 0.7) : [];
  const lock = locked.map(({ name, releases }) => {
    const { label: key, version } = dice.pick(releases);
    return `${name} ${key} ${version} sha256:${'0'.repeat(64)} integrations/${name}.yaml locked\n`;
  });
  return { integrations, pages, pins, provider, lock, fx: dice.chance(0.25) };
}

/* The files */

const KINDS = ['requires', 'optional', 'conflicts'];

function yamlRelations(list, indent) {
  return KINDS.filter((kind) => list.some((one) => one.kind === kind)).map((kind) =>
    `${indent}${kind}:\n` + list.filter((one) => one.kind === kind).map(({ to, range }) => `${indent}  ${to}: ${range === undefined ? '' : `"${range}"`}\n`).join('')).join('');
}

function yaml({ name, releases, relations: all, active }) {
  const versions = releases.map(({ version, label: key, status, provider, relations: own }) =>
    `    ${key}:\n      version: "${version}"\n      status: ${status}\n      provider: ${provider}\n${status === 'deprecated' ? '      migration_guide: ./guide.md\n' : ''}${yamlRelations(own, '      ')}`);
  return `${name}:\n  label: The ${name}\n  purpose: To be chosen\n${yamlRelations(all, '  ')}  versions:\n${versions.join('')}${active ? `  active_version: ${active}\n` : ''}`;
}

const fxRange = (range) => (range === undefined ? '' : ` "${range}"`);
const fxRelations = (list, indent) => list.map(({ kind, to, range }) => `${indent}${kind} ${to}${fxRange(range)}\n`).join('');

function fx({ name, releases, relations: all, active }) {
  const versions = releases.map(({ version, label: key, status, provider, relations: own }) =>
    `  release ${key} = ${version} ${status} {\n    provider ${provider}\n${status === 'deprecated' ? '    guide "./guide.md"\n' : ''}${fxRelations(own, '    ')}  }\n`);
  return `integration ${name} {\n  label "The ${name}"\n  purpose "To be chosen"\n${fxRelations(all, '  ')}${versions.join('')}${active ? `  active ${active}\n` : ''}}\n`;
}

function page({ name, uses, depends }) {
  const elements = uses.map(({ to, range, provider }, i) => {
    const version = range === undefined ? '' : ` data-integration-version="${range.replaceAll('<', i ? '&lt;' : '<')}"`;
    return `<div data-integration="${to}"${version}${provider ? ` data-integration-provider="${provider}"` : ''}${depends && !i ? ` data-depends-on="${depends}"` : ''}></div>\n`;
  });
  return `<!doctype html>\n<title>${name}</title>\n${elements.join('')}`;
}

function projectFile({ pins, provider, fx: notation }) {
  if (notation) {
    const environment = provider ? `  environment test {\n    provider ${provider.to} = ${provider.provider}\n  }\n` : '';
    return `project random {\n${pins.map(({ to, range }) => `  pin ${to}${fxRange(range)}\n`).join('')}${environment}}\n`;
  }
  const environment = provider ? `environments:\n  test:\n    providers:\n      ${provider.to}: ${provider.provider}\n` : '';
  return `${pins.length ? `pin:\n${pins.map(({ to, range }) => `  ${to}: "${range}"\n`).join('')}` : ''}${environment}`;
}

function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Writes the project of a round into a folder; the options that fxc is to be called with. */
export function randomProject(folder, seed, round) {
  const one = instance(new Dice(seed, round));
  for (const each of one.pages) write(folder, `concept/${each.name}.html`, page(each));
  for (const each of one.integrations)
    write(folder, `integrations/${each.name}.${one.fx ? 'fx' : 'yaml'}`, one.fx ? fx(each) : yaml(each));
  if (one.pins.length || one.provider) write(folder, `project.${one.fx ? 'fx' : 'yaml'}`, projectFile(one));
  if (one.lock.length) write(folder, 'fx.lock', `format 1\n${one.lock.join('')}`);
  return one.provider ? ['--env=test'] : [];
}
