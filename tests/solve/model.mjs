// A project as its rules for the choice of releases, read without any of fxc's code: pages by parse5, manifests by yaml
// and fx.mjs, versions and ranges by npm's semver.
//
//   project   { integrations: Map of name to { releases, active, … }, facts, folder }
//   fact      one thing that the project says: { kind, to, range?, from?, label?, file, start, end, line, … }
//             use depends          the package is needed (and in the range)
//             requires             while `from` (at release `label`, if one is named) is chosen, likewise
//             optional conflicts   while `from` is chosen, `to` is absent, or in (not in) the range
//             pin environment      what `to` may be at all
//
// The order of the facts is the order in which they make packages needed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import semver from 'semver';
import { fxManifest, fxProject } from './fx.mjs';
import { yamlManifest, yamlProject } from './yaml.mjs';

/** A label as a version: v2 is 2.0.0, v3-beta 3.0.0-beta, stripe-v3 3.0.0. */
export function labelVersion(label) {
  const match = /(?:^|(?:^|[-_])v)(\d+(?:[._]\d+){0,2})(-[0-9A-Za-z.-]+)?$/i.exec(label);
  if (!match) return null;
  const numbers = match[1].split(/[._]/);
  while (numbers.length < 3) numbers.push('0');
  return semver.parse(numbers.join('.') + (match[2] ?? ''));
}

function filesUnder(folder, pattern) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map(String).filter((name) => pattern.test(name)).sort();
}

const lineOf = (source, offset) => source.slice(0, offset).split('\n').length;

/* Pages */

function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.attrs) yield child;
    yield* elements(child);
    if (child.content) yield* elements(child.content);
  }
}

/** Where the raw value of an attribute stands, without its quotes. */
function valuePlace(source, element, name) {
  const { startOffset, endOffset } = element.sourceCodeLocation.attrs[name];
  const [, before, quote] = /^([^=]*=\s*)(["']?)/.exec(source.slice(startOffset, endOffset)) ?? [0, name, ''];
  return { start: startOffset + before.length + quote.length, end: endOffset - quote.length };
}

/** The words of an attribute's value with the places where they stand in the file. */
function words(source, element, name, separator) {
  const value = element.attrs.find((attr) => attr.name === name)?.value;
  if (value === undefined) return [];
  let at = valuePlace(source, element, name).start;
  return value.split(separator).filter(Boolean).map((word) => {
    const start = source.indexOf(word, at);
    at = start + word.length;
    return { word, start, end: at };
  });
}

function pageFacts(source, file) {
  const uses = [], depends = [];
  for (const element of elements(parse(source, { sourceCodeLocationInfo: true }))) {
    const attribute = (name) => element.attrs.find((attr) => attr.name === name)?.value;
    const named = attribute('data-integration') === undefined ? 'data-enhance' : 'data-integration';
    for (const { word, start, end } of words(source, element, named, /\s+/)) {
      const [, to, own] = /^([^@]*)@?(.*)$/.exec(word);
      const said = ['data-integration-version', 'data-integration-provider'].filter((name) => attribute(name) !== undefined);
      const places = said.map((name) => valuePlace(source, element, name));
      uses.push({ kind: 'use', to, range: own || attribute('data-integration-version'), file, start, end, places, provider: attribute('data-integration-provider')?.trim() });
    }
    for (const { word, start, end } of words(source, element, 'data-depends-on', /\s*,\s*|\s+/))
      depends.push({ kind: 'depends', to: word, file, start, end });
  }
  return { uses, depends };
}

/* The whole */

function relationFacts(integration, file) {
  const facts = [];
  const add = (label) => (one) => facts.push({ ...one, from: integration.name, label, file });
  integration.relations.forEach(add());
  for (const { label, relations } of integration.releases) relations.forEach(add(label));
  for (const { label, relations } of integration.compatibility) relations.forEach(add(label));
  return facts.filter(({ to, from }) => to !== from);
}

function finish(release) {
  const version = release.version === undefined ? labelVersion(release.label) : semver.parse(release.version);
  return { ...release, version, status: release.status ?? 'stable' };
}

function readManifests(folder, integrations, facts, sources) {
  for (const name of filesUnder(join(folder, 'integrations'), /\.(fx|ya?ml|json)$/)) {
    const file = `integrations/${name}`, source = readFileSync(join(folder, file), 'utf8');
    sources.set(file, source);
    for (const one of name.endsWith('.fx') ? fxManifest(source) : yamlManifest(source)) {
      if (integrations.has(one.name)) throw new Error(`${one.name} is declared twice`);
      integrations.set(one.name, { ...one, file, releases: one.releases.map(finish) });
      facts.push(...relationFacts(one, file));
    }
  }
}

function projectFacts(folder, environment, sources) {
  const file = ['project.fx', 'project.yaml', 'project.yml', 'project.json'].find((name) => existsSync(join(folder, name)));
  if (!file) return { facts: [], off: [] };
  const source = readFileSync(join(folder, file), 'utf8');
  sources.set(file, source);
  const { pins, environments } = file.endsWith('.fx') ? fxProject(source) : yamlProject(source);
  const chosen = environments.find(({ name }) => name === environment) ?? { providers: [], flags: [] };
  const facts = [
    ...pins,
    ...chosen.providers.map((one) => ({ ...one, kind: 'environment' })),
    ...chosen.flags.filter(({ on }) => on).map((one) => ({ ...one, kind: 'environment' })),
  ];
  return { facts: facts.map((one) => ({ ...one, file })), off: chosen.flags.filter(({ on }) => !on).map(({ flag }) => flag) };
}

/** A flag that is on is about every integration that has a release behind it. */
function spreadFlags(facts, integrations) {
  return facts.flatMap((fact) => {
    if (fact.kind !== 'environment' || fact.provider) return [fact];
    return [...integrations.values()].filter(({ releases }) => releases.some(({ flag }) => flag === fact.flag))
      .map(({ name }) => ({ ...fact, to: name }));
  });
}

/** What an earlier run chose: a line `NAME LABEL …` each. */
function readLock(folder, integrations) {
  const path = join(folder, 'fx.lock');
  if (!existsSync(path)) return;
  for (const line of readFileSync(path, 'utf8').split('\n').filter((text) => text && !/^(#|format )/.test(text))) {
    const [name, label] = line.split(' ');
    if (integrations.has(name)) integrations.get(name).locked = label;
  }
}

export function readProject(folder, { environment, today = '2026-01-31' } = {}) {
  const integrations = new Map(), manifest = [], uses = [], depends = [], sources = new Map();
  readManifests(folder, integrations, manifest, sources);
  for (const name of filesUnder(join(folder, 'concept'), /\.html$/)) {
    const file = `concept/${name}`, source = readFileSync(join(folder, file), 'utf8');
    sources.set(file, source);
    const found = pageFacts(source, file);
    uses.push(...found.uses);
    depends.push(...found.depends.filter(({ to }) => integrations.has(to)));
  }
  readLock(folder, integrations);
  const project = projectFacts(folder, environment, sources);
  const facts = [...uses, ...depends, ...manifest, ...spreadFlags(project.facts, integrations)]
    .filter(({ to }) => integrations.has(to));
  facts.forEach((fact, id) => Object.assign(fact, { id, line: lineOf(sources.get(fact.file), fact.start) }));
  return { folder, integrations, facts, off: project.off, today, sources };
}

export { lineOf };
